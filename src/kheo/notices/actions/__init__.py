"""Telling people: at once on the page, once a day as a digest through the channels they chose."""

from kheo.notices.actions.telling import Event, Happening, tell

__all__ = ["Event", "Happening", "tell"]
