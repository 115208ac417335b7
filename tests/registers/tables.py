"""Files of a register as people send them: taken from the register, edited cell by cell, or made of their own rows."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import openpyxl

from kheo.documents.register_csv import csv_lines
from kheo.documents.register_workbook import write_register
from kheo.registers.access import sight
from kheo.registers.actions.exporting import about_file, export_entries
from kheo.registers.actions.exporting_beside import csv_of_lines, csv_zip, sheets_beside
from kheo.registers.actions.importing import confirm_import, open_register_table, take_in_table, write_next
from kheo.registers.actions.outcomes import Refused
from kheo.registers.models import EntryImport, ImportRow
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.wanted import Wanted
from tests.world import World, later

Sheet = Any


def exported(book: Book, world: World, who: str = "an", *, kind: str = "xlsx", at: datetime | None = None) -> bytes:
    """Everything that one of the cast reads in the register, as a file: `xlsx`, `csv`, the CSV of its `lines`, or a `zip` of CSVs."""
    at = at or later(days=1)
    person = world.person(who, at)
    looking = sight(person, walled=book.definition.walled)
    handlers = looking.given if looking.units is not None else ()
    wanted, unit = Wanted(looking.units, handlers), min(person.reading_units)
    found = export_entries(book, wanted, looking, chosen=(), kind=kind, by=person.actor(unit), unit=unit, on=person.on, at=at)
    if kind == "lines":
        return b"".join(csv_of_lines(found))
    if kind == "csv":
        return b"".join(csv_lines(found.heads, found.rows()))
    if kind == "zip":
        return b"".join(csv_zip(found, person.name, at))
    out = io.BytesIO()
    write_register(about_file(book, person.name, at), found.heads, found.rows(), out, sheets_beside(found))
    return out.getvalue()


def edited(file: bytes, edit: Callable[[Sheet], object], sheet: str = "Hồ sơ") -> bytes:
    """The workbook after somebody has worked in its first sheet."""
    workbook = openpyxl.load_workbook(io.BytesIO(file))
    edit(workbook[sheet])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def at(sheet: Sheet, label: str, row: int = 2) -> Any:
    """The cell of a row in the column of that name."""
    return sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == label))


def of_rows(rows: Sequence[Mapping[str, object]]) -> bytes:
    """A workbook that somebody made: a head and rows, nothing else."""
    workbook = openpyxl.Workbook()
    heads = list(dict.fromkeys(label for row in rows for label in row))
    workbook.active.append(heads)
    for row in rows:
        workbook.active.append([row.get(label) for label in heads])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def of_lines(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The same as a CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(label for row in rows for label in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip that somebody made of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sent(
    book: Book, world: World, file: bytes, who: str = "an", *, name: str = "so.xlsx", unit: str | None = "G1", at: datetime | None = None
) -> EntryImport:
    """A file that could be read."""
    at = at or later(days=1)
    taken = take_in_table(
        book.register.code, open_register_table(file, name), file, name,
        unit=world.units[unit] if unit else None, by=world.person(who, at), at=at,
    )  # fmt: skip
    assert isinstance(taken, EntryImport), taken
    return taken


def refused(book: Book, world: World, file: bytes, who: str = "an", *, name: str = "so.xlsx") -> str:
    """Why a file could not be read at all."""
    at = later(days=1)
    taken = take_in_table(
        book.register.code, open_register_table(file, name), file, name, unit=world.units["G1"], by=world.person(who, at), at=at
    )
    assert isinstance(taken, Refused), taken
    assert not EntryImport.objects.exists()
    return taken.message


def rows_in(table: EntryImport) -> list[ImportRow]:
    """Its rows, in the order of the file: the entries, then the lines."""
    return list(table.rows.order_by("of_lines", "number"))


def plans(table: EntryImport) -> list[str]:
    """What each of its rows would do."""
    return [row.plan for row in rows_in(table)]


def problems(table: EntryImport) -> list[str]:
    """Everything that is wrong with its rows, each with its place."""
    return [f"{each['place']} {each['message']}".strip() for row in rows_in(table) for each in row.detail["problems"]]


def written(
    table: EntryImport, world: World, who: str = "an", *, only_good: bool = False, takes_doubtful: bool = False, at: datetime | None = None
) -> list[ImportRow]:
    """Its rows once it was confirmed and everything was written."""
    at = at or later(days=1)
    by = world.person(who, at)
    done = confirm_import(table.pk, only_good=only_good, takes_doubtful=takes_doubtful, by=by, at=at)
    assert isinstance(done, EntryImport), done
    while write_next(table.pk, by=by, at=at):
        pass
    return rows_in(table)
