"""How the plan of the standing books is written down: one step is one act of somebody on one entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal

from kheo.demo.plan.books.grounds import Spot, near, somewhere
from kheo.demo.plan.hours import clock

BOOKS = (
    "mo-hinh", "hien-ke", "tin-bai", "diem-o-nhiem", "phan-anh", "don-thu", "cham-lo", "giam-sat", "kien-nghi-giam-sat", "tuyen-duong",
    "doi-hinh", "doi-thoai", "ke-hoach", "kiem-tra", "viec-khac-phuc",
)  # fmt: skip
BOOKS_AT = clock(date(2023, 6, 12), 8)
BETWEEN = timedelta(seconds=25)  # of two things that are written down one after another
Hand = Literal["own", "deputy", "above", "superior", "helper", "office"]


@dataclass(frozen=True)
class Picture:
    """A photograph of the plan: what it shows, a number that makes it another, and what its camera writes (None: nothing)."""

    shows: Literal["dirty", "clean", "work", "page"]
    number: int
    taken: datetime | None = None
    spot: Spot | None = None


@dataclass(frozen=True)
class BookStep:
    """An act on an entry of a unit: `create`, `edit`, `line`, `link`, `verify`, `attach` or one of its register's. `on`: when it happened.
    Or how one came: `file` by telephone, `send` by somebody without an account, who later does `ask` something; `import` of a whole table.

    The entry is found by its title, the unit's newest of that name. `by`: the unit's head, its other officer, its reviewer above, the
    reviewer above both it and the unit that helps, the head of that unit, the campaign office. `assigns`: to whom an act gives it;
    `other`: the entry that it is counted with.
    """

    at: datetime
    unit: str
    helper: str
    book: str
    title: str
    act: str
    by: Hand
    on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    reply: str = ""
    assigns: Literal["", "helper"] = ""
    other: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass
class Year:
    """Collects what one union writes down. `around`: the middle of where it works."""

    unit: str
    helper: str
    chance: Random
    around: Spot = (10_771_300, 106_692_400)
    steps: list[BookStep] = field(default_factory=list)

    def do(self, book: str, title: str, act: str, day: str | date, by: Hand = "own", **rest: Any) -> None:
        on = day if isinstance(day, date) else date.fromisoformat(day)
        self.steps.append(BookStep(BOOKS_AT, self.unit, self.helper, book, title, act, by, on, **rest))

    def several(self, book: str, title: str, *acts: tuple[Any, ...]) -> None:
        """Acts on one entry: (act, day, by) and what goes with it."""
        for act, day, by, *rest in acts:
            self.do(book, title, act, day, by, **(rest[0] if rest else {}))

    def pictures(self, book: str, title: str, role: str, day: date, *pictures: Picture, by: Hand = "own") -> None:
        """Photographs put into a role of an entry."""
        self.do(book, title, "attach", day, by, values={"role": role}, pictures=pictures)

    def picture(self, shows: Literal["dirty", "clean", "work", "page"], day: date | None = None, spot: Spot | None = None) -> Picture:
        """One that nobody has taken before; with a day, before office hours, a few steps away from `spot`."""
        taken = clock(day, 7, self.chance.randrange(60)) if day else None
        return Picture(shows, self.chance.randrange(10**9), taken, near(spot, 15, self.chance) if spot else None)

    def spot(self) -> Spot:
        """Somewhere in the neighbourhood."""
        return somewhere(self.around, self.chance)


def timed(steps: Sequence[BookStep]) -> Iterator[BookStep]:
    """When each is recorded: on its day, at the earliest when books are kept, one after another in the order of what happened."""
    last = BOOKS_AT + timedelta(minutes=5)
    for step in sorted(steps, key=lambda each: each.on):
        last = max(last + BETWEEN, clock(step.on, 8))
        yield replace(step, at=last)


def merged(years: Iterable[Year]) -> list[BookStep]:
    """Everything of several unions in the order of time."""
    return list(timed([step for year in years for step in year.steps]))
