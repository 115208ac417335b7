"""Whether the record of what happened to units is still what the journal says was recorded: `kheo verify` asks."""

from collections.abc import Iterator

from kheo.core.chain import content_hash
from kheo.journal.models import JournalEntry
from kheo.org.models import EventBatch, UnitEvent
from kheo.org.queries.events import event_record

TOLD_BY = ("reorganise", "annul_events")


def event_faults() -> Iterator[str]:
    """Batches whose events were changed, added or removed after they were recorded, and batches that the journal does not know."""
    told: set[int] = set()
    for entry in JournalEntry.objects.filter(act__in=TOLD_BY, object_type="event_batch").order_by("number").iterator(chunk_size=200):
        told.add(entry.object_id)
        events = UnitEvent.objects.filter(batch=entry.object_id).order_by("pk")
        if content_hash([event_record(event) for event in events]) != entry.detail["records"]:
            yield f"Các sự kiện của đơn vị trong đợt số {entry.object_id} đã bị sửa sau khi ghi (dòng nhật ký {entry.number})."
    for batch in EventBatch.objects.exclude(pk__in=told).order_by("pk"):
        yield f"Đợt sự kiện số {batch.pk} không có trong nhật ký."
