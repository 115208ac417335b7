"""What is answered: obligations, figures, submission, review, consolidation."""
