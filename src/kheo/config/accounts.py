"""Signing in: nobody makes an account for himself. A new password ends what was opened with the old one."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kheo.journal.actions import Actor
from kheo.people.actions import revoke_tokens
from kheo.people.queries import live_tokens
from kheo.web.reach import signed_in

REVOKE = "thu-hoi-ma"


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from a unit's superior, never from a public form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that came through a socket of both kinds is written as an IPv6 one: cut to their network, all would be one."""
        address = ip_address(super().get_client_ip(request))
        return str(getattr(address, "ipv4_mapped", None) or address)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """To somebody who knows the password of a closed account, and to nobody else: the library would look for a page of its own."""
        return render(request, "account/account_inactive.html", status=403)


class NewPassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """Whoever changes a password because somebody may know it must not leave that somebody a token: they end with it, unless the box
    that says so is cleared. Other sessions end by themselves (Django hashes the password into them)."""

    def form_valid(self, form: Any) -> HttpResponse:
        user, now = self.request.user, self.request.now
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            if REVOKE in self.request.POST:
                revoke_tokens(user, by=Actor(user.pk, user.full_name, ""), at=now)
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        tokens = live_tokens(self.request.user, self.request.now)
        keeps = self.request.method == "POST" and REVOKE not in self.request.POST
        return {**super().get_context_data(**more), "tokens": tokens, "revokes": not keeps}


new_password = signed_in(NewPassword.as_view())  # with the frame of every other page: who is signed in, what is unread
