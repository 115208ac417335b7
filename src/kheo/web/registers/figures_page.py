"""The figures of a register in words: a table of units by figures, and the list behind one number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from kheo.core.days import format_day, format_instant
from kheo.core.numbers import format_int, format_percent
from kheo.core.registers.counted import rule_in_words
from kheo.core.registers.figures import FigureDef
from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import below, names_around
from kheo.registers.access import ReachedFigures, Sight, each_to_read, sight
from kheo.registers.actions.counting_figures import order_figures
from kheo.registers.models import Entry
from kheo.registers.queries.book_figures import Behind, BookFigures, Told
from kheo.registers.queries.figures import UNSAID, CountedRow
from kheo.registers.queries.kept_figures import FigureTable, count_table, is_due, kept_table
from kheo.registers.queries.showing import title_shown
from kheo.web.registers.shown import state_tag

ROWS = 100
MOST_WAITS = 10  # looks of a page at a table that a worker counts, three seconds apart
OF_OTHERS = "Hồ sơ của đơn vị khác"
OPEN_PART = "Chưa ghi"


@dataclass(frozen=True)
class Shown:
    """One number: its words, what stands small beside it, where it leads, and how it looks."""

    words: str
    beside: str = ""
    url: str = ""
    look: str = ""


@dataclass(frozen=True)
class UnitLine:
    """A unit with its numbers; `url` leads to its own page, where it has one."""

    name: str
    url: str
    cells: tuple[Shown, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Address:
    """Where the pages of a register's figures stand."""

    code: str
    year: int

    def table(self, unit: int) -> str:
        """The table of a unit."""
        return f"{reverse('book_figures', args=[self.code])}?{urlencode({'don_vi': unit, 'nam': self.year})}"

    def behind(self, unit: int, wanted: Behind) -> str:
        """The list behind a number."""
        query: dict[str, object] = {"don_vi": unit, "nam": self.year}
        query |= {"mau": 1} if wanted.among else {}
        query |= {"rieng": 1} if wanted.own else {}
        query |= {"phan": wanted.part} if wanted.part is not None else {}
        return f"{reverse('book_figure', args=[self.code, wanted.figure.code])}?{urlencode(query)}"


def told_words(figure: FigureDef, told: Told, url: str) -> Shown:
    """`12`, `80 %` with `12/15` beside it, or a median with the days that 90 % did not exceed."""
    if told.number is None:
        return Shown("", look="is-covered")
    if figure.is_timed:
        if told.median is None:
            return Shown("–")
        if figure.age:
            return Shown(f"{format_int(told.median)} ngày", f"lâu nhất: {format_int(told.longest or 0)}", url)
        return Shown(f"{format_int(told.median)} ngày", f"90 %: {format_int(told.ninth_decile or 0)}", url)
    if figure.is_share:
        if not told.among:
            return Shown("–")
        return Shown(f"{format_percent(told.number, told.among, 0)}", f"{format_int(told.number)}/{format_int(told.among)}", url)
    return Shown(format_int(told.number), url=url if told.number else "", look="" if told.number else "is-zero")


def table_for(found: BookFigures, now: datetime, waited: int) -> FigureTable | None:
    """The table as it is kept; what has to be counted (again) is counted by a worker: None until it is there.

    `waited`: how often the page has looked already; where no worker has come until then the page counts by itself.
    """
    table = kept_table(found, now)
    if table is None and waited >= MOST_WAITS:
        return count_table(found, now)
    if table is None or is_due(table, now):
        order_figures(found)
    return table


