"""The shelf: what people sent as files, each content kept once under its hash, with who sent it and when."""
