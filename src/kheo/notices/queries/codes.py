"""The code that confirms an address: computed from what was asked, so that it stands in no table, job or backup."""

from datetime import UTC, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from kheo.notices.models import Check

LIVES = timedelta(minutes=30)
MOST_TRIES = 5
_DIGITS = 6


def code_of(check: Check) -> str:
    """Six digits that only this server can compute for this address and this moment."""
    asked = check.asked_at.astimezone(UTC).isoformat(timespec="microseconds")
    digest = salted_hmac("kheo.notices.code", f"{check.person_id}:{check.channel}:{check.address}:{asked}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**_DIGITS:0{_DIGITS}d}"


def is_code_of(check: Check, typed: str) -> bool:
    """Whether what was typed is the code; blanks between the digits do not matter."""
    return constant_time_compare("".join(typed.split()), code_of(check))
