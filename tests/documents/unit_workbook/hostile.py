"""Files that are no workbooks, broken ones, and such as were made to do harm. All are made here; none is stored in the project."""

import io
import random
import re
import struct
import zipfile

import openpyxl

from tests.documents.unit_workbook.corpus import bad, good
from tests.documents.unit_workbook.editing import SHEET2, edited, with_parts, with_raw_cell, with_shared_texts, with_xml, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHARED = "xl/sharedStrings.xml"


def whole(name: str, content: bytes) -> None:
    """A file that is these bytes."""
    bad(name)(lambda: content)


whole("nothing at all", b"")
whole("noise", random.Random(7).randbytes(5000))
whole("a csv", "Mã,Số liệu\nB02,5\n".encode())
whole("a csv of another alphabet", "Mã,Số liệu\nB02,5\n".encode("utf-16"))
whole("a web page called .xls", b"<html><body><table><tr><td>B02</td><td>5</td></tr></table></body></html>")
whole("an Excel 2003 XML", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
whole("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100))
whole("a photo", b"\xff\xd8\xff\xe0" + bytes(100))
whole("a PDF", b"%PDF-1.7\n" + bytes(100))
whole("an Excel 97 file", COMPOUND + "Workbook".encode("utf-16-le") + bytes(500))
whole("a file with a password", COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(500))
whole("a RAR archive", b"Rar!\x1a\x07\x01\x00" + bytes(100))
whole("only the beginning of a zip", b"PK\x03\x04" + bytes(40))


@bad("a Word document")
def _() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@bad("slides")
def _() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})


@bad("a binary workbook")
def _() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"})


@bad("a zip of workbooks")
def _() -> bytes:
    return zipped({"G1.xlsx": good(), "G2.xlsx": good()})


@bad("a package with nothing in it")
def _() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>"})


@bad("a workbook with macros")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf"}))


@bad("a workbook of 21 MB")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({"xl/media/image1.png": random.Random(1).randbytes(21 << 20)}))


@bad("a file of 200 MB")
def _() -> bytes:
    return good() + bytes(200 << 20)


@bad("half a file")
def _() -> bytes:
    return good()[: len(good()) // 2]


@bad("a file without its last hundred bytes")
def _() -> bytes:
    return good()[:-100]


@bad("a part that does not unpack")
def _() -> bytes:
    data = bytearray(good())
    place = data.index(SHEET2.encode()) + len(SHEET2) + 200
    data[place : place + 40] = bytes(40)
    return bytes(data)


@bad("a part with a password")
def _() -> bytes:
    data = bytearray(good())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


@bad("a sheet that unpacks to a thousand times its size")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({SHEET2: parts[SHEET2] + b" " * (30 << 20)}))


@bad("parts that unpack to 60 MB")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({f"xl/comments{number}.xml": bytes(1 << 20) for number in range(60)}))


@bad("two thousand parts and more")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({f"xl/media/{number}.bin": b"" for number in range(2100)}))


@bad("a part that leads out of the package")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({"../../evil.xml": b"<a/>"}))


@bad("a part with an absolute path")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({"/etc/evil.xml": b"<a/>"}))


@bad("one part twice")
def _() -> bytes:
    file = io.BytesIO(good())
    with zipfile.ZipFile(file, "a") as package:
        first = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
        package.writestr(first, b"<a/>")
        package.writestr(zipfile.ZipInfo("xl/worksheets/sheet8.xml"), b"<b/>")
    return file.getvalue().replace(b"sheet8.xml", b"sheet9.xml")


