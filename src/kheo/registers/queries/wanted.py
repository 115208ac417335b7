"""What a list of entries asks for, as an address says it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from kheo.core.definition.conditions import Condition
from kheo.core.registers.asking import gone
from kheo.core.registers.columns import Asked, Query, columns_of_register
from kheo.core.registers.faces import ReadyList
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.ordering import ORDERS
from kheo.registers.queries.ready import ready_list

NOWHERE = ("",)  # the states of a list that asks for a state and for a class that it is not of: no entry stands there


@dataclass(frozen=True)
class Wanted:
    """What a list asks for. `units` None: of every unit; `handlers`: also what is given to these.

    `order`: a key, a minus before it for the largest first. `ready`: one of the lists that come with the register, as it stands on `today`.
    `outside`: of none of these units. `given`: of all that alone what one of these was given; None: given or not. `on_ground`: `units` are
    those on whose ground entries are, whoever wrote them down; what is still being written and what was cancelled is not read there (065).
    """

    units: Collection[int] | None = None
    handlers: Collection[int] = ()
    outside: Collection[int] = ()
    given: Collection[int] | None = None
    on_ground: bool = False
    states: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    order: str = ""
    overdue_on: date | None = None
    due_on: date | None = None
    ready: ReadyList | None = None
    today: date = date.min
    problems: tuple[FieldProblem, ...] = field(default=(), compare=False)


def wanted_of(book: Book, query: Query, units: Collection[int] | None, today: date) -> Wanted:
    """What an address asks for. What it does not understand is named and left out, and what the register has no more as well."""
    conditions, problems = list[Condition](), gone(book.definition, query)
    for column in columns_of_register(book.definition, book.options):
        found, wrong = column.conditions(query)
        conditions += found
        problems += wrong
    order = next(iter(query.get(Asked.ORDER, ())), "")
    known = order.removeprefix("-") in {*ORDERS, *(each.key for each in book.definition.asked if each.sort)}
    return Wanted(
        units=units,
        states=states_of(book.definition, query),
        conditions=tuple(conditions),
        text=next(iter(query.get(Asked.TEXT, ())), "").strip()[:200],
        order=order if known else "",
        overdue_on=today if Asked.OVERDUE in query else None,
        ready=ready_list(book, next(iter(query.get(Asked.READY, ())), "")),
        today=today,
        problems=tuple(problems),
    )


def states_of(definition: RegisterDefinition, query: Query) -> tuple[str, ...]:
    """The states that an address narrows to, by name and by class; none where it narrows to none."""
    named = tuple(state for state in query.get(Asked.STATE, ()) if state in definition.by_state)
    meanings = set(query.get(Asked.MEANING, ()))
    meant = tuple(state.code for state in definition.states if state.meaning.value in meanings)
    if not meant:
        return named
    return (tuple(state for state in named if state in meant) or NOWHERE) if named else meant
