"""Changing the tree: each act in one transaction with its journal row. Everybody imports from here."""

from kheo.org.actions.bordering import BordersKept, keep_borders
from kheo.org.actions.changing import change_units
from kheo.org.actions.freezing import freeze_tree, look_at
from kheo.org.actions.importing import ImportDone, import_units
from kheo.org.actions.loading import LoadResult, load_units
from kheo.org.actions.locking import BATCH
from kheo.org.actions.posts import AlreadyHeld, Appointment, appoint, appoint_many, end_post
from kheo.org.actions.reorganising import Reorganised, Source, annul_events, record_events

__all__ = [
    "BATCH",
    "AlreadyHeld",
    "Appointment",
    "BordersKept",
    "ImportDone",
    "LoadResult",
    "Reorganised",
    "Source",
    "annul_events",
    "appoint",
    "appoint_many",
    "change_units",
    "end_post",
    "freeze_tree",
    "import_units",
    "keep_borders",
    "load_units",
    "look_at",
    "record_events",
]
