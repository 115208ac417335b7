"""Lines and links of an entry on its page, and what the person may do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.registers.beside import BesideAct, asks_why, unlinks, why_not, writes
from kheo.core.registers.models import LineDef, LinkDef
from kheo.core.registers.sealing import SEALED
from kheo.registers.access import ReachedEntry, Sight, other_end
from kheo.registers.actions import last_link, lines_amended, lines_frozen, writes_lines
from kheo.registers.models import EntryLine, EntryLink
from kheo.registers.queries.definitions import register_definition

MANY, LATEST = 40, 20  # of more lines than `MANY` only the latest stand open


@dataclass(frozen=True)
class LineRow:
    """A line in words, each with the name of its column and whether that is of numbers."""

    number: int
    on: str
    cells: tuple[tuple[str, str, bool], ...]
    seen: str
    url: str


@dataclass(frozen=True)
class LineTable:
    """The lines of a kind: the latest, and those before them where there are many."""

    kind: LineDef
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[LineRow, ...]
    earlier: tuple[LineRow, ...]
    total: str
    is_told: bool
    may_write: bool
    frozen: str
    correction: str
    kinds: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinkRow:
    """A link as it is read from this entry. `url` is empty where the other entry is not this person's to read.

    `asks_why`: it is taken back with a reason alone.
    """

    id: int
    code: str
    title: str
    unit: str
    url: str
    on: str
    standing: str
    tone: str
    may_verify: bool
    may_drop: bool
    asks_why: bool


@dataclass(frozen=True)
class LinkGroup:
    """Links of a kind, from here or to here. `kept`: why who takes links back does not take back the last."""

    name: str
    kind: LinkDef | None
    rows: tuple[LinkRow, ...]
    may_add: bool
    kept: str = ""


def line_tables(reached: ReachedEntry, lines: Sequence[EntryLine]) -> list[LineTable]:
    """Every kind of lines that the register has."""
    told = lines if reached.tells_lines else []
    return [_table(reached, kind, [each for each in told if each.line == kind.code]) for kind in reached.book.definition.lines]


def _table(reached: ReachedEntry, kind: LineDef, lines: Sequence[EntryLine]) -> LineTable:
    lists = reached.book.options.names
    kinds, sources = lists.get(kind.kinds or "", {}), lists.get(kind.sources or "", {})
    heads = _heads(kind)
    rows = tuple(_line(reached, kind, line, kinds, sources) for line in lines)
    amount = sum(line.amount_vnd or 0 for line in lines)
    is_told = reached.tells_numbers_of(kind)
    total = f"{kind.amount}: {format_int(amount)} đồng" if kind.amount and lines and is_told else ""
    cut = len(rows) - LATEST if len(rows) > MANY else 0
    theirs, frozen, correction = writes_lines(kind, reached), lines_frozen(kind, reached), lines_amended(kind, reached)
    return LineTable(
        kind,
        heads,
        rows[cut:],
        rows[:cut],
        total,
        reached.tells_lines,
        may_write=theirs and not frozen,
        frozen=frozen if theirs else "",
        correction=correction.name if theirs and correction is not None else "",
        kinds=tuple(reached.book.options.offered_in(kind.kinds or "").items()),
        sources=tuple(reached.book.options.offered_in(kind.sources or "").items()),
    )


def _heads(kind: LineDef) -> tuple[tuple[str, bool], ...]:
    """What the columns that the kind has are called, and whether they are of numbers."""
    words, numbers = (kind.kinds and "Loại", kind.sources and "Nguồn", kind.text), (kind.quantity, kind.amount and f"{kind.amount} (đồng)")
    return (*((name, False) for name in words if name), *((name, True) for name in numbers if name))


def _line(reached: ReachedEntry, kind: LineDef, line: EntryLine, kinds: Mapping[str, str], sources: Mapping[str, str]) -> LineRow:
    is_told = reached.tells_numbers_of(kind)
    cells = (
        (kind.kinds, kinds.get(line.kind, line.kind)),
        (kind.sources, sources.get(line.source, line.source)),
        (kind.text, line.text),
        (kind.quantity, _number(line.quantity, is_told)),
        (kind.amount, _number(line.amount_vnd, is_told)),
    )
    address = reverse("take_line_back", args=[reached.entry.pk, line.number])
    told = (words for there, words in cells if there)
    shown = tuple((name, words, is_number) for (name, is_number), words in zip(_heads(kind), told, strict=True))
    return LineRow(line.number, format_day(line.on), shown, line.known_from.isoformat(), address)


def _number(value: int | None, is_told: bool) -> str:
    if value is None:
        return ""
    return format_int(value) if is_told else SEALED


def linked_units(links: Sequence[EntryLink]) -> set[int]:
    """The units of both ends."""
    return {unit for link in links for unit in (link.entry.owner_id, link.other.owner_id)}


def link_groups(reached: ReachedEntry, links: Sequence[EntryLink], names: Mapping[int, str], looking: Sight) -> list[LinkGroup]:
    """Links from here by kind, then what points here."""
    groups, definition = [], reached.book.definition
    for kind in definition.links:
        mine = [each for each in links if each.link == kind.code and each.entry_id == reached.entry.pk]
        kept = last_link(reached, kind, len(mine)) if mine and unlinks(definition, kind, reached.stance) else ""
        rows = tuple(_link(reached, kind, each, names, looking, is_kept=bool(kept)) for each in mine)
        room = kind.at_most is None or len(rows) < kind.at_most
        may = writes(definition, kind, reached.stance) and not why_not(definition, BesideAct.LINK, reached.entry.state, kind)
        groups.append(LinkGroup(kind.name, kind, rows, may and room, kept))
    back: dict[str, list[LinkRow]] = {}
    for each in links:
        if each.other_id == reached.entry.pk:
            theirs = register_definition(each.entry.edition_id).by_link.get(each.link)
            back.setdefault(theirs.back if theirs else each.link, []).append(_link(reached, theirs, each, names, looking, is_back=True))
    return [*groups, *(LinkGroup(name, None, tuple(rows), False) for name, rows in back.items())]


def _link(
    reached: ReachedEntry,
    kind: LinkDef | None,
    link: EntryLink,
    names: Mapping[int, str],
    looking: Sight,
    *,
    is_back: bool = False,
    is_kept: bool = False,
) -> LinkRow:
    end = other_end(reached, link, looking)
    definition, state = reached.book.definition, reached.entry.state
    needs = kind is not None and bool(kind.verified_by)
    verifies = needs and kind is not None and reached.stance.is_any_of(kind.verified_by)
    drops = kind is not None and not is_back and unlinks(definition, kind, reached.stance)
    by_me = link.made_by_id == reached.stance.person
    words = f"đã xác minh {format_day(link.verified_on)}" if link.verified_on else "chờ người khác xác minh" if needs else ""
    return LinkRow(
        id=link.pk,
        code=end.entry.code,
        title=end.title,
        unit=names.get(end.entry.owner_id, "") if end.is_read else "",
        url=reverse("entry", args=[end.entry.pk]) if end.is_read else "",
        on=format_day(link.on),
        standing=words,
        tone="accepted" if link.verified_on else "submitted" if needs else "",
        may_verify=verifies
        and not by_me
        and link.verified_on is None
        and not is_back
        and not why_not(definition, BesideAct.VERIFY_LINK, state, kind),
        may_drop=drops and not is_kept and not why_not(definition, BesideAct.UNLINK, state, kind),
        asks_why=kind is not None and asks_why(definition, kind, state, is_verified=link.verified_on is not None),
    )
