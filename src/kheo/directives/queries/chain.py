"""How far a directive has come: one unit's place, sums for each unit below, days per level, lists of those who wait."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import F, Q

from kheo.core.paper_books.facts import LinkRole
from kheo.core.relaying.chain import Passage
from kheo.directives.models import Arrival, ChainRow, Directive, DirectiveLink, Issue, Passing, Relay
from kheo.org.queries import is_among, not_there

LISTED = 50
HIGHEST = 12  # levels of a tree, more than there are


class Waiting(StrEnum):
    """Which units of a chain are listed."""

    ALL = "tat-ca"
    UNACKNOWLEDGED = "chua-nhan"
    NOT_RELAYED = "chua-chuyen"
    ENDED = "da-ket-thuc"


WAITING_NAMES = {
    Waiting.ALL: "Mọi đơn vị",
    Waiting.UNACKNOWLEDGED: "Chưa bấm “Đã nhận”",
    Waiting.NOT_RELAYED: "Chưa chuyển xuống",
    Waiting.ENDED: "Đã kết thúc khi chưa làm xong",
}
# A unit that has ended owes nothing: what it did counts, what it had not done is nobody's to be late with.
_THERE = "(unit_id <> ALL(%(gone)s::bigint[]))"
_CONDITIONS = {
    Waiting.ALL: "true",
    Waiting.UNACKNOWLEDGED: f"acknowledged_on IS NULL AND {_THERE}",
    Waiting.NOT_RELAYED: f"is_inner AND relayed_on IS NULL AND {_THERE}",
    Waiting.ENDED: f"(acknowledged_on IS NULL OR is_inner AND relayed_on IS NULL) AND NOT {_THERE}",
}
# A unit's subtree in a chain: whoever has it in its way. `depth` is the place of the unit in the way, from 1.
_BELOW = "root_id = %(root)s AND way[%(depth)s] = %(unit)s AND cardinality(way) > %(depth)s"
_BRANCHES = f"""
SELECT way[%(depth)s + 1], count(*) FILTER (WHERE acknowledged_on IS NOT NULL OR {_THERE}), count(acknowledged_on),
       count(*) FILTER (WHERE is_inner AND (relayed_on IS NOT NULL OR {_THERE})), count(relayed_on) FILTER (WHERE is_inner)
  FROM directives_chain_row WHERE {_BELOW} GROUP BY 1
"""  # noqa: S608  # constants of ours
_PASSAGES = f"""
SELECT cardinality(way) - 1, sent_on, relayed_on, count(*)
  FROM directives_chain_row
 WHERE is_inner AND (relayed_on IS NOT NULL OR {_THERE}) AND ({_BELOW} OR (root_id = %(root)s AND unit_id = %(unit)s)) GROUP BY 1, 2, 3
"""  # noqa: S608  # constants of ours


@dataclass(frozen=True)
class Sums:
    """Of some units in a chain: how many it came to, acknowledged it, had to pass it on, and did."""

    units: int = 0
    acknowledged: int = 0
    inner: int = 0
    relayed: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.units + other.units, self.acknowledged + other.acknowledged, self.inner + other.inner, self.relayed + other.relayed
        )


def passing_by_id(number: int) -> Passing | None:
    """A passing with its letter and what that says, or None."""
    return Passing.objects.select_related("issue", "issue__unit", "issue__directive__file", "arrival").filter(pk=number).first()


def place_in_chain(root: int, unit: int) -> ChainRow | None:
    """A unit's own row, with the letter at the beginning of the chain."""
    return ChainRow.objects.select_related("root__directive", "passing__issue__directive").filter(root=root, unit=unit).first()


def place_of_passing(passing: Passing) -> ChainRow | None:
    """The place that a letter gave its unit in a chain; None where the unit stood there already."""
    return ChainRow.objects.filter(passing=passing).first()


def passed_by(issue: int) -> Arrival | None:
    """The arrival that a letter passes down, None where it passes none on."""
    relay = Relay.objects.filter(issue=issue, withdrawn_at=None).select_related("arrival").order_by("pk").first()
    return relay.arrival if relay else None


