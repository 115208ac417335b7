"""The paper: plain data to Word and Excel bytes. Pure, like core."""
