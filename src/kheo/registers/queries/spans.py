"""In which states an entry was on which days, as it is known now."""

from collections.abc import Sequence

from kheo.registers.models import Entry, StateSpan


def spans_of(entry: Entry) -> Sequence[StateSpan]:
    """The first one first: one query."""
    return list(StateSpan.objects.filter(entry=entry, known_to__isnull=True).order_by("ordinal"))
