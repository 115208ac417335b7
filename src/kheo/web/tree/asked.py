"""What the addresses of these pages say: the day, the line, and how the pages lead to each other without losing either."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day, typed_day
from kheo.core.unit_kinds import Line

SLUGS: dict[Line, str] = {
    Line.UNION: "cong-doan",
    Line.PARTY: "dang",
    Line.COORDINATES: "phoi-hop",
    Line.AREA_TEAM: "to-dia-ban",
    Line.ADMIN: "hanh-chinh",
}
LABELS: dict[Line, str] = {
    Line.UNION: "Công đoàn",
    Line.PARTY: "Đảng",
    Line.COORDINATES: "Phối hợp",
    Line.AREA_TEAM: "Tổ địa bàn",
    Line.ADMIN: "Hành chính",
}


# Beyond these years the calendar itself ends, and a day before or after is none.
YEARS = range(1900, 3000)


def day_in(sent: QueryDict, name: str) -> date | None:
    """The day that a parameter says; None where it says none."""
    try:
        found = typed_day(sent.get(name, ""))
    except ValueError:
        return None
    return found if found.year in YEARS else None


@dataclass(frozen=True)
class Asked:
    """The day and the line that a page is about; `typed` is what was asked for as a day, `is_wrong` when it is no day."""

    on: date
    line: Line
    today: date
    typed: str
    is_wrong: bool

    @property
    def in_field(self) -> str:
        """What stands in the field of the day."""
        return self.typed if self.is_wrong else format_day(self.on)

    def query(self, **more: object) -> str:
        """`?…` for a link that keeps the day and the line."""
        values: dict[str, object] = {"tuyen": SLUGS[self.line]}
        if self.on != self.today:
            values["ngay"] = self.on.isoformat()
        return "?" + urlencode(values | {key: value for key, value in more.items() if value})

    def at(self, day: date) -> "Asked":
        """The same line on another day."""
        return replace(self, on=day)

    def on_line(self, line: Line) -> "Asked":
        """The same day on another line."""
        return replace(self, line=line)

    def unit(self, unit: int) -> str:
        """The page of a unit."""
        return reverse("unit", args=[unit]) + self.query()

    def tree(self, unit: int | None = None) -> str:
        """The tree, opened at a unit."""
        return reverse("tree") + self.query(mo=unit)

    def tree_page(self, unit: int | None, page: int) -> str:
        """A further page of the units below one."""
        return reverse("tree") + self.query(mo=unit, trang=page)

    def branch(self, unit: int, level: int, start: int = 0) -> str:
        """Where the rows below a unit are read from, to be put where they belong."""
        return reverse("branch", args=[unit]) + self.query(bac=level, tu=start)


def asked(sent: QueryDict, lines: Sequence[Line], today: date) -> Asked:
    """From `?ngay=` and `?tuyen=`; a line that is not open counts as none was chosen, a day that is none as today."""
    line = next((line for line in lines if SLUGS[line] == sent.get("tuyen")), lines[0])
    typed = sent.get("ngay", "").strip()
    found = day_in(sent, "ngay") if typed else today
    return Asked(found or today, line, today, typed if found is None else (found or today).isoformat(), found is None)


def tabs(chosen: Asked, lines: Sequence[Line], address: str) -> list[dict[str, Any]]:
    """The same day on each line that is open; none where there is but one."""
    if len(lines) < 2:
        return []
    day = {} if chosen.on == chosen.today else {"ngay": chosen.on.isoformat()}
    return [
        {"label": LABELS[line], "url": f"{address}?{urlencode({'tuyen': SLUGS[line], **day})}", "current": line is chosen.line}
        for line in lines
    ]
