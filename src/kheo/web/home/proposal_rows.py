"""Proposals as rows of "Việc của tôi": those that wait for an answer here, those that have got one."""

from datetime import date

from django.urls import reverse

from kheo.core.workflow import Role
from kheo.reports.access import Person
from kheo.reports.queries.proposals import ProposalTask, proposal_tasks
from kheo.web.home.rows import WAITING, Row, Tag
from kheo.web.wording import report_title


def proposal_rows(person: Person, on: date) -> list[Row]:
    """One row for each unit and cycle with something to do."""
    asking, holding = person.units_as(Role.OFFICER, Role.HEAD), person.units_as(Role.REVIEWER, Role.OFFICE, Role.HEAD)
    return [_row(each) for each in proposal_tasks(asking, holding, on) if each.waiting or each.answered]


def _row(task: ProposalTask) -> Row:
    waits = task.waiting > 0
    url = f"{reverse('proposals', args=[task.cycle.pk, task.unit])}?xem={'cho' if waits else 'hoi'}"
    tags: tuple[Tag, ...] = (Tag("submitted", f"{task.waiting} chờ trả lời"),) if waits else ()
    tags += (Tag("accepted", f"{task.answered} đã có trả lời"),) if task.answered else ()
    return Row(
        title=f"Kiến nghị trong {report_title(task.cycle.name).lower()}",
        url=url,
        about=task.name,
        tags=tags,
        due_tone="",
        due_words="",
        note="",
        done=0,
        of=0,
        done_words="",
        step="Trả lời kiến nghị" if waits else "Xem câu trả lời",
        step_url=url,
        is_open=waits,
        is_done=False,
        urgency=(WAITING, 4),
    )
