"""The table of 1 July 2025: old units to new ones, the district level gone.

Identity (docs/decisions: identity through a reorganisation): a new unit made of exactly one whole old one *is* that unit, renamed,
recoded, moved to the province; made of several, or of any part, it is a new unit that the old ones are followed by. A part of a
split unit cannot be divided off. Abolished districts end; a district that became a special zone goes on as one.
Kinds are read from the first word of the new names: the table has no column for them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kheo.core.change_files.finding import Finder, decision_of
from kheo.core.change_files.table import Line
from kheo.core.reorganising import (
    Closed,
    CodeChanged,
    Established,
    Event,
    KindChanged,
    Merged,
    Place,
    Renamed,
    Split,
    Transferred,
)
from kheo.core.text import fold
from kheo.core.unit_kinds import Line as Row

COLUMNS = ("effective_date", "level", "old_code", "old_name", "new_code", "new_name", "change", "decree", "source_confidence")
WHOLE = frozenset({"unchanged", "renamed", "merged_whole", "district_to_special_zone"})
PART, ENDED = "split_part", "abolished"
LEVELS = ("province", "district", "commune")
KIND_WORDS = {
    "province": {"thanh pho": "municipality", "tinh": "province"},
    "commune": {"phuong": "ward", "xa": "commune", "dac khu": "special_zone", "thi tran": "township"},
}


def kind_of_name(level: str, name: str) -> str:
    """The kind that a name begins with, or nothing."""
    folded = fold(name)
    return next((kind for word, kind in KIND_WORDS[level].items() if folded.startswith(word + " ")), "")


@dataclass
class _Reform:
    """One day: the old unit of each line, lines by level and new code, the unit of each new code, what became of old provinces.

    `decrees`: how many lines of each decree lead to each new province.
    """

    find: Finder
    olds: dict[int, int] = field(default_factory=dict)
    groups: dict[tuple[str, str], list[Line]] = field(default_factory=lambda: defaultdict(list))
    units: dict[tuple[str, str], int] = field(default_factory=dict)
    provinces: dict[int, int] = field(default_factory=dict)
    decrees: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


def events_of_reform(lines: list[Line], find: Finder) -> list[Event]:
    """What happened on one day."""
    reform = _Reform(find)
    known = [line for line in lines if _is_known(line, find)]
    for line in known:
        unit = find.old(line, "old_code", line["old_name"])
        if unit is not None:
            reform.olds[line.row] = unit
            find.after.pop(line["old_code"], None)
    _group(reform, known)
    return [*_closed(reform, known), *_kept_and_new(reform), *_split(reform, known)]


def _is_known(line: Line, find: Finder) -> bool:
    if line["level"] not in LEVELS:
        find.fault(line, "level", f"Không biết cấp “{line['level'][:40]}”. Các cấp: {', '.join(LEVELS)}.")
    elif line["change"] not in WHOLE | {PART, ENDED}:
        find.fault(line, "change", f"Không biết thay đổi “{line['change'][:40]}”.")
    elif line["change"] != ENDED and not kind_of_name(_tier(line), line["new_name"]):
        find.fault(line, "new_name", f"Tên “{line['new_name'][:80]}” không cho biết loại đơn vị.")
    else:
        return True
    return False


def _tier(line: Line) -> str:
    """The level of the new unit: a district that became a special zone is of the lower of the two levels left."""
    return "province" if line["level"] == "province" else "commune"


def _group(reform: _Reform, lines: list[Line]) -> None:
    """Gather the lines of each new unit and say which unit it is; two units of one new code are of two levels."""
    find = reform.find
    for line in lines:
        if line["change"] != ENDED and line.row in reform.olds:
            reform.groups[_tier(line), line["new_code"]].append(line)
    for key, group in reform.groups.items():
        unit = reform.olds[group[0].row] if _is_same(group) else find.new()
        reform.units[key] = unit
        if key[0] == "province":
            reform.provinces |= {reform.olds[line.row]: unit for line in group}
        if find.after.setdefault(key[1], unit) != unit:
            find.fault(group[0], "new_code", f"Mã “{key[1]}” đang thuộc một đơn vị khác.")
    for (tier, _), group in reform.groups.items():
        for line in group:
            top = _new_top(reform, reform.olds[line.row]) if tier == "commune" else None
            if top is not None:
                reform.decrees[line["decree"]][top] += 1


def _is_same(group: list[Line]) -> bool:
    return len(group) == 1 and group[0]["change"] in WHOLE


def _closed(reform: _Reform, lines: list[Line]) -> Iterator[Event]:
    for line in lines:
        if line["change"] == ENDED and line.row in reform.olds:
            yield Closed(day=reform.find.day, unit=reform.olds[line.row], decision=decision_of(line, "decree"), row=line.row)


def _kept_and_new(reform: _Reform) -> Iterator[Event]:
    for (tier, code), group in reform.groups.items():
        parent = _province(reform, group) if tier == "commune" else None
        if tier == "commune" and parent is None:
            continue
        unit = reform.units[tier, code]
        if _is_same(group):
            yield from _goes_on(reform, group[0], unit, parent)
        else:
            yield from _begins(reform, group, unit, parent)


def _province(reform: _Reform, group: list[Line]) -> int | None:
    """The new province above the old units. Where they went to several, the decree decides, and the odd lines are doubtful.

    Each resolution of that day is about one new province, so a line that leads elsewhere is most likely a homonym taken for another.
    """
    find = reform.find
    tops = {line.row: _new_top(reform, reform.olds[line.row]) for line in group}
    found = Counter(top for top in tops.values() if top is not None)
    if not found:
        find.fault(group[0], "old_code", f"Không biết “{group[0]['old_name']}” nay thuộc tỉnh, thành phố nào.")
        return None
    if len(found) == 1 and None not in tops.values():
        return next(iter(found))
    (best, _), *_ = reform.decrees[group[0]["decree"]].most_common(1)
    for line in group:
        if tops[line.row] != best:
            find.doubt(line, "new_code", _ODD.format(line["old_name"], line["old_code"], line["decree"], line["new_name"]))
    return best


_ODD = (
    "“{}” ({}) ở tỉnh, thành phố khác với các đơn vị còn lại của nghị quyết {}, có thể là lẫn với đơn vị trùng tên. "
    "Khéo ghi đúng như tệp: nhập vào “{}”."
)


def _new_top(reform: _Reform, unit: int) -> int | None:
    """Up the old tree to the province, then to what became of it."""
    find = reform.find
    above = find.standing.parent(unit, Row.ADMIN, find.day)
    seen: set[int] = set()
    while above is not None and above not in seen:
        seen.add(above)
        unit, above = above, find.standing.parent(above, Row.ADMIN, find.day)
    return reform.provinces.get(unit)


def _goes_on(reform: _Reform, line: Line, unit: int, parent: int | None) -> Iterator[Event]:
    """The one old unit, as it is called, coded and placed from the day on."""
    standing, day = reform.find.standing, reform.find.day
    about: dict[str, Any] = {"day": day, "unit": unit, "decision": decision_of(line, "decree"), "row": line.row}
    kind = kind_of_name(_tier(line), line["new_name"])
    if standing.name(unit, day) != line["new_name"]:
        yield Renamed(**about, name=line["new_name"])
    if standing.kind(unit, day) != kind:
        yield KindChanged(**about, kind=kind)
    if standing.code(unit, day) != line["new_code"]:
        yield CodeChanged(**about, code=line["new_code"])
    if parent is not None and standing.parent(unit, Row.ADMIN, day) != parent:
        yield Transferred(**about, place=Place(Row.ADMIN, parent))


def _begins(reform: _Reform, group: list[Line], unit: int, parent: int | None) -> Iterator[Event]:
    first = group[0]
    about: dict[str, Any] = {"day": reform.find.day, "unit": unit, "decision": decision_of(first, "decree"), "row": first.row}
    kind = kind_of_name(_tier(first), first["new_name"])
    place = (Place(Row.ADMIN, parent),)
    yield Established(**about, name=first["new_name"], kind=kind, code=first["new_code"], places=place)
    whole = tuple(reform.olds[line.row] for line in group if line["change"] in WHOLE)
    if whole:
        yield Merged(**about, predecessors=whole)


def _split(reform: _Reform, lines: list[Line]) -> Iterator[Event]:
    parts: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line["change"] == PART and line.row in reform.olds:
            parts[reform.olds[line.row]].append(line)
    for unit, found in parts.items():
        successors = tuple((reform.units[_tier(line), line["new_code"]], None) for line in found)
        yield Split(day=reform.find.day, unit=unit, decision=decision_of(found[0], "decree"), row=found[0].row, successors=successors)
