"""Keeping milestones, so that an earlier instant of a large cycle is not added up from its beginning (decision 029)."""

from datetime import datetime

from django.db.models import Max

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import cycles
from kheo.core.milestones import stored
from kheo.reports.models import Decision, Milestone
from kheo.reports.queries.milestones import MANY, STEPS, due_instants, milestone_before, step_of, wrong_milestones

FEW = MANY // STEPS  # decisions, of all cycles together: with fewer, no milestone can be due


def keep_milestones(cycle: Cycle, *, step: int | None = None) -> int:
    """Those that are missing; gives how many. No journal: a cache says nothing of its own. Nobody waits: nothing is locked.

    `step`: acceptances from one to the next, as large as `step_of` unless told otherwise.
    """
    step = step_of(cycle) if step is None else step
    instants = due_instants(cycle, step) if step else []
    for instant in instants:
        _keep(cycle, instant)
    return len(instants)


def _keep(cycle: Cycle, instant: datetime) -> None:
    sums = milestone_before(cycle, instant)
    row = Milestone(
        cycle=cycle,
        instant=instant,
        revisions=stored(sums.counted.revisions),
        places=stored(sums.counted.places),
        cuts=stored(sums.cuts),
        tallies=stored(sums.tallies),
    )
    Milestone.objects.bulk_create([row], ignore_conflicts=True)  # another worker may keep the same


def keep_due_milestones(looked_until: int) -> int:
    """Of all cycles, if enough was decided since the decision that was the newest at the last look; gives which one is the newest now."""
    newest = Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest - looked_until < FEW:
        return looked_until
    for cycle in cycles():
        keep_milestones(cycle)
    return newest


def mend_milestones(cycle: Cycle) -> int:
    """Gives how many were wrong; if any was, all are kept anew."""
    wrong = sum(1 for _ in wrong_milestones(cycle))
    if wrong:
        Milestone.objects.filter(cycle=cycle).delete()
        keep_milestones(cycle)
    return wrong
