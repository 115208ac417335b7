"""Reading accounts and their tokens."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator

from kheo.core.spoken_codes import hash_of
from kheo.core.text import fold
from kheo.people.models import AccessToken, PasswordReset, User

SHORTEST_USERNAME, LONGEST_USERNAME = 3, 60
MOST_DIGITS = 18  # of a number of an account


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


def free_username(full_name: str) -> str:
    """`nguyen.thi.an`, with a number where somebody has that already: a proposal that the form takes; nothing is kept free by it."""
    words = re.sub(r"[^a-z0-9]+", ".", fold(full_name)).strip(".")[:50]
    if len(words) < SHORTEST_USERNAME:
        words = f"nguoi.{words or 'dung'}"  # people of one short name: `nguoi.vu`
    taken = {name.lower() for name in User.objects.filter(username__istartswith=words).values_list("username", flat=True)}
    return next(name for number in range(len(taken) + 2) if (name := f"{words}{number or ''}") not in taken)


@dataclass(frozen=True)
class FoundReset:
    """Whose password a secret lets set anew; `reset` the code that was handed over, None for a mailed link."""

    user: User
    reset: int | None


def reset_of(secret: str, at: datetime) -> FoundReset | None:
    """What a code, or the `12.token` of a mailed link, opens at this moment; None for anything else, and for a closed account."""
    number, _, token = secret[:200].partition(".")
    if token:
        known = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
        user = User.objects.filter(pk=int(number) if known else 0, is_active=True).first()
        return FoundReset(user, None) if user is not None and default_token_generator.check_token(user, token) else None
    waiting = PasswordReset.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at, user__is_active=True)
    found = waiting.filter(hash=hash_of(secret)).select_related("user").first()
    return FoundReset(found.user, found.pk) if found is not None else None


def mailed_secret(user: User) -> str:
    """What stands in a mailed link: kept nowhere, worth nothing after its time, a new password or another signing in."""
    return f"{user.pk}.{default_token_generator.make_token(user)}"
