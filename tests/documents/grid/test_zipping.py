"""Parts out of a zip: held to the directory's word, one by one and all together, before anything is read in them."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from kheo.documents.grid import package, xlsx
from kheo.documents.grid.opening import open_book
from kheo.documents.grid.package import open_package
from kheo.documents.grid.zipping import stored, unpacked
from kheo.documents.unit_workbook import make_workbook
from tests.documents.unit_workbook.books import good, mini, order
from tests.documents.unit_workbook.editing import SHEET2, with_parts, with_xml, zipped

CONTENT = b"<worksheet>" + b"12345" * 1000 + b"</worksheet>"
REL = '<Relationship Id="many{0}" Type="x" Target="worksheets/{1}{0}.{2}"/>'
SHEET = '<sheet name="Trang {0}" sheetId="{1}" r:id="many{0}"/>'


def directory(data: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(data)).infolist()


def changed(data: bytes, sign: bytes, offset: int, value: bytes) -> bytes:
    """With some bytes of the first head (PK 3 4) or of the first entry of the directory (PK 1 2) put in the place of what was there."""
    place = data.index(sign) + offset
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_part_comes_out_as_it_went_in(method: int) -> None:
    data = zipped({"một.xml": CONTENT, "hai.xml": b""}, method)
    assert [unpacked(data, info) for info in directory(data)] == [CONTENT, b""]


def test_what_is_stored_is_what_the_library_reads() -> None:
    parts = {"một.xml": CONTENT, "xl/hai.xml": b"", "ba": b"3"}
    with zipfile.ZipFile(io.BytesIO(stored(parts, {name: zlib.crc32(content) for name, content in parts.items()}))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == parts
        assert opened.testzip() is None


@pytest.mark.parametrize(
    ("sign", "offset", "value"),
    [
        (b"PK\x03\x04", 30, b"A"),
        (b"PK\x03\x04", 0, b"PX"),
        (b"PK\x03\x04", 8, struct.pack("<H", 0)),
        (b"PK\x01\x02", 16, bytes(4)),
        (b"PK\x01\x02", 20, struct.pack("<I", 10)),
        (b"PK\x01\x02", 24, struct.pack("<I", len(CONTENT) - 1)),
        (b"PK\x01\x02", 24, struct.pack("<I", len(CONTENT) + 1)),
        (b"PK\x01\x02", 42, struct.pack("<I", 1 << 30)),
    ],
    ids=["another name", "no head", "another packing", "another sum", "cut off", "one byte less", "one byte more", "outside"],
)
def test_a_part_that_is_not_as_the_directory_says_is_refused(sign: bytes, offset: int, value: bytes) -> None:
    sound = zipped({"a.xml": CONTENT})
    data = changed(sound, sign, offset, value)
    assert unpacked(sound, directory(sound)[0]) == CONTENT
    with pytest.raises(zipfile.BadZipFile):
        unpacked(data, directory(data)[0])


def test_a_part_that_swells_beyond_its_word_is_never_unpacked_whole() -> None:
    data = changed(zipped({"a.xml": bytes(64 << 20)}), b"PK\x01\x02", 24, struct.pack("<I", 1000))
    tracemalloc.start()
    with pytest.raises(zipfile.BadZipFile):
        unpacked(data, directory(data)[0])
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def with_sheets(count: int, size: int, suffix: str) -> bytes:
    """A workbook with so many sheets more, each of so many blanks."""

    def change(parts: dict[str, bytes]) -> None:
        for number in range(count):
            parts[f"xl/worksheets/them{number}.{suffix}"] = b"<worksheet><sheetData/>" + b" " * size + b"</worksheet>"

    rels = "".join(REL.format(number, "them", suffix) for number in range(count))
    names = "".join(SHEET.format(number, 100 + number) for number in range(count))
    data = with_xml(make_workbook(order(mini())), "xl/_rels/workbook.xml.rels", "</Relationships>", rels + "</Relationships>")
    data = with_xml(data, "xl/workbook.xml", "</sheets>", names + "</sheets>")
    return with_parts(data, change)


def test_parts_under_another_name_than_xml_count_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_sheets(50, 1 << 20, "dat")
    assert open_book(data).refusal == "bomb"
    monkeypatch.setattr(package, "LARGEST_PARTS", 1 << 40)
    assert open_book(data).refusal != "bomb"  # negative control


def test_many_small_sheets_are_refused_before_one_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_sheets(1900, 20 << 10, "xml")
    assert len(open_package(data).parts) > 1900  # type: ignore[union-attr]  # the directory alone shows nothing wrong
    assert taken(data) == ("too_many", False)
    monkeypatch.setattr(xlsx, "MOST_SHEETS", 10_000)
    assert taken(data)[1]  # negative control: without the limit they are all in memory at once


def taken(data: bytes) -> tuple[str | None, bool]:
    """What a file is refused for, and whether more than 20 MB were taken for it."""
    tracemalloc.start()
    refusal = open_book(data).refusal
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return refusal, peak > 20 << 20


def test_another_reader_gets_only_what_was_looked_over() -> None:
    data = with_parts(good(), lambda parts: parts.update({"xl/worksheets/unseen.xml": b"<a/>", "docProps/unseen.xml": b"<a/>"}))
    opened = open_package(data)
    assert not isinstance(opened, tuple)
    sheet = opened.read(SHEET2)
    opened.read("xl/none.xml")
    with zipfile.ZipFile(io.BytesIO(opened.looked_over())) as handed:
        assert {name: handed.read(name) for name in handed.namelist()} == {SHEET2: sheet}
