"""How the cycle goes: by day against the due date, and who is late."""
