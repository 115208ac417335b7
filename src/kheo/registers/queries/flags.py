"""Answers of an entry that want a second look since its register has another edition."""

from kheo.registers.models import AnswerFlag, Entry


def flags_of(entry: Entry) -> list[AnswerFlag]:
    """Those that nobody has changed or confirmed yet, in the order in which they were found: one query."""
    return list(AnswerFlag.objects.filter(entry=entry, settled_at__isnull=True).order_by("pk"))
