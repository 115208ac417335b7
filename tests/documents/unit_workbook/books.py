"""Workbooks for the tests: made from a definition, filled in as an officer would, read without a child."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from kheo.core.definition import Definition, definition_hash, load_definition
from kheo.documents.grid.opening import open_book
from kheo.documents.unit_workbook import Address, PastReport, WorkbookOrder, WorkbookReading, make_workbook, validate
from kheo.documents.unit_workbook.layout import CHOICE, FIGURES, NARRATIVE, NARRATIVE_FIRST_ROW, TEXT, VALUE, a1, lines_of

PROJECT = Path(__file__).resolve().parents[3]
GOOD: dict[str, float | str] = {"B01.KT": 2, "B01.VH": 1, "B02": 5, "C201": 10, "C202": 9, "C501": 1}
TEXTS = {"I": "Đã triển khai tốt.", "II": "Không."}


@cache
def mini() -> Definition:
    """The tiny campaign of the tests."""
    return defined(PROJECT / "tests" / "files" / "mini.yaml")


@cache
def real() -> Definition:
    """The campaign that is shipped."""
    return defined(PROJECT / "campaigns" / "5-khong.yaml")


def defined(file: Path) -> Definition:
    """The definition of a file that has no problems."""
    loaded = load_definition(file.read_bytes(), file.name)
    assert loaded.definition, loaded.problems
    return loaded.definition


def order(definition: Definition, **changes: Any) -> WorkbookOrder:
    """G1's workbook for the first half of 2023."""
    facts: dict[str, Any] = {
        "definition": definition,
        "edition_hash": definition_hash(definition),
        "cycle_code": "2023-6T",
        "cycle_name": "6 tháng đầu năm 2023",
        "opens": date(2022, 11, 16),
        "closes": date(2023, 5, 6),
        "cutoff": date(2023, 5, 5),
        "unit_code": "G1",
        "unit_name": "Công đoàn cơ sở Một",
        "recipient_name": "Liên đoàn Lao động Quận 1",
        "due_on": date(2023, 5, 8),
        "made_at": datetime(2023, 4, 1, 2, tzinfo=UTC),
    }
    return WorkbookOrder(**facts | changes)


def past(definition: Definition) -> PastReport:
    """A full report of the year before: numbers, zeros, blanks."""
    figures = {cell.key: (None, 0, "na", 7593, 12)[cell.position % 5] for cell in definition.cells}
    return PastReport("năm 2022", figures, {"I": "Năm 2022 đã làm tốt.\nCó 2 mô hình."})


def value_cell(definition: Definition, key: str, column: int = VALUE) -> str:
    """Where the template has a row's cell."""
    return a1(next(line.row for line in lines_of(definition) if line.key == key), column)


def filled(data: bytes, definition: Definition, values: Mapping[str, Any], texts: Mapping[str, str] = {}) -> bytes:
    """As saved by another program after typing: three words go into the column of choices."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for key, value in values.items():
        column = CHOICE if value in ("không phát sinh", "chưa có số liệu", "không áp dụng") else VALUE
        book[FIGURES][value_cell(definition, key, column)] = value
    for row, section in enumerate(definition.outline, start=NARRATIVE_FIRST_ROW):
        if section.id in texts:
            cell = book[NARRATIVE][a1(row, TEXT)]
            cell.value = texts[section.id]
            cell.data_type = "s"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def good(definition: Definition | None = None) -> bytes:
    """A complete workbook of the tiny campaign, without a problem."""
    return filled(make_workbook(order(definition or mini(), past=past(mini()))), mini(), GOOD, TEXTS)


def address(definition: Definition, **changes: Any) -> Address:
    """Whose workbook it must be."""
    return order(definition, **changes).address


def read(data: bytes, definition: Definition | None = None, wanted: Address | None = None) -> WorkbookReading:
    """Read bytes against a definition, in this process."""
    return validate(open_book(data), definition or mini(), wanted)
