"""Working with the tree: units of any line as of any day, one unit's life, what a reorganisation did."""