def table_page(
    reached: ReachedFigures, person: Person, address: Address, wanted: str, now: datetime, table: FigureTable
) -> dict[str, object]:
    """The table: the unit with all below it, its own entries, and a page of the units directly below."""
    found = reached.figures
    figures = found.book.definition.figures
    lines = table.lines
    page: Page[int] = Paginator(range(table.children), ROWS).get_page(wanted)
    rows = [UnitLine(_name(found.unit, person), "", _cells(reached, address, lines, None), is_total=True)]
    if table.children:
        rows.append(UnitLine("Chính đơn vị", "", _cells(reached, address, lines, found.unit)))
        placed = below(person.on, Line.UNION, found.unit, skip=(page.number - 1) * ROWS, most=ROWS)
        rows += [UnitLine(each.name, address.table(each.id), _cells(reached, address, lines, each.id)) for each in placed]
    return {
        "rows": rows,
        "figures": figures,
        "divided": part_tables(reached, address, table),
        "page": page,
        "hides": found.book.definition.hides_small,
        "counted": "" if table.counted_at == now else format_instant(table.counted_at),
        "is_due": is_due(table, now),
    }


@dataclass(frozen=True)
class PartTable:
    """The total of a unit divided by a field: which numbers, and by part the number of each."""

    label: str
    figures: tuple[FigureDef, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]


def part_tables(reached: ReachedFigures, address: Address, table: FigureTable) -> list[PartTable]:
    """Where two figures or more are divided by the same field of entries, side by side: received, answered, open, late by matter."""
    definition, unit = reached.figures.book.definition, reached.figures.unit
    pairs = list(zip(definition.figures, table.parts, strict=True))
    found = []
    for field in definition.fields:
        divided = [(each, parts) for each, parts in pairs if each.counts.by == field.key]
        codes = {code: 0 for _, parts in divided for code in parts or ()}
        if len(divided) < 2 or not codes:
            continue
        rows = tuple(
            (name, tuple(_part_cell(reached, address, unit, each, parts, code) for each, parts in divided))
            for code, name, _ in part_words(reached, divided[0][0], codes)
        )
        found.append(PartTable(field.label, tuple(each for each, _ in divided), rows))
    return found


def _part_cell(
    reached: ReachedFigures, address: Address, unit: int, figure: FigureDef, parts: Mapping[str, int] | None, code: str
) -> Shown:
    if parts is None:
        return Shown("", look="is-covered")
    number = parts.get(code, 0)
    url = address.behind(unit, Behind(figure, part=code)) if number and reached.opens(own=False) else ""
    return Shown(format_int(number), url=url, look="" if number else "is-zero")


def _name(unit: int, person: Person) -> str:
    return names_around([unit], person.on).get(unit, "")


def _cells(reached: ReachedFigures, address: Address, lines: Sequence[dict[int | None, Told]], line: int | None) -> tuple[Shown, ...]:
    """The numbers of a line; of a unit below, each leads to its list as well."""
    found = reached.figures
    own = line == found.unit
    opens = reached.opens(own=own) if line is None or own else reached.lists_all
    cells = []
    for figure, told in zip(found.book.definition.figures, lines, strict=True):
        leads = opens or (figure.counts.by is not None and (line is None or own))
        url = address.behind(found.unit if line is None else line, Behind(figure, own=own)) if leads else ""
        cells.append(told_words(figure, told.get(line, Told(0, 0)), url))
    return tuple(cells)


