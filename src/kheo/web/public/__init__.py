"""What people without an account send, and the page that their code opens. Not there at all unless the installation turns it on."""
