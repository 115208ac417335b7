"""Changing units from a page: a file is taken in, previewed, and recorded exactly as it was previewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kheo.core.problems import Problem
from kheo.core.reorganising import Plan, plan_mark
from kheo.files.actions import store_file
from kheo.files.models import StoredFile
from kheo.files.queries import content_of
from kheo.org.access import Person
from kheo.org.actions import Reorganised, annul_events, change_units
from kheo.org.queries import Annulment, FilePlan, planned_annulment, planned_file
from kheo.reports.access.reorganising import CHANGE_FILE, change_file, unit_of_reorganiser
from kheo.reports.queries.touched import annulment_beyond_reach, beyond_reach

CHANGED = Problem("Trong lúc anh/chị xem, cây tổ chức đã thay đổi. Hãy xem lại kết quả mới dưới đây rồi ghi.")


@transaction.atomic
def take_in_changes(data: bytes, name: str, *, by: Person, at: datetime) -> StoredFile:
    """Put a file of changes away, to be previewed: nothing of it is done."""
    top = unit_of_reorganiser(by)
    return store_file(data, name=name, media_type=CHANGE_FILE, by=by.actor(top), at=at)


@dataclass(frozen=True)
class Previewed:
    """What a file would do now. `mark` names exactly this; empty where problems forbid it."""

    found: FilePlan
    problems: tuple[Problem, ...]
    mark: str


def preview_changes(file_id: int, *, by: Person) -> Previewed:
    """What recording a file would do, by the same plan that records it; nothing is stored and nobody is held up."""
    file = change_file(by, file_id)
    found = planned_file(content_of(file), file.name)
    if found.plan is None:
        return Previewed(found, found.problems, "")
    problems = found.plan.problems or beyond_reach(found.plan, unit_of_reorganiser(by), file.name)
    return Previewed(found, problems, "" if problems else plan_mark(found.plan))


@transaction.atomic
def confirm_changes(file_id: int, *, mark: str, by: Person, at: datetime) -> Reorganised:
    """Record a file of which `mark` was previewed, all or nothing; `CHANGED` where it would do something else by now."""
    file = change_file(by, file_id, to_record=True)
    top = unit_of_reorganiser(by)

    def guard(plan: Plan) -> tuple[Problem, ...]:
        return beyond_reach(plan, top, file.name) or (() if plan_mark(plan) == mark else (CHANGED,))

    return change_units(content_of(file), file.name, by=by.actor(top), at=at, guard=guard)


@dataclass(frozen=True)
class Undone:
    """What taking events back would do now. `mark` names exactly this; empty where problems forbid it."""

    found: Annulment
    problems: tuple[Problem, ...]
    mark: str


def preview_undo(events: Sequence[int], *, from_day: date | None, by: Person) -> Undone:
    """What taking these back would do; nothing is stored."""
    top = unit_of_reorganiser(by)
    found = planned_annulment(events, from_day=from_day)
    if found.plan is None:
        return Undone(found, found.problems, "")
    problems = found.plan.problems or annulment_beyond_reach(found.plan, top)
    return Undone(found, problems, "" if problems else plan_mark(found.plan))


@transaction.atomic
def confirm_undo(events: Sequence[int], *, from_day: date | None, reason: str, mark: str, by: Person, at: datetime) -> Reorganised:
    """Take back exactly what was previewed as `mark`, all or nothing; `CHANGED` where it would do something else by now."""
    top = unit_of_reorganiser(by)

    def guard(plan: Plan) -> tuple[Problem, ...]:
        return annulment_beyond_reach(plan, top) or (() if plan_mark(plan) == mark else (CHANGED,))

    return annul_events(events, reason=reason, by=by.actor(top), at=at, from_day=from_day, guard=guard)
