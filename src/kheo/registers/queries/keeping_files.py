"""Until when the photographs and papers of entries are kept: the register's rule, the entry's day, what counts it, what holds it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kheo.core.registers.kept import KeptDef, Standing, kept_until, months_later
from kheo.core.registers.moves import PUBLIC
from kheo.registers.models import Entry, EntryAttachment, EntryHold
from kheo.registers.queries.definitions import Book

BATCH = 5000  # looking through what reports count is one long query, however many are asked for
_NEEDED = ("register", "code", "owner", "closed_on", "in_state_since", "source")
Counted = Callable[[Collection[int]], Mapping[int, date]]


@dataclass(frozen=True)
class FilesOf:
    """The files of one entry that go together on one day (None: nothing says when), and whether senders without an account gave them."""

    entry: Entry
    files: tuple[EntryAttachment, ...]
    until: date | None
    is_senders: bool
    is_held: bool
    counted_on: date | None


def kept_files(book: Book, counted: Counted, *, entry: int | None = None, closed_before: date | None = None) -> Iterator[FilesOf]:
    """Of closed entries, in order, a batch at a time; `entry`: of this one alone; `closed_before`: only those that closed earlier."""
    rule, last = book.definition.photos_kept, 0
    if rule is None:
        return
    some = Q(attachments__file__blob__forgetting=None) & Q(attachments__isnull=False)
    entries = Entry.objects.filter(pk__in=Entry.objects.filter(some).values("pk"), register=book.register, closed_on__isnull=False)
    entries = entries.only(*_NEEDED).order_by("pk")
    if entry is not None:
        entries = entries.filter(pk=entry)
    if closed_before is not None:
        entries = entries.filter(closed_on__lte=closed_before, in_state_since__lte=closed_before)
    while batch := list(entries.filter(pk__gt=last)[:BATCH]):
        yield from _batch(rule, batch, counted)
        last = batch[-1].pk


def _batch(rule: KeptDef, batch: list[Entry], counted: Counted) -> Iterator[FilesOf]:
    numbers = [each.pk for each in batch]
    since, held = counted(numbers), set(EntryHold.objects.filter(entry__in=numbers, lifted_at=None).values_list("entry_id", flat=True))
    files: dict[tuple[int, bool], list[EntryAttachment]] = {}
    rows = EntryAttachment.objects.filter(entry__in=numbers, file__blob__forgetting=None).select_related("file", "thumbnail")
    sources = {each.pk: each.source for each in batch}
    for row in rows.order_by("pk"):
        is_senders = sources[row.entry_id] == PUBLIC and row.file.sent_by_id is None
        files.setdefault((row.entry_id, is_senders), []).append(row)
    for entry in batch:
        for is_senders in (False, True):
            if some := files.get((entry.pk, is_senders)):
                standing = Standing(closed_since(entry), is_senders, since.get(entry.pk), entry.pk in held)
                until = kept_until(rule, standing)
                yield FilesOf(entry, tuple(some), until, is_senders, standing.is_held, standing.counted_on)


def closed_since(entry: Entry) -> date | None:
    """The day on which it came into the closed state in which it stands: what was recognised after it was done begins anew."""
    return max(entry.closed_on, entry.in_state_since) if entry.closed_on is not None else None


def earliest_closing(rule: KeptDef, today: date) -> date:
    """No file of an entry that closed after this day can be due today, whatever else is said of it."""
    return months_later(today, -min(12 * rule.years, rule.public_months or 12 * rule.years))


def hold_of(entry: Entry) -> EntryHold | None:
    """What keeps its files whatever their time, if anything does."""
    return EntryHold.objects.filter(entry=entry, lifted_at=None).first()
