"""Whether the PDF of a paper says what its Word file says: every word of the one in the other, in the same order, and nothing besides."""

import io
import re
from collections.abc import Iterator

import docx
import pypdf
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from kheo.documents.printable import NO_BREAK

_AROUND = 40


def letters(text: str) -> str:
    """The text without any blank: where lines break is the typesetter's matter."""
    return re.sub(r"\s", "", text.replace(NO_BREAK, " "))


def differences(word: bytes, pdf: bytes) -> list[str]:
    """Where the two part, page by page of the PDF; nothing when they say the same.

    What a PDF says again on its pages and a Word file once: the number of the page, the lines of the foot, and the head of a table that
    goes on.
    """
    document = docx.Document(io.BytesIO(word))
    left, heads, foot = "".join(_paragraphs(document.element.body)), [*_heads(document), ""], _foot(document)
    found, number = [], 1
    for place, page in enumerate(pypdf.PdfReader(io.BytesIO(pdf)).pages, start=1):
        text = page.extract_text()
        first = text.partition("\n")[0].strip()
        number = number + 1 if first == str(number + 1) else 1
        said = letters(text.partition("\n")[2] if number > 1 else text)
        if not said.endswith(foot):
            found.append(f"page {place}: foot {said[-_AROUND:]!r} instead of {foot!r}")
        said = said.removesuffix(foot)
        again = next((head for head in heads if said.startswith(head) and left.startswith(said[len(head) :])), None)
        if again is None:
            return [*found, f"page {place}: {_parting(left, said)}"]
        left = left[len(said) - len(again) :]
    return [*found, *([f"only in the Word file: {left[:_AROUND]!r}"] if left else [])]


def _parting(word: str, pdf: str) -> str:
    same = next((place for place, (one, other) in enumerate(zip(word, pdf, strict=False)) if one != other), min(len(word), len(pdf)))
    start = max(0, same - _AROUND)
    return f"Word {word[start : same + _AROUND]!r}, PDF {pdf[start : same + _AROUND]!r}"


def _paragraphs(element: BaseOxmlElement) -> Iterator[str]:
    """Letters of every paragraph, those of tables row by row; in a row, cells over several rows come last, as a PDF draws them."""
    if element.tag == qn("w:p"):
        yield letters("".join(node.text or "" for node in element.iter(qn("w:t"))))
        return
    parts = [child for child in element if child.tag in (qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"))]
    for part in sorted(parts, key=lambda each: each.tag == qn("w:tc") and bool(each.xpath("w:tcPr/w:vMerge[@w:val='restart']"))):
        yield from _paragraphs(part)


def _heads(document: Document) -> list[str]:
    """Letters of the head of every table that has one."""
    found = []
    for table in document.tables:
        rows = [row for row in table._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None]
        if rows:
            found.append("".join(text for row in rows for text in _paragraphs(row)))
    return found


def _foot(document: Document) -> str:
    """Letters of the foot of the pages, which is the same on the first page and on the others."""
    section = document.sections[0]
    first, others = ("".join(_paragraphs(part._element)) for part in (section.first_page_footer, section.footer))
    assert first == others
    return first
