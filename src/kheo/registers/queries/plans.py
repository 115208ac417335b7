"""Which units of a chain have a plan that carries out its directive: entries in force that name one of its letters.

Which registers those are, and the field that names the letter, is said by their newest edition (`carries_out`, decision 056): fields keep
their keys for ever, so entries of earlier editions count as well.

A plan counts where it names the first letter, the paper from outside that this one passes down, or the letter by which it came to the unit:
as the form offers it, number and day (`reference`), or by its number alone.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from kheo.campaigns.queries import working_calendar
from kheo.core.days import UncoveredYearError
from kheo.core.paper_books.sameness import reference
from kheo.core.registers.carrying import CarriesOut
from kheo.core.registers.models import RegisterDefinition
from kheo.directives.models import ChainRow, Directive, Passing
from kheo.directives.queries.chain import papers_of_root
from kheo.org.queries import not_there
from kheo.registers.models import Register
from kheo.registers.queries.definitions import register_definition


@dataclass(frozen=True)
class PlanBook:
    """A register whose entries carry out directives, as its newest edition has it."""

    register_id: int
    definition: RegisterDefinition
    carries: CarriesOut

    @property
    def takes_letters(self) -> bool:
        """Whether new entries name letters: the field may be retired, and what names one still counts."""
        return self.definition.by_key[self.carries.letter].status == "active"


_PLAN_BOOKS = """
SELECT r.id, e.id FROM registers_register AS r
  JOIN LATERAL (SELECT id, definition FROM registers_edition WHERE register_id = r.id ORDER BY number DESC LIMIT 1) AS e ON true
 WHERE jsonb_typeof(e.definition -> 'carries_out') = 'object' ORDER BY r.code
"""


def plan_books() -> tuple[PlanBook, ...]:
    """The registers of plans that are kept; empty where none is."""
    with connection.cursor() as cursor:
        cursor.execute(_PLAN_BOOKS)
        newest = [(register, register_definition(edition)) for register, edition in cursor.fetchall()]
    return tuple(PlanBook(register, each, each.carries_out) for register, each in newest if each.carries_out is not None)


def plan_days() -> dict[str, str]:
    """By the code of each, its field of the day on which a plan was issued: what a draft campaign counts plans by."""
    return {each.definition.register_code: each.carries.issued for each in plan_books()}


def _said(column: str) -> str:
    """A number as it is compared: without blanks, in capitals. A database of the plain collation leaves `đ` as it is by itself."""
    return f"translate(upper(replace({column}, ' ', '')), 'đăâêôơư', 'ĐĂÂÊÔƠƯ')"


_NAMED = _said("e.extra ->> book.letter")
# Entries in force of units below a place, or of given ones, with the letter by which the directive came to their unit.
_PLANS = f"""
  FROM directives_chain_row AS c
  JOIN unnest(%(registers)s::bigint[], %(letters)s::text[]) AS book(register_id, letter) ON true
  JOIN registers_entry AS e ON e.register_id = book.register_id AND e.owner_id = c.unit_id AND e.meaning = 'done_good'
  LEFT JOIN directives_passing AS p ON p.id = c.passing_id
  LEFT JOIN directives_issue AS i ON i.id = p.issue_id
  LEFT JOIN directives_directive AS d ON d.id = i.directive_id
 WHERE c.root_id = %(root)s AND ({_NAMED} = ANY(%(named)s)
    OR (d.full_number <> '' AND {_NAMED} IN (
        {_said("d.full_number")}, {_said("d.full_number")} || '(' || to_char(d.issued_on, 'DD/MM/YYYY') || ')')))
