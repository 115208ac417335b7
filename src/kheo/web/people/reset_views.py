"""A forgotten password: whom to ask, a code handed over by a superior, and the page that sets the new one."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.notices.actions.resetting import mail_reset
from kheo.org.access.people import post_to_reset
from kheo.people.actions import NoAccount
from kheo.people.actions.resetting import ResetMade, set_new_password
from kheo.people.models import User
from kheo.people.queries import reset_of
from kheo.reports.actions.passwords import reset_password
from kheo.web.people import reset_page
from kheo.web.people.codes import BACKEND, may_try, private
from kheo.web.reach import PageRequest, Visit, signed_in

PAGE = ["GET", "HEAD", "POST"]
ASKED = {"forgot": "5/m/ip,30/h/ip"}


@require_http_methods(PAGE)
def forgot_password(request: Visit) -> HttpResponseBase:
    """Whom to ask; where letters can be sent, a field for the user name, with one answer whether or not there is such an account."""
    by_mail = not settings.CHANNELS_OFF["email"]
    if request.method == "POST" and by_mail:
        if consume(request, app="kheo.people", action="forgot", config=ASKED) is None:
            refused: HttpResponse = respond_429(request)
            return refused
        mail_reset(request.POST.get("ten", ""), at=request.now)
        return redirect(f"{request.path}?da-gui=1")
    return render(request, "people/forgot_password.html", reset_page.forgotten(by_mail=by_mail, is_sent="da-gui" in request.GET))


@signed_in
@require_http_methods(PAGE)
def hand_over_code(request: PageRequest, post: int) -> HttpResponseBase:
    """What a code for a new password opens, and a POST that makes one and shows it, this once."""
    found = post_to_reset(request.person, post)
    done = reset_password(post, by=request.person, at=request.now) if request.method == "POST" else None
    if isinstance(done, ResetMade):
        return private(render(request, "people/reset_made.html", reset_page.made(request, found, done)))
    return render(request, "people/reset.html", reset_page.asked(request, found), status=409 if done else 200)


@require_http_methods(PAGE)
def set_password(request: Visit) -> HttpResponseBase:
    """`?ma=` the code, or what a mailed link brings: a new password; without it, a field to type the code into."""
    secret = request.GET.get("ma", "")
    if not secret.strip():
        return private(render(request, "people/enter_reset.html"))
    if not may_try(request, dry_run=True):
        refused: HttpResponse = respond_429(request)
        return refused
    form = request.POST
    done = _set(secret, request) if request.method == "POST" else None
    if isinstance(done, User):
        login(request, done, backend=BACKEND)
        messages.success(request, "Đã đặt mật khẩu mới. Những máy khác đang đăng nhập tên này đã bị đăng xuất.")
        return redirect("home")
    found = reset_of(secret, request.now)
    if found is None:
        may_try(request)
        return private(render(request, "people/dead_reset.html", status=404))
    keeps = request.method == "POST" and reset_page.REVOKE not in form
    shown = reset_page.setting(found.user, request.now, done.password if isinstance(done, NoAccount) else (), keeps=keeps)
    return private(render(request, "people/set_password.html", shown, status=409 if done else 200))


def _set(secret: str, request: Visit) -> User | NoAccount | None:
    form = request.POST
    return set_new_password(secret, form.get("mat-khau", ""), ends_tokens=reset_page.REVOKE in form, at=request.now)
