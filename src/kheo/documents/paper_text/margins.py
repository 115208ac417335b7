"""What a Word file shows beside its text: headers and footers of pages, boxes, watermarks, notes, comments. Only looked at for a mark of
secrecy: it is no part of the paper's text.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

# Every part of a document in which words may stand, whatever it is called; styles and settings have none that are shown.
_SHOWN = re.compile(r"word/(?:[\w/]*/)?(?:document|header|footer|footnotes|endnotes|comments|glossary)[\w]*\.xml")
_LARGEST = 64 << 20  # bytes of one part: those of all were counted before
_DRAWN = "{urn:schemas-microsoft-com:vml}textpath"  # a watermark of Word is letters drawn along a path
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS, _TEXTS = {qn("w:p"), f"{_DRAWING}p"}, {qn("w:t"), f"{_DRAWING}t"}
_BREAKS = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}


def words_on_margins(package: zipfile.ZipFile) -> Iterator[str]:
    """Each paragraph of those parts by itself; of the text of the document only what stands in boxes and watermarks."""
    for name in package.namelist():
        if not _SHOWN.fullmatch(name):
            continue
        with package.open(name) as part:
            root = parse_xml(part.read(_LARGEST))
        is_text = name.rpartition("/")[2] == "document.xml"
        for node in root.iter(*_PARAGRAPHS, _DRAWN):
            if node.tag == _DRAWN:
                yield str(node.get("string") or "")
            elif not is_text or _is_boxed(node):
                yield _own_words(node)


def _is_boxed(paragraph: Any) -> bool:
    return paragraph.tag.startswith(_DRAWING) or next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None


def _own_words(paragraph: Any) -> str:
    """The words of a paragraph, without those of a box inside it: that has paragraphs of its own."""
    parts: list[str] = []
    waiting = [*reversed(paragraph)]
    while waiting:
        node = waiting.pop()
        if node.tag in _TEXTS:
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append("\n")
        elif node.tag not in _PARAGRAPHS:
            waiting.extend(reversed(node))
    return "".join(parts)
