"""Who may reach which entry: the only door to it. Not yours and not there look alike (`Unreachable`, answered with 404)."""

from kheo.registers.access.around import OtherEnd, other_end
from kheo.registers.access.asking import ASKING, BehindTheWall, Sender, earliest, entry_of_code, is_awaited, may_add_words, needs_words
from kheo.registers.access.copies import copies_to_take
from kheo.registers.access.entries import (
    ReachedEntry,
    attachment_to_read,
    each_to_read,
    entry_to_read,
    reads,
    reads_single,
    sees_personal,
    stance_to,
    stance_to_unit,
)
from kheo.registers.access.figures import ReachedFigures, figures_to_read
from kheo.registers.access.listing import Listed, counted_states, entries_to_read, wanted_for
from kheo.registers.access.lists import Sight, book_to_read, keeps_books, sight, sight_without_persons, units_below, writing_units
from kheo.registers.access.queue import Queue, Waits, queue
from kheo.registers.access.saved import SavedList, may_share, saved_list, saved_lists, sharing_units

__all__ = [
    "ASKING",
    "BehindTheWall",
    "Listed",
    "OtherEnd",
    "Queue",
    "ReachedEntry",
    "ReachedFigures",
    "SavedList",
    "Sender",
    "Sight",
    "Waits",
    "attachment_to_read",
    "book_to_read",
    "copies_to_take",
    "counted_states",
    "each_to_read",
    "earliest",
    "entries_to_read",
    "entry_of_code",
    "entry_to_read",
    "figures_to_read",
    "is_awaited",
    "keeps_books",
    "may_add_words",
    "may_share",
    "needs_words",
    "other_end",
    "queue",
    "reads",
    "reads_single",
    "saved_list",
    "saved_lists",
    "sees_personal",
    "sharing_units",
    "sight",
    "sight_without_persons",
    "stance_to",
    "stance_to_unit",
    "units_below",
    "wanted_for",
    "writing_units",
]
