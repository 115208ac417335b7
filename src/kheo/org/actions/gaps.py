"""Saying what is done about a ward without a union."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.problems import Problem
from kheo.core.text import written
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.org.access.gaps import gap_to_answer
from kheo.org.actions.locking import lock_tree
from kheo.org.models import GapPlan

LONGEST_COVERS, LONGEST_NOTE = 120, 400
FURTHEST = timedelta(days=5 * 366)


@transaction.atomic
def plan_for_gap(unit: int, *, covers: str, founded_on: date | None, note: str, by: Person, at: datetime) -> GapPlan | tuple[Problem, ...]:
    """Write down who covers a ward and when it is to have a union, or everything that is wrong. What was written before stays."""
    lock_tree()
    _, acting = gap_to_answer(by, unit)
    named, told = (" ".join(written(text).split()) for text in (covers, note))
    problems = _problems(named, founded_on, told, local_day(at))
    if problems:
        return problems
    actor = by.actor(acting)
    made = GapPlan.objects.create(
        unit_id=unit,
        covers=named,
        founded_on=founded_on,
        note=told,
        made_by_id=by.user_id,
        maker=f"{actor.name} ({actor.post})",
        made_at=at,
    )
    day = founded_on.isoformat() if founded_on else None
    record("plan_for_gap", by=actor, at=at, object_type="unit", object_id=unit, unit_id=acting, plan=made.pk, founded_on=day)
    return made


def _problems(covers: str, founded_on: date | None, note: str, today: date) -> tuple[Problem, ...]:
    found = []
    if not (covers or founded_on or note):
        found.append(Problem("Hãy ghi ít nhất một điều: người theo dõi, ngày dự kiến, hoặc ghi chú.", key="covers"))
    if founded_on is not None and not today <= founded_on <= today + FURTHEST:
        found.append(Problem("Ngày dự kiến phải từ hôm nay và trong vòng năm năm.", key="founded_on"))
    for key, text, most in (("covers", covers, LONGEST_COVERS), ("note", note, LONGEST_NOTE)):
        if len(text) > most:
            found.append(Problem(f"Dài {len(text)} ký tự, tối đa {most}.", key=key))
        elif not text.isprintable():
            found.append(Problem("Có ký tự không in được.", key=key))
    return tuple(found)
