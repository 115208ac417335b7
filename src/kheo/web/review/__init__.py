"""The recipient's side: the board of units, one report under review."""
