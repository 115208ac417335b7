"""Words that several jobs need for dates and cycles."""

from kheo.core.due_words import due_words, report_title

__all__ = ["due_tone", "due_words", "report_title"]

SOON = 7


def due_tone(days_left: int) -> str:
    """`ok`, `soon` or `overdue`: the value of `data-due`."""
    if days_left < 0:
        return "overdue"
    return "soon" if days_left <= SOON else "ok"
