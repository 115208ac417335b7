"""An official document put on paper as a Word file, by the geometry of a profile (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from kheo.documents.metrics import balanced_lines, text_width
from kheo.documents.official import Annex, Block, Heading, OfficialDocument, Paragraph
from kheo.documents.official_forms import heading_text
from kheo.documents.official_frame import foot, head
from kheo.documents.official_table import table_of
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile
from kheo.documents.word import NAMESPACE, Face, Shape, field, line, paragraph, rule, run
from kheo.documents.word_package import blank_document, mark_place, set_properties, to_bytes

_STYLES = {"body": "KheoBody", "basis": "KheoBasis", "item": "KheoItem", "note": "KheoNote"}


def render_official(document: OfficialDocument, profile: PaperProfile) -> bytes:
    """The .docx of an official document. Pure: the same document and profile give the same bytes."""
    word = blank_document(profile)
    section = word.sections[0]
    _set_page(section, profile, landscape=False)
    _number_pages(section, profile, document.footer)
    parts = [_main_part(document, profile)]
    mark_place(word, 0)
    for annex in document.annexes:
        _add_annex_pages(word, annex, profile)
        mark_place(word, len(parts))
        parts.append(_annex_part(annex, profile))
    title = one_line(f"{document.kind} {document.subject}")
    set_properties(word, title=title, author=document.letterhead.issuer, created=document.created)
    return to_bytes(word, parts)


def _main_part(document: OfficialDocument, profile: PaperProfile) -> list[str]:
    return [
        *head(document.letterhead, profile, "" if document.kind else document.subject),
        *(_title(document, profile) if document.kind else [paragraph([], Shape(after=6, exact_line=6))]),
        *_addressees(document.addressees, profile),
        *(paragraph([run(text)], Shape(style="KheoBasis")) for text in document.bases),
        *blocks_of(document.blocks, profile.text_width, profile, profile.table_size),
        *foot(document.recipients, document.signature, profile),
    ]


def blocks_of(blocks: Sequence[Block], width: float, profile: PaperProfile, table_size: float) -> list[str]:
    """The blocks of a body or an annex, in order, on a text width in millimetres."""
    pieces: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            pieces.append(paragraph([run(heading_text(block, profile))], Shape(style=f"Heading{block.level}")))
        elif isinstance(block, Paragraph):
            pieces.append(_paragraph(block))
        else:
            pieces.extend(table_of(block, width, profile, table_size))
    return pieces


def _paragraph(block: Paragraph) -> str:
    runs = [run(span.text, Face(bold=span.bold, italic=span.italic)) for span in block.spans]
    if block.look == "item":
        runs.insert(0, run("- "))
    return paragraph(runs, Shape(style=_STYLES[block.look]))


def _title(document: OfficialDocument, profile: PaperProfile) -> list[str]:
    """Type name and subject, in the middle, with a line below of a third to a half of the subject's width."""
    lines = balanced_lines(one_line(document.subject), profile.subject_size, profile.text_width * 0.86, bold=True)
    widest = max(text_width(text, profile.subject_size, bold=True) for text in lines)
    centred = Shape(align="center", keep_next=True)
    return [
        line(document.kind.upper(), Face(profile.kind_size, bold=True), Shape(align="center", before=18, keep_next=True)),
        *(line(text, Face(profile.subject_size, bold=True), centred) for text in lines),
        rule(min(widest * profile.subject_rule, 60.0), profile.text_width),
        paragraph([], Shape(after=6, exact_line=6)),
    ]


def _addressees(addressees: Sequence[str], profile: PaperProfile) -> list[str]:
    """One addressee on the line of "Kính gửi", several as a list with dashes."""
    face = Face(profile.addressee_size)
    if not addressees:
        return []
    if len(addressees) == 1:
        return [line(f"Kính gửi: {addressees[0]}", face, Shape(align="center", before=6, after=12))]
    lines = [line("Kính gửi:", face, Shape(left=35, before=6))]
    for index, name in enumerate(addressees):
        last = index == len(addressees) - 1
        lines.append(line(f"- {name}{'.' if last else ';'}", face, Shape(left=42, after=12 if last else 0)))
    return lines


def _add_annex_pages(word: WordDocument, annex: Annex, profile: PaperProfile) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    _shrink_break(word)
    _set_page(section, profile, landscape=annex.landscape)
    _restart_numbers(section)


def _annex_part(annex: Annex, profile: PaperProfile) -> list[str]:
    width = profile.landscape_width if annex.landscape else profile.text_width
    centred = Shape(align="center")
    titles = balanced_lines(one_line(annex.title), profile.annex_title_size, width * 0.9, bold=True)
    references = balanced_lines(one_line(annex.reference), profile.annex_reference_size, width)
    return [
        line(annex.number, Face(profile.annex_number_size, bold=True), centred),
        *(line(text, Face(profile.annex_title_size, bold=True), centred) for text in titles),
        *(line(text, Face(profile.annex_reference_size, italic=True), centred) for text in references),
        paragraph([], Shape(exact_line=profile.paragraph_gap)),
        *blocks_of(annex.blocks, width, profile, profile.annex_table_size),
    ]


def _set_page(section: Section, profile: PaperProfile, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (profile.page_height, profile.page_width) if landscape else (profile.page_width, profile.page_height)
    section.page_width, section.page_height = (Mm(side) for side in sides)
    section.top_margin, section.bottom_margin = Mm(profile.margin_top), Mm(profile.margin_bottom)
    section.left_margin, section.right_margin = Mm(profile.margin_left), Mm(profile.margin_right)
    section.header_distance = section.footer_distance = Mm(profile.header_distance)
    section.gutter = Mm(0)


def _number_pages(section: Section, profile: PaperProfile, lines: Sequence[str]) -> None:
    """The page number in the middle of the margin, not on the first page; the lines of the foot on every page.

    Later sections take over these headers and footers.
    """
    section.different_first_page_header_footer = True
    number = paragraph([field("PAGE", Face(profile.page_number))], Shape(align="center"))
    empty = paragraph([], Shape(align="center"), Face(profile.page_number))
    at_top = profile.forms.page_number_place == "top"
    below = "".join(_foot_lines(lines, profile))
    _fill(section.first_page_header, empty)
    _fill(section.header, number if at_top else empty)
    if below or not at_top:
        _fill(section.first_page_footer, below or empty)
        _fill(section.footer, below + ("" if at_top else number))


def _foot_lines(lines: Sequence[str], profile: PaperProfile) -> list[str]:
    """Small lines under a thin line as wide as the text."""
    face = Face(profile.footer_size)
    return [line(text, face, Shape(align="center", rule_above=not index)) for index, text in enumerate(lines)]


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
