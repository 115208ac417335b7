"""A paper arrives: pointed out where it is there already, then written with the next number of the year."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import ArrivalFacts, PaperFacts, Standing, all_or_none, arrival_problems, paper_problems, tidied
from kheo.directives.access import book_to_write, directive_to_read
from kheo.directives.actions.numbering import take_number
from kheo.directives.actions.outcomes import CANCELLED, MOVED_ON, Refused, refused
from kheo.directives.actions.papers import NOTHING_BROUGHT, Brought, write_paper
from kheo.directives.actions.writing import change, written
from kheo.directives.models import Arrival, Directive
from kheo.directives.queries import Twin, twins
from kheo.directives.queries.papers import facts_of
from kheo.org.access import Person
from kheo.org.models import Post, in_force


@dataclass(frozen=True)
class Arrived:
    """The arrival with its number."""

    arrival: Arrival


@dataclass(frozen=True)
class AlreadyThere:
    """Nothing was written yet: the unit's book seems to have the paper. Asked once more with `even_so` it is written all the same."""

    twins: tuple[Twin, ...]


def register_arrival(
    unit: int,
    paper: PaperFacts | int,
    arrival: ArrivalFacts,
    brought: Brought = NOTHING_BROUGHT,
    *,
    reserved: int | None = None,
    even_so: bool = False,
    by: Person,
    at: datetime,
) -> Arrived | AlreadyThere | Refused:
    """Write a paper into a unit's book of arrivals.

    `paper`: what it says, or the number of a paper that Khéo has already and this person reads. `reserved`: an arrival whose number was
    reserved; it keeps its number. Everything that is wrong is told at once, and of a secret paper nothing is kept.
    """
    book_to_write(by, unit)
    known = directive_to_read(by, paper) if isinstance(paper, int) else None
    facts = facts_of(known) if known else tidied(paper) if isinstance(paper, PaperFacts) else PaperFacts()
    arrival, today = tidied(arrival), local_day(at)
    problems = (paper_problems(facts, today) if known is None else []) + arrival_problems(arrival, facts.issued_on, today)
    problems += handler_problems(unit, arrival, by)
    if problems:
        return Refused(all_or_none(problems))
    with transaction.atomic():
        there = twins(unit, facts)
        if there and not even_so:
            return AlreadyThere(tuple(there))
        made = _written(unit, known, facts, arrival, brought, reserved, by, at)
        if isinstance(made, Refused):
            transaction.set_rollback(True)
    return made


def _written(
    unit: int,
    known: Directive | None,
    facts: PaperFacts,
    arrival: ArrivalFacts,
    brought: Brought,
    reserved: int | None,
    by: Person,
    at: datetime,
) -> Arrived | Refused:
    actor = by.actor(unit)
    row = _reserved_row(unit, reserved) if reserved is not None else None
    if isinstance(row, Refused):
        return row
    kept = known or write_paper(unit, facts, brought, act="write_paper", by=actor, at=at)
    if isinstance(kept, Refused):
        return kept
    values = {**columns_of_arrival(arrival), "directive": kept, "standing": Standing.WRITTEN}
    if row is not None:
        if row.year != arrival.arrived_on.year:
            return refused(f"Số giữ chỗ thuộc sổ năm {row.year}; ngày đến phải trong năm ấy.", "arrived_on")
        change(row, values, "register_arrival", by=actor, at=at, number=row.number, year=row.year, directive=kept.pk)
        return Arrived(row)
    year = arrival.arrived_on.year
    row = Arrival.objects.create(unit_id=unit, year=year, number=take_number(unit, "", year), written_at=at, **values)
    written(row, "register_arrival", unit=unit, by=actor, at=at, number=row.number, year=year, directive=kept.pk)
    return Arrived(row)


def _reserved_row(unit: int, reserved: int) -> Arrival | Refused:
    row = Arrival.objects.select_for_update().filter(pk=reserved, unit=unit).first()
    if row is None or row.standing == Standing.WRITTEN:
        return MOVED_ON
    return CANCELLED if row.is_cancelled else row


def columns_of_arrival(arrival: ArrivalFacts) -> dict[str, Any]:
    """What the office adds, as the book's columns."""
    values = asdict(arrival)
    values["handler_user_id"] = values.pop("handler_id")
    return values


def handler_problems(unit: int, arrival: ArrivalFacts, by: Person) -> list[Any]:
    """A person who is named as such holds a post at the unit today."""
    if arrival.handler_id is None or Post.objects.filter(in_force(by.on), unit=unit, user=arrival.handler_id).exists():
        return []
    return list(refused("Người nhận xử lý không giữ chức trách nào ở đơn vị hôm nay.", "handler_id").problems)
