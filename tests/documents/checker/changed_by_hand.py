"""Papers as somebody changes them by hand: opened by python-docx, changed, saved again."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from kheo.documents.official import OfficialDocument
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import PaperProfile, profile_named
from tests.documents.sample import letter_sign
from tests.documents.test_official_layout import letterhead, sample

ND30, PARTY = profile_named("nd30"), profile_named("party36")
Change = Callable[[Document], object]


def report(profile: PaperProfile = ND30) -> bytes:
    """A report with every part, dated and numbered."""
    return render_official(_report(), profile)


def _report() -> OfficialDocument:
    several = ("Ban Dân vận Thành ủy", "Văn phòng Thành ủy")
    return sample(letterhead=letterhead("7", date(2023, 2, 5)), addressees=several, footer=("Lần nộp 2", "Mã kiểm tra 3f9a"))


def letter(profile: PaperProfile = ND30) -> bytes:
    """A letter: its subject under its number, no type."""
    head = letterhead("7", date(2023, 11, 5))
    without_code = replace(head, kind_code="", notation=letter_sign(head.abbreviation, "TG", profile))
    return render_official(sample(kind="", subject="đôn đốc gửi báo cáo năm 2023", letterhead=without_code), profile)


def changed(content: bytes, change: Change) -> bytes:
    """The paper after a change by hand."""
    document = docx.Document(io.BytesIO(content))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def every_paragraph(document: Document) -> list[Paragraph]:
    """In reading order, those of tables included."""
    return [Paragraph(element, document._body) for element in document.element.body.iter(qn("w:p"))]


def paragraph(document: Document, words: str) -> Paragraph:
    """The first paragraph that begins with these words."""
    return next(each for each in every_paragraph(document) if each.text.startswith(words))


def say(words: str, text: str) -> Change:
    """Another text in the place of a paragraph's."""

    def change(document: Document) -> None:
        found = paragraph(document, words)
        found.runs[0].text = text
        for run in found.runs[1:]:
            run.text = ""

    return change


def face(words: str, **facts: Any) -> Change:
    """Another look of a paragraph's runs: `bold`, `italic`, `size`, `name`, `underline`."""

    def change(document: Document) -> None:
        for run in paragraph(document, words).runs:
            for name, value in facts.items():
                setattr(run.font, name, value)

    return change


def shape(words: str, **facts: Any) -> Change:
    """Another stand of a paragraph."""

    def change(document: Document) -> None:
        found = paragraph(document, words)
        for name, value in facts.items():
            setattr(found if name == "alignment" else found.paragraph_format, name, value)

    return change


def drop(words: str) -> Change:
    """A paragraph taken out."""
    return lambda document: (found := paragraph(document, words)._p).getparent().remove(found)


def drop_line_below(words: str) -> Change:
    """The drawn line below a paragraph taken out."""
    return lambda document: (found := paragraph(document, words)._p).getparent().remove(found.getnext())


def move(words: str, before: str) -> Change:
    """A paragraph put before another one."""
    return lambda document: paragraph(document, before)._p.addprevious(paragraph(document, words)._p)


def section(place: int, **facts: Any) -> Change:
    """Other paper or margins of a section."""

    def change(document: Document) -> None:
        for name, value in facts.items():
            setattr(document.sections[place], name, value)

    return change


def swap_columns(words: str) -> Change:
    """The two cells of the row that holds a paragraph, the one in the place of the other."""

    def change(document: Document) -> None:
        cell = paragraph(document, words)._p.getparent()
        other = cell.getnext() if cell.getnext() is not None else cell.getprevious()
        (other.addnext if cell.getnext() is not None else other.addprevious)(cell)

    return change


def number_on_first_page(document: Document) -> None:
    """A page number in the header of the first page."""
    run = document.sections[0].first_page_header.paragraphs[0].add_run()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._r.addnext(field)
