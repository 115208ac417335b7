"""Settings, urls, wsgi and the embedded database."""
