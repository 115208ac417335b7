"""Many entries, never more than a batch of them in memory."""

from collections.abc import Iterator, Sequence

from kheo.registers.models import Entry

BATCH = 1000


def in_batches(ids: Sequence[int], most: int = BATCH) -> Iterator[list[Entry]]:
    """These entries in this order, so many at a time: one query for each batch."""
    for start in range(0, len(ids), most):
        part = list(ids[start : start + most])
        found = Entry.objects.in_bulk(part)
        yield [found[number] for number in part if number in found]
