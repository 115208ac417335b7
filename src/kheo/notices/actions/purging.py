"""Forgetting what was told long ago, a little at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kheo.notices.queries.rounds import PATIENCE

BATCH = 2000
# An address that nobody confirmed: its code lives half an hour, the count of tries a day.
UNCONFIRMED = timedelta(days=7)
# An address of an invitation that is over goes in the next night, or by day where that was missed.
A_NIGHT = timedelta(days=1)

# What is on its way is left alone whatever its age. Digests go last, when nothing points at them any more.
DELIVERIES = """
DELETE FROM notices_delivery WHERE id IN (
  SELECT id FROM notices_delivery WHERE created_at < %(before)s AND state NOT IN ('queued', 'sending') ORDER BY id LIMIT %(most)s)
"""
NOTICES = """
DELETE FROM notices_notice WHERE id IN (SELECT id FROM notices_notice WHERE told_at < %(before)s ORDER BY id LIMIT %(most)s)
"""
DIGESTS = """
DELETE FROM notices_digest WHERE id IN (
  SELECT id FROM notices_digest digest WHERE written_at < %(before)s
     AND NOT EXISTS (SELECT FROM notices_delivery WHERE digest_id = digest.id)
     AND NOT EXISTS (SELECT FROM notices_notice WHERE digest_id = digest.id) ORDER BY id LIMIT %(most)s)
"""
# By the last round the writing of digests knows whether the clock was set back: it stays, however old it is.
ROUNDS = """
DELETE FROM notices_round WHERE written_at < %(before)s
   AND id <> (SELECT id FROM notices_round WHERE written_at <= %(known)s ORDER BY written_at DESC, id DESC LIMIT 1)
"""
# Keys grow with time: whether anything is older is known from the first rows, however many there are.
BEHIND = """
SELECT coalesce((SELECT told_at FROM notices_notice ORDER BY id LIMIT 1) < %(before)s, false)
    OR coalesce((SELECT created_at FROM notices_delivery WHERE state NOT IN ('queued', 'sending') ORDER BY id LIMIT 1) < %(before)s, false)
    OR coalesce((SELECT written_at FROM notices_digest ORDER BY id LIMIT 1) < %(before)s, false)
    OR EXISTS (SELECT FROM org_invitation WHERE email <> '' AND expires_at < %(missed)s)
"""
# Whom somebody invited by mail: the address goes when the invitation is over, whether or not anybody came.
INVITED = "UPDATE org_invitation SET email = '' WHERE email <> '' AND expires_at < %(at)s"
CHECKS = "DELETE FROM notices_check WHERE asked_at < %(unconfirmed)s"


@dataclass(frozen=True)
class Purged:
    """How many rows went."""

    deliveries: int
    notices: int
    digests: int
    rounds: int
    checks: int

    @property
    def is_all(self) -> bool:
        """Whether nothing older was left: no batch was full."""
        return max(self.deliveries, self.notices, self.digests) < BATCH

    @property
    def is_none(self) -> bool:
        """Whether nothing went."""
        return not any((self.deliveries, self.notices, self.digests, self.rounds, self.checks))


@transaction.atomic
def purge(*, kept: timedelta, at: datetime) -> Purged:
    """Delete one batch each of deliveries, notices and digests older than `kept`, and old rounds and addresses never confirmed.

    Asked again until `is_all`. The journal is not touched.
    """
    values: dict[str, Any] = {"before": at - kept, "most": BATCH, "known": at + PATIENCE, "unconfirmed": at - UNCONFIRMED, "at": at}
    counts: list[int] = []
    with connection.cursor() as cursor:
        for statement in (DELIVERIES, NOTICES, DIGESTS, ROUNDS, CHECKS):
            cursor.execute(statement, values)
            counts.append(cursor.rowcount)
        cursor.execute(INVITED, values)
    return Purged(*counts)


def is_behind(*, kept: timedelta, at: datetime) -> bool:
    """Whether something older than `kept`, or an address older than a night, is still there: the nights went by without forgetting."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, {"before": at - kept, "missed": at - A_NIGHT})
        return bool(cursor.fetchone()[0])
