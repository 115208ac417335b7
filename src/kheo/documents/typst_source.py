"""Laid out pieces as the source of a typst document. Every text stands in it as a string literal: data, never markup or code."""

from collections.abc import Sequence

from kheo.documents.laid import Columns, Empty, Face, Grid, GridCell, Line, Piece, Rule, Shape, Sheets, Text
from kheo.documents.metrics import text_width
from kheo.documents.official import OfficialDocument, Span
from kheo.documents.official_layout import title_of
from kheo.documents.official_pieces import foot_lines, sheets_of
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile

# The profile's own face where the machine has it, then one of the same widths, then the one that the renderer carries. No face without
# all Vietnamese letters (Liberation Serif has no ơ, ư or ạ): single letters of another face would stand in every word.
_FACES = ("Tinos", "Libertinus Serif")
# The face in the wheel draws ơ and ư of its bold italic from two pieces, which would be copied out of the PDF doubled; its semibold
# italic has them whole, and a face without a semibold gives its bold.
_BOLD, _BOLD_ITALIC = 'weight: "bold"', "weight: 600"
# Height of a line of the profile's face above and below its base, and what single spacing adds, as parts of its size.
_ABOVE, _BELOW, _BETWEEN = 0.891, 0.216, 0.042
# What stands on one line in the profile's own face does so in the face of the machine: letters a little narrower, if they must.
_FITTED = """#let fitted(width, words) = context {
  let wide = measure(words).width
  if width < wide and wide < 1.2 * width { scale(x: width / wide * 100%, reflow: true, words) } else { words }
}
"""
# The other face is at most so much wider: texts that fill less of their cell fit in any case.
_TIGHT_SHARE = 0.85
_TIGHT = f"top-edge: {_ABOVE}em, bottom-edge: -{_BELOW}em"


def typst_source(document: OfficialDocument, profile: PaperProfile) -> str:
    """The whole document. Its only parts that are not written here are string literals made by `literal` and numbers."""
    faces = ", ".join(literal(face) for face in (profile.font, *_FACES))
    leading = f"{_BETWEEN + (profile.line_spacing - 1) * (_ABOVE + _BELOW + _BETWEEN):.3f}em"
    opening = (
        f"#set document(title: {literal(title_of(document))}, author: {literal(one_line(document.letterhead.issuer))})\n"
        f'#set text(font: ({faces}), size: {profile.body_size}pt, lang: "vi", hyphenate: false, {_TIGHT})\n'
        f"#set par(leading: {leading}, spacing: {leading}, linebreaks: {literal('simple')})\n"
        f"{_FITTED}"
    )
    foot = "".join(_piece(line, profile) for line in foot_lines(document, profile))
    return opening + "".join(_sheets(sheets, profile, foot, f"p{place}") for place, sheets in enumerate(sheets_of(document, profile)))


def literal(text: str) -> str:
    """A string of typst: quotes and backslashes escaped, whatever cannot be printed shown as a mark."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _sheets(sheets: Sheets, profile: PaperProfile, foot: str, label: str) -> str:
    """Pages of their own, counted from the one that bears the label; no number on the first."""
    width, height = profile.page_width, profile.page_height
    if sheets.landscape:
        width, height = height, width
    margins = (
        f"top: {profile.margin_top}mm, bottom: {profile.margin_bottom}mm, left: {profile.margin_left}mm, right: {profile.margin_right}mm"
    )
    number = (
        f"#context {{ let place = here().page() - locate(<{label}>).page() + 1\n"
        f"if place > 1 [#text(size: {profile.page_number}pt)[#place]] }}"
    )
    at_top = profile.forms.page_number_place == "top"
    header = (
        f"[#block(width: 100%, height: {profile.margin_top}mm, inset: (top: {profile.header_distance}mm))[#align(center + top)[{number}]]]"
    )
    below = foot + ("" if at_top else f"#align(center)[{number}]")
    room = f"height: {profile.margin_bottom}mm, inset: (bottom: {profile.footer_distance}mm)"
    footer = f"[#block(width: 100%, {room})[#align(bottom)[{below}]]]"
    page = f"width: {width}mm, height: {height}mm, margin: ({margins}), header-ascent: 0mm, footer-descent: 0mm"
    pieces = "".join(_piece(piece, profile) for piece in sheets.pieces)
    return f"#page({page}, header: {header if at_top else '[]'}, footer: {footer})[#metadata(none)<{label}>\n{pieces}]\n"


def _piece(piece: Piece, profile: PaperProfile) -> str:
    match piece:
        case Line(text, face, shape):
            return _stand(_text((Span(text, face.bold, face.italic),), face), shape)
        case Empty(shape, face):
            height = shape.exact_line or (face.size or profile.body_size) * (_ABOVE + _BELOW + _BETWEEN)
            return f"#v({height + (shape.before or 0) + (shape.after or 0):.2f}pt, weak: false)\n"
        case Rule(width, _):
            return f"#block(width: 100%, above: 0pt, below: 0pt)[#align(center)[#v(3pt)#line(length: {width:.2f}mm, stroke: 0.75pt)]]\n"
        case Text():
            return _styled(piece, profile)
        case Columns(widths, rows):
            cells = "".join(f"[{''.join(_piece(each, profile) for each in cell)}]," for row in rows for cell in row)
            return f"#block(breakable: false, width: 100%)[#grid(columns: ({_lengths(widths)}), {cells})]\n"
        case Grid():
            return _grid(piece)


def _lengths(widths: Sequence[float]) -> str:
    return "".join(f"{width:.2f}mm," for width in widths)


def _text(spans: Sequence[Span], face: Face) -> str:
    """A run of text in its face."""
    pieces = []
    for span in spans:
        bold, italic = span.bold or face.bold, span.italic or face.italic
        facts = [f"size: {face.size}pt"] if face.size else []
        facts += [_BOLD_ITALIC if italic else _BOLD] if bold else []
        facts += ['style: "italic"'] if italic else []
        text = f"#text({', '.join([*facts, literal(_kept(span.text))])})"
        pieces.append(f"#underline[{text}]" if face.underline else text)
    return "".join(pieces)


def _kept(text: str) -> str:
    """One line of text with the blank at either end that separates it from its neighbours."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return (" " if text[0] == " " else "") + line + (" " if text[-1] == " " else "")


