"""A new password for somebody who forgot theirs: by a code that a superior hands over, or by a link to their own confirmed address."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kheo.core.spoken_codes import BYTES, hash_of, spoken_code
from kheo.journal.actions import Actor, record
from kheo.people.actions import NoAccount, revoke_tokens
from kheo.people.models import PasswordReset, User
from kheo.people.queries import reset_of

LIVES = timedelta(days=1)


@dataclass(frozen=True)
class ResetMade:
    """A way to a new password; `code` is kept nowhere and shown this once."""

    reset: PasswordReset
    code: str


@transaction.atomic
def make_reset(user: User, *, by: Actor, at: datetime) -> ResetMade:
    """A code that works once within a day; the one before works no more. The old password stays until the code is used."""
    User.objects.select_for_update().get(pk=user.pk)
    _withdraw(user, at)
    code = spoken_code(secrets.token_bytes(BYTES))
    made = PasswordReset.objects.create(user=user, hash=hash_of(code), made_at=at, expires_at=at + LIVES)
    record("make_password_reset", by=by, at=at, object_type="user", object_id=user.pk, until=made.expires_at.isoformat())
    return ResetMade(made, code)


def _withdraw(user: User, at: datetime) -> None:
    PasswordReset.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)


@transaction.atomic
def set_new_password(secret: str, password: str, *, ends_tokens: bool, at: datetime) -> User | NoAccount | None:
    """Set it with a code or with what stands in a mailed link; None where that opens nothing (any more), NoAccount what is wrong with it.

    Every session of the account ends (Django hashes the password into them), with `ends_tokens` its tokens as well.
    """
    found = reset_of(secret, at)
    if found is None:
        return None
    User.objects.select_for_update().get(pk=found.user.pk)
    found = reset_of(secret, at)  # as it is now that nobody else uses or replaces it
    if found is None:
        return None
    user = found.user
    try:
        validate_password(password, user)
    except ValidationError as fault:
        return NoAccount((), fault.error_list)
    user.set_password(password)
    user.save(update_fields=["password"])
    if found.reset is not None:
        PasswordReset.objects.filter(pk=found.reset).update(used_at=at)
    _withdraw(user, at)
    actor = Actor(user.pk, user.full_name, "")
    record("set_password", by=actor, at=at, object_type="user", object_id=user.pk, way="code" if found.reset else "mail")
    if ends_tokens:
        revoke_tokens(user, by=actor, at=at)
    return user
