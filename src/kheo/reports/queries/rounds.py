"""How often reports went back and forth, and how long each side had them: by the calendar that the campaign names."""

from collections.abc import Collection
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import calendar_of
from kheo.core.rounds import Rounds, Turn, rounds_of
from kheo.reports.models import Revision


def rounds_by_obligation(cycle: Cycle, obligations: Collection[int], now: datetime) -> dict[int, Rounds]:
    """Of those that were ever sent: one query whatever their number."""
    rows = Revision.objects.filter(report__obligation__in=obligations).order_by("number")
    turns: dict[int, list[Turn]] = {}
    for owed, sent, ended, act in rows.values_list("report__obligation", "submitted_at", "decision__decided_at", "decision__act"):
        turns.setdefault(owed, []).append(Turn(sent, ended, act))
    calendar = calendar_of(cycle)
    return {owed: rounds_of(each, now=now, calendar=calendar) for owed, each in turns.items()}


def rounds_of_report(cycle: Cycle, obligation: int, now: datetime) -> Rounds:
    """Of one report, whether it was sent or not."""
    return rounds_by_obligation(cycle, [obligation], now).get(obligation) or rounds_of([], now=now, calendar=None)
