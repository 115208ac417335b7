"""A digest just before it leaves: its lines as they stand now, without those that are done."""

from collections.abc import Sequence
from datetime import datetime

from kheo.core.reminders import Line, lines_of
from kheo.reports.queries.reminding import Almanac, errands_of

# To be filled in or to be signed: the same report, whatever its state was in the morning.
_SAME = {"submit_report": "report"}
_REST = "home"  # where the line leads that says that there is more


def still_due(person: int, lines: Sequence[Line], almanac: Almanac, at: datetime) -> list[Line] | None:
    """The lines of a digest as they stand now: what is done, moved to a later day or another's by now is gone, the words are today's.

    What was not in the digest is not added, unless it had been cut short. None for somebody who holds no post any more.
    """
    todo = errands_of(person, almanac, at)
    if todo is None:
        return None
    told = {_about(line) for line in lines}
    is_cut = any(line.page == _REST for line in lines)
    return [line for line in lines_of(todo, at) if is_cut or _about(line) in told]


def _about(line: Line) -> tuple[str, tuple[int, ...]]:
    return _SAME.get(line.page, line.page), tuple(line.args)
