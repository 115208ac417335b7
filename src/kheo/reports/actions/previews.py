"""Keeping what a change of units was found to do, and forgetting what nobody recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kheo.files.actions import forget_file
from kheo.files.models import StoredFile
from kheo.journal.actions import SYSTEM
from kheo.org.queries import recorded_hashes
from kheo.people.models import User
from kheo.reports.access.reorganising import CHANGE_FILE
from kheo.reports.models import KeptPage, KeptPreview
from kheo.reports.queries.previews import PAGE, Preview

MOST_KEPT = 5  # of one person: a preview of the whole country takes some megabytes
FILES_KEPT = timedelta(days=30)
PREVIEWS_KEPT = timedelta(days=1)
BATCH = 100


@transaction.atomic
def keep_preview(preview: Preview, *, person: int, key: str, stamp: str, at: datetime) -> None:
    """Keep it instead of what was kept under the key; of a person only the newest few stay.

    One page of a person after the other: two tabs may work out the same preview at once.
    """
    User.objects.select_for_update(no_key=True).get(pk=person)
    KeptPreview.objects.filter(person=person, key=key).delete()
    old = list(KeptPreview.objects.filter(person=person).order_by("-kept_at", "-pk").values_list("pk", flat=True)[MOST_KEPT - 1 :])
    KeptPreview.objects.filter(pk__in=old).delete()
    kept = KeptPreview.objects.create(
        person_id=person, key=key, stamp=stamp, kept_at=at, facts=dict(preview.facts), counts=dict(preview.counts)
    )
    pages = [
        KeptPage(preview=kept, section=section, number=start // PAGE + 1, rows=list(rows[start : start + PAGE]))
        for section, rows in preview.lists.items()
        for start in range(0, len(rows), PAGE)
    ]
    KeptPage.objects.bulk_create(pages, batch_size=500)


@dataclass(frozen=True)
class Forgotten:
    """How many files of changes and kept previews went."""

    files: int
    previews: int

    @property
    def is_all(self) -> bool:
        """Whether nothing older was left."""
        return self.files < BATCH

    @property
    def is_none(self) -> bool:
        """Whether nothing went."""
        return not self.files and not self.previews


@transaction.atomic
def forget_unrecorded(*, at: datetime) -> Forgotten:
    """Files of changes that were previewed and in 30 days never recorded go, a few at a time, each with a row in the journal.

    A file that was recorded stays, also when that was taken back; so does one whose content somebody recorded under another name.
    """
    _, gone = KeptPreview.objects.filter(kept_at__lt=at - PREVIEWS_KEPT).delete()
    old = StoredFile.objects.filter(media_type=CHANGE_FILE, received_at__lt=at - FILES_KEPT)
    old = old.exclude(blob__sha256__in=recorded_hashes())
    locked = old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH]  # one that is being recorded is locked
    files = list(old.filter(pk__in=[file.pk for file in locked]).order_by("pk"))  # and asked again: it may have been recorded just now
    for file in files:
        forget_file(file, by=SYSTEM, at=at)
    return Forgotten(len(files), gone.get("reports.KeptPreview", 0))
