"""What becomes of an arrived paper: whose hands it is in, by when, how far, and by which paper it was answered."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import (
    LONGEST,
    OPEN,
    PROGRESS_NAMES,
    ArrivalFacts,
    Progress,
    all_or_none,
    arrival_problems,
    one_line,
    text_problems,
    tidied,
)
from kheo.core.problems import Problem
from kheo.directives.access import arrival_to_note, arrival_to_read, arrival_to_write
from kheo.directives.actions.arriving import handler_problems
from kheo.directives.actions.outcomes import CANCELLED, MOVED_ON, RESERVED, Refused, refused
from kheo.directives.actions.writing import change
from kheo.directives.models import Arrival
from kheo.org.access import Person, Unreachable


@dataclass(frozen=True)
class Handing:
    """To whom a paper goes, from which day on, and by when it is to be answered."""

    handler: str
    handler_id: int | None = None
    passed_on: date | None = None
    due_on: date | None = None


def locked_arrival(number: int, version: int | None) -> Arrival | Refused:
    """A written arrival, locked; refused where somebody else wrote meanwhile (`version` None: not asked)."""
    row = Arrival.objects.select_for_update(of=("self",)).select_related("directive").get(pk=number)
    if row.is_cancelled:
        return CANCELLED
    if row.directive is None:
        return RESERVED
    return MOVED_ON if version is not None and row.version != version else row


@transaction.atomic
def pass_on(number: int, handing: Handing, *, version: int, by: Person, at: datetime) -> Arrival | Refused:
    """Hand an arrived paper to a unit or person, or to another one, and set the day of its answer."""
    arrival_to_write(by, number)
    row = locked_arrival(number, version)
    if isinstance(row, Refused):
        return row
    today = local_day(at)
    asked = tidied(
        ArrivalFacts(
            row.arrived_on, handing.handler, handing.handler_id, handing.passed_on or today, handing.due_on, row.file_code, row.note
        )
    )
    problems = arrival_problems(asked, row.directive.issued_on if row.directive else None, today) + handler_problems(row.unit_id, asked, by)
    if not asked.handler:
        problems.append(Problem("Ghi nơi hoặc người nhận xử lý.", key="handler"))
    if problems:
        return Refused(all_or_none(problems))
    values: dict[str, object] = {
        "handler": asked.handler,
        "handler_user_id": asked.handler_id,
        "passed_on": asked.passed_on,
        "due_on": asked.due_on,
    }
    if (row.handler, row.handler_user_id) != (asked.handler, asked.handler_id):
        values |= {"signed_by": "", "signed_at": None}  # whoever gets it now has not signed yet
    change(row, values, "pass_arrival_on", by=by.actor(row.unit_id), at=at)
    return row


@transaction.atomic
def sign_for(number: int, *, by: Person, at: datetime) -> Arrival | Refused:
    """The handler acknowledges having the paper, once: the named person, or whoever writes the unit's books where none is named."""
    found = arrival_to_read(by, number)
    if found.handler_user_id != by.user_id:
        arrival_to_write(by, number)
        if found.handler_user_id is not None:
            raise Unreachable
    row = locked_arrival(number, None)
    if isinstance(row, Refused):
        return row
    if row.signed_at is not None:
        return row
    if not row.handler:
        return refused("Văn bản chưa chuyển cho ai nên chưa có gì để ký nhận.")
    actor = by.actor(row.unit_id)
    change(
        row,
        {"signed_by": f"{actor.name} ({actor.post})" if actor.post else actor.name, "signed_at": at},
        "sign_for_arrival",
        by=actor,
        at=at,
    )
    return row


@transaction.atomic
def note_progress(
    number: int,
    progress: Progress,
    *,
    note: str = "",
    answer: str = "",
    done_on: date | None = None,
    version: int,
    by: Person,
    at: datetime,
) -> Arrival | Refused:
    """Say how far it is; done: with the number of the answering paper if there is one, and the day (today where none is given)."""
    arrival_to_note(by, number)
    row = locked_arrival(number, version)
    if isinstance(row, Refused):
        return row
    today = local_day(at)
    told, answered = (one_line(text) for text in (note, answer))
    problems = text_problems({"progress_note": told, "answer": answered})
    day = (done_on or today) if progress == Progress.DONE else None
    if day is not None and not row.arrived_on <= day <= today:
        problems.append(Problem("Ngày giải quyết xong phải từ ngày đến tới hôm nay.", key="done_on"))
    if problems:
        return Refused(all_or_none(problems))
    values = {"progress": progress.value, "progress_note": told, "answer": answered, "done_on": day}
    change(row, values, "note_progress", by=by.actor(row.unit_id), at=at, progress=PROGRESS_NAMES[progress])
    return row


@transaction.atomic
def answered_by_plan(number: int, *, answer: str, plan: str, done_on: date, by: Person, at: datetime) -> Arrival | Refused:
    """The plan that a letter asked for is in force: whoever puts it in force, or acknowledges the letter, ends the follow-up with it.

    `answer`, `done_on`: number and day of the plan; issued before the letter arrived, it answers on the day of arrival. `plan`: what
    the plan is called.
    """
    row = locked_arrival(number, None)
    if isinstance(row, Refused) or row.progress not in OPEN:
        return row
    values = {"progress": Progress.DONE.value, "answer": answer[: LONGEST["answer"]], "done_on": max(done_on, row.arrived_on)}
    values["progress_note"] = f"Đã có {plan}."
    change(row, values, "note_progress", by=by.actor(row.unit_id), at=at, progress=PROGRESS_NAMES[Progress.DONE])
    return row


def as_passed(row: Arrival) -> ArrivalFacts:
    """What the office added, as it is kept."""
    return replace(
        ArrivalFacts(row.arrived_on),
        handler=row.handler,
        handler_id=row.handler_user_id,
        passed_on=row.passed_on,
        due_on=row.due_on,
        file_code=row.file_code,
        note=row.note,
    )
