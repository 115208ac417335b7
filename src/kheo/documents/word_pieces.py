"""Laid out pieces as WordprocessingML."""

from collections.abc import Sequence

from kheo.documents.laid import Columns, Empty, Face, Grid, GridCell, Line, Piece, Rule, Shape, Style, Text
from kheo.documents.word import cell, line, paragraph, row, rule, run, table

_STYLES: dict[Style, str] = {
    "body": "KheoBody",
    "basis": "KheoBasis",
    "item": "KheoItem",
    "note": "KheoNote",
    "heading1": "Heading1",
    "heading2": "Heading2",
    "heading3": "Heading3",
}


def in_word(pieces: Sequence[Piece]) -> list[str]:
    """Each piece as an element."""
    return [_element(piece) for piece in pieces]


def _element(piece: Piece) -> str:
    match piece:
        case Line(text, face, shape):
            return line(text, face, shape)
        case Empty(shape, face):
            return paragraph([], shape, face)
        case Rule(width, container):
            return rule(width, container)
        case Text(spans, style, keep_next):
            runs = [run(each.text, Face(bold=each.bold, italic=each.italic)) for each in spans]
            return paragraph(runs, Shape(style=_STYLES[style], keep_next=keep_next))
        case Columns(widths, rows):
            told = [row([cell(in_word(cells), width, middle=False) for cells, width in zip(each, widths, strict=True)]) for each in rows]
            return table(told, widths, lined=False, padding=0)
        case Grid(widths, head, rows, padding):
            heads = [row([_cell(each) for each in cells], header=True) for cells in head]
            return table([*heads, *(row([_cell(each) for each in cells]) for cells in rows)], widths, lined=True, padding=padding)


def _cell(data: GridCell) -> str:
    words = line(data.text, data.face, Shape(style="KheoTable", align=data.align, keep_next=data.keep_next))
    return cell([words], data.width, span=data.span, merge=data.down, shade=data.shade)
