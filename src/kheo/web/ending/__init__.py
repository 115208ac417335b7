"""What becomes of the report of a unit that has ended in mid-cycle."""
