"""Registers over the API: the same lists, rights and acts as on the pages."""
