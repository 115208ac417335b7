"""What the end of a campaign does to its reports: the same condition for what is foreseen, what is closed, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.days import due_day, format_day
from kheo.core.workflow import STEPS, Act
from kheo.directives.models import CampaignEnding
from kheo.directives.queries.endings import ending_over, ending_words, followed_by, paper_words
from kheo.reports.models import Decision, Obligation, Report

# What was sent is decided upon, what was accepted is counted: the table of the workflow says which states are closed.
CLOSABLE = [state.value for state, act in STEPS if act is Act.CLOSE]
IS_HIT = "owed.closed_at IS NULL AND report.accepted_id IS NULL AND coalesce(report.state, 'not_started') = ANY(%(closable)s)"
REPORTS = "reports_obligation owed LEFT JOIN reports_report report ON report.obligation_id = owed.id"
# A row for each window, and one for all of them: a unit that owes in two windows is one unit.
FORESEEN = f"""
SELECT owed.cycle_id, count(*) FILTER (WHERE {IS_HIT}), count(*) FILTER (WHERE {IS_HIT} AND report.id IS NOT NULL),
       count(DISTINCT coalesce(owed.filler_id, owed.unit_id)) FILTER (WHERE {IS_HIT}),
       count(*) FILTER (WHERE owed.closed_at IS NULL AND report.accepted_id IS NULL AND report.state = 'submitted'),
       count(*) FILTER (WHERE owed.closed_at IS NULL AND report.accepted_id IS NOT NULL), count(*) FILTER (WHERE owed.closed_at IS NOT NULL)
  FROM {REPORTS}
 WHERE owed.cycle_id = ANY(%(cycles)s)
 GROUP BY GROUPING SETS ((owed.cycle_id), ())
"""  # noqa: S608  # constants of this file


@dataclass(frozen=True)
class Foreseen:
    """Of one window or of all: reports to be closed, how many of them are begun, of how many units; and what stays as it is."""

    reports: int = 0
    begun: int = 0
    units: int = 0
    submitted: int = 0
    accepted: int = 0
    closed: int = 0


@dataclass(frozen=True)
class Preview:
    """The windows that begin on the day or later, each with what is foreseen, and the sum; `stays`: open ones that began before it."""

    windows: tuple[tuple[Cycle, Foreseen], ...]
    whole: Foreseen
    stays: tuple[Cycle, ...]


def windows_from(campaign: int, from_day: date) -> list[Cycle]:
    """The opened cycles of a campaign whose window begins on a day or later, in their order."""
    return list(Cycle.objects.filter(campaign=campaign, opens__gte=from_day).order_by("opens", "closes", "pk"))


def hit(cycles: Sequence[Cycle]) -> dict[str, Any]:
    """The values of the condition."""
    return {"cycles": [each.pk for each in cycles], "closable": CLOSABLE}


def preview(campaign: int, from_day: date, at: datetime) -> Preview:
    """What an ending would close now: three queries whatever the number of units."""
    windows = windows_from(campaign, from_day)
    with connection.cursor() as cursor:
        cursor.execute(FORESEEN, hit(windows))
        found = {cycle: Foreseen(*counts) for cycle, *counts in cursor.fetchall()}
    earlier = Cycle.objects.filter(campaign=campaign, opens__lt=from_day).order_by("opens", "pk")
    waiting = Obligation.objects.filter(due_at__gt=at, closed_at__isnull=True).exclude(report__accepted__isnull=False)
    stays = tuple(earlier.filter(pk__in=waiting.values("cycle")))
    return Preview(tuple((each, found.get(each.pk, Foreseen())) for each in windows), found[None], stays)


def what_follows(ending: CampaignEnding, at: datetime) -> str:
    """Why an ending cannot be taken back any more, or nothing: others go by it, or units would be late for what nobody asked."""
    next_one = followed_by(ending)
    if next_one is not None:
        paper = paper_words(ending.link.directive)
        return f"Kỳ {next_one.name} của phong trào “{next_one.campaign.name}” đã mở theo {paper}: các đơn vị đang báo cáo theo văn bản mới."
    passed = Obligation.objects.filter(transitions__ending=ending, closed_at__isnull=False, due_at__gt=ending.made_at, due_at__lte=at)
    first = passed.order_by("due_at").values_list("due_at", flat=True).first()
    if first is None:
        return ""
    return f"Hạn nộp {format_day(due_day(first))} đã qua: lấy lại thì các đơn vị quá hạn một việc mà lúc ấy không ai đòi."


def why_not_again(owed: Obligation) -> str:
    """Why a closed report is not asked for again while the end of its campaign holds, or nothing.

    One that was sent when the campaign ended, and came back since, may be: its figures would be lost by one hasty click.
    """
    ending = ending_over(owed.cycle)
    return "" if ending is None or _came_back(owed, ending) else ending_words(ending)


def closed_by(ending: CampaignEnding) -> int:
    """How many reports are closed by an ending now: what is asked for again when it is taken back."""
    return Obligation.objects.filter(closed_at__isnull=False, transitions__ending=ending).distinct().count()


def closes_when_back(cycle: Cycle, report: Report | None) -> str:
    """Why a report that is returned or recalled now is closed with that (`actions.closing_after`), or nothing."""
    ending = None if report is None or report.accepted_id else ending_over(cycle)
    return "" if ending is None else ending_words(ending)


def why_closed(owed: Obligation) -> str:
    """What whoever brings answers to a closed report is told: why, and whether somebody can ask for it again."""
    ended = why_not_again(owed)
    if ended:
        return f"{ended}: không phải nộp báo cáo này nữa, nên không nhận số liệu."
    return "Báo cáo này không thu nữa, nên không nhận số liệu. Nơi nhận thu lại được."


def _came_back(owed: Obligation, ending: CampaignEnding) -> bool:
    back = Decision.objects.filter(revision__report__obligation=owed, act__in=(Act.RETURN, Act.RECALL))
    return back.filter(decided_at__gte=ending.made_at).exists()
