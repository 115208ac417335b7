"""What a limit says: a day, a day of every month, a month, so long after something, an event."""

from dataclasses import dataclass

from kheo.core.directives.body import Span
from kheo.core.directives.dates import When
from kheo.core.directives.durations import Within

ANY = "any"  # the period of what comes with every report, of which period that is not said (`tháng cuối kỳ báo cáo`)


@dataclass(frozen=True)
class Point:
    """A time in a sentence: its place and what it says. `day`: a day of every month of a period; `month`: `2024-06`, `Q3`.

    `event`: where the words stand that name what it runs from (`trước ngày bầu cử`), if that is neither a day nor this paper.
    """

    start: int
    end: int
    when: When | None
    period: str | None
    time: str | None = None
    day: int | None = None
    month: str | None = None
    within: Within | None = None
    event: Span | None = None
