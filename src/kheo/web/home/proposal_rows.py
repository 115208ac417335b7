"""Proposals as rows of "Việc của tôi": those that wait for an answer here, those that have got one."""

from datetime import date

from django.urls import reverse

from kheo.core.workflow import REVIEWING, Role
from kheo.org.access import Person
from kheo.reports.queries.left_proposals import Left, left_proposals
from kheo.reports.queries.proposals import ProposalTask, proposal_tasks
from kheo.web.home.rows import WAITING, Row, Tag
from kheo.web.wording import report_title


def proposal_rows(person: Person, on: date) -> list[Row]:
    """One row for each unit and cycle with something to do, and for each unit that has ended and at which proposals still wait."""
    asking, holding = person.units_as(Role.OFFICER, Role.HEAD), person.units_as(*REVIEWING, Role.HEAD)
    left = [_left(each) for each in left_proposals(person.units_as(*REVIEWING), on)]
    return [*left, *(_row(each) for each in proposal_tasks(asking, holding, on) if each.waiting or each.answered)]


def _left(each: Left) -> Row:
    url = reverse("proposals_left", args=[each.cycle.pk, each.holder])
    return Row(
        title=f"Kiến nghị ở đơn vị cũ: {each.name}",
        url=url,
        about=report_title(each.cycle.name),
        tags=(Tag("submitted", f"{each.count} kiến nghị"),),
        note="Nơi trả lời đã ngừng hoạt động. Chọn đơn vị trả lời thay.",
        step="Chuyển nơi trả lời",
        step_url=url,
        is_open=True,
        urgency=(WAITING, 3),
    )


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
        step="Trả lời kiến nghị" if waits else "Xem câu trả lời",
        step_url=url,
        is_open=waits,
        urgency=(WAITING, 4),
    )
