"""Entering without a network: the browser's worker, and the page that it shows where nothing else can be."""
