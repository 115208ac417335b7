"""Passing a directive down: dates moved earlier, what the unit's own letter says, how long each level took. Pure."""
