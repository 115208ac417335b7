"""What has changed below since the report was sent, in words; and the form in which the unit decides."""

from dataclasses import dataclass
from typing import Any

from kheo.core.changed_sums import SumChange
from kheo.core.checking import label_of
from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.core.numbers import format_int, format_scaled
from kheo.core.workflow import Act
from kheo.reports.access import Reached
from kheo.reports.queries.changed_below import Cause, ChangedBelow, changed_below
from kheo.web.filling.pages import definition_of
from kheo.web.reach import PageRequest


@dataclass(frozen=True)
class Line:
    """One indicator: as sent, now, and by how much."""

    key: str
    label: str
    then: str
    now: str
    difference: str


def below_notice(request: PageRequest, reached: Reached) -> dict[str, Any]:
    """For `filling/_below.html`; empty for anybody but the unit's own people, and where nothing changed."""
    if reached.obligation.answering_id not in request.person.reading_units:
        return {}
    found = changed_below(reached.obligation, reached.report)
    if found is None:
        return {}
    definition = definition_of(reached)
    return {
        "found": found,
        "sent": format_instant(found.sent_at),
        "lines": [_line(definition, each) for each in found.open],
        "covered": [label_of(definition, key) for key in found.covered],
        "causes": [_cause(definition, each) for each in found.causes],
        "more_causes": found.causes_in_all - len(found.causes),
        "reports": _reports(found),
        "may_keep": Act.KEEP in reached.acts and found.kept is None,
        "may_revise": Act.REVISE in reached.acts,
        "may_recall": Act.RECALL in reached.acts,
        "kept": _kept(found),
    }


def _line(definition: Definition, change: SumChange) -> Line:
    decimals = definition.indicator(definition.cell(change.key).indicator).decimals
    then, now = ("chưa có" if each is None else format_scaled(each, decimals) for each in (change.then, change.now))
    return Line(change.key, label_of(definition, change.key), then, now, signed(change.difference, decimals))


def signed(difference: int, decimals: int) -> str:
    """`+3`, `−2`, `0`."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{format_scaled(abs(difference), decimals)}"


def _cause(definition: Definition, cause: Cause) -> dict[str, str]:
    decimals = {each.key: definition.indicator(definition.cell(each.key).indicator).decimals for each in cause.changes}
    changes = ", ".join(f"{each.key} {signed(each.difference, decimals[each.key])}" for each in cause.changes)
    what = "báo cáo mới được chấp nhận" if cause.is_new else f"báo cáo bổ sung (lần nộp {cause.number})"
    return {
        "name": cause.unit_name,
        "obligation": str(cause.obligation_id),
        "what": what,
        "at": format_instant(cause.at),
        "reason": "" if cause.is_new else cause.reason,
        "changes": changes,
    }


def _reports(found: ChangedBelow) -> str:
    """`12 → 14 báo cáo đã chấp nhận`; empty while their number is the same."""
    if found.reported_then == found.reported_now:
        return ""
    return f"{format_int(found.reported_then)} → {format_int(found.reported_now)} báo cáo cấp dưới đã chấp nhận"


def _kept(found: ChangedBelow) -> str:
    if found.kept is None:
        return ""
    return f"{found.kept.decided_by} đã quyết định không gửi bổ sung lúc {format_instant(found.kept.decided_at)}: {found.kept.reason}"
