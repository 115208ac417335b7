"""Photographs and papers of an entry: drawn anew, compared with their role, kept under their hash, counted against the unit's room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Sum

from kheo.core.days import ZONE, local_day
from kheo.core.definition import Evidence
from kheo.core.evidence import MEGABYTE, caption_problem
from kheo.core.numbers import format_int
from kheo.core.places import Spot
from kheo.core.registers.beside import BesideAct, why_not, writes
from kheo.core.registers.models import AttachmentDef, RegisterDefinition
from kheo.core.registers.moves import ATTACH, DETACH, PUBLIC
from kheo.core.registers.pairs import Sight, sight_of, sight_problems
from kheo.core.text import nfc, written
from kheo.files.actions import shown_name
from kheo.files.receiving import FitFile, SentFile, read_sent, shelve
from kheo.org.access import Person, Unreachable
from kheo.registers.access import ReachedEntry, Sender, entry_to_read, reached_entry
from kheo.registers.actions.keeping import Doing, lock_entry, tell
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.attachments import place_of

UNIT_MEGABYTES = 1024  # of one unit in one register and year: some 2,500 photographs
PUBLIC_MEGABYTES = 256  # of these, what may come through the public form
TAKES = {"photo": "chỉ nhận ảnh.", "pdf": "chỉ nhận PDF."}
NUMBERS_ONLY = "Sổ này chỉ nhận con số; không nhận ảnh hay tệp."


@dataclass(frozen=True)
class Attached:
    """What was added, why each of the others was not, and what to look at again though it was added. Each names its file."""

    entry: Entry
    added: tuple[int, ...]
    problems: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Seen:
    """A file fit for its role, and what its camera told."""

    fit: FitFile
    sight: Sight


def attach_files(entry_id: int, role: str, files: Sequence[SentFile], *, caption: str = "", by: Person, at: datetime) -> Attached | Refused:
    """Put files in a role of an entry; those that do not fit are told one by one, the others are kept. Raises Unreachable.

    Reading takes seconds, so it is done before the row is locked; what it needs of the entry is asked again inside.
    """
    reached = entry_to_read(by, entry_id)
    found = reached.book.definition.by_role.get(role)
    refused = _refused(reached, found, files, caption)
    if refused or found is None:
        return refused or Refused(NUMBERS_ONLY)
    fit, problems = read_files(files, found)
    return keep_files(entry_id, found, fit, problems, nfc(written(caption)).strip(), by, at)


def _refused(reached: ReachedEntry, role: AttachmentDef | None, files: Sequence[SentFile], caption: str) -> Refused | None:
    if reached.book.definition.walled:
        return Refused(NUMBERS_ONLY)
    if role is None:
        return Refused("Sổ này không có loại ảnh, tệp ấy.")
    if not attaches(role, reached):
        return Refused("Anh/chị không có quyền thêm ảnh, tệp này.")
    frozen = files_frozen(role, reached)
    if frozen:
        return Refused(frozen)
    if not files:
        return Refused("Anh/chị chưa chọn ảnh hay tệp nào.")
    problem = caption_problem(nfc(written(caption)))
    return Refused(problem) if problem else None


def attaches(role: AttachmentDef, reached: ReachedEntry) -> bool:
    """Whether adding to a role, and taking back from it, is somebody's, as long as the entry takes any."""
    return writes(reached.book.definition, role, reached.stance)


def files_frozen(role: AttachmentDef, reached: ReachedEntry) -> str:
    """Why nobody adds to a role or takes back from it in the entry as it stands, in Vietnamese; "" where those may whose it is."""
    return why_not(reached.book.definition, BesideAct.ATTACH, reached.entry.state, role)


def files_kept(role: AttachmentDef, reached: ReachedEntry) -> str:
    """Why nobody takes a file of a role back from the entry as it stands, in Vietnamese; "" where those may whose it is."""
    return why_not(reached.book.definition, BesideAct.DETACH, reached.entry.state, role)


