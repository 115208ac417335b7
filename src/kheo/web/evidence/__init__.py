"""The unit's side: photographs and PDFs with a content, and the files themselves for everybody who reads the report."""
