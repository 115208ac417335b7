"""Drafts of campaigns: begin one from papers, correct it, take it as a file, give it up, publish it."""

from collections.abc import Iterator, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.directives.encodings import from_text
from kheo.core.drafting.writing import as_yaml
from kheo.core.workflow import Role
from kheo.directives.access import drafting_to_publish, drafting_to_write, drafting_units, papers_to_draft_from, unit_to_draft_for
from kheo.directives.actions import Refused
from kheo.directives.actions.drafting import Changes, Held, begin_drafting, correct_drafting, discard_drafting, publish_drafting
from kheo.directives.models import Drafting
from kheo.directives.queries.drafting import catalogue, drafted, draftings_of, papers_of_drafting
from kheo.files.papers import read_paper, words_of_refusal, words_of_scanned
from kheo.registers.queries.plans import plan_days
from kheo.web.campaign_papers import source_rows
from kheo.web.drafting.pages import DraftPage, draft_rows
from kheo.web.drafting.sent import changes_in
from kheo.web.numbers import number_of
from kheo.web.reach import PageRequest, signed_in

MOST_FILES = 5


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draftings(request: PageRequest) -> HttpResponseBase:
    """The drafts of one's units; a POST reads papers into a new one. `tu`: papers of the books from which it is begun."""
    unit_to_draft_for(request.person)
    sources = papers_to_draft_from(request.person, _sources(request))
    unit = unit_to_draft_for(request.person, sources)
    problems: list[str] = []
    if request.method == "POST":
        papers = list(_papers(request, problems))
        by, at = request.person.actor(unit), request.now
        made = begin_drafting(unit, papers, sources, plans=plan_days(), by=by, at=at) if not problems else None
        if isinstance(made, Refused):
            problems.append(made.message)
        elif made is not None:
            return redirect("drafting", made.pk)
    rows = draft_rows(draftings_of(drafting_units(request.person)))
    # A refused text is not shown again: it may be one that must not be kept anywhere.
    shown = {"rows": rows, "problems": problems, "sources": source_rows(sources, request.person)}
    return render(request, "drafting/draftings.html", shown, status=409 if problems else 200)


def _sources(request: HttpRequest) -> list[int]:
    asked = (request.POST if request.method == "POST" else request.GET).getlist("tu")
    return [number for each in asked[:MOST_FILES] if (number := number_of(each)) > 0]


def _papers(request: HttpRequest, problems: list[str]) -> Iterator[tuple[str, str, str]]:
    pasted = from_text(request.POST.get("text", ""))
    yield "Văn bản dán vào", pasted.text, pasted.encoding
    files = request.FILES.getlist("files")
    if len(files) > MOST_FILES:
        problems.append(f"Nhiều nhất {MOST_FILES} tệp cho một phong trào.")
    for file in files[:MOST_FILES]:
        name = file.name or "tep"
        paper = read_paper(file.read())
        if paper.refusal:
            problems.append(f"{name}: {words_of_refusal(paper.refusal)}")
            continue
        if paper.some_scanned:
            messages.warning(request, f"{name}: {words_of_scanned(paper.some_scanned)}")
        yield name, paper.text, paper.encoding


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def drafting(request: PageRequest, drafting: int) -> HttpResponseBase:
    """The paper beside what was understood of it; a POST keeps what was corrected."""
    row = drafting_to_write(request.person, drafting)
    if request.method != "POST":
        return _shown(request, row)
    changes = changes_in(request.POST)
    by = request.person.actor(row.unit_id)
    kept = correct_drafting(row.pk, _version(request), changes, plans=plan_days(), by=by, at=request.now)
    if isinstance(kept, Refused):
        messages.error(request, kept.message)
        return _shown(request, drafting_to_write(request.person, drafting), unsaved=changes)
    others = ", ".join(kept.others)
    if kept.held:
        messages.error(request, f"{others} vừa sửa cùng chỗ: {len(kept.held)} chỗ của anh/chị chưa lưu, các chỗ khác đã lưu.")
        return _shown(request, kept.row, held=kept.held)
    messages.success(request, f"Đã lưu. {others} cũng vừa sửa chỗ khác; giữ cả hai." if others else "Đã lưu.")
    return redirect("drafting", row.pk)


def _shown(
    request: PageRequest, row: Drafting, *, held: Mapping[str, Held] | None = None, unsaved: Changes | None = None
) -> HttpResponseBase:
    """The page; 409 with what was typed where not all of it was kept."""
    may_publish = row.unit_id in request.person.units_as(Role.OFFICE)
    known = catalogue()
    page = DraftPage(row, drafted(row, plan_days(), known), request.now, known, may_publish=may_publish, held=held)
    shown = {
        "page": page,
        "sources": source_rows(papers_of_drafting(row), request.person),
        "unsaved": page.named({**unsaved.typed, **unsaved.chosen}) if unsaved else [],
    }
    return render(request, "drafting/drafting.html", shown, status=409 if held or unsaved else 200)


@signed_in
@require_safe
def drafting_file(request: PageRequest, drafting: int) -> HttpResponseBase:
    """The draft as the file of a campaign."""
    row = drafting_to_write(request.person, drafting)
    made = drafted(row, plan_days()).draft
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
    by = request.person.actor(row.unit_id)
    done = publish_drafting(row.pk, _version(request), plans=plan_days(), by=by, at=request.now)
    if isinstance(done, Refused):
        messages.error(request, done.message)
    else:
        messages.success(request, f"Đã công bố phong trào “{done.name}”. Mở kỳ để các đơn vị nhận việc.")
    return redirect("drafting", row.pk)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
