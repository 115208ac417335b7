"""What came down from above and waits for the one click, as one line of work."""

from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.directives.access import writing_units
from kheo.directives.queries.chain import waiting_at
from kheo.org.access import Person
from kheo.web.home.rows import WAITING, Row, Tag


def passing_rows(person: Person) -> list[Row]:
    """One row where anything waits for somebody who writes a unit's books, none otherwise."""
    units = writing_units(person)
    waiting = waiting_at(units) if units else {}
    if not waiting:
        return []
    address, count = reverse("passings", args=[min(waiting)]), sum(waiting.values())
    return [
        Row(
            title="Văn bản chỉ đạo chờ nhận",
            url=address,
            about="Cấp trên gửi xuống; bấm “Đã nhận” để vào sổ văn bản đến",
            tags=(Tag("submitted", f"{format_int(count)} chờ nhận"),),
            step="Xem và bấm “Đã nhận”",
            step_url=address,
            is_open=True,
            urgency=(WAITING, 3),
        )
    ]
