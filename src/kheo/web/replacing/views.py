"""The campaign office looks at what a replacement ends, ends it, or takes that back."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.numbers import format_int
from kheo.reports.access.endings import ending_to_take_back, replacement_to_act_on
from kheo.reports.actions import Refusal, end_campaign, take_back_ending
from kheo.web.reach import PageRequest, signed_in
from kheo.web.replacing import page
from kheo.web.vouching import said


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PageRequest, campaign: int, link: int) -> HttpResponseBase:
    """What is closed and what stays; a POST that says how many it was shown does it, another number is shown first."""
    meant = replacement_to_act_on(request.person, campaign, link)
    shown = page.context(request, meant)
    if request.method != "POST":
        return render(request, "replacing/end.html", shown)
    if request.POST.get("thay") != shown["seen"]:
        return render(request, "replacing/end.html", {**shown, "has_changed": True}, status=409)
    done = end_campaign(campaign, link, by=request.person, at=request.now)
    if isinstance(done, Refusal):
        return render(request, "replacing/end.html", {**shown, "refusal": done}, status=409)
    words = f"Đã thôi thu {format_int(done.reports)} báo cáo của {format_int(done.units)} đơn vị"
    messages.success(request, f"{words}; các đơn vị đã được báo." if done.reports else f"{words}.")
    return redirect("end_campaign", campaign, link)


@signed_in
@require_POST
def take_back(request: PageRequest, ending: int) -> HttpResponseBase:
    """The campaign goes on, with a reason."""
    row = ending_to_take_back(request.person, ending)
    reason = said(request.POST, request.POST.get("ly-do", ""))
    done = take_back_ending(ending, reason=reason, by=request.person, at=request.now)
    if isinstance(done, Refusal):
        shown = page.context(request, replacement_to_act_on(request.person, row.campaign_id, row.link_id))
        return render(request, "replacing/end.html", {**shown, "refusal": done, "reason": reason}, status=409)
    messages.success(request, f"Đã lấy lại. {format_int(done.reports)} báo cáo phải nộp như cũ; các đơn vị đã được báo.")
    return redirect("end_campaign", row.campaign_id, row.link_id)
