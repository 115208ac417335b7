"""How long the tree of a whole country takes: read, number, freeze. Prints CPU seconds; run on a quiet machine.

`.venv/bin/python bench/tree.py [--units 300000]`, in a database of its own.
"""
