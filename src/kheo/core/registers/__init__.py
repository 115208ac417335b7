"""Registers (sổ): standing books of records. Their definitions as data, checked, frozen and hashed; what a record's fields may hold."""
