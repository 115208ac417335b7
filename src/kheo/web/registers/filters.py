"""The filters of a list as its form shows them: every field that can be filtered by, the class of the state, whose entries, the columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from kheo.core.registers.asking import BELOW_OWN, HANDED, ON_GROUND, OWN_UNITS, can_be_column, scopes
from kheo.core.registers.columns import EMPTY, FILLED, FROM, TO, Asked, Column, columns_of_register
from kheo.core.registers.values import FieldProblem
from kheo.core.registers.words import CLASS_NAMES
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.wanted import Wanted

FEW = 8  # so many choices are ticked, several at once; more are chosen from a list
KNOWN = ((EMPTY, "Không có giá trị"), (FILLED, "Đã có giá trị"))
Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Filter:
    """One filter of the form: choices of which one is chosen (`is_ticked`: any number), or from and to."""

    key: str
    label: str
    choices: tuple[Choice, ...] = ()
    is_ticked: bool = False
    known: tuple[Choice, ...] = ()
    starts: str = ""
    ends: str = ""
    from_name: str = ""
    to_name: str = ""
    is_used: bool = False
    problem: str = ""


def filters_of(book: Book, wanted: Wanted, query: QueryDict, *, quick: int) -> list[Filter]:
    """Every field that can be filtered by; whole texts are found by the search. The first `quick` are chosen from short lists."""
    columns = [
        column
        for column in columns_of_register(book.definition, book.options)
        if column.field.filter and (column.is_range or column.choices)
    ]
    said = {each.key: each.message for each in wanted.problems}
    return [_filter(column, query, said.get(column.key, ""), place >= quick) for place, column in enumerate(columns)]


def _filter(column: Column, query: QueryDict, problem: str, may_tick: bool) -> Filter:
    chosen = [each for each in query.getlist(column.key) if each]
    known = tuple((code, words, code in chosen) for code, words in KNOWN)
    if column.is_range:
        starts_name, ends_name = f"{column.key}.{FROM}", f"{column.key}.{TO}"
        starts, ends = query.get(starts_name, ""), query.get(ends_name, "")
        return Filter(
            column.key,
            column.label,
            known=known,
            starts=starts,
            ends=ends,
            from_name=starts_name,
            to_name=ends_name,
            is_used=bool(starts or ends or chosen),
            problem=problem,
        )
    choices = tuple((code, name, code in chosen) for code, name in column.choices.items())
    ticked = len(chosen) > 1 or (may_tick and len(choices) <= FEW)
    return Filter(column.key, column.label, choices, ticked, known, is_used=bool(chosen), problem=problem)


def meanings_of(book: Book, query: QueryDict) -> list[Choice]:
    """The classes of which the register has states."""
    chosen = query.getlist(Asked.MEANING)
    there = {state.meaning for state in book.definition.states}
    return [(each.value, words, each.value in chosen) for each, words in CLASS_NAMES.items() if each in there]


def scopes_of(book: Book, query: QueryDict, *, has_below: bool) -> list[Choice]:
    """Whose entries: of all that are read, of one's own units, of those below (only for who has any), what was given to one where a
    register hands entries on, what is on their ground: that only where something else is chosen here, as it stands above the list too.
    """
    hands = any(act.handing is not None for act in book.definition.acts)
    found, chosen = scopes(book.definition), query.get(Asked.SCOPE, "")
    there = {OWN_UNITS: has_below, BELOW_OWN: has_below, HANDED: hands, ON_GROUND: has_below or hands}
    offered = [(code, words, code == chosen) for code, words in found.items() if there[code] or code == chosen != ON_GROUND]
    whole = "Đơn vị ghi hoặc được giao" if ON_GROUND in found else "Tất cả"
    return [("", whole, not chosen), *offered] if offered else []


def column_choices(book: Book, shown: Sequence[Column]) -> list[Choice]:
    """The columns that the list can have beside title and state."""
    keys = {each.key for each in shown}
    return [
        (each.key, each.label, each.key in keys) for each in columns_of_register(book.definition, book.options) if can_be_column(each.field)
    ]


def problems_shown(problems: Sequence[FieldProblem], filters: Sequence[Filter]) -> list[dict[str, str]]:
    """Everything that was not understood, each leading to its box where it has one."""
    boxes = {each.key for each in filters}
    return [{"message": each.message, "anchor": f"loc-{each.key}" if each.key in boxes else "loc"} for each in problems]
