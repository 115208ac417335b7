"""The memory: who did what to what, when and why; rows are only ever added, and chained by hash."""
