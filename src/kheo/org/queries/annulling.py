"""What taking events back would do, before it is done: the same plan that `annul_events` stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kheo.core.problems import Problem
from kheo.core.reorganising import Act, Done, EventKind, Fact, Plan, Standing, plan_annulment
from kheo.org.models import UnitEvent
from kheo.org.queries.events import codes_of_rows, heirs_of, recorded, standing_enders
from kheo.org.queries.standing import standing_about


@dataclass(frozen=True)
class Annulment:
    """The events, and the plan of taking them back (its problems are the plan's), or `problems` why there is none."""

    rows: tuple[UnitEvent, ...]
    plan: Plan | None
    problems: tuple[Problem, ...] = ()


def planned_annulment(events: Sequence[int], *, from_day: date | None) -> Annulment:
    """The plan on what stands now; nothing is stored. Whoever stores it holds `lock_tree` from before this call."""
    rows = tuple(UnitEvent.objects.filter(pk__in=list(events)).select_related("annulled_by").order_by("pk"))
    problems = _not_to_annul(events, rows)
    if problems or not rows:
        return Annulment(rows, None, tuple(problems))
    done = recorded(rows)
    heirs = heirs_of(done)
    return Annulment(rows, plan_annulment(_standing_of(done), done, heirs, standing_enders(done, heirs), from_day=from_day))


def no_reason(reason: str) -> tuple[Problem, ...]:
    """Nothing is taken back without a word why."""
    return () if reason.strip() else (Problem("Cần ghi lý do huỷ.", key="reason"),)


def _standing_of(done: Sequence[Done]) -> Standing:
    """What taking these back can touch: their units, what stands below those that would go, who carries the codes of those that come."""
    effects = [effect for each in done for effect in each.effects]
    units = {effect.slot.unit for effect in effects} | {each.unit for each in done}
    begun = {effect.slot.unit for effect in effects if effect.act is Act.OPENED and effect.slot.fact is Fact.NAME}
    back = [effect.row for effect in effects if effect.act is Act.ENDED and effect.slot.fact is Fact.CODE]
    return standing_about(min(each.day for each in done), units, ending=begun, codes=codes_of_rows(back))


def _not_to_annul(wanted: Sequence[int], rows: Sequence[UnitEvent]) -> list[Problem]:
    missing = sorted(set(wanted) - {row.pk for row in rows})
    problems = [Problem(f"Không có sự kiện số {event}.") for event in missing]
    for row in rows:
        if row.kind == EventKind.ANNULLED:
            problems.append(Problem(f"Sự kiện số {row.pk} là việc huỷ bỏ, không huỷ được; hãy ghi lại sự kiện đã huỷ."))
        elif hasattr(row, "annulled_by"):
            problems.append(Problem(f"Sự kiện số {row.pk} đã được huỷ bỏ rồi."))
    return problems
