"""A campaign ends because another paper took the place of its directive, or goes on again.

What is not sent of windows that begin on the day or later is closed with that paper as the reason; what begins before stays due. Locks
are taken in the order of every act: the campaign (as opening a cycle does), the reports by their keys, the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kheo.campaigns.models import Campaign, Cycle
from kheo.core.days import format_day
from kheo.core.workflow import Act
from kheo.directives.actions.ending import keep_ending, record_ending, withdraw_ending
from kheo.directives.models import CampaignEnding, DirectiveLink
from kheo.directives.queries.endings import ending_of, ending_words, paper_words
from kheo.journal.actions import Row, record_many
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.reports.access.endings import ending_to_take_back, replacement_to_act_on
from kheo.reports.actions.outcomes import Refusal
from kheo.reports.actions.transitioning import NO_REASON
from kheo.reports.actions.words import read_reason
from kheo.reports.queries.campaign_endings import IS_HIT, REPORTS, hit, what_follows, windows_from
from kheo.reports.queries.history import OBJECT

BATCH = 20_000  # rows of the journal in one statement

# First the rows are locked, whatever their reports say, in the order in which every act locks many; only a statement that begins
# afterwards sees what was sent while this one waited.
LOCK = """
SELECT count(*) FROM (
  SELECT owed.id FROM reports_obligation owed WHERE owed.cycle_id = ANY(%(cycles)s) AND owed.closed_at IS NULL
   ORDER BY owed.id FOR UPDATE) AS held
"""
CLOSE = f"""
WITH hit AS (
  UPDATE reports_obligation SET closed_at = %(at)s
   WHERE id IN (SELECT owed.id FROM {REPORTS} WHERE owed.cycle_id = ANY(%(cycles)s) AND {IS_HIT})
  RETURNING id, unit_id, coalesce(filler_id, unit_id) AS answering),
kept AS (
  INSERT INTO reports_transition (obligation_id, act, reason, decided_at, decided_by, ending_id)
  SELECT id, %(act)s, %(reason)s, %(at)s, %(by)s, %(ending)s FROM hit ORDER BY id)
SELECT id, unit_id, answering FROM hit ORDER BY id
"""  # noqa: S608  # constants of ours
CLOSED_BY = """
SELECT owed.id FROM reports_obligation owed
 WHERE owed.closed_at IS NOT NULL AND owed.id IN (SELECT obligation_id FROM reports_transition WHERE ending_id = %(ending)s)
"""
LOCK_CLOSED = f"SELECT count(*) FROM ({CLOSED_BY} ORDER BY owed.id FOR UPDATE) AS held"  # noqa: S608  # constants of ours
REOPEN = f"""
WITH hit AS (
  UPDATE reports_obligation SET closed_at = NULL WHERE id IN ({CLOSED_BY})
  RETURNING id, unit_id, coalesce(filler_id, unit_id) AS answering),
kept AS (
  INSERT INTO reports_transition (obligation_id, act, reason, decided_at, decided_by, ending_id)
  SELECT id, %(act)s, %(reason)s, %(at)s, %(by)s, %(ending)s FROM hit ORDER BY id)
