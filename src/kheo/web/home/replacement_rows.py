"""A campaign whose directive was replaced, as a row of "Việc của tôi" for the office that can end it."""

from django.urls import reverse

from kheo.core.days import format_day
from kheo.directives.queries.endings import Replacement, paper_words
from kheo.org.access import Person
from kheo.reports.access.endings import replacements_to_act_on
from kheo.web.home.rows import WAITING, Row, Tag


def replacement_rows(person: Person) -> list[Row]:
    """One row for each that has not ended."""
    return [_row(each) for each in replacements_to_act_on(person) if each.ending is None]


def _row(found: Replacement) -> Row:
    link = found.link
    url = reverse("end_campaign", args=[found.campaign.pk, link.pk])
    day = format_day(link.from_day) if link.from_day else ""
    return Row(
        title=f"Văn bản của phong trào “{found.campaign.name}” đã được thay thế",
        url=url,
        about=f"{paper_words(link.directive)} thay thế {link.other} từ ngày {day}. Phong trào vẫn đang thu báo cáo.",
        tags=(Tag("returned", "Chưa kết thúc"),),
        step="Xem trước",
        step_url=url,
        is_open=True,
        urgency=(WAITING, 4),
    )
