"""Making an entry and changing what it says."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_of
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from kheo.core.days import local_day
from kheo.core.registers.beginning import day_begun, wrong_beginning
from kheo.core.registers.checking import failed_checks, left_choices
from kheo.core.registers.fields import LARGEST_TAIL
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.moves import EDIT, PUBLIC, Stance, may_edit
from kheo.core.registers.unasked import told_gone, without_unasked
from kheo.core.registers.values import (
    FieldProblem,
    Kept,
    Options,
    Values,
    frozen_changes,
    misfits,
    missing_fields,
    past_asking,
    shown_fields,
    strangers,
    write_value,
)
from kheo.core.registers.words import CREATE, Scope
from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import lines_standing, living
from kheo.registers.access import reached_entry
from kheo.registers.actions.answering_letters import answer_letters
from kheo.registers.actions.following_days import follow_days, new_day_problems
from kheo.registers.actions.keeping import (
    Doing,
    begin_span,
    begun_runs,
    first_due,
    keep_texts,
    keep_version,
    lock_entry,
    stand_in,
    tell,
)
from kheo.registers.actions.likening import keep_likeness
from kheo.registers.actions.looking import begin_anew
from kheo.registers.actions.outcomes import Made, Refused, refuses_unknown_days, told_together
from kheo.registers.models import DeadlineRun, Entry, Place
from kheo.registers.queries.definitions import Book, asked_of_the_public, book_now
from kheo.registers.queries.holding import columns_of, long_texts, searched, subject_key, texts_of, values_of

STALE = "Hồ sơ đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi làm tiếp."


@refuses_unknown_days
@transaction.atomic
def create_entry(
    book: Book,
    owner: int,
    values: Values,
    *,
    by: Person,
    at: datetime,
    on: date | None = None,
    source: str = "web",
    unread: Sequence[FieldProblem] = (),
) -> Made | Refused:
    """A new entry of a unit in the first state of its register; every problem at once where there is any.

    It begins on the day that it names itself where its register asks for one (`begins_on`), else on the day of recording `on`.
    `unread`: what of the form could not be read, told together with all that is wrong with the rest.
    """
    book = newest(book)
    stance = Stance(by.user_id, frozenset((Scope.OWN, role) for role in by.roles_at(owner)))
    if not stance.is_any_of(book.definition.edit):
        return Refused(f"Anh/chị không có quyền ghi {book.definition.one} cho đơn vị này.")
    if Line.UNION not in lines_standing([owner], local_day(at)):
        return Refused("Đơn vị này không ở trên tuyến công đoàn, hoặc không còn hoạt động.")
    doing = Doing(CREATE, by, on or local_day(at), at)
    problems = told_together(unread, new_problems(book, values, doing, told=on))
    if problems:
        return Refused("Chưa ghi được; xem các ô có báo lỗi.", problems)
    return Made(begin_entry(book, Beginning(owner, values, source=source), doing))


def new_problems(book: Book, values: Values, doing: Doing, told: date | None = None) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with an entry that would begin with these values; `told`: the day of recording, where one was given."""
    return (
        *checked(book, {}, values, book.definition.first_state.code),
        *set_by_hand(book.definition, {}, values),
        *gone_units(book.definition, values, local_day(doing.at)),
        *wrong_beginning(book.definition, values, day_begun(book.definition, values) or doing.on, local_day(doing.at), told),
    )


@dataclass(frozen=True)
class Beginning:
    """A new entry of a unit; of which place it is the how-manieth episode, where that is known already."""

    owner: int
    values: Values
    place: int | None = None
    ordinal: int = 1
    source: str = "web"


def begin_entry(book: Book, beginning: Beginning, doing: Doing, beside: Callable[[Entry], None] | None = None) -> Entry:
    """The entry as it begins, whoever causes it: somebody who writes it down, or an act on an earlier one. Its values are checked.

    `beside`: writes what stands beside it from the beginning, before the journal is told.
    """
    begins = day_begun(book.definition, beginning.values) or doing.on
    doing = replace_of(doing, act=CREATE, on=begins, reason="", reply="")
    entry = Entry(
        register=book.register,
        edition_id=book.edition_id,
        owner_id=beginning.owner,
        source=beginning.source,
        created_by_id=doing.by.user_id,
        created_at=doing.at,
        place_id=beginning.place,
        ordinal=beginning.ordinal,
    )
    definition = book.definition
    entry.code, entry.registered_on, entry.known_from = _next_code(book, doing.on.year), doing.on, doing.at
    stand_in(entry, definition, definition.first_state.code, doing.on)
    write(entry, definition, book.options, beginning.values)
    settle_place(entry, definition)
    begun = [
        run for clock in definition.clocks if CREATE in clock.started_by for run in begun_runs(clock, entry, 1, doing, beginning.values)
    ]
    entry.due_on = first_due(begun)
    entry.save(force_insert=True)
    keep_texts(entry, {}, long_texts(definition, beginning.values), doing.at)
    begin_span(entry, definition, entry.state, doing)
    DeadlineRun.objects.bulk_create(begun)
    keep_likeness(entry, book, {}, beginning.values, doing.at)
    if beside is not None:
        beside(entry)
    tell(entry, "", changed_fields(definition, {}, beginning.values), doing)
    return entry


