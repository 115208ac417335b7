"""Registers: their lists, an entry, writing and acting on it."""
