"""An official document (văn bản hành chính) as plain data: what stands on the paper, not how.

Texts are data: nothing in them is read as markup or as a template. `render_official` in `official_layout` puts it on paper.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Look = Literal["plain", "part", "group", "total", "quiet"]


@dataclass(frozen=True)
class Letterhead:
    """Head of the first page. An empty `number` or a missing day leaves a dotted blank to be filled in by hand."""

    superior: str
    issuer: str
    number: str
    notation: str
    place: str
    signed_on: date | None
    year: int


@dataclass(frozen=True)
class Span:
    """A stretch of text inside a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. `look` "note" is small and italic, without indent; "item" begins with a dash."""

    spans: tuple[Span, ...]
    look: Literal["body", "basis", "item", "note"] = "body"


@dataclass(frozen=True)
class Heading:
    """A numbered heading; level 1 is `I.`, 2 is `1.`, 3 is `a)`. The number is part of the text."""

    text: str
    level: Literal[1, 2, 3]


@dataclass(frozen=True)
class Column:
    """A column of a table. Numbers (`align` right) are never broken over lines. `code` stands in a second row of the head."""

    title: str
    align: Align = "left"
    code: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table. With fewer texts than columns the last one spans the rest, centred."""

    texts: tuple[str, ...]
    look: Look = "plain"


@dataclass(frozen=True)
class Table:
    """A table with a repeated head. `unit` ("Đơn vị tính: ...") stands above it at the right."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""


Block = Paragraph | Heading | Table


@dataclass(frozen=True)
class Signature:
    """Who signs: capacity (`TM. BAN THƯỜNG VỤ`, may be empty), post, name (may be empty)."""

    capacity: str
    post: str
    name: str


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, numbered by itself. `number` is "Phụ lục I", or "Phụ lục" when there is only one."""

    number: str
    title: str
    reference: str
    blocks: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True)
class OfficialDocument:
    """The whole document. `kind` is the type name (BÁO CÁO), `subject` its trích yếu; `created` goes into the properties."""

    letterhead: Letterhead
    kind: str
    subject: str
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    created: datetime
    annexes: tuple[Annex, ...] = field(default=())


def body(text: str) -> Paragraph:
    """A plain paragraph of the body."""
    return Paragraph((Span(text),))


def item(text: str) -> Paragraph:
    """A paragraph that begins with a dash."""
    return Paragraph((Span(text),), "item")


def note(text: str) -> Paragraph:
    """A small remark under a table."""
    return Paragraph((Span(text),), "note")