def settle_place(entry: Entry, definition: RegisterDefinition) -> None:
    """The permanent place of an entry that is the first episode of one: where that entry says. Later episodes do not move it."""
    if definition.places is None or entry.latitude is None or entry.longitude is None or entry.ordinal > 1:
        return
    there = {"latitude": entry.latitude, "longitude": entry.longitude, "address": entry.address}
    if entry.place_id is None:
        entry.place = Place.objects.create(register_id=entry.register_id, found_on=entry.occurred_on or entry.registered_on, **there)
    else:
        Place.objects.filter(pk=entry.place_id).update(**there)


@refuses_unknown_days
@transaction.atomic
def edit_entry(
    entry_id: int, values: Values, *, version: int, by: Person, at: datetime, unread: Sequence[FieldProblem] = ()
) -> Made | Refused:
    """What the entry says from now on; `version`: the one that its author saw; `unread` as of a new one.

    Raises Unreachable for who may not read it.
    """
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    book = reached.book
    if not may_edit(book.definition, entry.state, reached.stance):
        return Refused("Anh/chị không có quyền sửa hồ sơ này.")
    if entry.version != version:
        return Refused(STALE)
    texts = texts_of(entry)
    before = values_of(book.definition, entry, texts)
    values = without_unasked(book.definition, before, {**kept_from(book.definition, before), **values})
    problems = told_together(unread, change_problems(book, entry, before, values, local_day(at)))
    if problems:
        return Refused("Chưa lưu được; xem các ô có báo lỗi.", problems)
    changes = changed_fields(book.definition, before, values)
    if not changes:
        return Made(entry)
    doing = Doing(EDIT, by, local_day(at), max(at, entry.known_from))
    replace(entry, book, texts, values, doing)
    follow_days(entry, book.definition, before, values, doing)
    entry.save()
    answer_letters(entry, book, doing, came=False, changed=changes)
    tell(entry, entry.state, changes, doing)
    return Made(entry, told=told_gone(book.definition, before, values))


def change_problems(book: Book, entry: Entry, before: Values, values: Values, on: date) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with an entry that would hold these values instead of those before."""
    return (
        *checked(book, before, values, entry.state),
        *set_by_hand(book.definition, before, values),
        *words_of_the_sender(entry, book.definition, before, values),
        *gone_units(book.definition, values, on),
        *new_day_problems(entry, book.definition, before, values, on),
    )


def newest(seen: Book) -> Book:
    """The register as it is now: nobody publishes another edition of it before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM registers_register WHERE id = %s FOR SHARE", [seen.register.pk])
    return book_now(seen)


def kept_from(definition: RegisterDefinition, before: Values) -> dict[str, Kept]:
    """What fields hold that are not asked any more, or that acts fill in: no form sends it, and it stays."""
    unasked = {field.key for field in definition.fields if field.status == "retired"} | definition.set_by_acts.keys()
    return {key: value for key, value in before.items() if key in unasked}


def set_by_hand(definition: RegisterDefinition, before: Values, values: Values) -> list[FieldProblem]:
    """Fields that only acts fill in, changed without one: whoever may not do the act does not write what it would. One that such an entry
    is not asked goes with what it hangs on (`without_unasked`)."""
    asked = {field.key for field in shown_fields(definition, values)}
    return [
        FieldProblem(key, f"“{definition.by_key[key].label}” được ghi bằng nút {' hoặc '.join(f'“{act.name}”' for act in acts)}.")
        for key, acts in definition.set_by_acts.items()
        if values.get(key) != before.get(key) and (key in values or key in asked)
    ]


def words_of_the_sender(entry: Entry, definition: RegisterDefinition, before: Values, values: Values) -> list[FieldProblem]:
    """What somebody wrote through the public form stays as they wrote it, and the day on which it came; a unit writes beside it, and may
    shorten the title.

    Whatever the register asks them today: it may take nothing from them any more, and their words are still theirs.
    """
    if entry.source != PUBLIC:
        return []
    asked = asked_of_the_public(entry.register)
    theirs = [each for each in definition.fields if each.key in asked and each.type == "long_text"]
    found = [
        FieldProblem(each.key, f"“{each.label}” là lời người gửi, không sửa được; viết thêm ở ghi chú nội bộ.")
        for each in theirs
        if values.get(each.key) != before.get(each.key)
    ]
    came = definition.by_key.get(definition.begins_on or "")
    if came is not None and values.get(came.key) != before.get(came.key):
        found.append(FieldProblem(came.key, f"“{came.label}” là ngày biểu mẫu gửi tới, không sửa được."))
    return found


