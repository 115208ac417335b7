"""Units, their dated facts, what happened to them, and trees frozen for ever. Everybody imports from here."""

from kheo.org.models.borders import UnitBorder
from kheo.org.models.dated import Dated, Post, Relation, Suspension, Unit, UnitCode, UnitKind, UnitName, in_force
from kheo.org.models.events import EventBatch, SpanChange, Succession, UnitEvent
from kheo.org.models.gaps import GapPlan
from kheo.org.models.inviting import Invitation
from kheo.org.models.snapshots import SnapshotUnit, TreeSnapshot

__all__ = [
    "Dated",
    "EventBatch",
    "GapPlan",
    "Invitation",
    "Post",
    "Relation",
    "SnapshotUnit",
    "SpanChange",
    "Succession",
    "Suspension",
    "TreeSnapshot",
    "Unit",
    "UnitBorder",
    "UnitCode",
    "UnitEvent",
    "UnitKind",
    "UnitName",
    "in_force",
]
