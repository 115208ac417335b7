"""A Word file as text: paragraphs and cells in their order, numbers that Word computes written out, footnotes after their mark.

The two columns of a head stand in a table without lines: its cells come one after the other, as sharing the row.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from kheo.documents.paper_text.answer import PaperText, to_json

_LARGEST = 64 << 20  # bytes of all parts unpacked
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_COLUMNS_OF_A_TABLE = 3  # two, or an empty one between two, are those of a head or a foot
_NOTE = re.compile(r"footnotes\.xml$")
# lxml tells no types.
Element = Any


def word_text(data: bytes) -> bytes:
    """The job of the child: the text of a .docx."""
    return to_json(read_word(data))


def read_word(data: bytes) -> PaperText:
    """The same as an object."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST:
                return PaperText(refusal="large")
        document = Document(io.BytesIO(data))
        body = document.element.body
        numbers = _Numbers(document)
        notes = _footnotes(document)
        lines = list(_lines(body, numbers))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        return PaperText(refusal="broken")
    text = "\n".join([*lines, *notes]).strip()
    return PaperText(text=text, encoding="docx") if text else PaperText(refusal="empty")


def _lines(container: Element, numbers: "_Numbers") -> Iterator[str]:
    for child in container:
        if child.tag == qn("w:p"):
            yield numbers.before(child) + _words(child)
            if child.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is None and _is_spaced(child):
                yield ""
        elif child.tag == qn("w:tbl"):
            yield from _table(child, numbers)
        elif child.tag == qn("w:sdt"):
            for content in child.findall(qn("w:sdtContent")):
                yield from _lines(content, numbers)


def _table(table: Element, numbers: "_Numbers") -> Iterator[str]:
    """Row by row, cell by cell; of a table with named columns each row on one line between bars."""
    rows = [[list(_lines(cell, numbers)) for cell in row.findall(qn("w:tc"))] for row in table.findall(qn("w:tr"))]
    named = len(rows) > 1 and len(rows[0]) >= _COLUMNS_OF_A_TABLE and all("".join(cell).strip() for cell in rows[0])
    for cells in rows:
        if named:
            yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in cells) + " |"
        else:
            yield from chain.from_iterable(cells)
    yield ""


def _is_spaced(paragraph: Element) -> bool:
    """A paragraph of body text stands apart from the next; lines of a head or a list do not."""
    return len(_words(paragraph)) > 60


def _words(paragraph: Element) -> str:
    """The text of a paragraph; deleted changes are not of it, inserted ones are."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == qn("w:t") and not any(above.tag in (qn("w:del"), qn("w:moveFrom")) for above in node.iterancestors()):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t" if node.getparent().tag == qn("w:r") else "")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:footnoteReference"):
            parts.append(str(node.get(qn("w:id"))).translate(_RAISED))
    return "".join(parts)


def _footnotes(document: object) -> list[str]:
    """`¹ Quyết định số …`, one line each, apart from the body."""
    found: list[str] = []
    for relation in document.part.rels.values():  # type: ignore[attr-defined]
        if relation.is_external or not _NOTE.search(str(relation.target_part.partname)):
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root.findall(qn("w:footnote")):
            words = " ".join(_words(paragraph) for paragraph in note.iter(qn("w:p"))).strip()
            if words and note.get(qn("w:type")) is None:
                found += ["", f"{str(note.get(qn('w:id'))).translate(_RAISED)} {words}"]
    return found


class _Numbers:
    """The numbers that Word writes before paragraphs of a list, computed as it does: by list and level, begun anew under a higher level."""

    def __init__(self, document: object) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.styles = _style_numbers(document)
        part = next((each.target_part for each in document.part.rels.values() if each.reltype.endswith("/numbering")), None)  # type: ignore[attr-defined]
        root = getattr(part, "element", None)
        if root is None:
            return
        for number in root.findall(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                self.abstract[str(number.get(qn("w:numId")))] = str(target.get(qn("w:val")))
        for list_ in root.findall(qn("w:abstractNum")):
            for level in list_.findall(qn("w:lvl")):
                self.levels[str(list_.get(qn("w:abstractNumId"))), int(level.get(qn("w:ilvl"), "0"))] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )

    def before(self, paragraph: Element) -> str:
        """`II. `, empty where the paragraph is in no list."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_, level = place
        known = self.levels.get((list_, level))
        if known is None:
            return ""
        kind, pattern, start = known
        counts = self.counts[list_]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if kind == "bullet":
            return "- "
        return re.sub(r"%(\d)", lambda match: self._shown(list_, int(match[1]) - 1), pattern) + " "

    def _shown(self, list_: str, level: int) -> str:
        kind, _, start = self.levels.get((list_, level), ("decimal", "", 1))
        return _in_kind(self.counts[list_].get(level, start), kind)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        numbered = properties.find(qn("w:numPr")) if properties is not None else None
        style = _value(properties, "w:pStyle", "") if properties is not None else ""
        number, level = self.styles.get(style, ("", 0))
        if numbered is not None:
            number, level = _value(numbered, "w:numId", number), int(_value(numbered, "w:ilvl", str(level)))
        return (self.abstract[number], level) if number in self.abstract else None


def _style_numbers(document: object) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.findall(qn("w:style")):  # type: ignore[attr-defined]
        numbered = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbered is not None:
            found[str(style.get(qn("w:styleId")))] = _value(numbered, "w:numId", ""), int(_value(numbered, "w:ilvl", "0"))
    return found


def _value(element: Element, name: str, otherwise: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val"), otherwise)) if found is not None else otherwise


def _in_kind(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        told = _roman(number)
        return told if kind == "upperRoman" else told.lower()
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    told = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            told, number = told + sign, number - value
    return told
