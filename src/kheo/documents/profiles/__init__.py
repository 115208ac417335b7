"""Profiles of official paper as data: which rule a body's papers follow on a day, number by number. The layout code knows none by name."""

from kheo.documents.profiles.loading import profile_for, profile_named, profile_names
from kheo.documents.profiles.profile import Capacity, Forms, HeadLine, Measure, PaperProfile

__all__ = ["Capacity", "Forms", "HeadLine", "Measure", "PaperProfile", "profile_for", "profile_named", "profile_names"]
