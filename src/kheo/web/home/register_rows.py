"""What waits in the registers, as one line of work: they have a page of their own."""

from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.org.access import Person
from kheo.registers.access import queue
from kheo.registers.queries.definitions import books
from kheo.web.home.rows import WAITING, Row, Tag
from kheo.web.wording import SOON


def register_rows(person: Person) -> list[Row]:
    """One row where anything waits for somebody who keeps books, none otherwise."""
    found = books()
    waits = queue(person, found, with_entries=False).waits
    count = sum(each.count for each in waits.values())
    late, behind = sum(each.late for each in waits.values()), sum(each.behind for each in waits.values())
    if not count:
        return []
    address = reverse("register_queue")
    named = [f"{each.definition.short} {format_int(waits[each.register.pk].count)}" for each in found if each.register.pk in waits]
    return [
        Row(
            title="Việc trong các sổ",
            url=address,
            about=" · ".join(named),
            tags=(
                Tag("submitted", f"{format_int(count)} chờ xử lý"),
                *([Tag("overdue", f"{format_int(late)} quá hạn")] if late else []),
                *([Tag("extended", f"{format_int(behind)} chậm xem lại")] if behind else []),
            ),
            step="Xem việc trong sổ",
            step_url=address,
            is_open=True,
            urgency=(WAITING, 4) if late else (SOON, 4),
        )
    ]
