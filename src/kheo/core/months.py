"""Months as people look at them: weeks from Monday on, with the days of the neighbouring months that fill the first and the last."""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2199
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def code(self) -> str:
        """`2023-04`, as it stands in an address."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def words(self) -> str:
        """`Tháng 4/2023`."""
        return f"Tháng {self.number}/{self.year}"

    def weeks(self) -> list[list[date]]:
        """Its weeks, each of seven days from Monday on."""
        monday = self.first - timedelta(days=self.first.weekday())
        found = []
        while monday <= self.last:
            found.append([monday + timedelta(days=place) for place in range(7)])
            monday += timedelta(days=7)
        return found


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def read_month(text: str) -> Month | None:
    """What `2023-04` names; None for anything else."""
    year, _, number = text.partition("-")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()):
        return None
    found = Month(int(year), int(number))
    return found if FIRST_YEAR <= found.year <= LAST_YEAR and 1 <= found.number <= 12 else None
