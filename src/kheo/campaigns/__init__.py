"""What is asked: versioned definitions kept as data, cycles, deadlines."""
