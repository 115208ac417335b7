"""A table that somebody sent, read and worked out: nothing of it is in the register before it is confirmed."""

import hashlib
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from kheo.core.registers.line_heads import line_heads
from kheo.core.registers.table_heads import heads_of
from kheo.core.text import fold
from kheo.documents.register_csv import FILES
from kheo.documents.register_table import MOST_ROWS, ReadTable, marked_register, read_register_table
from kheo.files.actions import shown_name
from kheo.files.opened_tables import OpenedTable, open_tables
from kheo.org.access import Person
from kheo.registers.access.importing import book_to_write
from kheo.registers.actions.importing.line_planning import LinePlanner
from kheo.registers.actions.importing.planning import Planner
from kheo.registers.actions.importing.plans import Plan
from kheo.registers.actions.outcomes import Refused
from kheo.registers.models import EntryImport, ImportRow
from kheo.registers.queries.definitions import Book, book, earlier_labels, edition_number

BATCH = 500
LARGEST_FILE = 10 * 1024 * 1024
_SHEETS = {file: sheet for sheet, file in FILES.items()}


def open_register_table(data: bytes, name: str) -> OpenedTable:
    """The sheets of a file; never raises for anything that was sent."""
    if len(data) > LARGEST_FILE:
        return OpenedTable(refusal="Tệp lớn hơn 10 MB. Hãy bỏ ảnh và các trang không cần, hoặc chia thành nhiều tệp.")
    return open_tables(data, name, most=MOST_ROWS, what="dòng hồ sơ", called=_SHEETS)


def register_in(opened: OpenedTable) -> str:
    """The register of which a file says that it is; nothing where it says none."""
    return marked_register(opened.sheets)[0]


def read_table_of(found: Book, opened: OpenedTable) -> ReadTable:
    """The table of a file as one of this register, or what keeps the whole file from being taken."""
    if opened.refusal:
        where = f"Dòng {opened.line}: " if opened.line else ""
        return ReadTable(problems=(f"{where}{opened.refusal}",))
    heads = heads_of(found.definition, found.options)
    older = {fold(label): key for label, key in earlier_labels(found).items()}
    of_lines = line_heads(found.definition, found.options) if found.definition.lines else []
    table = read_register_table(opened.sheets, heads, older, is_csv=opened.is_csv, of_lines=of_lines)
    if table.register and table.register != found.register.code:
        other = book(table.register)
        called = other.definition.name if other else table.register
        return ReadTable(problems=(f"Tệp này là của sổ “{called}”, không phải sổ “{found.definition.name}”.",))
    return table


def worked_out(
    code: str, opened: OpenedTable, *, unit: int | None, by: Person, at: datetime
) -> tuple[Book, ReadTable, list[Plan]] | Refused:
    """What a table would do, nothing of it kept; or why it cannot be taken. Raises Unreachable for who does not write there."""
    found = book_to_write(by, code)
    table = read_table_of(found, opened)
    if table.problems:
        return Refused("Chưa nhận được tệp.\n" + "\n".join(table.problems))
    plans = Planner(found, table, by, unit, at).plans()
    new = {plan.temporary: plan for plan in plans if plan.temporary}
    of_lines = LinePlanner(found, table.lines, by, at, new) if table.lines else None
    plans += of_lines.plans() if of_lines else ()
    return found, replace(table, notes=(*table.notes, *(of_lines.notes if of_lines else ()))), plans


@transaction.atomic
def take_in_table(
    code: str, opened: OpenedTable, data: bytes, name: str, *, unit: int | None, by: Person, at: datetime
) -> EntryImport | Refused:
    """Keep what a table would do, for whoever sent it: see `worked_out`."""
    worked = worked_out(code, opened, unit=unit, by=by, at=at)
    if isinstance(worked, Refused):
        return worked
    found, table, plans = worked
    kept = EntryImport.objects.create(
        register=found.register,
        edition_id=found.edition_id,
        sent_by_id=by.user_id,
        sent_at=at,
        unit=unit,
        name=shown_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        columns=[asdict(each) for each in table.columns],
        notes=[*table.notes, *_of_another_edition(found, table)],
    )
    rows = [
        ImportRow(
            table=kept,
            number=plan.number,
            of_lines=plan.of_lines,
            plan=plan.outcome,
            is_doubtful=bool(plan.doubts) and plan.outcome == ImportRow.NEW,
            title=plan.title[:320],
            entry=plan.entry,
            detail=plan.kept(),
        )
        for plan in plans
    ]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return kept


def _of_another_edition(found: Book, table: ReadTable) -> list[str]:
    now = edition_number(found.edition_id)
    if table.edition is None or table.edition == now:
        return []
    return [f"Tệp tải từ bản {table.edition} của sổ, nay là bản {now}: các cột được nhận theo khóa và tên cũ."]
