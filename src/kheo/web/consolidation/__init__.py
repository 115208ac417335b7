"""The consolidated table that opens, and the papers."""