SELECT id, unit_id, answering FROM hit ORDER BY id
"""  # noqa: S608  # constants of ours


@dataclass(frozen=True)
class Ended:
    """The ending that holds, or was taken back; how many reports of how many units were closed, or are wanted again, by this act."""

    ending: CampaignEnding
    reports: int
    units: int


Decided = list[tuple[int, int, int]]  # obligation, its unit, the unit that answers


@transaction.atomic
def end_campaign(campaign: int, link: int, *, by: Person, at: datetime) -> Ended | Refusal:
    """End a campaign from the day of a replacement. Asked again, it closes what was asked for again since; twice is harmless."""
    held = Campaign.objects.select_for_update().get(pk=campaign)
    # The link is locked before it is asked about: taking it back waits here, or was first and is seen.
    DirectiveLink.objects.select_for_update().filter(pk=link).first()
    meant = replacement_to_act_on(by, campaign, link)
    before = ending_of(campaign)
    if before is not None and before.link_id != link:
        return Refusal(f"{ending_words(before)}. Muốn theo văn bản khác thì lấy lại việc kết thúc ấy trước.")
    ending = before or keep_ending(held, meant.link, meant.link.directive.keeper_id, by=by, at=at)
    windows = windows_from(campaign, ending.from_day)
    reason = ending_words(ending)
    closed = _decide(LOCK, CLOSE, ending, Act.CLOSE, reason, hit(windows), by, at)
    if before is None or closed:
        _tell(Event.CAMPAIGN_ENDED, ending, closed, by, at)
        _keep(ending, Act.CLOSE, reason, closed, by, at)
        record_ending(ending, _counts(windows, closed), by=by, at=at)
    return Ended(ending, len(closed), len({answering for *_, answering in closed}))


@transaction.atomic
def take_back_ending(ending: int, *, reason: str, by: Person, at: datetime) -> Ended | Refusal:
    """The campaign goes on: what the ending closed is wanted again and stands where it stood. Not once something goes by the ending."""
    row = ending_to_take_back(by, ending)
    Campaign.objects.select_for_update().get(pk=row.campaign_id)
    # Its row is locked before its reports: what a return is closing with it just now (`closing_after`) is closed and seen, or is not.
    row.withdrawn_at = CampaignEnding.objects.select_for_update(no_key=True).get(pk=ending).withdrawn_at
    if row.withdrawn_at is not None:
        return Ended(row, 0, 0)
    why = read_reason(reason, NO_REASON)
    if isinstance(why, Refusal):
        return why
    later = what_follows(row, at)
    if later:
        return Refusal(f"Không lấy lại được nữa. {later}")
    opened = _decide(LOCK_CLOSED, REOPEN, row, Act.REOPEN, why, {}, by, at)
    _tell(Event.CAMPAIGN_RESUMED, row, opened, by, at)
    _keep(row, Act.REOPEN, why, opened, by, at)
    withdraw_ending(row, why, {"reports": len(opened)}, by=by, at=at)
    return Ended(row, len(opened), len({answering for *_, answering in opened}))


def _decide(
    lock: str, change: str, ending: CampaignEnding, act: Act, reason: str, which: dict[str, Any], by: Person, at: datetime
) -> Decided:
    values = {**which, "ending": ending.pk, "act": act.value, "reason": reason, "at": at, "by": by.name}
    with connection.cursor() as cursor:
        cursor.execute(lock, values)
        cursor.execute(change, values)
        return list(cursor.fetchall())


def _keep(ending: CampaignEnding, act: Act, reason: str, decided: Decided, by: Person, at: datetime) -> None:
    """A row of the journal in the history of each report."""
    actor, detail = by.actor(ending.unit_id), {"reason": reason, "ending": ending.pk}
    for start in range(0, len(decided), BATCH):
        rows = decided[start : start + BATCH]
        record_many([Row(act.value, actor, at, OBJECT, obligation, unit, detail) for obligation, unit, _ in rows])


def _tell(event: Event, ending: CampaignEnding, decided: Decided, by: Person, at: datetime) -> None:
    """One notice for the people of each unit that owed, whatever the number of its reports."""
    first: dict[int, Happening] = {}
    for obligation, unit, answering in decided:
        first.setdefault(answering, Happening(obligation, unit, answering, ending.pk))
    name, day = ending.campaign.name, format_day(ending.from_day)
    words = f"các kỳ bắt đầu từ {day}. Phong trào “{name}” "
    words += f"kết thúc theo {paper_words(ending.link.directive)}" if event is Event.CAMPAIGN_ENDED else "tiếp tục, hạn nộp như cũ"
    tell(event, list(first.values()), cycle=name, until=words, actor=by.user_id, at=at)


def _counts(windows: Sequence[Cycle], closed: Decided) -> dict[str, Any]:
    return {"cycles": [each.code for each in windows], "reports": len(closed), "units": len({answering for *_, answering in closed})}
