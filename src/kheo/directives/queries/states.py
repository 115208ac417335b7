"""What a row of the room says, as plain data: what writings keep and the journal seals."""

from datetime import date, datetime
from typing import Any

from kheo.core.chain import content_hash
from kheo.directives.models import Arrival, Directive, Drafting, Issue

# Not said twice: the text's hash stands for the text, and what was understood and searched follows from it.
_LEFT_OUT = frozenset({"id", "text", "understood", "search", "key", "version"})
# Of a draft: its history stands in the row itself, so what is kept of each act is what it was all like, by its hash.
_HASHED = ("papers", "corrections", "typed", "chosen", "seen")
SUBJECTS = ("directive", "arrival", "issue", "drafting")
Row = Directive | Arrival | Issue | Drafting


def subject_of(row: Row) -> str:
    """One of the `SUBJECTS`."""
    return type(row).__name__.lower()


def state_of(row: Row) -> dict[str, Any]:
    """Every column that somebody may change, days and instants as text."""
    state = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name not in _LEFT_OUT}
    if isinstance(row, Directive):
        state["text"] = content_hash(row.text)
    if isinstance(row, Drafting):
        state |= {name: content_hash(state[name]) for name in _HASHED}
        state["directives"] = sorted(each.directive_id for each in row.sources.all())
    return state


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def rows_after(subject: str, number: int, most: int) -> list[Directive] | list[Arrival] | list[Issue] | list[Drafting]:
    """The next rows of one of the `SUBJECTS`, by their number."""
    if subject == "directive":
        return list(Directive.objects.filter(pk__gt=number).order_by("pk")[:most])
    if subject == "arrival":
        return list(Arrival.objects.filter(pk__gt=number).order_by("pk")[:most])
    if subject == "drafting":
        return list(Drafting.objects.filter(pk__gt=number).order_by("pk").prefetch_related("sources")[: most // 50 + 1])  # long texts
    return list(Issue.objects.filter(pk__gt=number).order_by("pk")[:most])
