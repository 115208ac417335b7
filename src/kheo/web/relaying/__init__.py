"""A directive goes down the tree: acknowledged, passed on by the unit's own letter, and its way looked at."""