def behind_page(reached: ReachedFigures, wanted: Behind, person: Person, address: Address, number: int) -> dict[str, object]:
    """The list behind one number, its rule in words, and its parts."""
    found, figure = reached.figures, wanted.figure
    told = found.lines([figure])[0].get(found.unit if wanted.own else None, Told(0, 0))
    opens = reached.opens(own=wanted.own)
    rows = found.listed(wanted, skip=(number - 1) * ROWS, most=ROWS + 1) if opens else []
    rule = figure.among if wanted.among and figure.among else figure.counts
    has_parts = figure.counts.by is not None and not wanted.among
    parts = found.parts(figure, own=wanted.own) if has_parts and told.number else {}
    named = part_words(reached, figure, parts or {})
    return {
        "figure": figure,
        "told": told_words(figure, told, ""),
        "rule": rule_in_words(rule, found.book.definition, found.book.options),
        "first_day": format_day(found.window.since),
        "last_day": format_day(found.window.until),
        "rows": list_rows(reached, rows[:ROWS], person, closed=_closed(rows[:ROWS], person) if rule.counts_for != "owner" else ()),
        "amount_name": "Số ngày" if figure.is_timed else "Số cộng" if rule.measure == "sum" else "",
        "before": number - 1 if number > 1 else 0,
        "after": number + 1 if len(rows) > ROWS else 0,
        "opens": opens,
        "others": _others(figure, wanted, address, found.unit),
        "unit_name": _name(found.unit, person),
        "parts": [_part(each, address.behind(found.unit, replace(wanted, part=each[0])) if opens else "", wanted.part) for each in named],
        "hides_parts": parts is None or (has_parts and told.number is None),
        "part": next((name for code, name, _ in named if code == wanted.part), ""),
    }


def _part(part: tuple[str, str, int], url: str, chosen: str | None) -> tuple[str, str, str, bool]:
    code, name, number = part
    return name, format_int(number), url, code == chosen


def _others(figure: FigureDef, wanted: Behind, address: Address, unit: int) -> list[tuple[str, str, bool]]:
    """Of a share its two lists."""
    if figure.among is None:
        return []
    words = ((False, "Được tính"), (True, "Trong số"))
    return [(said, address.behind(unit, Behind(figure, among=among, own=wanted.own)), among == wanted.among) for among, said in words]


def part_words(reached: ReachedFigures, figure: FigureDef, parts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The parts by their names, in the order of their list, what was left open last; nothing where there are none."""
    definition, options = reached.figures.book.definition, reached.figures.book.options
    by, line = figure.counts.by or "", definition.by_line.get(figure.counts.line or "")
    if line is not None and by in ("kind", "source"):
        names = options.names.get((line.kinds if by == "kind" else line.sources) or "", {})
    else:
        names = options.of(definition.by_key[by]) if by in definition.by_key else {}
    ordered = [*names, *sorted(code for code in parts if code and code not in names), UNSAID]
    return [(code, names.get(code, code) or OPEN_PART, parts[code]) for code in ordered if code in parts]


@dataclass(frozen=True)
class ListRow:
    """One fact of a list; of an entry that is not this person's to read, only these three."""

    title: str
    unit: str
    on: str
    url: str = ""
    code: str = ""
    state: str = ""
    tone: str = ""
    amount: str = ""


def _closed(rows: list[tuple[CountedRow, Entry]], person: Person) -> set[int]:
    """Entries that count for units below whoever looks and are of somebody else, who is not: they are not read from there."""
    entries = {entry.pk for _, entry in rows}
    return entries - each_to_read(person, sorted(entries)).keys()


def list_rows(
    reached: ReachedFigures, rows: list[tuple[CountedRow, Entry]], person: Person, *, closed: Collection[int] = ()
) -> list[ListRow]:
    """The facts in words, with the entries they are about; `closed`: those of which no more is said than whose they are and of what day.

    Neither how such an entry goes on nor what it adds is for who may not open it: a code would be looked up, a state is a verdict.
    """
    book = reached.figures.book
    names = names_around({entry.owner_id for _, entry in rows}, person.on)
    looking: Sight = sight(person, walled=book.definition.walled)
    shown = []
    for row, entry in rows:
        unit, on = names.get(entry.owner_id, ""), format_day(row.on) if row.on else ""
        if entry.pk in closed:
            shown.append(ListRow(title=OF_OTHERS, unit=unit, on=on))
            continue
        tag = state_tag(book, entry.state)
        shown.append(
            ListRow(
                title=title_shown(book.definition, entry, looking.sees_personal(entry)),
                unit=unit,
                on=on,
                url=reverse("entry", args=[entry.pk]),
                code=entry.code,
                state=tag.words,
                tone=tag.state,
                amount=format_int(row.amount),
            )
        )
    return shown
