"""A directive was replaced: what that ends of the campaign that rests on it."""
