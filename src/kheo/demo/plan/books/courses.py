"""What one entry goes through, as days after its first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from kheo.demo.plan.books.steps import Hand, Year
from kheo.demo.plan.sources import source


@dataclass(frozen=True)
class Then:
    """An act so many days after the beginning, by whom, with what else belongs to it."""

    act: str
    days: int
    by: Hand = "own"
    rest: Mapping[str, Any] = field(default_factory=dict)


def then(act: str, days: int, by: Hand = "own", /, **rest: Any) -> Then:
    """Shorter to write."""
    return Then(act, days, by, rest)


def working(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def follow(year: Year, book: str, title: str, start: date, course: Sequence[Then]) -> None:
    """Write a course down, on working days."""
    for each in course:
        year.do(book, title, each.act, working(start + timedelta(days=each.days)), each.by, **each.rest)


def counted_with(step: Then, title: str) -> Then:
    """An act that counts an entry as one with another, told which one; every other act as it is."""
    return replace(step, rest={**step.rest, "other": title}) if "other" in step.rest else step


def named(kind: str, number: int) -> str:
    """One of the invented names of a kind; the second time round with a place behind it."""
    names, places = source("entries")[kind]["names"], source("entries")["places"]
    again, place = divmod(number, len(names))
    return str(names[place]) if not again else f"{names[place]}, {places[(number + again) % len(places)]}"


def of_kind(kind: str, key: str, number: int) -> Any:
    """What belongs to the name of that number."""
    listed = source("entries")[kind][key]
    return listed[number % len(listed)]


def place_of(number: int) -> str:
    """An address in words."""
    places: list[str] = source("entries")["places"]
    return places[number % len(places)]
