"""A section of the report built out of the sections below it, and where each of its paragraphs comes from."""
