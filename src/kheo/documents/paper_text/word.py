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

from kheo.core.directives.secrecy import mark_on_margins
from kheo.documents.paper_text.answer import PaperText, to_json
from kheo.documents.paper_text.margins import words_on_margins
from kheo.documents.paper_text.packages import why_no_word_file

_LARGEST = 64 << 20  # bytes of all parts unpacked
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_COLUMNS_OF_A_TABLE = 3  # two, or an empty one between two, are those of a head or a foot
_NOTE = re.compile(r"footnotes\.xml$")
_SPACED = 60  # letters: a paragraph of body text stands apart from the next; lines of a head or a list do not
_TEXT = qn("w:t")
_GONE = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_ENDS = {qn("w:br"), qn("w:cr"), qn("w:p")}  # a paragraph inside a paragraph stands in a frame
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_LARGEST_ROMAN = 3999
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
            if refusal := why_no_word_file(package):
                return PaperText(refusal=refusal)
            if mark_on_margins(words_on_margins(package)):
                return PaperText(refusal="secret")
        document = Document(io.BytesIO(data))
        body = _without_entities(document.element).body
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


def _without_entities(root: Element) -> Element:
    """Word writes no declarations; with one, words would be lost where an entity stands for them."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a part declares a document type")
    return root


def _held(container: Element, tag: str = "") -> Iterator[Element]:
    """What a body, a table or a row holds, of one kind or all; what forms and other programs wrap around it counts as not there."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _held(child, tag)
        elif not tag or child.tag == tag:
            yield child


def _lines(container: Element, numbers: "_Numbers") -> Iterator[str]:
    for child in _held(container):
        if child.tag == qn("w:p"):
            words = _words(child)
            yield numbers.before(child) + words
            if len(words) > _SPACED and child.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is None:
                yield ""
        elif child.tag == qn("w:tbl"):
            yield from _table(child, numbers)


def _table(table: Element, numbers: "_Numbers") -> Iterator[str]:
    """Row by row, cell by cell; of a table with named columns each row on one line between bars."""
    rows = [[list(_lines(cell, numbers)) for cell in _held(row, qn("w:tc"))] for row in _held(table, qn("w:tr"))]
    named = len(rows) > 1 and len(rows[0]) >= _COLUMNS_OF_A_TABLE and all("".join(cell).strip() for cell in rows[0])
    for cells in rows:
        if named:
            yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in cells) + " |"
        else:
            yield from chain.from_iterable(cells)
    yield ""


def _words(paragraph: Element) -> str:
    """The text of a paragraph; deleted changes are not of it, inserted ones are; of a frame drawn in two ways only the first."""
    parts: list[str] = []
    for node in _standing(paragraph):
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t" if node.getparent().tag == qn("w:r") else "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:footnoteReference"):
            parts.append(str(node.get(qn("w:id"))).translate(_RAISED))
        elif node.tag in _ENDS and node is not paragraph:
            parts.append("\n")
    return "".join(parts)


def _standing(paragraph: Element) -> Iterator[Element]:
    """Everything in a paragraph in its order, without what is gone: each looked at once, however deep it stands."""
    waiting = [paragraph]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(child for child in reversed(node) if child.tag not in _GONE)


def _footnotes(document: object) -> list[str]:
    """`¹ Quyết định số …`, one line each, apart from the body."""
    found: list[str] = []
    for relation in document.part.rels.values():  # type: ignore[attr-defined]
        if relation.is_external or not _NOTE.search(str(relation.target_part.partname)):
            continue
        root = _without_entities(parse_xml(relation.target_part.blob))
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
    if kind in ("upperRoman", "lowerRoman") and number <= _LARGEST_ROMAN:
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