def may_attach(role: AttachmentDef, reached: ReachedEntry) -> bool:
    """Whether somebody may add to a role of an entry now, and take back from it."""
    return attaches(role, reached) and not files_frozen(role, reached)


def read_files(files: Sequence[SentFile], role: AttachmentDef) -> tuple[list[FitFile], list[str]]:
    """The files that may be kept in a role, and why each of the others may not. Takes seconds: before anything is locked."""
    limits, fit, problems = Evidence(), list[FitFile](), list[str]()
    for file in files:
        read = read_sent(file, photo_megabytes=limits.photo_megabytes, pdf_megabytes=limits.pdf_megabytes)
        if isinstance(read, FitFile) and role.takes not in ("any", read.kind):
            read = f"không hợp loại: “{role.name}” {TAKES[role.takes]}"
        if isinstance(read, str):
            problems.append(_told(file.name, read))
        else:
            fit.append(read)
    return fit, problems


def _told(name: str, why: str) -> str:
    return f"“{shown_name(name)}” {why}"


@transaction.atomic
def keep_files(
    entry_id: int, role: AttachmentDef, read: Sequence[FitFile], problems: list[str], caption: str, by: Person, at: datetime
) -> Attached | Refused:
    """Put files that were read in a role of an entry; `problems`: of those that could not be. Raises Unreachable."""
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    if not may_attach(role, reached):
        return Refused("Hồ sơ vừa đổi trạng thái; anh/chị không thêm ảnh, tệp này được nữa.")
    seen = _fitting(entry, role, reached.book.definition, read, problems, at)
    full = _no_room(entry, role, seen, at)
    if not seen or full:
        return Attached(entry, (), (*problems, *full))
    hints = _elsewhere(entry, seen, by)
    rows = _stand(entry, role, seen, caption, by, at)
    return Attached(entry, tuple(row.pk for row in rows), tuple(problems), hints)


def _stand(
    entry: Entry, role: AttachmentDef, seen: Sequence[_Seen], caption: str, by: Person | Sender, at: datetime
) -> list[EntryAttachment]:
    rows = [_attach(entry, role, each, caption, by, at) for each in seen]
    tell(entry, entry.state, {ATTACH: [role.role, *(row.file.blob.sha256 for row in rows)]}, Doing(ATTACH, by, local_day(at), at))
    return rows


def attach_first(
    entry: Entry, role: AttachmentDef, definition: RegisterDefinition, read: Sequence[FitFile], by: Sender, at: datetime
) -> list[str]:
    """Photographs that come with a new entry, in the transaction that makes it: all of them, or none and every reason why not."""
    problems = list[str]()
    seen = _fitting(entry, role, definition, read, problems, at)
    problems += _no_room(entry, role, seen, at)
    if seen and not problems:
        _stand(entry, role, seen, "", by, at)
    return problems


def _fitting(
    entry: Entry, role: AttachmentDef, definition: RegisterDefinition, read: Sequence[FitFile], problems: list[str], at: datetime
) -> list[_Seen]:
    """The files that may stand in their role; of the others the reasons are added to `problems`."""
    standing = EntryAttachment.objects.filter(entry=entry, removed_at=None)
    here = set(standing.values_list("file__blob__sha256", flat=True))
    earlier = [Sight(*row) for row in standing.filter(role=role.after).values_list("taken_at", "metres_off")] if role.after else []
    name = definition.by_role[role.after].name if role.after else ""
    seen = []
    for fit in read:
        spot = fit.camera
        told = Spot(spot.latitude, spot.longitude) if spot.latitude is not None and spot.longitude is not None else None
        sight = sight_of(spot.taken, told, place_of(entry), now=at)
        why = sight_problems(role, sight, earlier, name)
        if fit.digest in here:
            why = ("đã có trong hồ sơ này.",)
        problems += [_told(fit.name, each) for each in why]
        if not why:
            seen.append(_Seen(fit, sight))
            here.add(fit.digest)
    return seen


