"""The pages: one folder per job; they reach, do and answer."""
