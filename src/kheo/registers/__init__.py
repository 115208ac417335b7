"""The registers: standing books of records, kept where the work happens, from which reports fill themselves."""
