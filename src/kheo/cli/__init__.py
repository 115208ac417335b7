"""The program kheo."""
