"""What stands beside the entries of a file, each in a sheet of its own: dated lines, links, photographs as their hashes."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from kheo.core.days import local_day
from kheo.core.registers.copies import Copy
from kheo.core.registers.table_heads import LINES, LINKS, PHOTOS
from kheo.documents.register_workbook import BesideSheet, Cell
from kheo.registers.actions.exporting import Exported
from kheo.registers.models import EntryAttachment, EntryLine, EntryLink

BATCH = 1000
_LINE_HEADS = ("Mã hồ sơ", "Dòng số", "Loại dòng", "Ngày", "Phân loại", "Nguồn", "Số lượng", "Số tiền (đồng)", "Nội dung")
_LINK_HEADS = ("Mã hồ sơ", "Liên kết", "Mã hồ sơ kia", "Ngày", "Xác minh ngày")
_PHOTO_HEADS = ("Mã hồ sơ", "Loại ảnh, tệp", "Ngày gửi", "Chụp ngày", "Cách vị trí (m)", "Cỡ (byte)", "Mã kiểm tra (SHA-256)", "Xóa ngày")
Row = TypeVar("Row", bound=Model)


def sheets_beside(found: Exported) -> list[BesideSheet]:
    """One for each kind of thing that the register can have; rows are read as they are written. Copies for others have none."""
    if found.copy is not Copy.WHOLE:
        return []
    definition, sheets = found.book.definition, list[BesideSheet]()
    if definition.lines:
        sheets.append(BesideSheet(LINES, _LINE_HEADS, _lines(found)))
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


def _lines(found: Exported) -> Iterator[list[Cell]]:
    """Where small numbers are hidden, lines leave with their own unit and the one that the entry was given to alone, as on the pages."""
    book, given = found.book, found.looking.given
    names = book.options.names

    def standing(batch: Sequence[int]) -> QuerySet[EntryLine]:
        rows = EntryLine.objects.filter(entry__in=batch, known_to=None).select_related("entry").order_by("entry", "line", "on", "number")
        return rows.only(*_OF_LINES)

    for line in _in_order(found.ids, standing):
        kind, entry = book.definition.by_line.get(line.line), line.entry
        if kind is None or (book.definition.hides_small and not {entry.owner_id, entry.handler_id} & given):
            continue
        yield [
            entry.code,
            line.number,
            kind.name,
            line.on,
            names.get(kind.kinds or "", {}).get(line.kind, line.kind),
            names.get(kind.sources or "", {}).get(line.source, line.source),
            line.quantity,
            line.amount_vnd,
            line.text,
        ]


_OF_LINES = ("line", "number", "on", "kind", "source", "quantity", "amount_vnd", "text", "entry__code", "entry__owner", "entry__handler")


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
