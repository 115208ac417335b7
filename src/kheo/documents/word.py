"""Pieces of WordprocessingML as strings. Every text goes through `run`, the only place where text becomes markup.

Elements stand in the order that the schema (ECMA-376 Part 1, §17) demands, so that no program has to repair the file.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from kheo.documents.laid import AS_SET, AS_STYLE, Face, Shape
from kheo.documents.printable import one_line

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_JUSTIFY = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(millimetres * 1440 / 25.4)


def run(text: str, face: Face = AS_STYLE) -> str:
    """A stretch of text. Unfit characters are shown as a mark; leading and trailing blanks are kept."""
    return f'<w:r>{_face(face)}<w:t xml:space="preserve">{escape(_kept(text))}</w:t></w:r>'


def _kept(text: str) -> str:
    """One line of text with the blank at either end that separates it from its neighbours."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return (" " if text[0] == " " else "") + line + (" " if text[-1] == " " else "")


def field(instruction: str, face: Face) -> str:
    """A field that the word processor computes, such as PAGE."""
    properties = _face(face)
    marks = ("begin", None, "separate", "1", "end")
    pieces = []
    for mark in marks:
        if mark is None:
            pieces.append(f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>')
        elif mark == "1":
            pieces.append(f"<w:r>{properties}<w:t>1</w:t></w:r>")
        else:
            pieces.append(f'<w:r>{properties}<w:fldChar w:fldCharType="{mark}"/></w:r>')
    return "".join(pieces)


def _face(face: Face) -> str:
    inner = "<w:b/><w:bCs/>" if face.bold else ""
    inner += "<w:i/><w:iCs/>" if face.italic else ""
    if face.size is not None:
        inner += f'<w:sz w:val="{round(face.size * 2)}"/><w:szCs w:val="{round(face.size * 2)}"/>'
    inner += '<w:u w:val="single"/>' if face.underline else ""
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def paragraph(runs: Sequence[str], shape: Shape = AS_SET, mark: Face = AS_STYLE) -> str:
    """A paragraph of the given runs. `mark` is the face of the paragraph mark, which makes the height of an empty line."""
    return f"<w:p>{_properties(shape, mark)}{''.join(runs)}</w:p>"


def line(text: str, face: Face, shape: Shape = AS_SET) -> str:
    """A paragraph of one run, its mark of the same size, so that no line is taller than its letters."""
    return paragraph([run(text, face)], shape, Face(face.size))


def _properties(shape: Shape, mark: Face) -> str:
    inner = f'<w:pStyle w:val="{shape.style}"/>' if shape.style else ""
    inner += "<w:keepNext/>" if shape.keep_next else ""
    if shape.rule_above:
        inner += '<w:pBdr><w:top w:val="single" w:sz="4" w:space="2" w:color="000000"/></w:pBdr>'
    if shape.rule_below:
        inner += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    inner += _spacing(shape) + _indent(shape)
    inner += f'<w:jc w:val="{_JUSTIFY[shape.align]}"/>' if shape.align else ""
    inner += _face(mark)
    return f"<w:pPr>{inner}</w:pPr>" if inner else ""


def _spacing(shape: Shape) -> str:
    attributes = ""
    if shape.before is not None:
        attributes += f' w:before="{round(shape.before * 20)}"'
    if shape.after is not None:
        attributes += f' w:after="{round(shape.after * 20)}"'
    if shape.exact_line is not None:
        attributes += f' w:line="{round(shape.exact_line * 20)}" w:lineRule="exact"'
    return f"<w:spacing{attributes}/>" if attributes else ""


def _indent(shape: Shape) -> str:
    attributes = ""
    if shape.left is not None:
        attributes += f' w:left="{twips(shape.left)}"'
    if shape.right is not None:
        attributes += f' w:right="{twips(shape.right)}"'
    if shape.first_line is not None:
        attributes += f' w:firstLine="{twips(shape.first_line)}"'
    return f"<w:ind{attributes}/>" if attributes else ""


def rule(width: float, container: float) -> str:
    """A horizontal line of `width` in the middle of `container`: the bottom border of an empty paragraph, not underlined text."""
    side = max(0.0, (container - width) / 2)
    return paragraph([], Shape(style="KheoRule", left=side, right=side, exact_line=3, rule_below=True))


def cell(paragraphs: Sequence[str], width: float, *, span: int = 1, merge: str = "", shade: str = "", middle: bool = True) -> str:
    """A table cell, over `span` columns; `merge` "restart" begins a cell over several rows, "continue" goes on with it."""
    inner = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    inner += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    inner += '<w:vAlign w:val="center"/>' if middle else ""
    return f"<w:tc><w:tcPr>{inner}</w:tcPr>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def row(cells: Sequence[str], *, header: bool = False) -> str:
    """A table row that is never split over two pages; a header row is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[float], *, lined: bool, padding: float) -> str:
    """A centred table of fixed column widths in millimetres, with thin lines or none."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    border = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' if lined else '<w:{} w:val="nil"/>'
    borders = "".join(border.format(edge) for edge in edges)
    margins = "".join(f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(width) for width in widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
