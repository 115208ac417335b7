"""Proposals that need an answer from above: marked beside the report, followed in threads, answered."""
