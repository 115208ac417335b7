"""What the demo will do, worked out beforehand: data and chance in, a plan out. No database, no clock."""
