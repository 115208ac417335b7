"""One report, several recipients: the unit sends it on, the further recipient reads it in its own outline."""
