"""A document laid out for no program in particular: the pieces that stand on its pages, one below the other, and how each looks.

What turns them into a Word file or a PDF knows nothing of official documents.
"""

from dataclasses import dataclass
from typing import Literal

from kheo.documents.official import Align, Span

Style = Literal["body", "basis", "item", "note", "heading1", "heading2", "heading3"]


@dataclass(frozen=True)
class Face:
    """How a run looks; size in points, None for the size of the paragraph's style."""

    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Shape:
    """How a paragraph stands. Lengths in millimetres, gaps in points; None leaves it to the style."""

    style: str = ""
    align: Align | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    first_line: float | None = None
    exact_line: float | None = None
    keep_next: bool = False
    rule_below: bool = False
    rule_above: bool = False


# Whatever the style of the paragraph says.
AS_STYLE, AS_SET = Face(), Shape()


@dataclass(frozen=True)
class Line:
    """A paragraph of one text in one face."""

    text: str
    face: Face
    shape: Shape = AS_SET


@dataclass(frozen=True)
class Empty:
    """An empty paragraph; `face` makes its height where the shape does not."""

    shape: Shape = AS_SET
    face: Face = AS_STYLE


@dataclass(frozen=True)
class Rule:
    """A drawn line of `width` in the middle of `container`, both in millimetres."""

    width: float
    container: float


@dataclass(frozen=True)
class Text:
    """A paragraph of the body, a note or a heading, in the type of its style. `keep_next`: on the page of what follows."""

    spans: tuple[Span, ...]
    style: Style
    keep_next: bool = False


@dataclass(frozen=True)
class GridCell:
    """A cell of a table, over `span` columns; `down` "restart" begins a cell over two rows, "continue" is its second row."""

    text: str
    face: Face
    align: Align
    width: float
    span: int = 1
    down: Literal["", "restart", "continue"] = ""
    shade: str = ""
    keep_next: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with thin lines; the rows of `head` are repeated on every page, no row is split. `padding` at the sides of cells."""

    widths: tuple[float, ...]
    head: tuple[tuple[GridCell, ...], ...]
    rows: tuple[tuple[GridCell, ...], ...]
    padding: float


@dataclass(frozen=True)
class Columns:
    """Pieces side by side without lines: rows of one tuple of pieces for each column."""

    widths: tuple[float, ...]
    rows: tuple[tuple[tuple["Piece", ...], ...], ...]


Piece = Line | Empty | Rule | Text | Grid | Columns


@dataclass(frozen=True)
class Sheets:
    """Pieces that stand on pages of their own, numbered by themselves."""

    pieces: tuple[Piece, ...]
    landscape: bool = False
