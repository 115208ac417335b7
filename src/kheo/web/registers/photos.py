"""The photographs and papers of an entry on its page, by role."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kheo.core.days import format_day, format_instant
from kheo.core.numbers import format_int
from kheo.core.registers.kept import Standing, kept_until
from kheo.core.registers.models import AttachmentDef
from kheo.registers.access import ReachedEntry
from kheo.registers.actions import attaches, files_frozen, files_kept
from kheo.registers.models import Deed
from kheo.registers.queries.attachments import Shown, attachments_of
from kheo.registers.queries.keeping_files import closed_since, hold_of
from kheo.web.proofs import size_words


@dataclass(frozen=True)
class PhotoRow:
    """One file: its words, and `doubts`: what could not be checked of it."""

    file: Shown
    url: str
    small: str
    remove: str
    name: str
    facts: str
    doubts: str
    gone: str = ""


@dataclass(frozen=True)
class PhotoRole:
    """A role with its files. `add`: where more are added, empty for who may not or where there is no room.

    `frozen`: why nobody takes one back.
    """

    role: AttachmentDef
    rows: tuple[PhotoRow, ...]
    add: str
    may_take_back: bool
    frozen: str


def photo_roles(reached: ReachedEntry, deeds: Sequence[Deed]) -> list[PhotoRole]:
    """Every role that has files or to which this person may add some: one query."""
    files = attachments_of(reached.entry, reached.book, deeds) if reached.book.definition.attachments else ()
    found = []
    for role in reached.book.definition.attachments:
        rows = tuple(_row(reached.entry.pk, each) for each in files if each.role == role.role)
        theirs, frozen = attaches(role, reached), files_frozen(role, reached)
        may = theirs and not frozen
        address = reverse("add_entry_files", args=[reached.entry.pk, role.role]) if may and len(rows) < role.at_most else ""
        if rows or may:
            kept = files_kept(role, reached)
            found.append(PhotoRole(role, rows, address, theirs and not kept, kept if theirs else ""))
    return found


def _row(entry: int, file: Shown) -> PhotoRow:
    taken = f"chụp lúc {format_instant(file.taken_at)}" if file.taken_at else ""
    off = f"cách vị trí {'lúc ấy ' if file.is_moved else ''}{format_int(file.metres_off)} m" if file.metres_off is not None else ""
    return PhotoRow(
        file,
        reverse("entry_file", args=[entry, file.id]),
        reverse("entry_thumbnail", args=[entry, file.id]) if file.is_photo and not file.gone_on else "",
        reverse("remove_entry_file", args=[entry, file.id]),
        file.caption or file.name,
        ", ".join(each for each in (taken, off, "" if file.is_photo else size_words(file.size)) if each),
        "; ".join(file.unchecked),
        f"Hết thời hạn giữ, đã xóa ngày {format_day(file.gone_on)}; còn mã kiểm tra {file.sha256[:12]}…" if file.gone_on else "",
    )


def kept_words(reached: ReachedEntry, roles: Sequence[PhotoRole]) -> str:
    """Until when the photographs are kept, as far as the entry alone decides it; empty where nothing was decided or nothing stands."""
    rule = reached.book.definition.photos_kept
    if rule is None or not any(not row.gone for role in roles for row in role.rows):
        return ""
    hold = hold_of(reached.entry)
    if hold is not None:
        return f"Được giữ theo yêu cầu, không tính thời hạn: {hold.reason}"
    until = kept_until(rule, Standing(closed_since(reached.entry)))
    if until is None:
        return f"Được giữ {rule.years} năm kể từ ngày hồ sơ kết thúc."
    return f"Được giữ ít nhất đến {format_day(until)}; lâu hơn nếu một báo cáo đã nộp còn đếm hồ sơ này."
