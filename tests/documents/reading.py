"""Our papers read back by other programs' parsers."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from kheo.documents.printable import NO_BREAK

Value = object
_NAMESPACED = re.compile(r"<(?:\w+:)?f[ >/]")


def opened(content: bytes) -> Document:
    """The document as python-docx opens it."""
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode("utf-8")


def plain(text: str) -> str:
    """The text with ordinary spaces, as somebody would type it."""
    return text.replace(NO_BREAK, " ")


def lines_of(content: bytes) -> list[str]:
    """Every paragraph in reading order, those of tables included."""
    paragraphs = opened(content).element.body.iter(qn("w:p"))
    return [plain("".join(node.text or "" for node in paragraph.iter(qn("w:t")))) for paragraph in paragraphs]


def rows_of(content: bytes, table: int) -> list[list[str]]:
    """The texts of a table, row by row; a cell over several columns once."""
    rows = opened(content).tables[table]._tbl.tr_lst
    return [[plain("".join(node.text or "" for node in cell.iter(qn("w:t")))) for cell in row.tc_lst] for row in rows]


def table_under(content: bytes, words: str) -> list[list[str]]:
    """The first table after the paragraph that holds `words`."""
    body = opened(content).element.body
    found = False
    for index, element in enumerate(body):
        text = plain("".join(node.text or "" for node in element.iter(qn("w:t"))))
        found = found or (element.tag == qn("w:p") and words in text)
        if found and element.tag == qn("w:tbl"):
            return rows_of(content, sum(other.tag == qn("w:tbl") for other in body[:index]))
    raise AssertionError(f"no table after {words!r}")


def sheet_names(content: bytes) -> list[str]:
    """The sheets in their order."""
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names)


def by_openpyxl(content: bytes, sheet: str) -> list[list[Value]]:
    """The values of a sheet as openpyxl reads them, empty cells as None."""
    rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return _trimmed([list(row) for row in rows])


def by_calamine(content: bytes, sheet: str) -> list[list[Value]]:
    """The same as python-calamine reads them."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return _trimmed([[None if cell == "" else cell for cell in row] for row in rows])


def _trimmed(rows: Iterable[list[Value]]) -> list[list[Value]]:
    """Dates as instants, and no empty cells at the ends of rows: the readers differ in nothing else."""
    result = []
    for row in rows:
        values = [datetime.combine(cell, time.min) if type(cell) is date else cell for cell in row]
        while values and values[-1] is None:
            values.pop()
        result.append(values)
    return result


def formulas(content: bytes) -> int:
    """How many formula elements the sheets of a workbook hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return sum(len(_NAMESPACED.findall(package.read(name).decode("utf-8"))) for name in sheets)


def as_pages(content: bytes, name: str, folder: Path) -> list[str]:
    """The text of every page, as LibreOffice sets it; skipped where the programs are absent, unless in CI."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice and poppler-utils must be there in CI")
        pytest.skip("no LibreOffice or no pdftotext here")
    (folder / name).write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    pdf = (folder / name).with_suffix(".pdf")
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return [plain(page) for page in done.stdout.decode("utf-8").split("\f")[:-1]]
