"""Mã truy cập: make one (shown once), see them, take one back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.days import format_day, format_instant, local_day
from kheo.journal.actions import Actor
from kheo.people.actions import LIFETIMES, MadeToken, make_token, revoke_token
from kheo.people.models import AccessToken
from kheo.people.queries import tokens_of
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PageRequest) -> HttpResponse:
    """Everybody's own; a POST makes one and shows its secret, this once."""
    made: MadeToken | str | None = None
    if request.method == "POST":
        name, days = request.POST.get("name", ""), _days(request.POST.get("days", ""))
        made = make_token(request.user, name=name, days=days, by=_actor(request), at=request.now)
    context = {
        "made": made if isinstance(made, MadeToken) else None,
        "expires": format_day(local_day(made.token.expires_at)) if isinstance(made, MadeToken) else "",
        "refusal": made if isinstance(made, str) else "",
        "name": request.POST.get("name", "") if isinstance(made, str) else "",
        "lifetimes": LIFETIMES,
        "rows": [_row(request, token) for token in tokens_of(request.user)],
    }
    return render(request, "tokens/tokens.html", context, status=409 if context["refusal"] else 200)


def _days(text: str) -> int:
    return int(text) if text in {str(days) for days in LIFETIMES} else min(LIFETIMES)


def _row(request: PageRequest, token: AccessToken) -> dict[str, object]:
    state = "revoked" if token.revoked_at else "expired" if token.expires_at <= request.now else "live"
    return {
        "token": token,
        "state": state,
        "made": format_day(local_day(token.created_at)),
        "expires": format_day(local_day(token.expires_at)),
        "used": format_instant(token.used_at) if token.used_at else "chưa dùng",
    }


def _actor(request: PageRequest) -> Actor:
    person = request.person
    return person.actor(person.posts[0].unit) if person.posts else Actor(person.user_id, person.name, "")


@signed_in
@require_POST
def revoke(request: PageRequest, token: int) -> HttpResponseBase:
    """End one of one's own."""
    if not revoke_token(request.user, token, by=_actor(request), at=request.now):
        raise Http404
    messages.success(request, "Đã thu hồi mã. Chương trình dùng mã ấy không vào được nữa.")
    return redirect("access_tokens")