def letters_passing_on(arrival: int) -> list[str]:
    """The letters by which a unit passed on what came to it, the oldest first, as a sentence names them."""
    relays = Relay.objects.filter(arrival=arrival, withdrawn_at=None).select_related("issue__directive").order_by("pk")
    return [str(each.issue.directive) for each in relays]


def units_sent(issue: int) -> frozenset[int]:
    """The units to which a letter was sent in Khéo."""
    return frozenset(Passing.objects.filter(issue=issue).values_list("unit_id", flat=True))


def place_by_letter(issue: int) -> ChainRow | None:
    """Where the unit of a letter stands in the chain to which the letter belongs; None for one that was sent nowhere."""
    row = ChainRow.objects.filter(passing__issue=issue).order_by("pk").first()
    return None if row is None else ChainRow.objects.filter(root=row.root_id, unit=row.way[-2]).first()


def papers_above(arrival: Arrival) -> list[Directive]:
    """The papers by which a directive came to an arrival: the one with which the letters began first, the arrival's own last.

    A query or two for each level.
    """
    found, way = arrival, [arrival]
    for _ in range(HIGHEST):
        passing = Passing.objects.filter(arrival=found).first()
        relays = Relay.objects.filter(issue=passing.issue_id if passing else None, withdrawn_at=None)
        relay = relays.select_related("arrival__directive").first()
        if relay is None or relay.arrival.directive is None:
            break
        found = relay.arrival
        way.append(found)
    return [each.directive for each in reversed(way) if each.directive is not None]


def places_of_papers(papers: Collection[int], units: Collection[int]) -> dict[int, ChainRow]:
    """By paper, where one of some units stands in a chain that it began, or by which it came; the earliest. Two queries for all of them."""
    if not papers:
        return {}
    carried = Q(root__directive__in=papers) | Q(root__relays__arrival__directive__in=papers, root__relays__withdrawn_at=None)
    rows = ChainRow.objects.filter(carried | Q(passing__issue__directive__in=papers), is_among("unit", units)).order_by("-pk")
    found: dict[int, int] = {}
    columns = ("pk", "root__directive", "passing__issue__directive", "root__relays__arrival__directive", "root__relays__withdrawn_at")
    for pk, root, came_by, relayed, withdrawn_at in rows.values_list(*columns):
        known = {root, came_by} | ({relayed} if withdrawn_at is None else set())
        found |= dict.fromkeys(known.intersection(papers), pk)
    places = ChainRow.objects.in_bulk(set(found.values()))
    return {paper: places[pk] for paper, pk in found.items()}


def papers_of_root(root: Issue) -> list[Directive]:
    """The papers that a chain carries: its first letter and the directives which that passes down."""
    relays = Relay.objects.filter(issue=root, withdrawn_at=None).select_related("arrival__directive").order_by("pk")
    found = [root.directive, *(each.arrival.directive for each in relays)]
    return [each for each in found if each is not None]


def papers_behind(directive: Directive) -> list[Directive]:
    """A paper and, where it stands in chains, the papers that those carry: by them a unit below finds the campaign of its letter."""
    rows = ChainRow.objects.filter(Q(root__directive=directive) | Q(passing__issue__directive=directive)).order_by("root_id")
    roots = Issue.objects.filter(pk__in=rows.values("root")).select_related("directive")
    found = [directive, *(each for root in roots for each in papers_of_root(root))]
    return list({each.pk: each for each in found}.values())


def replacement_in(place: ChainRow) -> DirectiveLink | None:
    """What takes the place of a letter by which a place came, or of a paper that one of them passes down, as its sender says: the earliest.

    From its day on nobody is reminded of anything below (`paper_tasks`); which letters those are is asked there for all units at once.
    """
    sent = ChainRow.objects.filter(root=place.root_id, unit__in=place.way, passing__isnull=False).values_list("passing__issue", flat=True)
    letters = [place.root_id, *sent]
    own = Q(other__issue__in=letters, other__issue__unit=F("directive__keeper"))
    passed = Q(other__arrivals__unit=F("directive__keeper"), other__arrivals__relays__issue__in=letters)
    said = DirectiveLink.objects.filter(own | passed & Q(other__arrivals__relays__withdrawn_at=None))
    said = said.filter(role=LinkRole.REPLACES, withdrawn_at=None).select_related("directive", "other")
    return said.order_by("from_day", "pk").first()


