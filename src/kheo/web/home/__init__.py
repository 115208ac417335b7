"""Việc của tôi: what is due, when, how far, the next step."""
