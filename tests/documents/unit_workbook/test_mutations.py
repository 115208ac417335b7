"""2,000 damaged workbooks, one after another in one long-lived child: an answer for each, within the limits, and no value lost unsaid."""

import random
import struct
import time
import zipfile
import zlib
from collections import Counter
from xml.etree import ElementTree as ET

from kheo.documents.grid.raw import FRAMES
from kheo.documents.unit_workbook import RawBook, WorkbookReading, validate
from kheo.documents.unit_workbook.layout import CHOICE, CODE, HEAD_ROW, NOTE, TITLES, VALUE, a1
from kheo.files.child import Reader
from kheo.files.workbooks import read_book
from tests.documents.unit_workbook.books import good, mini
from tests.documents.unit_workbook.editing import with_shared_texts
from tests.documents.unit_workbook.independent import Values, values_of
from tests.documents.unit_workbook.mutating import mutated

FILES = 2000
PEAK, LONGEST = 300 << 20, 10.0
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ET.ParseError,
    ValueError,
    KeyError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
)


def test_no_crash_no_excess_and_no_value_lost_silently(reader: Reader) -> None:
    bases = (good(), with_shared_texts(good()))
    wrong: list[tuple[int, str]] = []
    ends, peak = Counter[str](), 0
    for seed in range(FILES):
        data = mutated(bases[seed % 2], random.Random(seed))
        started = time.monotonic()
        book = read_book(data, reader)
        if time.monotonic() - started > LONGEST:
            wrong.append((seed, "too slow"))
        peak = max(peak, reader.usage().peak)
        ends[book.refusal or "read"] += 1
        wrong += [(seed, fault) for fault in faults(data, book)]
    assert wrong == []
    assert peak < PEAK
    assert sum(ends.values()) == FILES
    assert ends["read"] > FILES / 4, ends  # else nothing was shown about values
    assert ends["broken"] > FILES / 10, ends


def faults(data: bytes, book: RawBook) -> list[str]:
    """What was lost of a file that was read, as the independent reader sees it."""
    if book.refusal is not None:
        return []
    try:
        values = values_of(data)
    except UNREADABLE as fault:
        return [f"read, although it cannot be read: {fault!r}"]
    lost = [f"{sheet}!{a1(*place)}" for sheet, place in differing(values, book)]
    reading = validate(book, mini())
    return lost + [f"unsaid {cell}" for cell in unsaid(values.get("Số liệu", {}), reading, book)]


def differing(values: dict[str, Values], book: RawBook) -> list[tuple[str, tuple[int, int]]]:
    """Places where only one of the two readers saw a value, or another one."""
    found = []
    for sheet in book.sheets:
        if sheet.is_frame:  # of the cover and the checks, which ask nothing, the signature alone is read
            known = sheet.name in FRAMES.values() and sheet.marks == (values.get(sheet.name, {}).get((0, 0)),)
            found += [] if known and not sheet.rows else [(sheet.name, (0, 0))]
            continue
        ours = {(row, column): value for row, each in sheet.rows.items() for column, value in enumerate(each) if value is not None}
        odd = {place: each for place, each in sheet.odd.items() if each.text}
        theirs = values.get(sheet.name, {})
        found += [(sheet.name, place) for place in theirs.keys() ^ (ours.keys() | odd.keys())]
        found += [(sheet.name, place) for place in theirs.keys() & ours.keys() if place not in odd and not same(ours[place], theirs[place])]
    return found


def same(ours: str | float | bool | None, theirs: str) -> bool:
    if isinstance(ours, bool):
        return ours == (theirs not in ("0", "false"))
    if isinstance(ours, str):
        return ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n")
    return ours == float(theirs)


def unsaid(values: Values, reading: WorkbookReading, book: RawBook) -> list[str]:
    """Values in the answer cells of the sheet that are neither among the answers nor told of."""
    sheet = next((each for each in book.sheets if each.name == "Số liệu"), None)
    told = {problem.cell for problem in reading.problems if problem.sheet == "Số liệu"}
    targets = {problem.target for problem in reading.problems}
    if sheet is None or reading.rows == 0:  # the whole sheet was refused, which is told
        assert not reading.is_storable
        return []
    kept = reading.figures.keys() | reading.notes.keys()
    found = []
    for row, column in values:
        if row <= HEAD_ROW or column not in (VALUE, CHOICE, NOTE) or values[row, column] in TITLES or (row, column) in sheet.formulas:
            continue
        code = values.get((row, CODE), "")
        if a1(row, column) not in told and code not in kept | targets and code not in ("B01", "A06", "C202R"):
            found.append(a1(row, column))
    return found


def test_a_reader_that_loses_a_row_is_found_out(reader: Reader) -> None:
    """Negative control: the comparison itself; nor may the sheet to fill in be passed over."""
    book = read_book(good(), reader)
    sheet = book.sheets[1]
    rows = {row: values for row, values in sheet.rows.items() if row != 11}
    shorter = RawBook((book.sheets[0], type(sheet)(**{**vars(sheet), "rows": rows}), *book.sheets[2:]))
    passed = RawBook((book.sheets[0], type(sheet)(**{**vars(sheet), "rows": {}, "is_frame": True}), *book.sheets[2:]))
    assert faults(good(), book) == []
    assert faults(good(), passed)[0] == "Số liệu!A1"
    assert any(fault.startswith("Số liệu!E12") for fault in faults(good(), shorter))
