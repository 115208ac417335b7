"""The books of papers that arrive and go out: reading, entering, following up, printing."""
