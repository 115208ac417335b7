"""Bringing open entries over to their register's newest edition; what was decided stays with the edition that it was decided by.

What an entry is asked no more because of what else it says goes, as with a correction (decision 066): told by name, kept in its history.
Nothing else that it holds is changed. Answers that the new edition takes, asks or reads otherwise are flagged for a second look.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.registers.checking import failed_checks
from kheo.core.registers.rebasing import Edition, asked_no_more, changed_answers
from kheo.core.registers.unasked import not_asked
from kheo.core.registers.values import Values, misfits, missing_fields, past_asking
from kheo.core.registers.words import OPEN_CLASSES
from kheo.journal.actions import SYSTEM, Actor, record
from kheo.org.access import Person
from kheo.registers.access import reached_entry
from kheo.registers.actions.following_days import follow_days
from kheo.registers.actions.keeping import Doing, lock_entry, tell
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.actions.recording import changed_fields, replace
from kheo.registers.models import AnswerFlag, Entry, EntryText, Register, RegisterEdition
from kheo.registers.queries.definitions import Book, book_of
from kheo.registers.queries.holding import texts_of, values_of

BATCH = 1000
EDITION = "edition"  # the deed of an entry from which a new edition took what it does not ask


@dataclass(frozen=True)
class Publisher:
    """Whoever published the edition, or the machine that brings entries over, as deeds and journal name them."""

    by: Actor
    on: date

    @property
    def name(self) -> str:
        """As deeds and journal have it."""
        return self.by.name

    @property
    def user_id(self) -> int | None:
        """The account, where there is one."""
        return self.by.user_id

    def actor(self, unit: int) -> Actor:  # as that of a person, who acts from a post at the unit
        """How the journal remembers it."""
        return self.by


@dataclass(frozen=True)
class _Held:
    """An entry with the edition it answers, its long texts, and all that it holds by that edition."""

    entry: Entry
    old: Edition
    texts: Mapping[str, str]
    values: Values


def rebase_entries(register_code: str, *, by: Actor = SYSTEM, at: datetime) -> tuple[int, int]:
    """All of a register's open entries, batch after batch, each in a transaction of its own; how many were brought over, and flagged.

    Broken off it is called again: what is not brought over yet answers its old edition until then.
    """
    moved = flagged = 0
    while (done := rebase_batch(register_code, by=by, at=at))[0]:
        moved, flagged = moved + done[0], flagged + done[1]
    return moved, flagged


@transaction.atomic
def rebase_batch(register_code: str, *, by: Actor = SYSTEM, at: datetime) -> tuple[int, int]:
    """The next entries that are open and of an older edition; who works on one meanwhile waits for us, and we for them."""
    register = Register.objects.filter(code=register_code).first()
    newest = RegisterEdition.objects.select_related("register").filter(register=register).order_by("-number").first() if register else None
    if newest is None:
        return 0, 0
    behind = Entry.objects.filter(register=register, meaning__in=OPEN_CLASSES).exclude(edition=newest)
    light = behind.select_related("edition__register").defer("edition__definition", "edition__source")
    entries = list(light.select_for_update(of=("self",), no_key=True).order_by("pk")[:BATCH])
    if not entries:
        return 0, 0
    held = _held(entries)
    after = _edition(newest)
    flags = [(each.entry, changed_answers(each.old, after, each.values, each.entry.state)) for each in held]
    _let_go(held, book_of(newest), after, Publisher(by, local_day(at)), at)
    keys = {(each.pk, flag.key) for each, found in flags for flag in found}
    _replace([each.pk for each, found in flags if found], keys, at)
    AnswerFlag.objects.bulk_create(
        [
            AnswerFlag(entry=each, edition=newest, key=flag.key, why=flag.why, message=flag.message, made_at=at)
            for each, found in flags
            for flag in found
        ]
    )
    Entry.objects.filter(pk__in=[each.pk for each in entries]).update(edition=newest)
    flagged = sum(bool(found) for _, found in flags)
    detail: dict[str, Any] = {"register": register_code, "number": newest.number, "entries": len(entries), "flagged": flagged}
    record("rebase_entries", by=by, at=at, object_type="register_edition", object_id=newest.pk, **detail)
    return len(entries), flagged


def _held(entries: Collection[Entry]) -> list[_Held]:
    texts: dict[int, dict[str, str]] = {}
    for entry, key, text in EntryText.objects.filter(entry__in=entries, known_to__isnull=True).values_list("entry_id", "key", "text"):
        texts.setdefault(entry, {})[key] = text
    editions = {edition.pk: _edition(edition) for edition in {each.edition for each in entries}}
    told = ((each, editions[each.edition_id], texts.get(each.pk, {})) for each in entries)
    return [_Held(entry, old, said, values_of(old.definition, entry, said)) for entry, old, said in told]


def _let_go(held: Collection[_Held], book: Book, after: Edition, by: Publisher, at: datetime) -> None:
    """Take from entries what the new edition does not ask of them, each with the version before and a deed."""
    for each in held:
        if gone := asked_no_more(each.old, after, each.values):
            _write_without(each.entry, book, each.texts, gone, Doing(EDITION, by, by.on, max(at, each.entry.known_from)))


def _write_without(entry: Entry, book: Book, texts: Mapping[str, str], gone: Collection[str], doing: Doing) -> None:
    values = values_of(book.definition, entry, texts)
    left = {key: value for key, value in values.items() if key not in gone}
    entry.edition_id = book.edition_id
    replace(entry, book, texts, left, doing)
    follow_days(entry, book.definition, values, left, doing)
    entry.save()
    tell(entry, entry.state, changed_fields(book.definition, values, left), doing)


def _edition(edition: RegisterEdition) -> Edition:
    found = book_of(edition)
    return Edition(found.definition, found.options)


def _replace(entries: Collection[int], keys: Collection[tuple[int, str]], at: datetime) -> None:
    """A flag of an earlier edition gives way to the new one about the same answer."""
    standing = AnswerFlag.objects.filter(entry__in=entries, settled_at__isnull=True).values_list("pk", "entry_id", "key")
    AnswerFlag.objects.filter(pk__in=[flag for flag, entry, key in standing if (entry, key) in keys]).update(settled_at=at)


@transaction.atomic
def confirm_answers(entry_id: int, flags: Collection[int], *, by: Person, at: datetime) -> Made | Refused:
    """These flags were seen and the answers hold as they are; what is missing or not taken is changed instead, not confirmed.

    Raises Unreachable for who may not read the entry.
    """
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    if not reached.is_editable:
        return Refused("Anh/chị không có quyền sửa hồ sơ này.")
    seen = AnswerFlag.objects.filter(entry=entry, pk__in=list(flags), settled_at__isnull=True)
    keys, book = sorted(seen.values_list("key", flat=True)), reached.book
    values = values_of(book.definition, entry, texts_of(entry))
    wrong = (
        *missing_fields(book.definition, values, entry.state, past_asking(book.definition, values, entry.state)),
        *misfits(book.definition, values, book.options),
        *failed_checks(book.definition, values, values, entry.state, book.options),
        *not_asked(book.definition, book.options, values),
    )
    still = tuple(each for each in wrong if each.key in keys)
    if still:
        return Refused("Câu trả lời còn thiếu hoặc không còn hợp lệ thì phải sửa, không xác nhận được.", still)
    if keys:
        seen.update(settled_at=at)
        actor = by.actor(entry.owner_id)
        record("confirm_answers", by=actor, at=at, object_type="entry", object_id=entry.pk, unit_id=entry.owner_id, fields=keys)
    return Made(entry)
