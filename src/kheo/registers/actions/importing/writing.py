"""Writing what a table would do, once its sender has confirmed it: row by row, each in a transaction of its own, each exactly once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from kheo.core.days import UncoveredYearError
from kheo.core.numbers import format_int
from kheo.journal.actions import record
from kheo.org.access import Person, Unreachable
from kheo.registers.access import writing_units
from kheo.registers.access.importing import import_to_see
from kheo.registers.actions.acting import Move, act_on_entry
from kheo.registers.actions.importing.line_planning import line_in
from kheo.registers.actions.importing.plans import values_in
from kheo.registers.actions.lining import write_line
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.actions.recording import create_entry, edit_entry
from kheo.registers.models import Entry, EntryImport, ImportRow
from kheo.registers.queries.definitions import Book, book, register_definition
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.importing import Counts, counts_of

TURN = 20  # rows that fit a page's answer; more are a job's
KEPT = timedelta(days=30)
WRITE_ENTRIES = "write_entries"  # of config.jobs.importing
NOTHING = "Không có dòng nào để ghi."


@transaction.atomic
def confirm_import(number: int, *, only_good: bool, takes_doubtful: bool, by: Person, at: datetime) -> EntryImport | Refused:
    """Have the rows written that are right; where some are wrong, only if `only_good` says that this is meant. Pressed twice, done once.

    `takes_doubtful`: also rows that may be there already.
    """
    import_to_see(by, number)
    table = EntryImport.objects.select_for_update(of=("self",)).select_related("register").get(pk=number)
    if table.confirmed_at is not None:
        return table
    counts = counts_of(table)
    if counts.refused and not only_good:
        return Refused(f"{format_int(counts.refused)} dòng chưa đúng. Sửa trong tệp rồi gửi lại, hoặc chọn “chỉ ghi các dòng đúng”.")
    if not counts.to_write(takes_doubtful):
        return Refused(NOTHING)
    left = ImportRow.objects.filter(table=table)
    left.filter(plan__in=[ImportRow.REFUSED, ImportRow.SAME]).update(result=ImportRow.LEFT)
    if not takes_doubtful:
        left.filter(is_doubtful=True).update(result=ImportRow.LEFT, message="Có thể đã ghi rồi; chưa chọn ghi.")
    table.confirmed_at, table.takes_doubtful = at, takes_doubtful
    table.save(update_fields=["confirmed_at", "takes_doubtful"])
    _tell("import_entries", table, counts, by, at)
    if counts.to_write(takes_doubtful) > TURN:
        app.configure_task(WRITE_ENTRIES).defer(number=table.pk)
    return table


def _tell(act: str, table: EntryImport, counts: Counts, by: Person, at: datetime) -> None:
    found = book(table.register.code)
    unit = table.unit or (min(writing_units(by, found.definition), default=None) if found else None)
    told = {"register": table.register.code, "file": table.name, "sha256": table.sha256, **counts.told()}
    record(act, by=by.actor(unit or 0), at=at, object_type="import", object_id=table.pk, unit_id=unit, **told)


def write_next(number: int, *, by: Person, at: datetime, most: int = TURN) -> int:
    """Write the next rows of a confirmed table; how many still wait. `by`: who sent it, with the posts of today."""
    table = EntryImport.objects.select_related("register").get(pk=number)
    waiting = ImportRow.objects.filter(table=table, result="").order_by("of_lines", "number")
    if table.confirmed_at is None:
        return 0
    found = book(table.register.code)
    for row in list(waiting.values_list("pk", flat=True)[:most]):
        if found is not None:
            write_row(found, row, by=by, at=at)
    left = waiting.count()
    if not left:
        _finish(table, by, at)
    return left


@transaction.atomic
def _finish(table: EntryImport, by: Person, at: datetime) -> None:
    again = EntryImport.objects.select_for_update(of=("self",)).select_related("register").get(pk=table.pk)
    if again.finished_at is None:
        again.finished_at = at
        again.save(update_fields=["finished_at"])
        _tell("imported_entries", again, counts_of(again), by, at)


@transaction.atomic
def write_row(found: Book, row_id: int, *, by: Person, at: datetime) -> None:
    """One row, with what became of it, or neither: whoever stops in between has written nothing of it."""
    row = ImportRow.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=row_id, result="").first()
    if row is None or not _is_its_turn(row):
        return
    entry, message = _written(found, row, by, at)
    row.result, row.message = (ImportRow.WRITTEN, "") if entry else (ImportRow.FAILED, message)
    if entry is not None:
        row.entry = entry
        # What was written is in the register: nothing of it is kept a second time.
        row.detail = {"changes": [[each["place"], each["label"]] for each in row.detail["changes"]]}
    row.save(update_fields=["result", "message", "entry", "detail"])


def _is_its_turn(row: ImportRow) -> bool:
    """A line of a new entry waits for that, and then is one of its lines; another who writes that just now is waited for."""
    if row.of_lines and row.entry_id is None:
        made = ImportRow.objects.select_for_update(of=("self",)).get(table=row.table_id, of_lines=False, number=row.detail["of_row"])
        row.entry_id = made.entry_id if made.result == ImportRow.WRITTEN else None
        return bool(made.result)
    return True


class _UndoError(Exception):
    """Takes back what a row has done so far."""


def _written(found: Book, row: ImportRow, by: Person, at: datetime) -> tuple[Entry | None, str]:
    try:
        with transaction.atomic():
            outcome = _outcome(found, row, by, at)
            if isinstance(outcome, Refused):
                raise _UndoError(" ".join([outcome.message, *(each.message for each in outcome.problems)]))
            return outcome.entry, ""
    except Unreachable:
        return None, "Hồ sơ không còn trong phần anh/chị được xem."
    except (_UndoError, UncoveredYearError) as fault:
        return None, str(fault)


def _outcome(found: Book, row: ImportRow, by: Person, at: datetime) -> Made | Refused:
    if row.of_lines:
        if row.entry_id is None:
            return Refused(f"Hồ sơ mới ở dòng {row.detail['of_row']} của trang hồ sơ chưa ghi được, nên dòng này cũng chưa.")
        return write_line(row.entry_id, line_in(row.detail), by=by, at=at)
    return _changed(row, by, at) if row.plan == ImportRow.CHANGED else _made(found, row, by, at)


def _changed(row: ImportRow, by: Person, at: datetime) -> Made | Refused:
    """The fields that the row changes, over what the entry holds: only while it is the version that was looked at."""
    assert row.entry_id is not None
    entry = Entry.objects.select_related("edition").get(pk=row.entry_id)
    values = values_of(register_definition(entry.edition_id), entry, texts_of(entry))
    merged = {**values, **values_in(row.detail)}
    kept = {key: value for key, value in merged.items() if value is not None}
    return edit_entry(entry.pk, kept, version=row.detail["version"], by=by, at=at)


def _made(found: Book, row: ImportRow, by: Person, at: datetime) -> Made | Refused:
    values = {key: value for key, value in values_in(row.detail).items() if value is not None}
    on = date.fromisoformat(row.detail["on"]) if row.detail["on"] else None
    outcome: Made | Refused = create_entry(found, row.detail["owner"], values, by=by, at=at, on=on, source="import")
    for act in row.detail["acts"]:
        if isinstance(outcome, Refused):
            return outcome
        moved, entry = found.definition.by_act[act], outcome.entry
        # An act that names its day happened on that; what follows it, not before it.
        done_on = max(on, entry.in_state_since) if on is not None and moved.day is None else None
        outcome = act_on_entry(entry.pk, Move(act, entry.version, on=done_on, quietly=True), by=by, at=at)
    return outcome


@dataclass(frozen=True)
class Gone:
    """How many tables went."""

    tables: int


@transaction.atomic
def forget_imports(*, at: datetime, most: int = 20) -> Gone:
    """Tables that were sent a month ago go with their rows, written or not: what was written stands in the register and the journal."""
    old = list(EntryImport.objects.filter(sent_at__lt=at - KEPT).order_by("pk")[:most])
    for table in old:
        table.delete()
    return Gone(len(old))
