"""What concerns somebody: the cycle to look at first, and the rows of "Việc của tôi". Asked by unit, never by person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kheo.campaigns.models import Cycle
from kheo.core.workflow import State
from kheo.reports.models import Obligation


def current_cycle(units: Collection[int]) -> Cycle | None:
    """The newest cycle in which one of these units owes or receives a report."""
    concerned = Q(obligations__unit__in=units) | Q(obligations__recipient__in=units)
    rows = Cycle.objects.select_related("campaign", "edition").filter(concerned)
    return rows.order_by("-closes", "-opens", "-pk").first()


@dataclass(frozen=True)
class ReviewTask:
    """What waits at a recipient in one cycle."""

    cycle: Cycle
    recipient_id: int
    expected: int
    submitted: int
    accepted: int
    returned: int
    overdue: int


def review_tasks(recipients: Collection[int], now: datetime) -> list[ReviewTask]:
    """Counts of the reports addressed to these units by cycle, newest first: one query, and one for the cycles."""
    rows = (
        Obligation.objects.filter(recipient__in=recipients)
        .values("cycle_id", "recipient_id")
        .annotate(
            expected=Count("pk"),
            submitted=Count("pk", filter=Q(report__state=State.SUBMITTED)),
            accepted=Count("pk", filter=Q(report__state=State.ACCEPTED)),
            returned=Count("pk", filter=Q(report__state=State.RETURNED)),
            overdue=Count("pk", filter=Q(due_at__lte=now, report__received_at__isnull=True)),
        )
        .order_by("cycle_id", "recipient_id")
    )
    found = list(rows)
    cycles = Cycle.objects.select_related("campaign", "edition").in_bulk([row["cycle_id"] for row in found])
    names = ("recipient_id", "expected", "submitted", "accepted", "returned", "overdue")
    tasks = [ReviewTask(cycles[row["cycle_id"]], *(row[name] for name in names)) for row in found]  # type: ignore[literal-required]
    return sorted(tasks, key=lambda task: (task.cycle.closes, task.cycle.pk), reverse=True)


def owed_reports(units: Collection[int]) -> list[Obligation]:
    """The obligations of these units with cycle and report, the latest due date first."""
    rows = Obligation.objects.filter(unit__in=units).select_related("cycle__campaign", "cycle__edition", "report")
    return list(rows.order_by("-due_at", "pk"))
