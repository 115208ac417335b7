"""What awaits somebody: the rows of "Việc của tôi"."""
