"""Units, their names, kinds, relations and posts, each with its dates; the tree as of any day."""
