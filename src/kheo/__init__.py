"""Khéo carries a campaign directive down a tree of organisations and its results back up."""
