"""Signing in: nobody makes an account for himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from a unit's superior, never from a public form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
