"""What the page about the end of a campaign shows: before it is done, and after."""

from typing import Any

from django.urls import reverse

from kheo.campaigns.models import Cycle
from kheo.core.days import format_day, format_instant
from kheo.core.due_words import report_title
from kheo.core.numbers import format_int
from kheo.directives.queries.endings import Replacement, ending_words, paper_words
from kheo.reports.queries.campaign_endings import Foreseen, preview, what_follows
from kheo.web.reach import PageRequest
from kheo.web.trails import from_home

TITLE = "Kết thúc phong trào"


def context(request: PageRequest, meant: Replacement) -> dict[str, Any]:
    """For `replacing/end.html`."""
    link, ending = meant.link, meant.ending
    day = link.from_day or request.person.on
    found = preview(meant.campaign.pk, day, request.now)
    is_own = ending is not None and ending.link_id == link.pk
    return {
        "campaign": meant.campaign,
        "link": link,
        "old": f"{paper_words(link.other)}, {link.other.issuer}",
        "new": f"{paper_words(link.directive)}, {link.directive.issuer}",
        "day": format_day(day),
        "ending": ending,
        "is_own": is_own,
        "ended": f"{ending_words(ending)}." if ending else "",
        "ended_by": f"{ending.made_by}, {format_instant(ending.made_at)}" if ending else "",
        "blocked": what_follows(ending, request.now) if ending is not None and is_own else "",
        "rows": [_row(cycle, counts) for cycle, counts in found.windows],
        "whole": _words(found.whole, len(found.windows)),
        "count": found.whole.reports,
        "seen": str(found.whole.reports),
        "stays": [f"{report_title(each.name)}, bắt đầu ngày {format_day(each.opens)}" for each in found.stays],
        "trail": from_home(("Quan hệ giữa các văn bản", reverse("paper_links", args=[link.directive_id])), (TITLE, "")),
    }


def _words(whole: Foreseen, windows: int) -> str:
    """`6 báo cáo của 6 đơn vị, trong 1 kỳ đã mở; 2 báo cáo đã bắt đầu nhập.`"""
    if not whole.reports:
        return "Không có báo cáo nào phải thôi thu."
    begun = f"; {format_int(whole.begun)} báo cáo đã bắt đầu nhập, những gì đã nhập vẫn còn" if whole.begun else ""
    return f"{format_int(whole.reports)} báo cáo của {format_int(whole.units)} đơn vị, trong {windows} kỳ đã mở{begun}."


def _row(cycle: Cycle, counts: Foreseen) -> dict[str, str]:
    return {
        "name": report_title(cycle.name),
        "opens": format_day(cycle.opens),
        **{name: format_int(getattr(counts, name)) for name in ("reports", "begun", "submitted", "accepted", "closed")},
    }
