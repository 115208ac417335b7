"""Accounts by invitation, and tokens for programs: made once and shown once, taken back at any time, asked again with every request."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from kheo.core.problems import Problem
from kheo.core.text import written
from kheo.journal.actions import Actor, record
from kheo.people.models import AccessToken, User
from kheo.people.queries import LONGEST_USERNAME, SHORTEST_USERNAME

SCHEME = "kheo"
LONGEST_NAME = 80
LIFETIMES = (30, 90, 365)  # days
MOST_TOKENS = 20
PER_MINUTE = 120
TOKEN = "access_token"  # noqa: S105  # what the journal calls it


LONGEST_CONTACT = 120
_USERNAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{{SHORTEST_USERNAME - 1},{LONGEST_USERNAME - 1}}}")
TAKEN = Problem("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.", key="username")


@dataclass(frozen=True)
class NoAccount:
    """No account was made, and why: by field, and what Django's validators say about the password."""

    problems: tuple[Problem, ...]
    password: Sequence[ValidationError] = ()


def new_account(username: str, full_name: str, password: str, contact: str) -> User | NoAccount:
    """Make an account that can sign in. Names differ from all others whatever their case; the password passes the house's validators."""
    name, reach = username.strip().lower(), " ".join(written(contact).split())
    problems: list[Problem] = []
    if not _USERNAME.fullmatch(name):
        told = f"Tên đăng nhập gồm {SHORTEST_USERNAME} đến {LONGEST_USERNAME} ký tự: chữ không dấu, chữ số, dấu chấm, gạch nối."
        problems.append(Problem(told, key="username"))
    elif User.objects.filter(username__iexact=name).exists():
        problems.append(TAKEN)
    if len(reach) > LONGEST_CONTACT:
        problems.append(Problem(f"Cách liên hệ dài quá {LONGEST_CONTACT} ký tự.", key="contact"))
    refused: Sequence[ValidationError] = ()
    try:
        validate_password(password, User(username=name, full_name=full_name))
    except ValidationError as fault:
        refused = fault.error_list
    if problems or refused:
        return NoAccount(tuple(problems), refused)
    try:
        with transaction.atomic():
            user = User.objects.create_user(name, full_name, password)
    except IntegrityError:  # somebody took the name this very moment
        return NoAccount((TAKEN,))
    user.contact = reach
    user.save(update_fields=["contact"])
    return user


@transaction.atomic
def set_contact(user: User, contact: str, *, by: Actor, at: datetime) -> str:
    """How somebody wishes to be reached, in their own words; empty takes it back. Gives what is wrong, else nothing."""
    reach = " ".join(written(contact).split())
    if len(reach) > LONGEST_CONTACT:
        return f"Cách liên hệ dài quá {LONGEST_CONTACT} ký tự."
    user.contact = reach
    user.save(update_fields=["contact"])
    record("set_contact", by=by, at=at, object_type="user", object_id=user.pk)
    return ""


@dataclass(frozen=True)
class MadeToken:
    """A new token; `secret` is nowhere else and never shown again."""

    token: AccessToken
    secret: str


@transaction.atomic
def make_token(user: User, *, name: str, days: int, by: Actor, at: datetime) -> MadeToken | str:
    """A token for this account, or why there is none, in Vietnamese. Raises ValueError for a lifetime that is not offered."""
    if days not in LIFETIMES:
        raise ValueError(f"not offered: {days} days")
    kept = " ".join(written(name).split())
    if not kept or len(kept) > LONGEST_NAME:
        return f"Hãy đặt tên gợi nhớ, tối đa {LONGEST_NAME} ký tự, ví dụ: Máy tính văn phòng."
    User.objects.select_for_update().get(pk=user.pk)
    if AccessToken.objects.filter(user=user, revoked_at=None, expires_at__gt=at).count() >= MOST_TOKENS:
        return f"Anh/chị đang có {MOST_TOKENS} mã còn dùng được. Hãy thu hồi mã không dùng nữa."
    prefix = secrets.token_hex(4)
    secret = f"{SCHEME}_{prefix}_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        user=user, name=kept, prefix=prefix, hash=_hash(secret), created_at=at, expires_at=at + timedelta(days=days)
    )
    record("make_token", by=by, at=at, object_type=TOKEN, object_id=token.pk, prefix=prefix, days=days)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(user: User, token_id: int, *, by: Actor, at: datetime) -> bool:
    """End one of this account's own tokens at once; False when there is no such token. Ending it twice changes nothing."""
    token = AccessToken.objects.select_for_update().filter(pk=token_id, user=user).first()
    if token is None:
        return False
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("revoke_token", by=by, at=at, object_type=TOKEN, object_id=token.pk, prefix=token.prefix)
    return True


@transaction.atomic
def revoke_tokens(user: User, *, by: Actor, at: datetime) -> int:
    """End every token of an account that is in force, as when its password may have become known; gives how many there were."""
    User.objects.select_for_update().get(pk=user.pk)
    live = AccessToken.objects.filter(user=user, revoked_at=None, expires_at__gt=at).order_by("pk")
    return sum(revoke_token(user, token.pk, by=by, at=at) for token in live)


@dataclass(frozen=True)
class Asked:
    """Whose token it is, and whether it has asked too often in this minute: then `wait` seconds are left of it."""

    user_id: int
    wait: int


# One statement for each request: finds the token by its hash, counts, and remembers when it was last used.
USE = """
UPDATE people_access_token AS token
   SET used_at = %(at)s,
       asked = CASE WHEN token.window > %(at)s - interval '1 minute' AND token.window <= %(at)s THEN token.asked + 1 ELSE 1 END,
       "window" = CASE WHEN token.window > %(at)s - interval '1 minute' AND token.window <= %(at)s THEN token.window ELSE %(at)s END
  FROM people_user AS holder
 WHERE token.hash = %(hash)s AND token.revoked_at IS NULL AND token.expires_at > %(at)s AND holder.id = token.user_id AND holder.is_active
RETURNING token.user_id, token.asked, extract(epoch FROM token.window + interval '1 minute' - %(at)s)
"""


def use_token(secret: str, at: datetime) -> Asked | None:
    """The holder of a token that is in force, counted as one request; None for anything else."""
    with connection.cursor() as cursor:
        cursor.execute(USE, {"hash": _hash(secret), "at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    return Asked(row[0], max(1, int(row[2])) if row[1] > PER_MINUTE else 0)


def _hash(secret: str) -> str:
    """Of 256 random bits: nothing to guess, so a fast hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
