"""Texts in a CSV that a spreadsheet would calculate stand behind an apostrophe (OWASP, "CSV Injection"), and come back as they were.

At the beginning of a cell and after what parts cells elsewhere: where a comma stands before decimals, as in Vietnam, Excel parts a CSV at
semicolons, whatever its quotes say. An apostrophe that was there already gets a second one: nothing is lost on the way back.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kheo.core.days import format_day
from kheo.core.numbers import format_scaled
from kheo.core.registers.table_heads import DICTIONARY, LINES, LINKS, PHOTOS, Head, meaning
from kheo.documents.register_workbook import ENTRIES, MEANINGS, About, BesideSheet, Cell, facts_of, heads_told

# The sheets of a workbook as files of a zip: names that every system writes and reads the same.
FILES = {ENTRIES: "ho-so.csv", LINES: "dong.csv", LINKS: "lien-ket.csv", PHOTOS: "anh-tep.csv", MEANINGS: "tu-dien.csv"}
_PIECE = 64 * 1024
_BEGINS = r"((?:^|[;,\t\r\n])\s*\"?\s*)"
_CALCULATED = r"'*[=+\-@\t\r\n|＝＋－＠]"
_GUARD = re.compile(f"{_BEGINS}(?={_CALCULATED})")
_GUARDED = re.compile(f"{_BEGINS}'(?={_CALCULATED})")


def guarded(text: str) -> str:
    """The text as it stands in the file."""
    return _GUARD.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text that `guarded` wrote."""
    return _GUARDED.sub(r"\1", text)


def cell_text(head: Head, cell: Cell) -> str:
    """A cell as a text, as people would write it."""
    if isinstance(cell, int):
        return format_scaled(cell, head.decimals)
    return format_day(cell) if isinstance(cell, date) else cell or ""


def csv_lines(heads: Sequence[Head], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV that a spreadsheet opens as it is (UTF-8 with its mark), in pieces."""
    texts = ([cell_text(head, cell) for cell, head in zip(cells, heads, strict=True)] for cells in rows)
    return _in_pieces(itertools.chain([[head.label for head in heads]], texts))


def csv_files(
    about: About, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], beside: Sequence[BesideSheet]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """All that a workbook of the register holds, as files of a zip (`FILES`), each in pieces: the dictionary first, since it is short."""
    yield FILES[MEANINGS], _in_pieces(_dictionary(about, heads_told(heads, beside)))
    yield FILES[ENTRIES], csv_lines(heads, rows)
    for each in beside:
        yield FILES[each.name], csv_lines(each.columns or [Head(label, label, "") for label in each.heads], each.rows)


def _dictionary(about: About, heads: Sequence[Head]) -> Iterator[Sequence[str]]:
    yield (about.definition.name,)
    yield from facts_of(about)
    yield ()
    yield DICTIONARY
    for head in heads:
        yield meaning(about.definition, about.options, head)


def _in_pieces(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    yield "\ufeff".encode()
    for cells in rows:
        writer.writerow([guarded(cell) for cell in cells])
        if line.tell() > _PIECE:
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
    yield line.getvalue().encode()
