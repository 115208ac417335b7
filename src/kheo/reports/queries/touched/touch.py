"""One thing that a change of units touches, and how a kind of things is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kheo.reports.queries.touched.change import Change


@dataclass(frozen=True)
class Touch:
    """Something of a unit that a change touches; `then` says what becomes of it when the change is recorded, and by whose act.

    `page` and `key` are where it is looked at ("" for nowhere), `state` the colour of `state_name`, `due_at` the first instant late.
    """

    unit: str
    what: str
    then: str
    state: str = ""
    state_name: str = ""
    due_at: datetime | None = None
    page: str = ""
    key: int = 0


@dataclass(frozen=True)
class Provider:
    """A kind of things: `id` in addresses, `title` above their list, `none` of what there is nothing.

    `count(change)` and `rows(change, on, start, most)`, in a fixed order, agree with each other: each a fixed number of queries.
    """

    id: str
    title: str
    count: Callable[[Change], int]
    rows: Callable[[Change, date, int, int], list[Touch]]