def _stand(content: str, shape: Shape) -> str:
    """A paragraph by its shape. A block of one line stays with what follows where the shape says so."""
    inset = f"left: {shape.left or 0}mm, right: {shape.right or 0}mm, top: {shape.before or 0}pt"
    rule = "stroke: (top: 0.5pt), outset: (top: 2pt), " if shape.rule_above else ""
    sticky = "sticky: true, " if shape.keep_next else ""
    return (
        f"#block(width: 100%, {sticky}{rule}inset: ({inset}), above: {_BETWEEN * 13:.2f}pt, "
        f"below: {(shape.after or 0) + _BETWEEN * 13:.2f}pt)[#align({shape.align or 'left'})[{content}]]\n"
    )


def _styled(piece: Text, profile: PaperProfile) -> str:
    """A paragraph of the body, a note or a heading."""
    gap, indent = profile.paragraph_gap, profile.first_line_indent
    face, above = Face(), 0.0
    if piece.style == "note":
        face, indent, above = Face(profile.note_size, italic=True), 0.0, 3.0
    elif piece.style == "basis":
        face = Face(italic=profile.forms.bases_italic)
    elif piece.style in ("heading1", "heading2", "heading3"):
        face, above = Face(bold=piece.style != "heading3"), gap
    sticky = "sticky: true, " if piece.keep_next or piece.style.startswith("heading") else ""
    first = f"first-line-indent: (amount: {indent}mm, all: true)"
    return (
        f"#block(width: 100%, {sticky}above: {above + _BETWEEN * 14:.2f}pt, below: {gap + _BETWEEN * 14:.2f}pt)"
        f"[#par(justify: true, {first})[{_text(piece.spans, face)}]]\n"
    )


def _grid(grid: Grid) -> str:
    """A table whose head is repeated on every page."""
    head = "".join(_cell(cell, grid.padding) for row in grid.head for cell in row if cell.down != "continue")
    rows = "".join(_row(row, grid.padding) for row in grid.rows)
    inset = f"inset: (x: {grid.padding}mm, y: 1.5pt)"
    return (
        f"#align(center)[#table(columns: ({_lengths(grid.widths)}), stroke: 0.5pt, {inset}, align: horizon, "
        f"table.header({head}), {rows})]\n"
    )


def _row(row: Sequence[GridCell], padding: float) -> str:
    """A row. One that heads those below it is never the last of a page."""
    cells = "".join(_cell(cell, padding) for cell in row)
    return f"table.header(level: 2, repeat: false, {cells})," if len(row) == 1 and row[0].keep_next else cells


def _cell(cell: GridCell, padding: float) -> str:
    facts = [f"colspan: {cell.span}"] if cell.span > 1 else []
    facts += ["rowspan: 2"] if cell.down == "restart" else []
    facts += [f'fill: rgb("#{cell.shade}")'] if cell.shade else []
    side = "left" if cell.align == "justify" else cell.align
    content = _text((Span(cell.text, cell.face.bold, cell.face.italic),), cell.face)
    room = cell.width - 2 * padding
    if cell.face.size and _TIGHT_SHARE * room < text_width(cell.text, cell.face.size, bold=cell.face.bold) <= room:
        content = f"#fitted({room:.2f}mm)[{content}]"
    return f"table.cell({', '.join([*facts, f'align: horizon + {side}', 'breakable: false'])})[{content}],"
