"""Words that several jobs need for dates and cycles."""

from collections.abc import Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kheo.core.due_words import due_words, report_title
from kheo.reports.queries.decided import Decided

__all__ = ["decided_lines", "due_tone", "due_words", "report_title"]

SOON = 7


def due_tone(days_left: int) -> str:
    """`ok`, `soon` or `overdue`: the value of `data-due`."""
    if days_left < 0:
        return "overdue"
    return "soon" if days_left <= SOON else "ok"


def decided_lines(obligation: int, decided: Mapping[int, Decided]) -> SafeString:
    """What was decided about the report of a unit that has ended, as small lines under its name; empty where nothing was."""
    words = decided[obligation].words if obligation in decided else ()
    return format_html_join("", "<small>{}</small>", ((each,) for each in words))