def named_units(definition: RegisterDefinition, values: Values) -> dict[str, Kept]:
    """By field, the units that values name."""
    return {field.key: values[field.key] for field in definition.fields if field.type == "unit" and field.key in values}


def gone_units(definition: RegisterDefinition, values: Values, on: date, there: Collection[int] | None = None) -> list[FieldProblem]:
    """Fields that name a unit which is not there on the day; `there`: those that are, where it was asked already."""
    named = named_units(definition, values)
    if there is None:
        there = living([unit for unit in named.values() if isinstance(unit, int)], on) if named else frozenset()
    return [FieldProblem(key, "Hãy chọn một đơn vị đang hoạt động.") for key, unit in named.items() if unit not in there]


def replace(entry: Entry, book: Book, texts: Mapping[str, str], values: Values, doing: Doing) -> None:
    """Write new values over the old ones, which are kept beside; the caller saves."""
    before = values_of(book.definition, entry, texts)
    keep_version(entry, doing.at)
    write(entry, book.definition, book.options, values)
    # What a later edition made personal is not found any more, whichever edition the entry answers.
    entry.search = searched(book.newest_definition, entry.code, columns_of(book.definition, values) | {"title": entry.title})
    settle_place(entry, book.definition)
    keep_texts(entry, texts, long_texts(book.definition, values), doing.at)
    keep_likeness(entry, book, before, values, doing.at)
    begin_anew(entry, book.newest_definition, before, values, doing.at)


def write(entry: Entry, definition: RegisterDefinition, options: Options, values: Values) -> None:
    """The columns that hold these values, with what follows from them: title put together, subject's key, search."""
    columns = columns_of(definition, values)
    if definition.title_from is not None:
        columns["title"] = title_of(definition, options, values)
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.subject_key = subject_key(entry.subject_kind, entry.subject_name, entry.owner_id)
    entry.search = searched(definition, entry.code, columns)


def title_of(definition: RegisterDefinition, options: Options, values: Values) -> str:
    """The title that a template gives; a field that is not filled in leaves three dots."""
    said = {field.key: write_value(field, values.get(field.key), options) or "…" for field in definition.fields}
    return (definition.title_from or "").format_map(said)[:300]


def checked(
    book: Book, before: Values, values: Values, state: str, *, act: ActDef | None = None, was: str = ""
) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with what an entry would hold in a state; `was`: the state before the act that changes it.

    What it may not change any more is of that state; what the act itself asks it changes.
    """
    definition = book.definition
    let_off = past_asking(definition, before, was or state) - {*(definition.asked_by(act) if act else ())}
    tail = {field.key: values[field.key] for field in definition.fields if field.in_tail and field.key in values}
    size = len(json.dumps(tail, ensure_ascii=False).encode())
    too_large = (FieldProblem("", f"Các trường thêm dài quá 8 kB (đang có {size // 1024} kB)."),) if size > LARGEST_TAIL else ()
    return (
        *strangers(definition, values),
        *misfits(definition, values, book.options),
        *missing_fields(definition, values, state, let_off),
        *frozen_changes(
            definition, before, values, was or state, (*act.asks, *(definition.hanging_on(act) - values.keys())) if act else ()
        ),
        *failed_checks(definition, before, values, state, book.options, state_before=was or None),
        *left_choices(definition, before, values, book.options),
        *too_large,
    )


def changed_fields(definition: RegisterDefinition, before: Values, after: Values) -> dict[str, Any]:
    """By field, before and after; of what is personal, sealed or long only that it changed."""
    changed = [field for field in definition.fields if before.get(field.key) != after.get(field.key)]
    quiet = {field.key for field in changed if field.personal or field.sealed_until is not None or field.type == "long_text"}
    return {field.key: [] if field.key in quiet else [before.get(field.key), after.get(field.key)] for field in changed}


# Whoever comes second waits until the first has used its number or has given it back.
_NEXT_NUMBER = """
INSERT INTO registers_series AS s (register_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (register_id, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""


def _next_code(book: Book, year: int) -> str:
    """`MH-2023-0001`: numbers without gaps within a register and year, given out in the transaction that uses them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [book.register.pk, year])
        (number,) = cursor.fetchone()
    return f"{book.definition.prefix}-{year}-{number:04d}"
