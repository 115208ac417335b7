"""A seeded, invented year in a real tree, built only through the rooms' own actions."""
