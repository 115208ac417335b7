"""The sender of a letter reminds the units directly below of what waits for them: one message each, whatever it is, once a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.directives.access import WRITERS
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.models import ChainRow, Passing
from kheo.directives.queries.chain import replacement_in
from kheo.journal.actions import record
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.org.queries import not_there

_CLICK, _RELAY, _PLAN = "chưa bấm “Đã nhận”", "chưa chuyển xuống các đơn vị trực thuộc", "đã quá hạn mà chưa có kế hoạch"


@dataclass(frozen=True)
class Reminded:
    """How many units were reminded of anything, and of what: the click, passing it on, a plan that is late."""

    units: int = 0
    to_acknowledge: int = 0
    to_relay: int = 0
    to_plan: int = 0


@transaction.atomic
def remind_below(root: int, unit: int, *, late_with_plan: Collection[int], by: Person, at: datetime) -> Reminded | Refused:
    """Remind the units directly below one of what waits for them in a chain: at most once a day each, whoever asks.

    `late_with_plan`: units whose plan is due and not there, which the books of papers do not know. Units that have ended are left out.
    """
    place = ChainRow.objects.filter(root=root, unit=unit).first()
    if place is None or unit not in by.units_as(*WRITERS):
        return refused("Chỉ đơn vị đã chuyển văn bản mới nhắc các đơn vị trực thuộc của mình.")
    replaced = replacement_in(place)
    if replaced is not None and replaced.from_day is not None and replaced.from_day <= by.on:
        return refused(f"{replaced.other} đã được thay thế từ ngày {format_day(replaced.from_day)}: không nhắc nữa.")
    sent = Passing.objects.filter(issue__unit=unit, chain_row__root=root)
    rows = ChainRow.objects.filter(passing__in=sent).exclude(unit__in=not_there(by.on)).order_by("pk")
    waits = [(row, found) for row in rows if (found := _what_waits(row, row.unit_id in late_with_plan))]
    day = local_day(at)
    for asked in sorted({found for _, found in waits}):
        told = [Happening(row.passing_id or 0, unit, row.unit_id, day.toordinal()) for row, found in waits if found == asked]
        words = f"{format_day(day)}: có văn bản đơn vị {', '.join(asked)}"
        tell(Event.LETTER_ASKED, told, cycle="", until=words, actor=by.user_id, at=at)
    counts = [sum(each in found for _, found in waits) for each in (_CLICK, _RELAY, _PLAN)]
    record(
        "remind_of_passing", by=by.actor(unit), at=at, object_type="issue", object_id=root, unit_id=unit,
        clicks=counts[0], relays=counts[1], plans=counts[2],
    )  # fmt: skip
    return Reminded(len(waits), *counts)


def _what_waits(row: ChainRow, is_late_with_plan: bool) -> tuple[str, ...]:
    """What a unit has not done, in words; empty where nothing waits."""
    has_it = row.acknowledged_on is not None
    told = ((not has_it, _CLICK), (has_it and row.is_inner and row.relayed_on is None, _RELAY), (is_late_with_plan, _PLAN))
    return tuple(words for waits, words in told if waits)
