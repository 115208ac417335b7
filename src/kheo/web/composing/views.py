"""Composing a section out of the units' texts, and looking up where its paragraphs come from."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kheo.core.workflow import Act
from kheo.org.access import Unreachable
from kheo.reports.access import Reached, report_to_fill, report_to_read
from kheo.reports.actions import Refusal, Saved, arrange_section
from kheo.web.composing import pages
from kheo.web.composing.intake import Sent, as_query, mark_of, next_page, put_back, read_form, wanted_of
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: PageRequest, obligation: int, section: str) -> HttpResponseBase:
    """The paragraphs of one's own section and the texts of the units below; every button of the page first saves what was typed."""
    reached = report_to_fill(request.person, obligation)
    asked = pages.section_of(reached, section)
    request.cycle = reached.cycle
    if Act.SAVE not in reached.acts and request.method != "POST":
        return redirect("passage_sources", obligation, section)
    if request.method != "POST":
        return render(request, "composing/compose.html", pages.compose_page(request, reached, asked, request.GET))
    sent = read_form(request.POST)
    outcome = _save(request, reached, section, sent)
    if isinstance(outcome, Refusal):
        context = pages.compose_page(request, report_to_fill(request.person, obligation), asked, request.POST, outcome, sent)
        return render(request, "composing/compose.html", context, status=409)
    messages.success(request, pages.told(sent))
    wanted = next_page(wanted_of(request.POST, section, pages.section_ids(reached)), sent.button)
    return redirect(f"{reverse('compose', args=[obligation, section])}?{as_query(wanted)}{pages.place_after(sent)}")


def _save(request: PageRequest, reached: Reached, section: str, sent: Sent) -> Saved | Refusal:
    kept = reached.report.narrative.get(section, "") if reached.report else ""
    back = put_back(sent.button, pages.left_by_sources(reached, section))
    return arrange_section(
        reached.obligation.pk,
        section=section,
        before=kept if sent.stood == mark_of(kept) else pages.ELSEWHERE,
        paragraphs=(*sent.paragraphs, back) if back else sent.paragraphs,
        picks=sent.picks,
        as_one=sent.as_one,
        by=request.person,
        at=request.now,
    )


@signed_in
@require_safe
def sources(request: PageRequest, obligation: int, section: str) -> HttpResponse:
    """Where each paragraph comes from, down to who wrote it first; `?lan=` asks for what was sent as the n-th."""
    reached = report_to_read(request.person, obligation)
    asked = pages.section_of(reached, section)
    request.cycle = reached.cycle
    context = pages.sources_page(request, reached, asked, request.GET.get("lan", ""))
    if context is None:
        raise Unreachable
    return render(request, "composing/sources.html", context)
