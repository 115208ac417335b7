"""The page /_kit: every component with the HTML to use; development only."""
