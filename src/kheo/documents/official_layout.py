"""An official document put on paper as a Word file, by the geometry of a profile (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from kheo.documents.laid import Face, Line, Shape, Sheets
from kheo.documents.official import OfficialDocument
from kheo.documents.official_pieces import foot_lines, sheets_of
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile
from kheo.documents.word import NAMESPACE, field, paragraph
from kheo.documents.word_package import blank_document, mark_place, set_properties, to_bytes
from kheo.documents.word_pieces import in_word


def render_official(document: OfficialDocument, profile: PaperProfile) -> bytes:
    """The .docx of an official document. Pure: the same document and profile give the same bytes."""
    below = foot_lines(document, profile)
    sheets = sheets_of(document, profile)
    title, author = title_of(document), document.letterhead.issuer
    return render_sheets(sheets, profile, title=title, author=author, created=document.created, below=below)


def render_sheets(
    sheets: Sequence[Sheets], profile: PaperProfile, *, title: str, author: str, created: datetime, below: Sequence[Line] = ()
) -> bytes:
    """The .docx of pieces that are laid out already; `below` stands at the foot of every page. Pure."""
    word = blank_document(profile)
    section = word.sections[0]
    first, *others = sheets
    _set_page(section, profile, landscape=first.landscape)
    _number_pages(section, profile, below)
    parts = [in_word(first.pieces)]
    mark_place(word, 0)
    for other in others:
        _add_annex_pages(word, other, profile)
        mark_place(word, len(parts))
        parts.append(in_word(other.pieces))
    set_properties(word, title=title, author=author, created=created)
    return to_bytes(word, parts)


def title_of(document: OfficialDocument) -> str:
    """What programs show as the title of the file."""
    return one_line(f"{document.kind} {document.subject}")


def _add_annex_pages(word: WordDocument, annex: Sheets, profile: PaperProfile) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    _shrink_break(word)
    _set_page(section, profile, landscape=annex.landscape)
    _restart_numbers(section)


def _set_page(section: Section, profile: PaperProfile, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (profile.page_height, profile.page_width) if landscape else (profile.page_width, profile.page_height)
    section.page_width, section.page_height = (Mm(side) for side in sides)
    section.top_margin, section.bottom_margin = Mm(profile.margin_top), Mm(profile.margin_bottom)
    section.left_margin, section.right_margin = Mm(profile.margin_left), Mm(profile.margin_right)
    section.header_distance, section.footer_distance = Mm(profile.header_distance), Mm(profile.footer_distance)
    section.gutter = Mm(0)


def _number_pages(section: Section, profile: PaperProfile, lines: Sequence[Line]) -> None:
    """The page number in the middle of the margin, not on the first page; the lines of the foot on every page.

    Later sections take over these headers and footers.
    """
    section.different_first_page_header_footer = True
    number = paragraph([field("PAGE", Face(profile.page_number))], Shape(align="center"))
    empty = paragraph([], Shape(align="center"), Face(profile.page_number))
    at_top = profile.forms.page_number_place == "top"
    below = "".join(in_word(lines))
    _fill(section.first_page_header, empty)
    _fill(section.header, number if at_top else empty)
    if below or not at_top:
        _fill(section.first_page_footer, below or empty)
        _fill(section.footer, below + ("" if at_top else number))


def _fill(part: _Header | _Footer, fragment: str) -> None:
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f'<w:root xmlns:w="{NAMESPACE}">{fragment}</w:root>')):
        element.append(child)


def _restart_numbers(section: Section) -> None:
    """Pages of an annex are counted from 1, each annex by itself."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    properties.find(qn("w:pgMar")).addnext(numbering)


def _shrink_break(word: WordDocument) -> None:
    """The empty paragraph that ends a section must not spill onto a page of its own."""
    breaks = [element for element in word.element.body.iterchildren(qn("w:p")) if element.find(f".//{qn('w:sectPr')}") is not None]
    properties = breaks[-1].pPr
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    properties.insert(0, spacing)
