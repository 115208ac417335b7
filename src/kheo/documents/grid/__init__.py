"""A spreadsheet file made into a plain grid, before anybody asks what it means. Only ever run in the child process.

It knows no campaign and no template, and loads nothing that does: the child starts in half the time and holds nothing it could give away.
"""
