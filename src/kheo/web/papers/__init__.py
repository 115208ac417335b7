"""The papers of a cycle as downloads, and the letter that calls in late units."""