def _no_room(entry: Entry, role: AttachmentDef, seen: Sequence[_Seen], at: datetime) -> list[str]:
    """Why so many more do not go in."""
    found = []
    there = EntryAttachment.objects.filter(entry=entry, role=role.role, removed_at=None).count()
    if there + len(seen) > role.at_most:
        found.append(f"“{role.name}” nhận tối đa {role.at_most}, đã có {there}; lần này chọn {len(seen)}.")
    of_year = EntryAttachment.objects.filter(
        entry__register=entry.register_id, entry__owner=entry.owner_id, added_at__gte=datetime(local_day(at).year, 1, 1, tzinfo=ZONE)
    )
    coming = sum(len(each.fit.data) for each in seen)
    if entry.source == PUBLIC and _bytes_of(of_year.filter(entry__source=PUBLIC)) + coming > PUBLIC_MEGABYTES * MEGABYTE:
        # What strangers send never takes the room that the unit's own photographs need.
        return [*found, "Nơi nhận đã nhận đủ ảnh từ biểu mẫu của năm nay. Hãy gửi không kèm ảnh."]
    used = _bytes_of(of_year)
    if used + coming > UNIT_MEGABYTES * MEGABYTE:
        found.append(
            f"Trong năm, đơn vị đã dùng {format_int(used // MEGABYTE)} MB ảnh, tệp của sổ này; "
            f"mỗi đơn vị được {format_int(UNIT_MEGABYTES)} MB. Hãy báo thường trực phong trào."
        )
    return found


def _bytes_of(rows: QuerySet[EntryAttachment]) -> int:
    return rows.aggregate(used=Sum("file__blob__size"))["used"] or 0


def _elsewhere(entry: Entry, seen: Sequence[_Seen], by: Person) -> tuple[str, ...]:
    """Photographs that stand with another entry as well: kept, and pointed out. The other's code only to who may read it."""
    others = EntryAttachment.objects.filter(
        entry__register=entry.register_id, removed_at=None, file__blob__sha256__in=[each.fit.digest for each in seen]
    )
    found = dict(others.exclude(entry=entry).order_by("-pk").values_list("file__blob__sha256", "entry_id"))
    return tuple(
        _told(each.fit.name, f"cũng có ở {_named(by, found[each.fit.digest])}. Hãy xem có gửi nhầm không.")
        for each in seen
        if each.fit.digest in found
    )


def _named(person: Person, entry_id: int) -> str:
    try:
        return f"hồ sơ {entry_to_read(person, entry_id).entry.code}"
    except Unreachable:
        return "một hồ sơ khác"


def _attach(entry: Entry, role: AttachmentDef, seen: _Seen, caption: str, by: Person | Sender, at: datetime) -> EntryAttachment:
    file, small = shelve(seen.fit, by=by.actor(entry.owner_id), at=at)
    return EntryAttachment.objects.create(
        entry=entry,
        role=role.role,
        kind=seen.fit.kind,
        file=file,
        thumbnail=small,
        caption=caption,
        taken_at=seen.sight.taken_at,
        metres_off=seen.sight.metres_off,
        added_at=at,
    )


@transaction.atomic
def detach_file(attachment_id: int, *, by: Person, at: datetime) -> Made | Refused:
    """Take a file back from an entry; twice is harmless. It stays on the shelf, and who took it back is told. Raises Unreachable."""
    row = EntryAttachment.objects.filter(pk=attachment_id).first()
    if row is None:
        raise Unreachable
    entry = lock_entry(row.entry_id)
    reached = reached_entry(by, entry)
    role = reached.book.definition.by_role.get(row.role)
    if role is None or not attaches(role, reached):
        return Refused("Anh/chị không có quyền bỏ ảnh, tệp này.")
    kept = files_kept(role, reached)
    if kept:
        return Refused(kept)
    if EntryAttachment.objects.filter(pk=attachment_id, removed_at=None).update(removed_at=at):
        tell(entry, entry.state, {ATTACH: [row.role, row.file.blob.sha256]}, Doing(DETACH, by, local_day(at), at))
    return Made(entry)