def letter_of_place(place: ChainRow) -> int | None:
    """The letter by which a unit passed the directive on in a chain; None where it has not."""
    if len(place.way) == 1:
        return place.root_id
    sent = Passing.objects.filter(issue__unit=place.unit_id, chain_row__root=place.root_id)
    return sent.order_by("-pk").values_list("issue", flat=True).first()


def chains_of(unit: int, most: int = 100) -> list[ChainRow]:
    """The chains in which a unit stands, the newest first: what came to it and what it began."""
    rows = ChainRow.objects.filter(unit=unit).select_related("root__directive", "passing__issue__directive")
    return list(rows.order_by("-pk")[:most])


def passings_to(unit: int, *, waiting: bool) -> list[Passing]:
    """What was passed down to a unit and is not acknowledged yet (or all of it), the newest first."""
    rows = Passing.objects.filter(unit=unit).select_related("issue__directive", "issue__unit")
    return list((rows.filter(arrival=None) if waiting else rows).order_by("-pk")[:200])


def branches(place: ChainRow, on: date) -> dict[int, Sums]:
    """For each unit directly below a place in the chain: sums of itself and everything below it. One statement over the chain.

    What units that have ended by the day had not done is not counted, here and below.
    """
    return {unit: Sums(*numbers) for unit, *numbers in _read(_BRANCHES, _values(place, on))}


def passages(place: ChainRow, on: date) -> list[Passage]:
    """By level and days, how many units of a subtree (the place itself among them) passed it on, or still wait. One statement."""
    return [Passage(*row) for row in _read(_PASSAGES, _values(place, on))]


def level_rows(place: ChainRow, units: list[int]) -> dict[int, ChainRow]:
    """The rows of some units in the same chain."""
    return {row.unit_id: row for row in ChainRow.objects.filter(root=place.root_id, unit__in=units)}


def waiting_below(place: ChainRow, which: Waiting, on: date, page: int = 1) -> tuple[list[ChainRow], int]:
    """Units below a place, those who wait longest first: a page of them and how many there are."""
    condition = f"{_BELOW} AND {_CONDITIONS[which]}"
    values = {**_values(place, on), "skip": (max(page, 1) - 1) * LISTED, "most": LISTED}
    (count,) = next(_read(f"SELECT count(*) FROM directives_chain_row WHERE {condition}", values))  # noqa: S608  # constants of ours
    listed = f"SELECT id FROM directives_chain_row WHERE {condition} ORDER BY sent_on, way LIMIT %(most)s OFFSET %(skip)s"  # noqa: S608  # clauses of ours; values are parameters
    numbers = [number for (number,) in _read(listed, values)]
    rows = ChainRow.objects.in_bulk(numbers)
    return [rows[number] for number in numbers], count


def _values(place: ChainRow, on: date) -> dict[str, Any]:
    return {"root": place.root_id, "unit": place.unit_id, "depth": len(place.way), "gone": sorted(not_there(on))}


def _read(statement: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()


_FAULTS = """
SELECT c.id FROM directives_chain_row AS c
  LEFT JOIN directives_passing AS p ON p.id = c.passing_id
  LEFT JOIN directives_arrival AS a ON a.id = p.arrival_id
 WHERE (c.passing_id IS NULL AND cardinality(c.way) > 1) OR c.way[cardinality(c.way)] <> c.unit_id
    OR (c.passing_id IS NOT NULL AND (p.unit_id <> c.unit_id OR (p.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <> c.sent_on
        OR c.acknowledged_on IS DISTINCT FROM a.arrived_on))
UNION ALL
SELECT p.id FROM directives_passing AS p
 WHERE NOT EXISTS (SELECT FROM directives_chain_row AS c WHERE c.unit_id = p.unit_id)
ORDER BY 1
"""


def chain_faults() -> Iterator[str]:
    """Where the cache says something else than passings and arrivals do, each naming its row."""
    for (number,) in _read(_FAULTS, {}):
        yield f"Chuỗi chuyển văn bản nói khác sổ (chain {number})."
