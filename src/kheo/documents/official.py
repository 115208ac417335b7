"""An official document (văn bản hành chính) as plain data: what stands on the paper, not how.

Texts are data: nothing in them is read as markup or as a template. `render_official` in `official_layout` puts it on paper.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kheo.documents.profiles import Capacity

Align = Literal["left", "center", "right", "justify"]
Look = Literal["plain", "part", "group", "total", "quiet"]


@dataclass(frozen=True)
class Letterhead:
    """Head of the first page. An empty `number` or a missing day leaves a dotted blank to be filled in by hand.

    `kind_code` is the code of the type (`BC`), empty for a letter; `abbreviation` the issuer's (`LĐLĐ`). How they are put together is
    for the profile to say, unless the whole `notation` is given (`LĐLĐ-TG`).
    """

    superior: str
    issuer: str
    number: str
    kind_code: str
    abbreviation: str
    place: str
    signed_on: date | None
    year: int
    notation: str = ""


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
    """A heading; level 1 is numbered `I`, 2 is `1`, 3 is `a`, the profile says which sign follows. No number: outside the count."""

    number: str
    title: str
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
    """Who signs: in what capacity (None: in their own) and for whom (`Ban Thường vụ`), post, name (may be empty)."""

    capacity: Capacity | None
    principal: str
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
    """The whole document. `kind` is the type name (BÁO CÁO), empty for a letter (công văn), whose subject stands under its number.

    `subject` is its trích yếu, `created` goes into the properties, `footer` stands at the foot of every page.
    """

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
    footer: tuple[str, ...] = field(default=())


def body(text: str) -> Paragraph:
    """A plain paragraph of the body."""
    return Paragraph((Span(text),))


def item(text: str) -> Paragraph:
    """A paragraph that begins with a dash."""
    return Paragraph((Span(text),), "item")


def note(text: str) -> Paragraph:
    """A small remark under a table."""
    return Paragraph((Span(text),), "note")
