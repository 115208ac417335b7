"""An official document laid out as pieces, by the geometry of its profile: the same for Word and for PDF."""

from collections.abc import Sequence
from dataclasses import replace

from kheo.documents.laid import Empty, Face, Line, Piece, Rule, Shape, Sheets, Style, Text
from kheo.documents.metrics import balanced_lines, text_width
from kheo.documents.official import Annex, Block, Heading, OfficialDocument, Paragraph, Span
from kheo.documents.official_forms import heading_text
from kheo.documents.official_frame import foot, head
from kheo.documents.official_table import table_of
from kheo.documents.printable import one_line, upper_first
from kheo.documents.profiles import PaperProfile

_HEADINGS: tuple[Style, Style, Style] = ("heading1", "heading2", "heading3")


def sheets_of(document: OfficialDocument, profile: PaperProfile) -> tuple[Sheets, ...]:
    """The document itself, then each of its annexes on pages of its own."""
    main: list[Piece] = [
        head(document.letterhead, profile, "" if document.kind else document.subject),
        *(_title(document, profile) if document.kind else [Empty(Shape(after=6, exact_line=6))]),
        *_addressees(document.addressees, profile),
        *(Text((Span(text),), "basis") for text in document.bases),
        *_kept_with_foot(blocks_of(document.blocks, profile.text_width, profile, profile.table_size)),
        *foot(document.recipients, document.signature, profile),
    ]
    return (Sheets(tuple(main)), *(Sheets(tuple(_annex(annex, profile)), annex.landscape) for annex in document.annexes))


def _kept_with_foot(pieces: list[Piece]) -> list[Piece]:
    """The last paragraph stays with the signature: nobody signs a page on which nothing stands."""
    last = pieces[-1] if pieces else None
    return [*pieces[:-1], replace(last, keep_next=True)] if isinstance(last, Text) else pieces


def foot_lines(document: OfficialDocument, profile: PaperProfile) -> tuple[Line, ...]:
    """Small lines at the foot of every page, under a thin line as wide as the text."""
    face = Face(profile.footer_size)
    return tuple(Line(text, face, Shape(align="center", rule_above=not index)) for index, text in enumerate(document.footer))


def blocks_of(blocks: Sequence[Block], width: float, profile: PaperProfile, table_size: float) -> list[Piece]:
    """The blocks of a body or an annex, in order, on a text width in millimetres."""
    pieces: list[Piece] = []
    for block in blocks:
        if isinstance(block, Heading):
            pieces.append(Text((Span(heading_text(block, profile)),), _HEADINGS[block.level - 1]))
        elif isinstance(block, Paragraph):
            opening = (Span("- "),) if block.look == "item" else ()
            pieces.append(Text((*opening, *block.spans), block.look))
        else:
            pieces.extend(table_of(block, width, profile, table_size))
    return pieces


def _title(document: OfficialDocument, profile: PaperProfile) -> list[Piece]:
    """Type name and subject, in the middle, with a line below of a third to a half of the subject's width."""
    lines = balanced_lines(upper_first(one_line(document.subject)), profile.subject_size, profile.text_width * 0.86, bold=True)
    widest = max(text_width(text, profile.subject_size, bold=True) for text in lines)
    centred = Shape(align="center", keep_next=True)
    return [
        Line(document.kind.upper(), Face(profile.kind_size, bold=True), Shape(align="center", before=18, keep_next=True)),
        *(Line(text, Face(profile.subject_size, bold=True), centred) for text in lines),
        Rule(min(widest * profile.subject_rule, 60.0), profile.text_width),
        Empty(Shape(after=6, exact_line=6)),
    ]


def _addressees(addressees: Sequence[str], profile: PaperProfile) -> list[Line]:
    """One addressee on the line of "Kính gửi", several as a list with dashes."""
    face = Face(profile.addressee_size)
    if not addressees:
        return []
    if len(addressees) == 1:
        return [Line(f"Kính gửi: {addressees[0]}", face, Shape(align="center", before=6, after=12))]
    lines = [Line("Kính gửi:", face, Shape(left=35, before=6))]
    for index, name in enumerate(addressees):
        last = index == len(addressees) - 1
        lines.append(Line(f"- {name}{'.' if last else ';'}", face, Shape(left=42, after=12 if last else 0)))
    return lines


def _annex(annex: Annex, profile: PaperProfile) -> list[Piece]:
    width = profile.landscape_width if annex.landscape else profile.text_width
    centred = Shape(align="center")
    titles = balanced_lines(one_line(annex.title), profile.annex_title_size, width * 0.9, bold=True)
    references = balanced_lines(one_line(annex.reference), profile.annex_reference_size, width)
    return [
        Line(annex.number, Face(profile.annex_number_size, bold=True), centred),
        *(Line(text, Face(profile.annex_title_size, bold=True), centred) for text in titles),
        *(Line(text, Face(profile.annex_reference_size, italic=True), centred) for text in references),
        Empty(Shape(exact_line=profile.paragraph_gap)),
        *blocks_of(annex.blocks, width, profile, profile.annex_table_size),
    ]
