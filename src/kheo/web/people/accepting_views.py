"""Taking up a post with the code of an invitation, signed in or not. A code that opens nothing looks the same whatever the reason."""

from allauth.core.internal.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.core.days import format_day
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access.people import invitation_to_accept
from kheo.reports.actions.inviting import Accepted, NotAccepted, accept_as, accept_with_new_account
from kheo.web.people.accept_page import accept_context
from kheo.web.people.codes import BACKEND, may_try, private
from kheo.web.reach import Visit


@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: Visit) -> HttpResponseBase:
    """`?ma=` the code (behind the question mark, where no log keeps it): what is offered; without it, a field to type it into.

    Only a POST takes the post up, so that whatever looks into links uses up nothing.
    """
    code = request.GET.get("ma", "")
    if not code.strip():
        return private(render(request, "people/enter_code.html"))
    if not may_try(request, dry_run=True):
        refused: HttpResponse = respond_429(request)
        return refused
    done = _accept(request, code) if request.method == "POST" else None
    if isinstance(done, Accepted):
        return _welcome(request, done)
    found = invitation_to_accept(code, request.now)
    if found is None:
        may_try(request)
        return private(render(request, "people/dead_code.html", status=404))
    context = accept_context(request, found, done)
    return private(render(request, "people/accept.html", context, status=409 if done else 200))


def _accept(request: Visit, code: str) -> Accepted | NotAccepted | None:
    if request.user.is_authenticated:
        return accept_as(request.user, code, at=request.now)
    form = request.POST
    return accept_with_new_account(
        code, username=form.get("ten", ""), password=form.get("mat-khau", ""), contact=form.get("lien-he", ""), at=request.now
    )


def _welcome(request: Visit, done: Accepted) -> HttpResponse:
    """Signed in at once; Django changes the key of the session."""
    if not request.user.is_authenticated:
        login(request, done.user, backend=BACKEND)
    role = ROLE_NAMES[Role(done.post.role)].lower()
    messages.success(request, f"Anh/chị đã nhận nhiệm vụ {role}, từ ngày {format_day(done.post.starts)}.")
    return redirect("own_posts")
