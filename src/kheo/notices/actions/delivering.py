"""Sending what is queued, each message once: it is marked before it leaves, and what became of it after."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q

from kheo.core.letters import Letter, LinkedLine, code_letter, digest_letter, trial_letter
from kheo.notices.channels import EMAIL, FAILED, LATER, UNCLEAR, Channel, Message, Outcome
from kheo.notices.models import Check, Delivery, Preferences
from kheo.notices.queries.codes import LIVES, code_of
from kheo.notices.queries.reading import DIGEST, address

logger = logging.getLogger(__name__)

# After the first, second … try that surely did not send.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
# A message that has been in hand for so long is in nobody's hand any more.
LONGEST_HAND = timedelta(minutes=10)

# One message, for one sender: others pass over the locked row, and once this is committed it is queued no more.
CLAIM = """
UPDATE notices_delivery SET state = 'sending', tries = tries + 1, claimed_at = %(at)s WHERE id = (
  SELECT id FROM notices_delivery
   WHERE state = 'queued' AND next_try_at <= %(at)s AND channel = ANY(%(channels)s)
   ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""
EXPIRE = "UPDATE notices_delivery SET state = 'expired' WHERE state = 'queued' AND expires_at <= %s"
ABANDONED = """
UPDATE notices_delivery SET state = 'unclear', reason = 'máy chủ dừng khi đang gửi' WHERE state = 'sending' AND claimed_at < %s
"""


@dataclass
class Tally:
    """What a run of sending came to, by outcome."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, state: str) -> None:
        """One more."""
        self.counts[state] = self.counts.get(state, 0) + 1


def deliver(
    channels: Mapping[str, Channel], *, site: str, now: Callable[[], datetime], should_stop: Callable[[], bool] = lambda: False
) -> Tally:
    """Send what is due through these channels until nothing is left; `site` is the address that links begin with.

    Any number of processes may do this at once. A channel that is away is left alone for the rest of the run.
    """
    tally, working = Tally(), set(channels)
    _put_aside(now())
    try:
        while working and not should_stop():
            delivery = _claim(working, now())
            if delivery is None:
                break
            outcome = _send(channels[delivery.channel], delivery, site)
            _note(delivery, outcome, now())
            tally.add(outcome.state)
            if outcome.is_down:
                working.discard(delivery.channel)
    finally:
        for channel in channels.values():
            channel.close()
    return tally


def _put_aside(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EXPIRE, [at])
        cursor.execute(ABANDONED, [at - LONGEST_HAND])


def _claim(channels: set[str], at: datetime) -> Delivery | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"at": at, "channels": sorted(channels)})
        found = cursor.fetchone()
    return Delivery.objects.select_related("person", "digest").get(pk=found[0]) if found else None


def _send(channel: Channel, delivery: Delivery, site: str) -> Outcome:
    to, letter = _addressed(delivery, site)
    if not to or letter is None:
        return Outcome(FAILED, "kênh này đã tắt hoặc địa chỉ đã xoá")
    try:
        return channel.send(Message(to, letter, f"kheo-{delivery.kind}-{delivery.pk}"))
    except Exception as fault:  # a bug in a plug-in must not keep everybody else's messages back; the log gets no address
        logger.error("channel %s broke down over delivery %s: %s", delivery.channel, delivery.pk, type(fault).__name__)
        return Outcome(UNCLEAR, "kênh gửi gặp lỗi")


def _addressed(delivery: Delivery, site: str) -> tuple[str, Letter | None]:
    """Where it goes now and what it says; an address that was taken back meanwhile gets nothing, nor does a closed account."""
    if not delivery.person.is_active:
        return "", None
    if delivery.kind == "code":
        check = Check.objects.filter(person=delivery.person_id, channel=delivery.channel).first()
        if check is None:
            return "", None
        page = f"{site}{address('notice_settings', [])}"
        code = code_of(check)
        # A channel without room for words carries the link alone: there the code stands in it, and the page has it filled in.
        return check.address, code_letter(
            code, LIVES.seconds // 60, page=page, link=f"{page}?{urlencode({'ma': code, 'kenh': check.channel})}"
        )
    chosen = Preferences.objects.filter(person=delivery.person_id).first()
    if chosen is None or not (chosen.by_email if delivery.channel == EMAIL else chosen.by_zalo):
        return "", None
    to = chosen.email if delivery.channel == EMAIL else chosen.zalo_phone
    return to, _digest(delivery, site) if delivery.digest else trial_letter(home=f"{site}/")


def _digest(delivery: Delivery, site: str) -> Letter:
    digest = delivery.digest
    assert digest is not None
    todo = [LinkedLine(line["text"], site + address(line["page"], line["args"])) for line in digest.lines]
    others = digest.notices.exclude(kind=DIGEST).order_by("told_at", "pk")
    news = [LinkedLine(notice.text, site + address(notice.page, notice.args)) for notice in others]
    settings = f"{site}{address('notice_settings', [])}"
    return digest_letter(delivery.person.full_name, digest.day, todo, news, home=f"{site}/", settings=settings)


def _note(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    """Write down what became of a message, also where somebody has given it up meanwhile."""
    values: dict[str, object] = {"state": outcome.state, "reason": outcome.reason}
    if outcome.state == LATER:
        values["state"] = "queued" if delivery.tries <= len(PAUSES) else FAILED
        pause = outcome.after or PAUSES[min(delivery.tries, len(PAUSES)) - 1]
        values["next_try_at"] = at + pause
    elif outcome.state not in (FAILED, UNCLEAR):
        values["sent_at"] = at
    Delivery.objects.filter(Q(state="sending") | Q(state=UNCLEAR), pk=delivery.pk).update(**values)
