"""Khéo's own table of changes, for union units and any others (docs/huong-dan/thay-doi-don-vi.md).

One line an event. Codes name units: `code` the unit it is about as the day begins (of `established`: the new unit's), `parent_code`
and `successors` units as the day ends. `successors` of a split: `MÃ 1/3; MÃ 2/3`, or without fractions where it cannot be divided.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from kheo.core.change_files.finding import Finder, decision_of
from kheo.core.change_files.table import Line
from kheo.core.reorganising import (
    Absorbed,
    Closed,
    CodeChanged,
    Detached,
    Established,
    Event,
    EventKind,
    KindChanged,
    Merged,
    Place,
    Renamed,
    Resumed,
    Share,
    Split,
    Suspended,
    Transferred,
)
from kheo.core.unit_kinds import KINDS, LINE_NAMES
from kheo.core.unit_kinds import Line as Row

COLUMNS = (
    "day", "event", "code", "name", "kind", "parent_code", "line", "new_code", "successors", "decision", "decision_day", "note",
)  # fmt: skip
ENDING = frozenset({EventKind.MERGED, EventKind.ABSORBED, EventKind.CLOSED, EventKind.SPLIT})


def events_of_product(lines: list[Line], find: Finder) -> list[Event]:
    """What happened on one day."""
    new: dict[int, int] = {}
    begun = {line["code"] for line in lines if line["event"] == EventKind.ESTABLISHED}
    for line in lines:
        if line["event"] in ENDING and (line["code"] in begun or not _lives_on(line)):
            find.after.pop(line["code"], None)
        if line["event"] == EventKind.CODE_CHANGED:
            find.after.pop(line["code"], None)
    for line in lines:
        _carry(line, find, new)
    events = [event for line in lines for event in _event(line, find, new)]
    return [*events, *_merged([line for line in lines if line["event"] == EventKind.MERGED], find)]


def _carry(line: Line, find: Finder, new: dict[int, int]) -> None:
    """Who carries which code after the day."""
    if line["event"] == EventKind.ESTABLISHED:
        new[line.row] = find.new()
        _take(line, find, "code", new[line.row])
    elif line["event"] == EventKind.CODE_CHANGED and line["code"] in find.before:
        _take(line, find, "new_code", find.before[line["code"]])


def _take(line: Line, find: Finder, column: str, unit: int) -> None:
    code = line[column]
    if not code:
        return
    if find.after.setdefault(code, unit) != unit:
        find.fault(line, column, f"Mã “{code[:60]}” đang thuộc một đơn vị khác.")


def _lives_on(line: Line) -> bool:
    """Whether a split leaves the unit its code: it is among its own successors."""
    return line["event"] == EventKind.SPLIT and line["code"] in [part.split()[0] for part in line["successors"].split(";") if part.strip()]


def _event(line: Line, find: Finder, new: dict[int, int]) -> Iterator[Event]:
    if line["event"] == EventKind.ESTABLISHED:
        yield from _established(line, find, new[line.row])
        return
    if line["event"] == EventKind.MERGED:
        return
    make = MAKERS.get(line["event"])
    if make is None:
        find.fault(line, "event", f"Không biết sự kiện “{line['event'][:40]}”. Các sự kiện: established, merged, {', '.join(MAKERS)}.")
        return
    unit = find.old(line, "code")
    if unit is not None:
        yield from make(line, find, _about(line, find, unit))


def _about(line: Line, find: Finder, unit: int) -> dict[str, Any]:
    return {"day": find.day, "unit": unit, "decision": decision_of(line), "note": line["note"], "row": line.row}


def _established(line: Line, find: Finder, unit: int) -> Iterator[Event]:
    if line["kind"] not in KINDS:
        find.fault(line, "kind", f"Loại đơn vị “{line['kind'][:40]}” không có. Các loại: {', '.join(KINDS)}.")
        return
    place = _place(line, find, line["kind"])
    if place is not None:
        about = _about(line, find, unit)
        yield Established(**about, name=line["name"], kind=line["kind"], code=line["code"], places=(place,))


def _line(line: Line, find: Finder, kind: str) -> Row | None:
    """The line of a place: as written, else the home of the unit's kind."""
    if not line["line"]:
        return KINDS[kind].line if kind in KINDS else Row.UNION
    if line["line"] not in list(Row):
        find.fault(line, "line", f"Không biết hàng “{line['line'][:40]}”. Các hàng: {', '.join(LINE_NAMES)}.")
        return None
    return Row(line["line"])


