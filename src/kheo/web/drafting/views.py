"""Drafts of campaigns: begin one from papers, correct it, take it as a file, give it up, publish it."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.drafting.writing import as_yaml
from kheo.core.workflow import Role
from kheo.directives.access import drafting_to_publish, drafting_to_write, drafting_units, unit_to_draft_for
from kheo.directives.actions import Refused
from kheo.directives.actions.drafting import begin_drafting, correct_drafting, discard_drafting, publish_drafting
from kheo.directives.queries.drafting import drafted, draftings_of
from kheo.files.papers import read_paper, words_of_refusal
from kheo.web.drafting.pages import DraftPage, changes_in, draft_rows
from kheo.web.reach import PageRequest, signed_in

MOST_FILES = 5
_ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draftings(request: PageRequest) -> HttpResponseBase:
    """The drafts of one's units; a POST reads papers into a new one."""
    unit = unit_to_draft_for(request.person)
    problems: list[str] = []
    if request.method == "POST":
        papers = list(_papers(request, problems))
        made = begin_drafting(unit, papers, by=request.person.actor(unit), at=request.now) if not problems else None
        if isinstance(made, Refused):
            problems.append(made.message)
        elif made is not None:
            return redirect("drafting", made.pk)
    rows = draft_rows(draftings_of(drafting_units(request.person)))
    # A refused text is not shown again: it may be one that must not be kept anywhere.
    return render(request, "drafting/draftings.html", {"rows": rows, "problems": problems}, status=409 if problems else 200)


def _papers(request: HttpRequest, problems: list[str]) -> Iterator[tuple[str, str, str]]:
    yield "Văn bản dán vào", request.POST.get("text", ""), ""
    files = request.FILES.getlist("files")
    if len(files) > MOST_FILES:
        problems.append(f"Nhiều nhất {MOST_FILES} tệp cho một phong trào.")
    for file in files[:MOST_FILES]:
        name = file.name or "tep"
        paper = read_paper(file.read())
        if paper.refusal:
            problems.append(f"{name}: {words_of_refusal(paper.refusal)}")
            continue
        if paper.encoding in _ENCODINGS:
            messages.info(request, f"{name}: chữ {_ENCODINGS[paper.encoding]} đã đổi sang Unicode.")
        yield name, paper.text, paper.encoding


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def drafting(request: PageRequest, drafting: int) -> HttpResponseBase:
    """The paper beside what was understood of it; a POST keeps what was corrected."""
    row = drafting_to_write(request.person, drafting)
    if request.method == "POST":
        changes = changes_in(request.POST)
        kept = correct_drafting(row.pk, _version(request), changes, by=request.person.actor(row.unit_id), at=request.now)
        if not isinstance(kept, Refused):
            messages.success(request, "Đã lưu.")
            return redirect("drafting", row.pk)
        messages.error(request, kept.message)
    may_publish = row.unit_id in request.person.units_as(Role.OFFICE)
    page = DraftPage(row, drafted(row), request.now, may_publish=may_publish)
    return render(request, "drafting/drafting.html", {"page": page}, status=409 if request.method == "POST" else 200)


@signed_in
@require_safe
def drafting_file(request: PageRequest, drafting: int) -> HttpResponseBase:
    """The draft as the file of a campaign."""
    row = drafting_to_write(request.person, drafting)
    made = drafted(row).draft
    response = HttpResponse(as_yaml(made), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="nhap-{row.pk}.yaml"'
    return response


@signed_in
@require_POST
def discard(request: PageRequest, drafting: int) -> HttpResponseBase:
    """Give a draft up."""
    row = drafting_to_write(request.person, drafting)
    done = discard_drafting(row.pk, _version(request), by=request.person.actor(row.unit_id), at=request.now)
    if isinstance(done, Refused):
        messages.error(request, done.message)
        return redirect("drafting", row.pk)
    messages.success(request, f"Đã bỏ bản nháp “{row.name}”.")
    return redirect("draftings")


@signed_in
@require_POST
def publish(request: PageRequest, drafting: int) -> HttpResponseBase:
    """Make it a campaign: the campaign office alone, and only where the check finds nothing."""
    row = drafting_to_publish(request.person, drafting)
    done = publish_drafting(row.pk, _version(request), by=request.person.actor(row.unit_id), at=request.now)
    if isinstance(done, Refused):
        messages.error(request, done.message)
    else:
        messages.success(request, f"Đã công bố phong trào “{done.name}”. Mở kỳ để các đơn vị nhận việc.")
    return redirect("drafting", row.pk)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
