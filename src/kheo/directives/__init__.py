"""Papers received and issued, their books, and how an order travels down the tree."""
