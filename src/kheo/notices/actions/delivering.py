"""Sending what is queued, each message once: it is marked before it leaves, and what became of it after."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings as django_settings
from django.db import connection
from django.db.models import Q

from kheo.core.days import format_day, local_day
from kheo.core.letters import Letter, LinkedLine, code_letter, digest_letter, invitation_letter, reset_letter, trial_letter
from kheo.core.reminders import Line
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.notices.actions.resetting import KIND as RESET
from kheo.notices.channels import DROPPED, EMAIL, FAILED, LATER, UNCLEAR, Channel, Message, Outcome
from kheo.notices.models import Check, Delivery, Digest, Preferences
from kheo.notices.queries.codes import LIVES, code_of
from kheo.notices.queries.reading import address, news_of
from kheo.org.access.people import stands
from kheo.org.models import Invitation
from kheo.org.queries import names_around
from kheo.org.queries.inviting import code_of as code_of_invitation
from kheo.people.queries import mailed_secret

logger = logging.getLogger(__name__)

# Given a person, the lines of a digest and the moment: those lines as they stand now, without what need not be done any more; None
# for somebody who holds no post any more, who is told nothing at all.
StillDue = Callable[[int, Sequence[Line], datetime], Sequence[Line] | None]

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
    channels: Mapping[str, Channel],
    *,
    site: str,
    now: Callable[[], datetime],
    still_due: StillDue = lambda _person, lines, _at: lines,
    should_stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Send what is due through these channels until nothing is left; `site` is the address that links begin with.

    A digest is looked through once more just before it leaves (`still_due`): what has been done meanwhile is left out, and where
    nothing is left to say nothing is sent.
    Any number of processes may do this at once. A channel that is away is left alone for the rest of the run.
    """
    tally, working = Tally(), set(channels)
    _put_aside(now())
    try:
        while working and not should_stop():
            delivery = _claim(working, now())
            if delivery is None:
                break
            outcome = _send(channels[delivery.channel], delivery, site, _Recheck(still_due, now()))
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
    return Delivery.objects.select_related("person", "digest", "invitation__sent_by").get(pk=found[0]) if found else None


@dataclass(frozen=True)
class _Recheck:
    """What is asked about a digest just before it leaves, and when."""

    still_due: StillDue
    at: datetime


def _send(channel: Channel, delivery: Delivery, site: str, recheck: _Recheck) -> Outcome:
    try:
        to, told = _addressed(delivery, site, recheck)
    except Exception as fault:  # a bug over one person's digest must not keep everybody else's messages back
        logger.error("delivery %s could not be looked through: %s", delivery.pk, type(fault).__name__)
        return Outcome(LATER, "chưa xem lại được các việc trước khi gửi")
    if isinstance(told, Outcome):
        return told
    try:
        outcome = channel.send(Message(to, told.letter, f"kheo-{delivery.kind}-{delivery.pk}"))
    except Exception as fault:  # a bug in a plug-in must not keep everybody else's messages back; the log gets no address
        logger.error("channel %s broke down over delivery %s: %s", delivery.channel, delivery.pk, type(fault).__name__)
        return Outcome(UNCLEAR, "kênh gửi gặp lỗi")
    said = f"đã bỏ {told.left_out} việc không còn phải làm" if told.left_out else ""
    return outcome if outcome.reason else replace(outcome, reason=said)


@dataclass(frozen=True)
class _Told:
    """A letter, and how many lines of its digest were left out."""

    letter: Letter
    left_out: int = 0


_NO_LONGER_INVITED = Outcome(FAILED, "lời mời không còn chờ nhận")
_TAKEN_BACK = Outcome(FAILED, "kênh này đã tắt hoặc địa chỉ đã xoá")


def _addressed(delivery: Delivery, site: str, recheck: _Recheck) -> tuple[str, _Told | Outcome]:
    """Where it goes now and what it says; an address that was taken back meanwhile gets nothing, nor does a closed account."""
    if delivery.invitation is not None:
        return _invitation(delivery.invitation, site, recheck.at)
    if not delivery.person.is_active:
        return "", _TAKEN_BACK
    if delivery.kind == "code":
        return _code(delivery, site)
    if delivery.kind == RESET:
        return _reset(delivery, site)
    chosen = Preferences.objects.filter(person=delivery.person_id).first()
    if chosen is None or not (chosen.by_email if delivery.channel == EMAIL else chosen.by_zalo):
        return "", _TAKEN_BACK
    to = chosen.email if delivery.channel == EMAIL else chosen.zalo_phone
    return to, _digest(delivery, delivery.digest, site, recheck) if delivery.digest else _Told(trial_letter(home=f"{site}/"))


