"""Reading units and the tree: every question has a day. Everybody imports from here."""

from kheo.org.queries.event_faults import event_faults
from kheo.org.queries.events import EventsOfDay, EventTold, events_about, events_by_day, events_of_batch, events_told, successions_between
from kheo.org.queries.gaps import Gap, gaps
from kheo.org.queries.living import heirs_on, living, names_around
from kheo.org.queries.passages import Frozen, landings_on, passages_between, structure_stamp
from kheo.org.queries.planning import planned
from kheo.org.queries.standing import standing_from
from kheo.org.queries.trees import (
    PostHeld,
    UnitFacts,
    edges,
    listed,
    parents_on,
    posts_held,
    posts_of,
    snapshot_children,
    snapshot_fault,
    snapshot_roots,
    snapshot_unit,
    snapshot_units,
    tree,
    tree_hash,
    unit_by_code,
    unit_facts,
    units_by_code,
)

__all__ = [
    "EventTold",
    "EventsOfDay",
    "Frozen",
    "Gap",
    "PostHeld",
    "UnitFacts",
    "edges",
    "event_faults",
    "events_about",
    "events_by_day",
    "events_of_batch",
    "events_told",
    "gaps",
    "heirs_on",
    "landings_on",
    "listed",
    "living",
    "names_around",
    "parents_on",
    "passages_between",
    "planned",
    "posts_held",
    "posts_of",
    "snapshot_children",
    "snapshot_fault",
    "snapshot_roots",
    "snapshot_unit",
    "snapshot_units",
    "standing_from",
    "structure_stamp",
    "successions_between",
    "tree",
    "tree_hash",
    "unit_by_code",
    "unit_facts",
    "units_by_code",
]
