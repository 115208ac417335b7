"""Telling the next desk at once: an entry came to stand where others have to lead it on, or another unit is invited."""

from kheo.notices.actions import Event, Happening
from kheo.notices.actions import tell as notify
from kheo.org.access import Person
from kheo.registers.actions.keeping import Doing
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import values_of
from kheo.registers.queries.work import tasks_of


def standing_of(entry: Entry) -> tuple[str, int | None]:
    """Where an entry stands: in which state, in whose hands."""
    return entry.state, entry.handler_id


def tell_who_leads_on(entry: Entry, book: Book, doing: Doing) -> int:
    """Officers and heads at its unit and at the one it was given to, where the table of acts gives them the next step; gives how many.

    Not those of a unit whose own people did it: they know. Whoever decides above hears once a day (`reports.queries.reminding`): they
    have entries of many units. Only register and number are told: a notice goes by mail as well.
    """
    held, tasks = values_of(book.definition, entry), tasks_of(book.definition)
    now = [task for task in tasks if not task.under and not task.is_due_only and task.holds(entry, held)]
    units = {getattr(entry, task.side) for task in now} - {None} - _own(doing)
    happenings = [Happening(entry.pk, unit, unit, entry.version) for unit in sorted(units)]
    if not happenings:
        return 0
    told, actor = f"{book.definition.name}: hồ sơ {entry.code}", doing.by.user_id or 0
    return notify(Event.ENTRY_WAITS, happenings, cycle="", until=told, actor=actor, at=doing.at)


def tell_invited(entry: Entry, book: Book, unit: int, doing: Doing) -> int:
    """Those who speak for a unit that is invited to an entry, at once and of many as well: in no queue and no digest would they find it."""
    told, actor = f"{book.definition.name}: hồ sơ {entry.code}", doing.by.user_id or 0
    return notify(Event.ENTRY_INVITES, [Happening(entry.pk, unit, unit, entry.version)], cycle="", until=told, actor=actor, at=doing.at)


def _own(doing: Doing) -> frozenset[int]:
    return frozenset(each.unit for each in doing.by.posts) if isinstance(doing.by, Person) else frozenset()
