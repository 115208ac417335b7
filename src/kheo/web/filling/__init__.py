"""The unit's side: the report grid, submission, receipts, revisions."""
