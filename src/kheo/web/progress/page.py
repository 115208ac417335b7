"""What the page of progress shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.campaigns.models import Cycle
from kheo.core.chart import progress_chart
from kheo.core.consolidated import ObligationCounts
from kheo.core.days import due_day, format_day, format_instant, local_day
from kheo.core.numbers import format_int, format_percent
from kheo.core.short_words import short_name
from kheo.core.workflow import STATE_NAMES, State
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.decided import Decided, decided_about
from kheo.reports.queries.progress import ChildPace, Pace, Silent, all_silent
from kheo.web.csv_files import csv_bytes
from kheo.web.progress.drawing import svg
from kheo.web.wording import decided_lines

CSV_HEAD = ("Mã đơn vị", "Đơn vị", "Thuộc", "Trạng thái", "Hạn nộp", "Số ngày quá hạn", "Đơn vị nộp thay", "Lý do không thu nữa")


def context(cycle: Cycle, unit: SnapshotUnit, found: Pace, children: Sequence[ChildPace], now: datetime) -> dict[str, Any]:
    """For `progress/progress.html`, apart from the list of the silent."""
    received = found.days[-1].received
    headline = _headline(found, received, now)
    chart = progress_chart(found.days, local_day(now), [due.day for due in found.dues], found.counts.expected)
    return {
        "cycle": cycle,
        "unit": unit,
        "headline": headline,
        "closed": format_int(found.counts.closed) if found.counts.closed else "",
        "chart": svg(chart, f"{headline}. Hạn: {', '.join(format_day(due.day) for due in found.dues)}"),
        "dues": [{"day": format_day(due.day), "tiers": "; ".join(due.tiers), "reports": format_int(due.reports)} for due in found.dues],
        "days": _day_rows(found, now),
        "states": _states(found.counts),
        "children": _bars(cycle, children),
    }


def _headline(found: Pace, received: int, now: datetime) -> str:
    """What the chart shows, in one sentence."""
    said = f"{format_int(received)} trong {format_int(found.counts.expected)} báo cáo đã nộp"
    said += f", {format_int(found.counts.closed)} không thu nữa" if found.counts.closed else ""
    last = max((due.day for due in found.dues), default=None)
    if last is None:
        return said
    left = (last - local_day(now)).days
    if left > 0:
        return f"{said}, còn {left} ngày đến hạn cuối"
    return f"{said}, hôm nay là hạn cuối" if left == 0 else f"{said}, hạn cuối đã qua {-left} ngày"


def _day_rows(found: Pace, now: datetime) -> SafeString:
    """The chart as a table: only days on which something changed."""
    rows = []
    before = None
    for each in found.days:
        sums = (each.received, each.accepted, each.owed)
        if sums != before and each.day <= local_day(now):
            cells = "".join(f'<td class="number">{format_int(count)}</td>' for count in sums)
            rows.append(f'<tr><th scope="row">{format_day(each.day)}</th>{cells}</tr>')
        before = sums
    return mark_safe("".join(rows))  # noqa: S308  # dates and numbers of ours


def _states(counts: ObligationCounts) -> list[dict[str, str]]:
    numbers = {
        State.ACCEPTED: counts.accepted,
        State.SUBMITTED: counts.submitted,
        State.RETURNED: counts.returned,
        State.DRAFT: counts.draft,
        State.NOT_STARTED: counts.not_started,
        State.CLOSED: counts.closed,
    }
    return [
        {"state": state.value, "name": STATE_NAMES[state], "count": format_int(count), "share": format_percent(count, counts.expected, 1)}
        for state, count in numbers.items()
        if count or state is not State.CLOSED
    ]


def _bars(cycle: Cycle, children: Sequence[ChildPace]) -> SafeString:
    """The units below by how far they are, the slowest first."""
    return mark_safe("".join(_bar(cycle, child) for child in children))  # noqa: S308  # every text in it is escaped


def _bar(cycle: Cycle, child: ChildPace) -> str:
    words = f"{format_int(child.accepted)}/{format_int(child.expected)}"
    link = f'<a href="{reverse("progress", args=[cycle.pk, child.unit.unit_id])}">{escape(short_name(child.unit.name))}</a>'
    bar = f'<progress class="bar" value="{child.accepted}" max="{child.expected}" aria-label="{words} báo cáo đã chấp nhận"></progress>'
    return f"<li>{link}{bar}<span>{words}</span></li>"


def silent_rows(silent: Sequence[Silent], now: datetime) -> SafeString:
    """Rows of the list of units that have sent nothing."""
    decided = decided_about([each.obligation_id for each in silent], local_day(now))
    return mark_safe("".join(_silent_row(each, decided, now) for each in silent))  # noqa: S308  # every text in it is escaped


def _silent_row(each: Silent, decided: Mapping[int, Decided], now: datetime) -> str:
    late = each.days_overdue(now)
    word = "Gia hạn đến" if each.promised_at else "Hạn"
    due = f'<span class="due" data-due="overdue">Quá hạn {late} ngày</span>' if late else f"{word} {_due_day(each)}"
    due = "" if each.state is State.CLOSED else due
    link = f'<a href="{reverse("report", args=[each.obligation_id])}">{escape(short_name(each.name))}</a>'
    link += decided_lines(each.obligation_id, decided)
    tag = f'<span class="tag" data-state="{each.state}">{STATE_NAMES[each.state]}</span>'
    touched = f"sửa lần cuối {format_instant(each.updated_at)}" if each.updated_at else ""
    above = f'<td data-label="Thuộc">{escape(short_name(each.above))}</td>' if each.above else "<td></td>"
    return f'<tr><th scope="row">{link}</th>{above}<td>{tag}</td><td>{due}</td><td class="muted">{touched}</td></tr>'


def _due_day(each: Silent) -> str:
    return format_day(due_day(each.due_at))


def silent_csv(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> bytes:
    """The whole list as CSV."""
    silent = list(all_silent(cycle, unit))
    decided = decided_about([each.obligation_id for each in silent], local_day(now))
    return csv_bytes(CSV_HEAD, (_csv_row(each, decided.get(each.obligation_id, Decided()), now) for each in silent))


def _csv_row(each: Silent, decided: Decided, now: datetime) -> tuple[str, ...]:
    due = (STATE_NAMES[each.state], _due_day(each), str(each.days_overdue(now)))
    return (each.code, each.name, each.above, *due, decided.instead, decided.why)
