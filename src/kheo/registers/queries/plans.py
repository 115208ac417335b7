"""Which units of a chain have a plan that carries out its directive: entries of the register of plans that name one of its letters.

A plan counts where it names the first letter, the paper from outside that this one passes down, or the letter by which it came to the unit.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from kheo.directives.models import ChainRow
from kheo.registers.models import Register

PLANS = "ke-hoach"
CARRIES_OUT = "van_ban"  # the field that names the paper


def _said(column: str) -> str:
    """A number as it is compared: without blanks, in capitals. A database of the plain collation leaves `đ` as it is by itself."""
    return f"translate(upper(replace({column}, ' ', '')), 'đăâêôơư', 'ĐĂÂÊÔƠƯ')"


# Entries in force of units below a place, or of given ones, with the letter by which the directive came to their unit.
_PLANS = f"""
  FROM directives_chain_row AS c
  JOIN registers_entry AS e ON e.register_id = %(register)s AND e.owner_id = c.unit_id AND e.meaning = 'done_good'
  LEFT JOIN directives_passing AS p ON p.id = c.passing_id
  LEFT JOIN directives_issue AS i ON i.id = p.issue_id
  LEFT JOIN directives_directive AS d ON d.id = i.directive_id
 WHERE c.root_id = %(root)s AND ({_said("e.extra ->> 'van_ban'")} = ANY(%(named)s)
    OR (d.full_number <> '' AND {_said("e.extra ->> 'van_ban'")} = {_said("d.full_number")}))
"""
_BELOW = "c.way[%(depth)s] = %(unit)s AND cardinality(c.way) > %(depth)s"


def plan_register() -> int | None:
    """The register of plans, None where it is not published."""
    return Register.objects.filter(code=PLANS).values_list("pk", flat=True).first()


def plans_by_branch(place: ChainRow) -> dict[int, int]:
    """For each unit directly below a place, how many units of its branch have a plan: one statement; empty without the register."""
    statement = f"SELECT c.way[%(depth)s + 1], count(DISTINCT c.unit_id) {_PLANS} AND {_BELOW} GROUP BY 1"  # ours
    return dict(_read(statement, place))


def with_plan(place: ChainRow, units: list[int]) -> frozenset[int]:
    """Of some units of the chain those that have one: the same rows as behind `plans_by_branch`."""
    statement = f"SELECT DISTINCT c.unit_id {_PLANS} AND c.unit_id = ANY(%(units)s)"  # constants of ours
    return frozenset(unit for (unit,) in _read(statement, place, units=units))


def without_plan(place: ChainRow, page: int, size: int) -> tuple[list[ChainRow], int]:
    """Units below a place that have none, those whom it reached first first: a page of them and how many there are."""
    register = plan_register()
    if register is None:
        return [], 0
    rest = f"FROM directives_chain_row AS c WHERE c.root_id = %(root)s AND {_BELOW}"
    lacking = f"{rest} AND c.unit_id NOT IN (SELECT c.unit_id {_PLANS})"  # constants of ours
    (count,) = next(_read(f"SELECT count(*) {lacking}", place))
    listed = f"SELECT c.id {lacking} ORDER BY c.sent_on, c.way LIMIT %(most)s OFFSET %(skip)s"
    numbers = [number for (number,) in _read(listed, place, most=size, skip=(max(page, 1) - 1) * size)]
    rows = ChainRow.objects.in_bulk(numbers)
    return [rows[number] for number in numbers], count


def _read(statement: str, place: ChainRow, **more: Any) -> Iterator[tuple[Any, ...]]:
    register = plan_register()
    if register is None:
        return
    values = {"register": register, "root": place.root_id, "named": _named(place), "unit": place.unit_id, "depth": len(place.way), **more}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()


def _named(place: ChainRow) -> list[str]:
    """The first letter and the papers that it passes down, as they are compared."""
    root = place.root
    papers = [root.directive, *(relay.arrival.directive for relay in root.relays.select_related("arrival__directive"))]
    return sorted({"".join(paper.full_number.split()).upper() for paper in papers if paper is not None and paper.full_number})
