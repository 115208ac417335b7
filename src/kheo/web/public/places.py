"""Choosing the ward, or the union where one works, by its name typed anyhow."""

from dataclasses import dataclass
from datetime import date

from kheo.core.unit_kinds import Line, kind_name
from kheo.org.queries import count_below, look_for, names_around, receiver_of
from kheo.org.queries.searching import Found

LONGEST, MOST = 80, 20


@dataclass(frozen=True)
class Choice:
    """A ward or unit that can be chosen; `was`: another name by which it was found."""

    id: int
    name: str
    about: str
    was: str


@dataclass(frozen=True)
class Places:
    """What was found for the words typed; `is_cut`: more are called so."""

    typed: str
    found: tuple[Choice, ...]
    is_cut: bool


def places_called(typed: str, on: date) -> Places:
    """Wards and unions of that name; of a ward that has ended, those that followed it."""
    text = " ".join(typed.split())[:LONGEST]
    if not text:
        return Places("", (), False)
    hits = look_for(text, on, (Line.ADMIN, Line.UNION))
    choices: dict[int, Choice] = {}
    for each in hits.told(0, MOST):
        for choice in _choices(each):
            choices.setdefault(choice.id, choice)
    return Places(text, tuple(choices.values()), len(hits.ranked) > MOST or hits.is_cut)


def _choices(found: Found) -> list[Choice]:
    if found.is_there:
        return [Choice(found.id, found.name, ", ".join(each for each in (kind_name(found.kind), found.above) if each), found.matched)]
    return [Choice(heir.id, heir.name, "nơi tiếp nhận", found.name) for heir in found.heirs]


@dataclass(frozen=True)
class Chosen:
    """The ward or unit that somebody chose, and the unit that receives what is sent there."""

    id: int
    name: str
    receiver_id: int
    receiver: str


def chosen_place(unit: int, on: date) -> Chosen | None:
    """What was chosen; None where nobody receives what is sent there."""
    receiver = receiver_of(unit, on)
    if receiver is None:
        return None
    names = names_around([unit, receiver], on)
    return Chosen(unit, names.get(unit, ""), receiver, names.get(receiver, ""))


def asks_for_wards(on: date) -> bool:
    """Whether wards are kept at all: else only unions can be chosen."""
    return count_below(on, Line.ADMIN, None) > 0