@bad("entities that grow without end")
def _() -> bytes:
    laughs = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    return with_xml(good(), SHEET2, r"<worksheet", f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><worksheet')


@bad("an entity from another file")
def _() -> bytes:
    return with_xml(good(), "xl/workbook.xml", r"<workbook", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook')


@bad("a sheet in UTF-16")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({SHEET2: parts[SHEET2].decode().replace("UTF-8", "UTF-16").encode("utf-16")}))


def with_cell_at_the_end(data: bytes, row: str) -> bytes:
    return with_xml(data, SHEET2, r"</sheetData>", f"{row}</sheetData>")


@bad("a value in the farthest cell")
def _() -> bytes:
    return with_cell_at_the_end(good(), '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@bad("thirty thousand rows")
def _() -> bytes:
    return with_cell_at_the_end(good(), "".join(f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>' for row in range(100, 30_100)))


@bad("seventy sheets")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for number in range(70):
            book.create_sheet(f"Trang {number}")

    return edited(good(), change)


def long_texts(rows: int) -> bytes:
    """One text of 30,000 characters in ten cells of so many rows: small as a file, and as XML, but not as a grid."""

    def change(parts: dict[str, bytes]) -> None:
        last = parts[SHARED].count(b"<si>")
        parts[SHARED] = parts[SHARED].replace(b"</sst>", b"<si><t>%s</t></si></sst>" % (b"a" * 30_000))
        cells = "".join(
            f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>{last}</v></c>' for column in "MNOPQRSTUV") + "</row>"
            for row in range(100, 100 + rows)
        )
        parts[SHEET2] = parts[SHEET2].replace(b"</sheetData>", cells.encode() + b"</sheetData>")

    return with_parts(with_shared_texts(good()), change)


@bad("one long text in very many cells")
def _() -> bytes:
    return long_texts(5000)


@bad("a row twice")
def _() -> bytes:
    return with_cell_at_the_end(good(), '<row r="12"><c r="N12"><v>1</v></c></row>')


@bad("a cell twice")
def _() -> bytes:
    return with_xml(good(), SHEET2, r'(<c r="E12"[^>]*><v>10</v></c>)', r'\1<c r="E12"><v>11</v></c>')


@bad("a cell in the row of another")
def _() -> bytes:
    return with_xml(good(), SHEET2, r'<c r="E12"', '<c r="E13"')


@bad("a row number that is none")
def _() -> bytes:
    return with_xml(good(), SHEET2, r'<row r="12"', '<row r="-12"')


@bad("a number that is none")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<v>10x</v>")


@bad("a text that is not in the table of texts")
def _() -> bytes:
    return with_raw_cell(with_shared_texts(good()), "E12", "<v>99999</v>", ' t="s"')


@bad("no table of texts")
def _() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        del parts[SHARED]

    return with_parts(with_shared_texts(good()), change)


@bad("a sheet that is no XML")
def _() -> bytes:
    return with_parts(good(), lambda parts: parts.update({SHEET2: parts[SHEET2][: len(parts[SHEET2]) // 2]}))


@bad("a sheet whose part is missing")
def _() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        del parts[SHEET2]

    return with_parts(good(), change)


@bad("two sheets of one name")
def _() -> bytes:
    return with_xml(good(), "xl/workbook.xml", r'name="Lời văn"', 'name="Số liệu"')


@bad("rows inside a comment")
def _() -> bytes:
    return with_cell_at_the_end(good(), '<!-- <row r="40"><c r="E40"><v>1</v></c></row> -->')


@bad("a value as character data")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<v><![CDATA[10]]></v>")


@bad("rows and cells without their names")
def _() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        cells = "".join(f"<c><v>{number}</v></c>" for number in range(3))
        parts[SHEET2] = parts[SHEET2].replace(b"</sheetData>", f"<row>{cells}</row></sheetData>".encode())

    return with_parts(good(), change)


@bad("elements with a prefix")
def _() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[SHEET2].decode()
        text = re.sub(r"<(/?)([a-zA-Z]+)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")
        parts[SHEET2] = re.sub(r"<x:\?xml", "<?xml", text).encode()

    return with_parts(good(), change)


@bad("a package that says a part is smaller than it is")
def _() -> bytes:
    data = bytearray(good())
    place = data.rindex(SHEET2.encode()) - 46  # its entry in the directory at the end
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 2000)
    return bytes(data)
