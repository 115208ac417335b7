"""The invented years of the demo: three cycles, and at which moment of them each stage stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from kheo.demo.plan.hours import clock


class Stage(StrEnum):
    """How far the last cycle has come. Every stage is the beginning of the next: the same acts, stopped earlier."""

    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    CLOSED = "closed"


NOW: dict[Stage, datetime] = {
    Stage.COLLECTING: clock(date(2023, 11, 9), 8, 30),
    Stage.REVIEWING: clock(date(2023, 11, 14), 10, 30),
    Stage.CLOSED: clock(date(2023, 11, 21), 9, 0),
}


@dataclass(frozen=True)
class Chapter:
    """One cycle: what it answers, when it was opened, whose figures it holds, and how it goes (shares of the grassroots unions).

    `missing` and `amended`: so many unions, and so many more for every thousand, never report, or revise after acceptance.
    """

    cycle: str
    year: int
    edition: str
    opened_at: datetime
    figures: Literal["published", "half", "year"]
    late: float
    returned: float
    odd: float
    in_two_goes: float = 0.0
    missing: tuple[float, float] = (0, 0)
    amended: tuple[float, float] = (0, 0)


STORY = (
    Chapter("2022", 2022, "5-khong.2022", clock(date(2022, 10, 3), 9), "published", late=0.06, returned=0.0, odd=0.0),
    Chapter(
        "2023-6T", 2023, "5-khong", clock(date(2023, 3, 22), 9), "half",
        late=0.06, returned=0.025, odd=0.01, missing=(3, 0.25), amended=(1, 0.5),
    ),
    Chapter(
        "2023-N", 2023, "5-khong", clock(date(2023, 10, 2), 9), "year",
        late=0.05, returned=0.06, odd=0.015, in_two_goes=0.3, missing=(4, 0.5), amended=(2, 1.0),
    ),
)  # fmt: skip
PLANTED_AT = clock(date(2022, 9, 5), 8)
STAFFED_AT = clock(date(2022, 9, 5), 9)
NEWCOMERS_AT = clock(date(2023, 1, 5), 8)
# Somebody new is waited for, and who is head of An's unit hands over at the turn of the year.
INVITED_AT = clock(date(2023, 11, 6), 10)
HANDED_OVER_ON = date(2024, 1, 1)
PUBLISHED_AT = {"5-khong.2022": clock(date(2022, 9, 12), 9), "5-khong": clock(date(2023, 3, 17), 9)}