def _invitation(invitation: Invitation, site: str, at: datetime) -> tuple[str, _Told | Outcome]:
    """To an address that its sender typed; nothing where it was answered, withdrawn, sent anew without mail or is over meanwhile."""
    is_waiting = invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > at
    if not invitation.email or not is_waiting or not stands(invitation, at):
        return "", _NO_LONGER_INVITED
    code = code_of_invitation(invitation)
    until = format_day(local_day(invitation.expires_at))
    link = f"{site}{address('accept_invitation', [])}?{urlencode({'ma': code})}"
    place = names_around([invitation.unit_id], local_day(at)).get(invitation.unit_id, "")
    role = ROLE_NAMES[Role(invitation.role)]
    return invitation.email, _Told(
        invitation_letter(invitation.full_name, role, place, invitation.sender, code=code, link=link, until=until)
    )


def _code(delivery: Delivery, site: str) -> tuple[str, _Told | Outcome]:
    check = Check.objects.filter(person=delivery.person_id, channel=delivery.channel).first()
    if check is None:
        return "", _TAKEN_BACK
    page, code = f"{site}{address('notice_settings', [])}", code_of(check)
    # A channel without room for words carries the link alone: there the code stands in it, and the page has it filled in.
    link = f"{page}?{urlencode({'ma': code, 'kenh': check.channel})}"
    return check.address, _Told(code_letter(code, LIVES.seconds // 60, page=page, link=link))


def _reset(delivery: Delivery, site: str) -> tuple[str, _Told | Outcome]:
    """To the address that the account confirmed, as it stands now; the secret is made when the letter leaves and kept nowhere."""
    chosen = Preferences.objects.filter(person=delivery.person_id, email_verified_at__isnull=False).exclude(email="").first()
    if chosen is None:
        return "", _TAKEN_BACK
    link = f"{site}{address('set_password', [])}?{urlencode({'ma': mailed_secret(delivery.person)})}"
    return chosen.email, _Told(
        reset_letter(delivery.person.full_name, delivery.person.username, django_settings.PASSWORD_RESET_TIMEOUT // 60, link)
    )


def _digest(delivery: Delivery, digest: Digest, site: str, recheck: _Recheck) -> _Told | Outcome:
    """The digest as it stands now; no news is what was read on the page meanwhile, or is of a unit where its reader holds no post now."""
    written = [Line(line["text"], line["page"], tuple(line["args"])) for line in digest.lines]
    due = recheck.still_due(delivery.person_id, written, recheck.at)
    if due is None:
        return Outcome(DROPPED, "người nhận không còn giữ nhiệm vụ nào")
    todo = [LinkedLine(line.text, site + address(line.page, list(line.args))) for line in due]
    news = [LinkedLine(notice.text, site + address(notice.page, notice.args)) for notice in news_of(digest, recheck.at)]
    if not todo and not news:
        return Outcome(DROPPED, "mọi việc đã xong trước khi gửi")
    settings = f"{site}{address('notice_settings', [])}"
    letter = digest_letter(delivery.person.full_name, digest.day, todo, news, home=f"{site}/", settings=settings)
    return _Told(letter, max(len(written) - len(due), 0))


def _note(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    """Write down what became of a message, also where somebody has given it up meanwhile."""
    values: dict[str, object] = {"state": outcome.state, "reason": outcome.reason}
    if outcome.state == LATER:
        values["state"] = "queued" if delivery.tries <= len(PAUSES) else FAILED
        pause = outcome.after or PAUSES[min(delivery.tries, len(PAUSES)) - 1]
        values["next_try_at"] = at + pause
    elif outcome.state not in (FAILED, UNCLEAR, DROPPED):
        values["sent_at"] = at
    Delivery.objects.filter(Q(state="sending") | Q(state=UNCLEAR), pk=delivery.pk).update(**values)
