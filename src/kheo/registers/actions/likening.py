"""Keeping which entries are alike in words: with every change of the words; and what somebody says of two that are."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kheo.core.days import local_day
from kheo.core.registers.beside import BesideAct, why_not
from kheo.core.registers.values import Values
from kheo.core.registers.words import Scope
from kheo.core.text import written
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.registers.access import ReachedEntry, entry_to_read
from kheo.registers.actions.keeping import Doing, lock_entry, tell
from kheo.registers.actions.outcomes import Refused
from kheo.registers.models import Entry, Likeness, LikePair
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.likenesses import (
    Sketch,
    alike,
    compared,
    compares_words,
    made_with,
    pair,
    sketch,
    texts_and_values,
    without_bands,
)

NOT_ALIKE = BesideAct.NOT_ALIKE
BATCH = 500
LONGEST_REASON = 1000
_SETTLING = frozenset({(scope, role) for scope in (Scope.ABOVE, Scope.OFFICE) for role in (Role.REVIEWER, Role.OFFICE)})


def keep_likeness(entry: Entry, book: Book, before: Values, after: Values, at: datetime) -> None:
    """Where the words that are compared have changed: by what they are found from now on, and which entries are like them."""
    definition = book.definition
    if not compares_words(definition) or compared(definition, before) == compared(definition, after):
        return
    found = _kept(entry, book, after)
    if before:  # of an entry that has said nothing before there is no pair
        _ended(entry, at, anew=True)
    _like(entry, book, found, at)


def _kept(entry: Entry, book: Book, values: Values) -> Sketch:
    found = sketch(book, values)
    row = {"register": book.register, "made_with": made_with(book.definition), "is_short": found.is_short, "bands": list(found.bands)}
    Likeness.objects.bulk_create([Likeness(entry=entry, **row)], update_conflicts=True, unique_fields=["entry"], update_fields=list(row))
    return found


def _like(entry: Entry, book: Book, found: Sketch, at: datetime) -> None:
    """Pairs of the words of now begin, and nobody has said anything of them yet."""
    now = [
        (max(entry.pk, each.entry.pk), min(entry.pk, each.entry.pk), each.degree)
        for each in alike(book, found, {entry.owner_id}, apart_from=entry.pk)
    ]
    # Whoever changes the other one at the same moment finds the very same two; and those of which something was said may stand already.
    LikePair.objects.bulk_create(
        [LikePair(register=book.register, entry_id=later, other_id=earlier, degree=degree, found_at=at) for later, earlier, degree in now],
        ignore_conflicts=True,
    )


def _ended(entry: Entry, at: datetime, *, anew: bool) -> None:
    """Pairs of words that are no more end, with what was said of them.

    Not `anew`: the words are those of before, so what was said of them stands.
    """
    pairs = LikePair.objects.filter(Q(entry=entry) | Q(other=entry), ended_at=None)
    (pairs if anew else pairs.filter(settled_at=None)).update(ended_at=at)


def keep_all_likenesses(book: Book, *, at: datetime) -> int:
    """Make what is missing, or was made otherwise; gives how many. A batch in a transaction, so that it may be broken off."""
    if not compares_words(book.definition):
        return 0
    made = last = 0
    while entries := without_bands(book, BATCH, last):
        with transaction.atomic():
            for entry, values in texts_and_values(book, entries):
                found = _kept(entry, book, values)
                _ended(entry, at, anew=False)
                _like(entry, book, found, at)
        made, last = made + len(entries), entries[-1].pk
    return made


def may_settle(one: ReachedEntry, other: ReachedEntry) -> bool:
    """Whether somebody may say that two entries are not the same: who works above one of them, and reads both."""
    return any(side in _SETTLING for reached in (one, other) for side in reached.stance.sides)


def pair_to_read(by: Person, number: int) -> tuple[LikePair, ReachedEntry, ReachedEntry]:
    """Two entries of like words, for who reads both. Raises Unreachable."""
    found = pair(number)
    if found is None:
        raise Unreachable
    return found, entry_to_read(by, found.entry_id), entry_to_read(by, found.other_id)


@transaction.atomic
def settle_pair(number: int, reason: str, *, by: Person, at: datetime) -> LikePair | Refused:
    """They are not the same, and why: kept until the words of one of them change. Raises Unreachable for who may not read both."""
    found, one, other = pair_to_read(by, number)
    for each in sorted((found.entry_id, found.other_id)):
        lock_entry(each)
    found, one, other = pair_to_read(by, number)
    if not may_settle(one, other):
        return Refused("Anh/chị không có quyền kết luận hai hồ sơ này; hãy hỏi cấp trên của đơn vị.")
    gone = next((said for each in (one, other) if (said := why_not(each.book.definition, NOT_ALIKE, each.entry.state))), "")
    if gone:
        return Refused(gone)
    why = written(reason).strip()
    if not why or len(why) > LONGEST_REASON:
        return Refused("Hãy ghi lý do." if not why else f"Lý do dài quá {LONGEST_REASON} ký tự.")
    if found.settled_at is not None:
        return Refused("Đã có người kết luận hai hồ sơ này không trùng.")
    LikePair.objects.filter(pk=found.pk).update(settled_at=at, settled_by_id=by.user_id, settled_who=by.name, reason=why)
    for reached in (one, other):
        tell(reached.entry, reached.entry.state, {NOT_ALIKE: [found.pk]}, Doing(NOT_ALIKE, by, local_day(at), at, why))
    found.refresh_from_db()
    return found
