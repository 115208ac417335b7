"""The API: a face for programs, with tokens instead of pages. What it may do is what its holder may do."""
