"""Lines, links and photographs of entries, written over the API: the actions of the pages."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field, StrictInt, StrictStr

from kheo.api.answers import Strict, problem
from kheo.api.asking import holder, instant
from kheo.api.registers.routing import router
from kheo.api.registers.writing import DoneOut, EntryCode, Problems, done
from kheo.core.days import local_day
from kheo.core.registers.beside import unlinks
from kheo.core.registers.models import LinkDef
from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.registers.access import ReachedEntry, attachment_to_read, entry_to_read
from kheo.registers.actions import (
    LONGEST_REASON,
    Line,
    Made,
    Refused,
    attach_files,
    attaches,
    detach_file,
    drop_link,
    link_entries,
    verify_link,
    write_line,
    writes_lines,
)
from kheo.registers.models import EntryLine
from kheo.registers.queries.stories import lines_of, link_in

Amount = Annotated[StrictInt, Field(ge=-(2**63), le=2**63 - 1)]
Code = Annotated[StrictStr, Field(max_length=40)]


class LineIn(Strict):
    """A line: what its kind has columns for. `on`: the day, if not today; `reason`: why, where lines are frozen (`amended_by`)."""

    line: Code
    on: date | None = None
    kind: Code = ""
    source: Code = ""
    quantity: Amount | None = None
    amount_vnd: Amount | None = None
    text: Annotated[StrictStr, Field(max_length=2000)] = ""
    reason: Annotated[StrictStr, Field(max_length=LONGEST_REASON)] = ""


class LineChange(LineIn):
    """The whole line as it is to be; `seen` as it was read."""

    seen: AwareDatetime


class LinkIn(Strict):
    """A link to the entry of a code."""

    link: Code
    code: EntryCode
    on: date | None = None


class AddedOut(Schema):
    """What was added; why each of the other files was not; and what to look at again though it was added."""

    added: list[int]
    problems: list[str]
    hints: list[str]


@router.post("/entries/{int:entry}/lines", response={201: DoneOut, **Problems}, summary="Ghi một dòng")
def add_line(request: HttpRequest, entry: int, sent: LineIn) -> Any:
    """A new line."""
    _may_write(request, entry, sent.line)
    return _told(_write(request, entry, sent), 201)


@router.put("/entries/{int:entry}/lines/{int:number}", response={200: DoneOut, **Problems}, summary="Sửa một dòng")
def change_line(request: HttpRequest, entry: int, number: int, sent: LineChange) -> Any:
    """Only as it was read: a line that somebody changed meanwhile stays theirs."""
    _standing(request, entry, number)
    return _told(_write(request, entry, sent, number=number, seen=sent.seen))


@router.delete("/entries/{int:entry}/lines/{int:number}", response={200: DoneOut, **Problems}, summary="Bỏ một dòng")
def drop_line(request: HttpRequest, entry: int, number: int, seen: AwareDatetime, reason: str = "") -> Any:
    """It is no more from now on; that it was there stays known. `reason`: as of a line."""
    kept = _standing(request, entry, number)
    gone = Line(kept.line, kept.on, number=number, gone=True, seen=seen, reason=reason)
    return _told(write_line(entry, gone, by=holder(request), at=instant(request)))


def _may_write(request: HttpRequest, entry: int, kind: str) -> None:
    reached = entry_to_read(holder(request), entry)
    found = reached.book.definition.by_line.get(kind)
    if not (writes_lines(found, reached) if found else reached.is_editable):
        raise Unreachable


def _standing(request: HttpRequest, entry: int, number: int) -> EntryLine:
    reached = entry_to_read(holder(request), entry)
    kept = next((each for each in lines_of(reached.entry) if each.number == number), None)
    kind = reached.book.definition.by_line.get(kept.line) if kept is not None else None
    if kept is None or kind is None or not writes_lines(kind, reached):
        raise Unreachable
    return kept


def _write(request: HttpRequest, entry: int, sent: LineIn, *, number: int | None = None, seen: datetime | None = None) -> Made | Refused:
    line = Line(
        sent.line,
        sent.on or local_day(instant(request)),
        kind=sent.kind,
        source=sent.source,
        quantity=sent.quantity,
        amount_vnd=sent.amount_vnd,
        text=sent.text,
        number=number,
        seen=seen,
        reason=sent.reason,
    )
    return write_line(entry, line, by=holder(request), at=instant(request))


def _told(outcome: Made | Refused, status: int = 200) -> Any:
    if isinstance(outcome, Refused):
        return problem(409, outcome.message, [{"place": each.key, "message": each.message} for each in outcome.problems])
    return Status(status, done(outcome.entry))


@router.post("/entries/{int:entry}/links", response={201: DoneOut, **Problems}, summary="Ghi một liên kết")
def add_link(request: HttpRequest, entry: int, sent: LinkIn) -> Any:
    """It counts once somebody has verified it, where its kind asks for that."""
    reached = entry_to_read(holder(request), entry)
    if not reached.stance.is_any_of(reached.book.definition.edit):
        raise Unreachable
    on = sent.on or local_day(instant(request))
    return _told(link_entries(entry, sent.link, sent.code, on=on, by=holder(request), at=instant(request)), 201)


@router.post("/entries/{int:entry}/links/{int:link}/verify", response={200: DoneOut, **Problems}, summary="Xác minh một liên kết")
def verify(request: HttpRequest, entry: int, link: int) -> Any:
    """By somebody else than who wrote it."""
    _own_link(request, entry, link)
    return _told(verify_link(link, by=holder(request), at=instant(request)))


@router.delete("/entries/{int:entry}/links/{int:link}", response={200: DoneOut, **Problems}, summary="Bỏ một liên kết")
def remove_link(request: HttpRequest, entry: int, link: int, reason: str = "") -> Any:
    """It is no more from now on; that it was there stays known. `reason`: why; it must be told of a link that counted."""
    _own_link(request, entry, link)
    return _told(drop_link(link, reason=reason, by=holder(request), at=instant(request)))


def _own_link(request: HttpRequest, entry: int, link: int) -> None:
    """A link of this very entry, for those who may do something to it."""
    reached = entry_to_read(holder(request), entry)
    found = link_in(reached.entry, link)
    kind: LinkDef | None = reached.book.definition.by_link.get(found.link) if found is not None else None
    if kind is None or not unlinks(reached.book.definition, kind, reached.stance):
        raise Unreachable


@router.post("/entries/{int:entry}/attachments", response={201: AddedOut, **Problems}, summary="Thêm ảnh, tệp vào hồ sơ")
def attach(
    request: HttpRequest, entry: int, role: Annotated[str, Form()], files: File[list[UploadedFile]], caption: Annotated[str, Form()] = ""
) -> Any:
    """Those that do not fit are told one by one, the others are kept; 409 where none was."""
    _may_attach(entry_to_read(holder(request), entry), role)
    large = too_large(files)
    if large:
        return problem(413, "Phần gửi lên quá lớn.", [{"place": "files", "message": each} for each in large])
    read = [SentFile(each.name or "", each.read()) for each in files]
    outcome = attach_files(entry, role, read, caption=caption, by=holder(request), at=instant(request))
    if isinstance(outcome, Refused):
        return problem(409, outcome.message)
    if not outcome.added:
        return problem(409, "Chưa thêm được tệp nào.", [{"place": "files", "message": each} for each in outcome.problems])
    return Status(201, {"added": list(outcome.added), "problems": list(outcome.problems), "hints": list(outcome.hints)})


@router.delete("/attachments/{int:attachment}", response={200: DoneOut, **Problems}, summary="Bỏ một ảnh, tệp")
def detach(request: HttpRequest, attachment: int) -> Any:
    """It stays on the shelf, and who took it back is told."""
    found = attachment_to_read(holder(request), attachment)
    _may_attach(entry_to_read(holder(request), found.entry_id), found.role)
    return _told(detach_file(attachment, by=holder(request), at=instant(request)))


def _may_attach(reached: ReachedEntry, role: str) -> None:
    found = reached.book.definition.by_role.get(role)
    if found is None or not attaches(found, reached):
        raise Unreachable