def _place(line: Line, find: Finder, kind: str) -> Place | None:
    row = _line(line, find, kind)
    parent = find.next(line, "parent_code") if line["parent_code"] else None
    if row is None or (line["parent_code"] and parent is None):
        return None
    return Place(row, parent)


def _transferred(line: Line, find: Finder, about: dict[str, Any]) -> Iterator[Event]:
    place = _place(line, find, find.standing.kind(about["unit"], find.day))
    if place is not None:
        yield Transferred(**about, place=place)


def _detached(line: Line, find: Finder, about: dict[str, Any]) -> Iterator[Event]:
    row = _line(line, find, find.standing.kind(about["unit"], find.day))
    if row is not None:
        yield Detached(**about, line=row)


def _absorbed(line: Line, find: Finder, about: dict[str, Any]) -> Iterator[Event]:
    into = _one_successor(line, find)
    if into is not None:
        yield Absorbed(**about, into=into)


def _one_successor(line: Line, find: Finder) -> int | None:
    codes = [part.strip() for part in line["successors"].split(";") if part.strip()]
    if len(codes) != 1 or " " in codes[0]:
        find.fault(line, "successors", "Cần đúng một mã đơn vị kế thừa, không kèm tỷ lệ.")
        return None
    return _follower(line, find, codes[0])


def _follower(line: Line, find: Finder, code: str) -> int | None:
    """Who carries a code after the day; a unit that ends the same day, but is followed itself, may follow (a chain)."""
    unit = find.after.get(code, find.before.get(code))
    if unit is None:
        find.fault(line, "successors", f"Không có đơn vị kế thừa mang mã “{code[:60]}”.")
    return unit


def _split(line: Line, find: Finder, about: dict[str, Any]) -> Iterator[Event]:
    successors: list[tuple[int, Share]] = []
    for part in (each.strip() for each in line["successors"].split(";")):
        if not part:
            continue
        code, _, written = part.partition(" ")
        unit, share = _follower(line, find, code), _share(line, find, written.strip())
        if unit is not None:
            successors.append((unit, share))
    yield Split(**about, successors=tuple(successors))


def _share(line: Line, find: Finder, written: str) -> Share:
    """A fraction `1/3`; a decimal is refused, since it is seldom what was decided."""
    if not written:
        return None
    above, slash, below = written.partition("/")
    if not (slash and above.isascii() and above.isdigit() and below.isascii() and below.isdigit() and 0 < int(below) < 10**9):
        find.fault(line, "successors", f"Tỷ lệ “{written[:20]}” phải là phân số, ví dụ 1/3.")
        return None
    return Fraction(int(above), int(below))


def _merged(lines: list[Line], find: Finder) -> Iterator[Event]:
    """Lines of the same new unit are one event: n → 1."""
    groups: dict[int, list[tuple[Line, int]]] = defaultdict(list)
    for line in lines:
        unit, into = find.old(line, "code"), _one_successor(line, find)
        if unit is not None and into is not None:
            groups[into].append((line, unit))
    for into, found in groups.items():
        yield Merged(**_about(found[0][0], find, into), predecessors=tuple(unit for _, unit in found))


def _with(make_event: type[Event], **columns: str) -> Callable[[Line, Finder, dict[str, Any]], Iterator[Event]]:
    def make(line: Line, find: Finder, about: dict[str, Any]) -> Iterator[Event]:
        about |= {key: line[column] for key, column in columns.items()}
        yield make_event(**about)

    return make


MAKERS: dict[str, Callable[[Line, Finder, dict[str, Any]], Iterator[Event]]] = {
    EventKind.RENAMED.value: _with(Renamed, name="name"),
    EventKind.KIND_CHANGED.value: _with(KindChanged, kind="kind"),
    EventKind.CODE_CHANGED.value: _with(CodeChanged, code="new_code"),
    EventKind.TRANSFERRED.value: _transferred,
    EventKind.DETACHED.value: _detached,
    EventKind.ABSORBED.value: _absorbed,
    EventKind.SPLIT.value: _split,
    EventKind.SUSPENDED.value: _with(Suspended),
    EventKind.RESUMED.value: _with(Resumed),
    EventKind.CLOSED.value: _with(Closed),
}
