"""Changing the tree: each act in one transaction with its journal row. Everybody imports from here."""

from kheo.org.actions.changing import change_units
from kheo.org.actions.freezing import freeze_tree, look_at
from kheo.org.actions.loading import LoadResult, load_units
from kheo.org.actions.locking import BATCH
from kheo.org.actions.posts import Appointment, appoint, appoint_many
from kheo.org.actions.reorganising import Reorganised, annul_events, record_events

__all__ = [
    "BATCH",
    "Appointment",
    "LoadResult",
    "Reorganised",
    "annul_events",
    "appoint",
    "appoint_many",
    "change_units",
    "freeze_tree",
    "load_units",
    "look_at",
    "record_events",
]
