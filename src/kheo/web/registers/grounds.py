"""Whose entries a page of a register is of: those written down by units or given to them, or those on their ground (decision 065)."""

from dataclasses import dataclass

from kheo.core.registers.asking import ON_GROUND, scopes
from kheo.core.registers.columns import Asked as Word
from kheo.registers.access import counted_states
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import Wanted
from kheo.web.registers.list_page import Asked, without
from kheo.web.registers.shown import count_words

MOST_UNITS = 500  # of so many units what is on their ground is counted with every page


@dataclass(frozen=True)
class GroundLink:
    """One of the two, with the address of the same page for it."""

    words: str
    count: str
    url: str
    is_current: bool


def grounds_context(asked: Asked, *dropped: str) -> dict[str, object]:
    """What a page shows above its entries, where entries of the register say on whose ground they are: else nothing, and nothing is asked.

    `dropped`: parts of the address that are not carried to the other one. One query where few units are read.
    """
    if ON_GROUND not in scopes(asked.book.definition):
        return {"grounds": ()}
    on_ground, left = asked.wanted.on_ground, (Word.PAGE, *dropped)
    own, there = (without(asked.query, *left, Word.SCOPE), without(asked.query, *left, pham_vi=ON_GROUND))
    links = (
        GroundLink("Đơn vị ghi hoặc được giao", "", f"?{own}".rstrip("&"), not on_ground),
        GroundLink("Trên địa bàn", _count(asked), f"?{there}".rstrip("&"), on_ground),
    )
    return {"grounds": links, "on_ground": on_ground}


def _count(asked: Asked) -> str:
    units = asked.looking.units
    if units is None or len(units) > MOST_UNITS:
        return ""
    states = counted_states(asked.book.definition)
    return count_words(EntryList(asked.book, Wanted(units=units, on_ground=True, states=states, today=asked.today)).count())
