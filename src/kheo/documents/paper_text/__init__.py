"""The plain text of papers that people send: Word (.docx) and PDF with a text layer. Only ever run in the child process."""
