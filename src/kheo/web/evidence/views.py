"""Add files to a content, take them back, look at them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.reports.access import evidence_to_read, report_to_fill
from kheo.reports.actions import Refusal, add_evidence, caption_evidence, remove_evidence
from kheo.web.evidence.pages import content_of, evidence_page, left_words, served
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: PageRequest, obligation: int, content: str) -> HttpResponseBase:
    """The files of one content; a POST adds some."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    chosen = content_of(reached, content)
    problems: list[str] = []
    if request.method == "POST":
        sent = request.FILES.getlist("files")
        problems = too_large(sent)
        files = [] if problems else [SentFile(each.name or "", each.read()) for each in sent]
        caption = request.POST.get("caption", "")
        if not problems:
            outcome = add_evidence(obligation, content=content, files=files, caption=caption, by=request.person, at=request.now)
            problems = [outcome.message] if isinstance(outcome, Refusal) else list(outcome.problems)
            if not isinstance(outcome, Refusal) and outcome.added:
                messages.success(request, f"Đã thêm {len(outcome.added)} minh chứng.")
        if not problems:
            return redirect("evidence", obligation, content)
        reached = report_to_fill(request.person, obligation)
    page = evidence_page(request, reached, chosen, problems)
    return render(request, "evidence/evidence.html", page, status=409 if problems else 200)


@signed_in
@require_POST
def remove(request: PageRequest, obligation: int, attachment: int) -> HttpResponseBase:
    """Take a file out of the draft."""
    report_to_fill(request.person, obligation)
    kept = evidence_to_read(request.person, obligation, attachment)
    outcome = remove_evidence(obligation, attachment=attachment, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        messages.error(request, outcome.message)
    else:
        messages.success(request, left_words(kept))
    return redirect("evidence", obligation, kept.content)


@signed_in
@require_POST
def caption(request: PageRequest, obligation: int, attachment: int) -> HttpResponseBase:
    """Write a caption anew; where it is not taken, the page again with what was typed."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    kept = evidence_to_read(request.person, obligation, attachment)
    before, words = request.POST.get("before", ""), request.POST.get("caption", "")
    outcome = caption_evidence(obligation, attachment=attachment, before=before, caption=words, by=request.person, at=request.now)
    if not isinstance(outcome, Refusal):
        messages.success(request, "Đã lưu chú thích.")
        return redirect("evidence", obligation, kept.content)
    page = evidence_page(request, reached, content_of(reached, kept.content), [outcome.message], attachment)
    return render(request, "evidence/evidence.html", page, status=409)


@signed_in
@require_safe
def whole_file(request: PageRequest, obligation: int, attachment: int) -> HttpResponse:
    """The file as it is kept."""
    return served(evidence_to_read(request.person, obligation, attachment))


@signed_in
@require_safe
def thumbnail(request: PageRequest, obligation: int, attachment: int) -> HttpResponse:
    """A photograph, small."""
    found = evidence_to_read(request.person, obligation, attachment)
    if found.thumbnail is None:
        raise Unreachable
    return served(found, small=True)
