"""Photographs and papers of an entry: added, looked at, taken back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.registers.models import AttachmentDef
from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.registers.access import ReachedEntry, attachment_to_read, entry_to_read
from kheo.registers.actions import Refused, attach_files, attaches, detach_file, files_frozen
from kheo.registers.models import EntryAttachment
from kheo.registers.queries.attachments import attachments_of
from kheo.registers.queries.showing import title_shown
from kheo.web.files import evidence_file
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.answering import answered, no_more
from kheo.web.registers.entry_page import trail_to

ACCEPTS = {"photo": "image/*", "pdf": "application/pdf", "any": "image/*,application/pdf"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_files(request: PageRequest, entry: int, role: str) -> HttpResponseBase:
    """Add photographs or papers in a role."""
    reached = entry_to_read(request.person, entry)
    wanted = reached.book.definition.by_role.get(role)
    if wanted is None or not attaches(wanted, reached):
        raise Unreachable
    if request.method != "POST":
        frozen = files_frozen(wanted, reached)
        return no_more(request, entry, frozen) if frozen else _form(request, reached, wanted, ())
    sent = request.FILES.getlist("files")
    problems = tuple(too_large(sent))
    if not problems:
        files = [SentFile(each.name or "", each.read()) for each in sent]
        outcome = attach_files(entry, role, files, caption=request.POST.get("caption", ""), by=request.person, at=request.now)
        if isinstance(outcome, Refused):
            problems = (outcome.message,)
        else:
            problems = outcome.problems
            if outcome.added:
                messages.success(request, f"Đã thêm {len(outcome.added)} tệp vào “{wanted.name}”.")
            for hint in outcome.hints:
                messages.warning(request, hint)
    return _form(request, entry_to_read(request.person, entry), wanted, problems) if problems else redirect("entry", entry)


def _form(request: PageRequest, reached: ReachedEntry, role: AttachmentDef, problems: Sequence[str]) -> HttpResponse:
    there = sum(each.role == role.role for each in attachments_of(reached.entry, reached.book, ()))
    earlier = reached.book.definition.by_role[role.after].name if role.after else ""
    page = {
        "entry": reached.entry,
        "role": role,
        "accepts": ACCEPTS[role.takes],
        "room": max(0, role.at_most - there),
        "earlier": earlier,
        "title": title_shown(reached.book.definition, reached.entry, reached.sees_personal),
        "caption": request.POST.get("caption", ""),
        "problems": [{"message": each, "anchor": "files"} for each in problems],
        "trail": trail_to(reached, reached.entry.code, role.name),
    }
    return render(request, "registers/photos.html", page, status=409 if problems else 200)


@signed_in
@require_POST
def remove_file(request: PageRequest, entry: int, attachment: int) -> HttpResponseBase:
    """Take a file back from an entry."""
    found, reached = _of(request, entry, attachment), entry_to_read(request.person, entry)
    role = reached.book.definition.by_role.get(found.role)
    if role is None or not attaches(role, reached):
        raise Unreachable
    return answered(request, entry, detach_file(attachment, by=request.person, at=request.now), "Đã bỏ tệp khỏi hồ sơ.")


@signed_in
@require_safe
def whole_file(request: PageRequest, entry: int, attachment: int) -> HttpResponse:
    """The file as it is kept."""
    found = _of(request, entry, attachment)
    return evidence_file(found.file, shown=found.kind == "photo")


@signed_in
@require_safe
def thumbnail(request: PageRequest, entry: int, attachment: int) -> HttpResponse:
    """A photograph, small."""
    found = _of(request, entry, attachment)
    if found.thumbnail is None:
        raise Unreachable
    return evidence_file(found.thumbnail, shown=True)


def _of(request: PageRequest, entry: int, attachment: int) -> EntryAttachment:
    found = attachment_to_read(request.person, attachment)
    if found.entry_id != entry:
        raise Unreachable
    return found
