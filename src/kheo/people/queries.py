"""Reading accounts' tokens."""

from collections.abc import Sequence

from kheo.people.models import AccessToken, User


def account(user_id: int) -> User:
    """The account of a known number."""
    return User.objects.get(pk=user_id)


def tokens_of(user: User) -> Sequence[AccessToken]:
    """Everything that somebody ever made, the newest first."""
    return list(AccessToken.objects.filter(user=user).order_by("-created_at", "-pk"))
