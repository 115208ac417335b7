"""Registers over the API."""
