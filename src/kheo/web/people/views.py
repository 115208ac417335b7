"""The people of a unit, and one's own posts."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.org.access.people import invitation_to_change, people_of_unit, post_to_end, unit_to_invite_to
from kheo.people.actions import set_contact
from kheo.reports.actions.inviting import Invited, invite, send_anew, withdraw
from kheo.reports.actions.leaving import leave_post
from kheo.web.notices.settings_page import own_unit
from kheo.web.numbers import number_in
from kheo.web.people import forms, invite_page, leave_page, own_page, people_page
from kheo.web.reach import PageRequest, signed_in

PAGE = ["GET", "HEAD", "POST"]


@signed_in
@require_safe
def people(request: PageRequest, unit: int) -> HttpResponseBase:
    """Who holds what, who was invited, and which units below have no head; `?nguoi=` the page of the first, `?trang=` of the last."""
    rights = people_of_unit(request.person, unit)
    below, held = (max(number_in(request.GET, name), 1) for name in ("trang", "nguoi"))
    context = people_page.context(request.person, rights, request.now, page=below, people_page=held)
    return render(request, "people/people.html", context)


@signed_in
@require_http_methods(PAGE)
def invite_to_unit(request: PageRequest, unit: int) -> HttpResponseBase:
    """`?chuc-trach=` the role; a POST sends it and shows its code, this once."""
    rights = unit_to_invite_to(request.person, unit)
    if request.method != "POST":
        return render(request, "people/invite.html", invite_page.context(request, rights, forms.Typed.of(request.GET)))
    typed = forms.Typed.of(request.POST)
    done = typed.problems(rights, request.person.on) or invite(unit, typed.wish(), by=request.person, at=request.now)
    if isinstance(done, Invited):
        return _shown_once(request, done)
    return render(request, "people/invite.html", invite_page.context(request, rights, typed, done), status=409)


def _shown_once(request: PageRequest, done: Invited) -> HttpResponse:
    answer = render(request, "people/invited.html", invite_page.sent(request, done))
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def send_again(request: PageRequest, invitation: int) -> HttpResponseBase:
    """Another code for the same invitation; the one before ends."""
    unit = invitation_to_change(request.person, invitation).unit_id
    done = send_anew(invitation, by=request.person, at=request.now)
    if isinstance(done, Invited):
        return _shown_once(request, done)
    messages.error(request, done.message)
    return redirect("people", unit)


@signed_in
@require_POST
def withdraw_invitation(request: PageRequest, invitation: int) -> HttpResponseBase:
    """Nobody can accept it any more."""
    unit = invitation_to_change(request.person, invitation).unit_id
    withdraw(invitation, by=request.person, at=request.now)
    messages.success(request, "Đã thu hồi lời mời. Đường dẫn và mã đã gửi không dùng được nữa.")
    return redirect("people", unit)


@signed_in
@require_http_methods(PAGE)
def leave(request: PageRequest, post: int) -> HttpResponseBase:
    """What is open at a post on `?ngay=`; a POST ends it from that day on."""
    found = post_to_end(request.person, post)
    typed = forms.Leave.of(request.POST if request.method == "POST" else request.GET, request.person.on)
    problems = typed.problems if request.method == "POST" else ()
    if request.method == "POST" and not problems:
        problems = leave_post(post, on=typed.on, reason=typed.meant, note=typed.note, by=request.person, at=request.now)
        if not problems:
            messages.success(request, leave_page.done_words(found, typed.on))
            return redirect("own_posts") if found.user_id == request.person.user_id else redirect("people", found.unit_id)
    context = leave_page.context(request.person, found, typed, request.now, problems)
    return render(request, "people/leave.html", context, status=409 if problems else 200)


@signed_in
@require_http_methods(PAGE)
def own_posts(request: PageRequest) -> HttpResponseBase:
    """What one may do oneself, in words; a POST sets how one wishes to be reached."""
    problem = ""
    if request.method == "POST":
        typed = request.POST.get("lien-he", "")
        problem = set_contact(request.user, typed, by=request.person.actor(own_unit(request.person)), at=request.now)
        if not problem:
            messages.success(request, "Đã lưu cách liên hệ.")
            return redirect("own_posts")
    context = own_page.context(request.person, request.user, request.POST.get("lien-he"), problem)
    return render(request, "people/own.html", context, status=409 if problem else 200)
