"""What stands beside the entries of a file, each in a sheet of its own: dated lines, links, photographs as their hashes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

from kheo.core.days import local_day
from kheo.core.registers.copies import Copy
from kheo.core.registers.line_heads import (
    LINE_AMOUNT,
    LINE_DAY,
    LINE_KIND,
    LINE_NUMBER,
    LINE_QUANTITY,
    LINE_SORT,
    LINE_SOURCE,
    LINE_TEXT,
    canonical_cell,
    line_heads,
    stamp_name,
)
from kheo.core.registers.models import LineDef
from kheo.core.registers.sealing import SEALED
from kheo.core.registers.table_heads import CODE, LINES, LINKS, PHOTOS, STAMP, Head, stamp
from kheo.documents.register_csv import cell_text, csv_files, csv_lines
from kheo.documents.register_workbook import BesideSheet, Cell
from kheo.documents.zip_stream import zip_in_pieces
from kheo.registers.actions.exporting import Exported, about_file
from kheo.registers.models import EntryAttachment, EntryLine, EntryLink
from kheo.registers.queries.definitions import Book

BATCH = 1000
_LINK_HEADS = ("Mã hồ sơ", "Liên kết", "Mã hồ sơ kia", "Ngày", "Xác minh ngày")
_PHOTO_HEADS = ("Mã hồ sơ", "Loại ảnh, tệp", "Ngày gửi", "Chụp ngày", "Cách vị trí (m)", "Cỡ (byte)", "Mã kiểm tra (SHA-256)", "Xóa ngày")
Row = TypeVar("Row", bound=Model)


def sheets_beside(found: Exported) -> list[BesideSheet]:
    """One for each kind of thing that the register can have; rows are read as they are written. Copies for others have none."""
    if found.copy is not Copy.WHOLE:
        return []
    definition, sheets = found.book.definition, list[BesideSheet]()
    if definition.lines:
        heads = line_heads(definition, found.book.options)
        sheets.append(BesideSheet(LINES, [head.label for head in heads], lines_leaving(found), heads))
    if definition.links:
        sheets.append(BesideSheet(LINKS, _LINK_HEADS, _links(found)))
    if definition.attachments:
        sheets.append(BesideSheet(PHOTOS, _PHOTO_HEADS, _photos(found)))
    return sheets


def _in_order(ids: Sequence[int], rows: Callable[[Sequence[int]], QuerySet[Row]]) -> Iterator[Row]:
    """The rows of entries in the order of the entries, a batch of entries in memory at a time: one query for each."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        place = {number: index for index, number in enumerate(batch)}
        yield from sorted(rows(batch), key=lambda row: place[row.entry_id])  # type: ignore[attr-defined]  # each has an entry


def lines_leaving(found: Exported) -> Iterator[list[Cell]]:
    """The lines of the entries that leave, in the columns of `core.registers.line_heads`.

    Where small numbers are hidden, they leave with their own unit and the one that the entry was given to alone, as on the pages.
    """
    book, given = found.book, found.looking.given
    heads = line_heads(book.definition, book.options)

    def standing(batch: Sequence[int]) -> QuerySet[EntryLine]:
        rows = EntryLine.objects.filter(entry__in=batch, known_to=None).select_related("entry").order_by("entry", "line", "on", "number")
        return rows.only(*_OF_LINES)

    for line in _in_order(found.ids, standing):
        kind, entry = book.definition.by_line.get(line.line), line.entry
        if kind is None or (book.definition.hides_small and not {entry.owner_id, entry.handler_id} & given):
            continue
        yield list(line_cells(book, heads, line, kind, entry.code, found.looking.tells_numbers_of(entry, kind.code)).values())


def line_cells(book: Book, heads: Sequence[Head], line: EntryLine, kind: LineDef, code: str, is_told: bool) -> dict[str, Cell]:
    """The cells of one line by the keys of its columns, numbers where `is_told`, with the mark by which it is known when it comes back."""
    names = book.options.names
    cells: dict[str, Cell] = {
        CODE: code,
        LINE_NUMBER: line.number,
        LINE_KIND: kind.name,
        LINE_DAY: line.on,
        LINE_SORT: names.get(kind.kinds or "", {}).get(line.kind, line.kind),
        LINE_SOURCE: names.get(kind.sources or "", {}).get(line.source, line.source),
        LINE_QUANTITY: line.quantity if is_told or line.quantity is None else SEALED,
        LINE_AMOUNT: line.amount_vnd if is_told or line.amount_vnd is None else SEALED,
        LINE_TEXT: line.text,
    }
    told = {head.key: canonical_cell(head.key, cell_text(head, cells[head.key])) for head in heads if head.key != STAMP}
    return cells | {STAMP: stamp(stamp_name(code, line.number), version_of(line), told)}


def version_of(line: EntryLine) -> int:
    """Which row of a line it is: since when it has been known, in millionths of a second."""
    return (line.known_from - _BEGINNING) // timedelta(microseconds=1)


def csv_zip(found: Exported, author: str, at: datetime) -> Iterator[bytes]:
    """Entries, what stands beside them and the dictionary, each as a CSV, in a zip that is made while it is sent."""
    files = csv_files(about_file(found.book, author, at), found.heads, found.rows(), sheets_beside(found))
    return zip_in_pieces(files, at=at)


def csv_of_lines(found: Exported) -> Iterator[bytes]:
    """The lines alone, as a CSV in pieces."""
    return csv_lines(line_heads(found.book.definition, found.book.options), lines_leaving(found))


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_OF_LINES = (
    *("line", "number", "on", "kind", "source", "quantity", "amount_vnd", "text", "known_from"),
    *("entry__code", "entry__owner", "entry__handler", "entry__state", "entry__edition"),
)


def _links(found: Exported) -> Iterator[list[Cell]]:
    """Links from these entries; of the other end its code, as every reader of the page sees it."""
    kinds = found.book.definition.by_link

    def standing(batch: Sequence[int]) -> QuerySet[EntryLink]:
        rows = EntryLink.objects.filter(entry__in=batch, known_to=None).select_related("entry", "other").order_by("entry", "pk")
        return rows.only("link", "on", "verified_on", "entry__code", "other__code")

    for link in _in_order(found.ids, standing):
        if link.link in kinds:
            yield [link.entry.code, kinds[link.link].name, link.other.code, link.on, link.verified_on]


def _photos(found: Exported) -> Iterator[list[Cell]]:
    """Never the bytes: a hash tells whether a photograph in hand is the one that stood there."""
    roles = found.book.definition.by_role
    for row in _in_order(found.ids, _standing_photos):
        if row.role not in roles:
            continue
        blob = row.file.blob
        gone = getattr(blob, "forgetting", None)
        taken = local_day(row.taken_at) if row.taken_at else None
        name, sent = roles[row.role].name, local_day(row.added_at)
        yield [row.entry.code, name, sent, taken, row.metres_off, blob.size, blob.sha256, local_day(gone.at) if gone else None]


def _standing_photos(batch: Sequence[int]) -> QuerySet[EntryAttachment]:
    rows = EntryAttachment.objects.filter(entry__in=batch, removed_at=None).select_related("entry", "file__blob__forgetting")
    return rows.defer("file__blob__content").order_by("entry", "pk")
