"""Reading accounts and their tokens."""

from collections.abc import Collection, Sequence
from datetime import datetime

from kheo.people.models import AccessToken, User


def account(user_id: int) -> User:
    """The account of a known number."""
    return User.objects.get(pk=user_id)


def account_named(username: str) -> User | None:
    """The active account of that name."""
    return User.objects.filter(username=username, is_active=True).first()


def tokens_of(user: User) -> Sequence[AccessToken]:
    """Everything that somebody ever made, the newest first."""
    return list(AccessToken.objects.filter(user=user).order_by("-created_at", "-pk"))


def live_tokens(user: User, at: datetime) -> int:
    """How many tokens of an account are in force."""
    return AccessToken.objects.filter(user=user, revoked_at=None, expires_at__gt=at).count()


def names_of(people: Collection[int]) -> dict[int, tuple[str, str]]:
    """(user name, full name) of these people, by key."""
    rows = User.objects.filter(pk__in=list(people)).values_list("pk", "username", "full_name")
    return {pk: (username, full_name) for pk, username, full_name in rows}
