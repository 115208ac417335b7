"""Wards and communes without a union, as rows of "Việc của tôi": for who must find somebody to answer, and for the team that answers."""

from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import answered_by_teams, names_around, unanswered
from kheo.reports.access.reorganising import may_reorganise
from kheo.web.home.rows import WAITING, Row, Tag


def gap_rows(person: Person) -> list[Row]:
    """One row for all that nobody answers for, and one for each area team."""
    rows = [_nobody(count)] if may_reorganise(person) and person.reading_units and (count := unanswered(person.on)) else []
    teams = answered_by_teams(person.units_as(Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.OFFICE), person.on)
    names = names_around(teams, person.on) if teams else {}
    return rows + [_team(team, names.get(team, ""), count) for team, count in teams.items()]


def _nobody(count: int) -> Row:
    return _row(
        f"{format_int(count)} phường, xã chưa có công đoàn, chưa có ai trả lời",
        f"{reverse('gaps')}?xem=chua-co-ai",
        "Giao mỗi nơi cho một tổ địa bàn, hoặc lập công đoàn ở đó",
        Tag("overdue", "Chưa có ai"),
        "Xem và giao",
        is_open=True,
    )


def _team(team: int, name: str, count: int) -> Row:
    return _row(
        f"Trả lời thay {format_int(count)} phường, xã chưa có công đoàn",
        reverse("unit", args=[team]),
        name,
        Tag("submitted", "Tổ địa bàn"),
        "Xem các nơi ấy",
        is_open=False,
    )


def _row(title: str, url: str, about: str, tag: Tag, step: str, *, is_open: bool) -> Row:
    return Row(
        title=title,
        url=url,
        about=about,
        tags=(tag,),
        step=step,
        step_url=url,
        is_open=is_open,
        urgency=(WAITING, 5),
    )
