"""Writing the digests of a day: one per person, whatever runs how often."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from kheo.core.days import ZONE, format_day, local_day
from kheo.core.reminders import Line
from kheo.notices.models import Notice, Round

NEWS = timedelta(days=7)
# Any number, the same for ever: the key under which one process at a time writes digests.
WRITING = 7_311_000

WRITE = """
INSERT INTO notices_digest (person_id, day, lines, written_at)
SELECT it.person, %(day)s, it.lines::jsonb, %(at)s FROM unnest(%(people)s::bigint[], %(lines)s::text[]) AS it(person, lines)
ON CONFLICT DO NOTHING RETURNING id, person_id
"""
# What happened since, and was not read on the page: the digest repeats it.
FOLD = """
UPDATE notices_notice SET digest_id = it.digest
  FROM unnest(%(digests)s::bigint[], %(people)s::bigint[]) AS it(digest, person)
 WHERE notices_notice.person_id = it.person AND digest_id IS NULL AND read_at IS NULL
   AND told_at > %(since)s AND told_at <= %(at)s
"""
SHOW = """
INSERT INTO notices_notice (person_id, kind, key, text, page, args, told_at, digest_id)
SELECT digest.person_id, 'digest', 'digest:' || digest.day, jsonb_array_length(digest.lines) || %(words)s, 'home', '{}', %(at)s, digest.id
  FROM notices_digest digest WHERE digest.id = ANY(%(digests)s)
ON CONFLICT DO NOTHING
"""
# Tried until its receiver's quiet hours begin; what had to be told within them, until midnight.
QUEUE = """
INSERT INTO notices_delivery (person_id, channel, kind, digest_id, state, tries, next_try_at, expires_at, reason, created_at)
SELECT digest.person_id, channel.name, 'digest', digest.id, 'queued', 0, %(at)s, CASE
         WHEN chosen.quiet_starts > %(hour)s::time AND chosen.quiet_starts <> chosen.quiet_ends
         THEN (%(day)s::date + chosen.quiet_starts) AT TIME ZONE 'Asia/Ho_Chi_Minh' ELSE %(midnight)s END, '', %(at)s
  FROM notices_digest digest
  JOIN notices_preferences chosen ON chosen.person_id = digest.person_id
  JOIN unnest(%(channels)s::text[]) AS channel(name)
    ON (channel.name = 'email' AND chosen.by_email) OR (channel.name = 'zalo' AND chosen.by_zalo)
 WHERE digest.id = ANY(%(digests)s)
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def write_digests(lines: Mapping[int, Sequence[Line]], *, channels: Collection[str], at: datetime) -> list[int]:
    """A digest for each of these people (by key) who has none today, shown on the page and queued for the channels they chose.

    Gives the people who got one. Whoever has one already keeps it as it is.
    """
    day = local_day(at)
    people = [person for person, told in lines.items() if told]
    texts = [json.dumps([asdict(line) for line in lines[person]], ensure_ascii=False) for person in people]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"day": day, "at": at, "people": people, "lines": texts})
        written = cursor.fetchall()
        digests, told = [row[0] for row in written], [row[1] for row in written]
        cursor.execute(FOLD, {"digests": digests, "people": told, "since": at - NEWS, "at": at})
        cursor.execute(SHOW, {"digests": digests, "words": f" việc cần làm, ngày {format_day(day)}", "at": at})
        hour = at.astimezone(ZONE).time().isoformat()
        cursor.execute(
            QUEUE, {"digests": digests, "channels": list(channels), "at": at, "hour": hour, "day": day, "midnight": _midnight(day)}
        )
    return told


def _midnight(day: date) -> datetime:
    """A digest is news until its day ends: the next day has its own."""
    return datetime.combine(day + timedelta(days=1), time.min, ZONE)


def is_alone() -> bool:
    """Whether nobody else writes digests just now; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [WRITING])
        return bool(cursor.fetchone()[0])


def end_round(opens: time, *, digests: int, at: datetime) -> None:
    """Remember that everybody whose day opens then has been thought of today."""
    Round.objects.get_or_create(day=local_day(at), opens=opens, defaults={"written_at": at, "digests": digests})


@transaction.atomic
def mark_read(person_id: int, *, notices: Collection[int] | None, at: datetime) -> int:
    """Mark these of somebody's notices (None: all told by now) as read; gives how many were not. Other people's are left alone."""
    rows = Notice.objects.filter(person=person_id, read_at__isnull=True, told_at__lte=at)
    return (rows if notices is None else rows.filter(pk__in=notices)).update(read_at=at)
