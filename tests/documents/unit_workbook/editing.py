"""Changing a finished workbook: by another program's cells, or by its parts and their XML."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import openpyxl

from tests.documents.unit_workbook.books import saved

SHEET2 = "xl/worksheets/sheet2.xml"  # the figures
SHEET3 = "xl/worksheets/sheet3.xml"  # the narrative


def edited(data: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Opened, changed and saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def with_cells(data: bytes, cells: Mapping[str, object], sheet: str = "Số liệu") -> bytes:
    """With these values typed into a sheet."""

    def change(book: openpyxl.Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value  # type: ignore[index]

    return edited(data, change)


def with_parts(data: bytes, change: Callable[[dict[str, bytes]], None], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """With its parts changed, added or taken away."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    return zipped(parts, method)


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2023, 5, 1, 0, 0, 0)), content, method)
    return file.getvalue()


def with_xml(data: bytes, part: str, pattern: str, replacement: str, *, count: int = 1) -> bytes:
    """With a pattern replaced in one part; it must be there."""

    def change(parts: dict[str, bytes]) -> None:
        text, done = re.subn(pattern, replacement, parts[part].decode("utf-8"), count=count, flags=re.DOTALL)
        assert done, pattern
        parts[part] = text.encode("utf-8")

    return with_parts(data, change)


def with_raw_cell(data: bytes, cell: str, content: str, attributes: str = "", part: str = SHEET2) -> bytes:
    """With a cell written exactly so: `<c r="E9" …>content</c>`."""
    return with_xml(data, part, rf'<c r="{cell}"([^>]*?)(?: t="[a-zA-Z]+")?(?:/>|>.*?</c>)', rf'<c r="{cell}"\1{attributes}>{content}</c>')


_INLINE = re.compile(rb' t="inlineStr"([^>]*)><is>(.*?)</is>', re.DOTALL)
_SST = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_SST_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_shared_texts(data: bytes) -> bytes:
    """With all texts in the one table where Excel itself keeps them."""
    texts: dict[bytes, int] = {}

    def pointed(match: re.Match[bytes]) -> bytes:
        number = texts.setdefault(match[2], len(texts))
        return b' t="s"' + match[1] + b"><v>%d</v>" % number

    def change(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
            parts[name] = _INLINE.sub(pointed, parts[name])
        items = b"".join(b"<si>%s</si>" % text for text in texts)
        parts["xl/sharedStrings.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">'.encode() + items + b"</sst>"
        rels = f'<Relationship Id="rIdTexts" Type="{_SST}" Target="sharedStrings.xml"/></Relationships>'
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", rels.encode())
        kind = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SST_TYPE}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())

    return with_parts(data, change)
