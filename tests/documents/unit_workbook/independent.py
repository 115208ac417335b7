"""A small reader of .xlsx with nothing of ours and nothing of the parser: the standard library's zip and XML, cell by cell.

It says what stands where, so that a reader that loses a row, or a value, is found out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import normpath
from xml.etree import ElementTree as ET

Values = dict[tuple[int, int], str]
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def values_of(data: bytes) -> dict[str, Values]:
    """By sheet and place the text of every value. Raises what zipfile and ElementTree raise where a file cannot be read so."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = _texts(package)
        return {name: _sheet(package.read(part), texts) for name, part in _parts(package).items()}


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    relations = {}
    for each in ET.fromstring(package.read("xl/_rels/workbook.xml.rels")):
        target = each.get("Target", "")
        relations[each.get("Id")] = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    sheets = _named(ET.fromstring(package.read("xl/workbook.xml")), "sheet")
    found = {each.get("name", ""): relations[next(value for name, value in each.items() if name.endswith("}id"))] for each in sheets}
    return {name: part for name, part in found.items() if part.startswith("xl/worksheets/")}


def _texts(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return [_text(item) for item in _named(ET.fromstring(package.read("xl/sharedStrings.xml")), "si")]


def _named(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Elements of a name in any namespace."""
    return (each for each in root.iter() if each.tag.rpartition("}")[2] == name)


def _text(item: ET.Element) -> str:
    return "".join(node.text or "" for node in _named(item, "t"))


def _sheet(xml: bytes, texts: list[str]) -> Values:
    found: Values = {}
    row = -1
    for element in _named(ET.fromstring(xml), "row"):
        row = int(element.get("r", row + 2)) - 1
        column = -1
        for cell in _named(element, "c"):
            column = _column(cell.get("r", ""), column + 1)
            text = _value(cell, texts)
            if text:
                found[row, column] = text
    return found


def _column(ref: str, otherwise: int) -> int:
    letters = ref.rstrip("0123456789")
    if not letters:
        return otherwise
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _value(cell: ET.Element, texts: list[str]) -> str:
    kind, value, inner = cell.get("t", "n"), cell.find("{*}v"), cell.find("{*}is")
    if inner is not None:
        return _plain(_text(inner))
    text = (value.text or "") if value is not None else ""
    if kind == "s" and text:
        return _plain(texts[int(text)])
    return _plain(text) if kind in ("str", "inlineStr") else text


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
