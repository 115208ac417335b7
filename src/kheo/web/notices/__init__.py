"""Thông báo: what somebody was told, and how that person wishes to be told."""