"""
_BELOW = "c.way[%(depth)s] = %(unit)s AND cardinality(c.way) > %(depth)s"


_LATE = " AND EXISTS (SELECT FROM directives_passing AS owed WHERE owed.id = c.passing_id AND owed.plan_due_on <= %(over)s)"


def last_day_over(on: date) -> date:
    """The last day by which something was due that is late on a day: what is due on a day off may still be done on the next working day."""
    day, calendar = on - timedelta(days=1), working_calendar("vn")
    try:
        while calendar and not calendar.is_working(day):
            day -= timedelta(days=1)
    except UncoveredYearError:
        return on - timedelta(days=1)
    return day


@dataclass(frozen=True)
class PlanOwed:
    """By when a unit was to have a plan, and whether that is over."""

    day: date
    is_late: bool


def plans_owed(rows: Iterable[ChainRow], on: date) -> dict[int, PlanOwed]:
    """By unit, of those of a chain whose letter asks for a plan by a day: one query."""
    came_by = {row.passing_id: row.unit_id for row in rows if row.passing_id}
    over = last_day_over(on)
    asked = Passing.objects.filter(pk__in=came_by, plan_due_on__isnull=False).values_list("pk", "plan_due_on")
    return {came_by[number]: PlanOwed(day, day <= over) for number, day in asked if day}


def plan_remarks(shipped: Collection[str]) -> Iterator[str]:
    """Of registers that are kept and whose file as shipped, by its code, carries out directives, those whose newest edition does not."""
    silent = Register.objects.filter(code__in=shipped).exclude(pk__in=[each.register_id for each in plan_books()]).order_by("code")
    for code, name in silent.values_list("code", "name"):
        why = "tệp kèm theo Khéo khai carries_out mà bản đang dùng thì không, nên hồ sơ không được tính cho văn bản chỉ đạo"
        yield f"{name} ({code}): {why}. Công bố lại: kheo register publish."


def plans_by_branch(place: ChainRow, books: Sequence[PlanBook] | None = None) -> dict[int, int]:
    """For each unit directly below a place, how many units of its branch have a plan: one statement; empty without a register of plans.

    `books`, here and below: the `plan_books`, where they were asked already.
    """
    statement = f"SELECT c.way[%(depth)s + 1], count(DISTINCT c.unit_id) {_PLANS} AND {_BELOW} GROUP BY 1"  # ours
    return dict(_read(statement, place, books))


def with_plan(place: ChainRow, units: list[int], books: Sequence[PlanBook] | None = None) -> frozenset[int]:
    """Of some units of the chain those that have one: the same rows as behind `plans_by_branch`."""
    statement = f"SELECT DISTINCT c.unit_id {_PLANS} AND c.unit_id = ANY(%(units)s)"  # constants of ours
    return frozenset(unit for (unit,) in _read(statement, place, books, units=units))


def without_plan(
    place: ChainRow, on: date, page: int, size: int, *, late: bool = False, books: Sequence[PlanBook] | None = None
) -> tuple[list[ChainRow], int]:
    """Units below a place, there on the day, that have none, those whom it reached first first: a page of them and how many there are.

    `late`: only those who were to have one by a day that is over.
    """
    books = plan_books() if books is None else books
    if not books:
        return [], 0
    rest = f"FROM directives_chain_row AS c WHERE c.root_id = %(root)s AND {_BELOW} AND c.unit_id <> ALL(%(gone)s::bigint[])"
    rest += _LATE if late else ""
    lacking = f"{rest} AND c.unit_id NOT IN (SELECT c.unit_id {_PLANS})"  # constants of ours
    gone, over = sorted(not_there(on)), last_day_over(on)
    (count,) = next(_read(f"SELECT count(*) {lacking}", place, books, gone=gone, over=over))
    if not size:
        return [], count
    listed = f"SELECT c.id {lacking} ORDER BY c.sent_on, c.way LIMIT %(most)s OFFSET %(skip)s"
    numbers = [number for (number,) in _read(listed, place, books, gone=gone, over=over, most=size, skip=(max(page, 1) - 1) * size)]
    rows = ChainRow.objects.in_bulk(numbers)
    return [rows[number] for number in numbers], count


def late_just_below(place: ChainRow, on: date) -> frozenset[int]:
    """The units to which the place's own unit passed it on that have no plan by a day that is over: one statement."""
    just_below = f"c.root_id = %(root)s AND {_BELOW} AND cardinality(c.way) = %(depth)s + 1"
    lacking = f"{just_below}{_LATE} AND c.unit_id NOT IN (SELECT c.unit_id {_PLANS})"
    statement = f"SELECT c.unit_id FROM directives_chain_row AS c WHERE {lacking}"  # noqa: S608  # constants of ours
    return frozenset(unit for (unit,) in _read(statement, place, None, over=last_day_over(on)))


def _read(statement: str, place: ChainRow, books: Sequence[PlanBook] | None, **more: Any) -> Iterator[tuple[Any, ...]]:
    books = plan_books() if books is None else books
    if not books:
        return
    values = {"root": place.root_id, "named": _named(place), "unit": place.unit_id, "depth": len(place.way), **_columns(books), **more}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()


def _columns(books: Sequence[PlanBook]) -> dict[str, Any]:
    return {"registers": [each.register_id for each in books], "letters": [each.carries.letter for each in books]}


_IN_FORCE = """
SELECT e.id, e.extra ->> book.letter FROM unnest(%(registers)s::bigint[], %(letters)s::text[]) AS book(register_id, letter)
  JOIN registers_entry AS e ON e.register_id = book.register_id AND e.owner_id = %(unit)s AND e.meaning = 'done_good'
 WHERE e.extra ->> book.letter <> '' ORDER BY e.in_state_since, e.id
"""


def plans_in_force(unit: int, books: Sequence[PlanBook]) -> list[tuple[int, str]]:
    """The plans of a unit that name a paper, each with how it names it; that which has been in force longest comes first."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"unit": unit, **_columns(books)})
        return [(number, said) for number, said in cursor.fetchall()]


def names_of(papers: Iterable[Directive]) -> set[str]:
    """How a plan may name some papers, as it is compared: by number and day, or by the number."""
    told = {name for each in papers if each.full_number for name in (each.full_number, reference(each.full_number, each.issued_on))}
    return {as_compared(each) for each in told}


def as_compared(name: str) -> str:
    """Without blanks, in capitals."""
    return "".join(name.split()).upper()


def _named(place: ChainRow) -> list[str]:
    """The first letter and the papers that it passes down, as they are compared."""
    return sorted(names_of(papers_of_root(place.root)))
