"""The published lists of changes by code: what differs between two states of the official list (2023–2025, 2026).

A code keeps its unit through these files unless the line says that it began or ended; who followed a unit that ended is not in
them and is never guessed. The lines of 2026 have no parents: nothing moved.
"""

from typing import Any

from kheo.core.change_files.finding import Finder, decision_of
from kheo.core.change_files.table import Line
from kheo.core.reorganising import Closed, Established, Event, KindChanged, Place, Renamed, Transferred
from kheo.core.unit_kinds import Line as Row

COLUMNS = (
    "effective_date", "code", "level", "change", "old_name", "new_name", "old_kind", "new_kind", "old_parent", "new_parent",
    "province_code", "decree",
)  # fmt: skip
SHORT_COLUMNS = ("effective_date", "code", "level", "change", "old_name", "new_name", "old_kind", "new_kind", "decree")
CHANGES = frozenset({"created", "dissolved", "renamed", "kind_changed", "parent_changed"})


def events_of_differences(lines: list[Line], find: Finder) -> list[Event]:
    """What happened on one day."""
    new: dict[int, int] = {}
    for line in lines:
        if line["change"] == "dissolved":
            find.after.pop(line["code"], None)
    for line in lines:
        if line["change"] == "created":
            new[line.row] = find.new()
            if line["code"] in find.after:
                find.fault(line, "code", f"Mã “{line['code']}” đang thuộc một đơn vị khác.")
            find.after[line["code"]] = new[line.row]
    return [event for line in lines for event in _events(line, find, new)]


def _events(line: Line, find: Finder, new: dict[int, int]) -> list[Event]:
    changes = set(line["change"].split("+"))
    if not changes <= CHANGES or (changes & {"created", "dissolved"} and len(changes) > 1):
        find.fault(line, "change", f"Không biết thay đổi “{line['change'][:40]}”.")
        return []
    if "created" in changes:
        return _created(line, find, new[line.row])
    unit = find.old(line, "code", line["old_name"])
    if unit is None:
        return []
    about: dict[str, Any] = {"day": find.day, "unit": unit, "decision": decision_of(line, "decree"), "row": line.row}
    events: list[Event] = []
    if "dissolved" in changes:
        events.append(Closed(**about))
    if "renamed" in changes:
        events.append(Renamed(**about, name=line["new_name"]))
    if "kind_changed" in changes:
        events.append(KindChanged(**about, kind=line["new_kind"]))
    if "parent_changed" in changes and (parent := find.next(line, "new_parent")) is not None:
        events.append(Transferred(**about, place=Place(Row.ADMIN, parent)))
    return events


def _created(line: Line, find: Finder, unit: int) -> list[Event]:
    parent = find.next(line, "new_parent") if line["new_parent"] else None
    return [
        Established(
            day=find.day,
            unit=unit,
            decision=decision_of(line, "decree"),
            row=line.row,
            name=line["new_name"],
            kind=line["new_kind"],
            code=line["code"],
            places=(Place(Row.ADMIN, parent),),
        )
    ]
