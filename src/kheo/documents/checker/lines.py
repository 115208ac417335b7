"""A paper as the lines that a reader sees, in reading order, each with its place and its look, and the pages they stand on."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from kheo.documents.checker.package import Element, Package
from kheo.documents.checker.properties import Run, Shape, Styles, merged, properties_of, run_of, shape_of

_MM = 25.4 / 1440
_ECHO = 60
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Cell:
    """Where in a table a line stands; `width` in millimetres; `columns` of its row."""

    table: int
    row: int
    column: int
    columns: int
    width: float


@dataclass(frozen=True)
class Line:
    """A paragraph: its text, its runs of visible text, how it stands, and its cell if it is in a table."""

    text: str
    runs: tuple[Run, ...]
    shape: Shape
    cell: Cell | None

    @property
    def echo(self) -> str:
        """The text as a deviation quotes it."""
        return self.text if len(self.text) <= _ECHO else f"{self.text[:_ECHO]}…"

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.runs) and all(run.bold for run in self.runs)

    @property
    def is_italic(self) -> bool:
        """Whether all of it is italic."""
        return bool(self.runs) and all(run.italic for run in self.runs)

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text == self.text.upper()


@dataclass(frozen=True)
class Margin:
    """A header or footer: its lines, and whether it holds a page number."""

    lines: tuple[Line, ...]
    has_page_number: bool


@dataclass(frozen=True)
class Page:
    """The paper of a section, in millimetres; headers and footers by kind (`default`, `first`), inherited ones included."""

    width: float
    height: float
    is_landscape: bool
    top: float
    bottom: float
    left: float
    right: float
    header_distance: float
    footer_distance: float
    is_first_apart: bool
    restarts_at: int | None
    headers: dict[str, Margin]
    footers: dict[str, Margin]


@dataclass(frozen=True)
class Part:
    """A section of the paper: its page and its lines."""

    page: Page
    lines: tuple[Line, ...]


def parts_of(package: Package) -> tuple[Part, ...]:
    """The sections of a paper: the document itself first, then its annexes."""
    styles = Styles(package)
    body = package.document.find(qn("w:body"))
    parts: list[Part] = []
    lines: list[Line] = []
    before: Page | None = None
    for number, element in enumerate(body.iterchildren() if body is not None else ()):
        lines.extend(_lines(element, styles, number))
        ends = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if ends is not None:
            before = _page(ends, package, styles, before)
            parts.append(Part(before, tuple(lines)))
            lines = []
    return tuple(parts)


def _lines(element: Element, styles: Styles, table: int) -> Iterator[Line]:
    if element.tag == qn("w:p"):
        yield line_of(element, styles, None)
    elif element.tag == qn("w:tbl"):
        for row_number, row in enumerate(element.iterchildren(qn("w:tr"))):
            cells = list(row.iterchildren(qn("w:tc")))
            for column, cell in enumerate(cells):
                place = Cell(table, row_number, column, len(cells), _width(cell))
                for paragraph in cell.iter(qn("w:p")):
                    yield line_of(paragraph, styles, place)
    elif element.tag == qn("w:sdt"):
        for inner in element.iterchildren(qn("w:sdtContent")):
            for child in inner.iterchildren():
                yield from _lines(child, styles, table)


def _width(cell: Element) -> float:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return float(width.get(qn("w:w"), 0)) * _MM if width is not None and width.get(qn("w:type")) == "dxa" else 0.0


def line_of(paragraph: Element, styles: Styles, cell: Cell | None) -> Line:
    """A paragraph as it looks."""
    own = paragraph.find(qn("w:pPr"))
    named = own.find(qn("w:pStyle")) if own is not None else None
    style = named.get(qn("w:val")) if named is not None else None
    base = styles.of("rPr", style)
    runs = tuple(run for element in paragraph.iter(qn("w:r")) if (run := _run(element, styles, base)).text)
    text = "".join(run.text for run in runs)
    return Line(
        text=" ".join(text.replace(_NO_BREAK, " ").split()),
        runs=tuple(run for run in runs if run.text.strip()),
        shape=shape_of(merged(styles.of("pPr", style), properties_of(own))),
        cell=cell,
    )


def _run(element: Element, styles: Styles, base: dict[str, dict[str, str]]) -> Run:
    own = element.find(qn("w:rPr"))
    named = own.find(qn("w:rStyle")) if own is not None else None
    character = styles.of_character(named.get(qn("w:val")) if named is not None else None)
    pieces = []
    for child in element.iterchildren():
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            pieces.append(" ")
        elif child.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
    return run_of("".join(pieces), merged(base, character, properties_of(own)))


def _page(section: Element, package: Package, styles: Styles, before: Page | None) -> Page:
    size, margins = properties_of(section).get("pgSz", {}), properties_of(section).get("pgMar", {})

    def mm(attributes: dict[str, str], name: str) -> float:
        return float(attributes.get(name, 0)) * _MM

    first = section.find(qn("w:titlePg"))
    start = properties_of(section).get("pgNumType", {}).get("start")
    return Page(
        width=mm(size, "w"),
        height=mm(size, "h"),
        is_landscape=size.get("orient") == "landscape",
        top=mm(margins, "top"),
        bottom=mm(margins, "bottom"),
        left=mm(margins, "left") + mm(margins, "gutter"),
        right=mm(margins, "right"),
        header_distance=mm(margins, "header"),
        footer_distance=mm(margins, "footer"),
        is_first_apart=first is not None and first.get(qn("w:val"), "true") not in ("0", "false"),
        restarts_at=int(start) if start and start.isdigit() else None,
        headers={**(before.headers if before else {}), **_margins(section, "w:headerReference", package, styles)},
        footers={**(before.footers if before else {}), **_margins(section, "w:footerReference", package, styles)},
    )


def _margins(section: Element, tag: str, package: Package, styles: Styles) -> dict[str, Margin]:
    found = {}
    for reference in section.iterchildren(qn(tag)):
        part = package.margins.get(reference.get(qn("r:id"), ""))
        if part is not None:
            lines = tuple(line_of(paragraph, styles, None) for paragraph in part.iter(qn("w:p")))
            fields = [*(node.text or "" for node in part.iter(qn("w:instrText")))]
            fields += [node.get(qn("w:instr"), "") for node in part.iter(qn("w:fldSimple"))]
            found[reference.get(qn("w:type"), "default")] = Margin(lines, any("PAGE" in each.split() for each in fields))
    return found
