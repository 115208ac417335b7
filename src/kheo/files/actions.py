"""Putting a file on the shelf, in the transaction of the act that brings it."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection

from kheo.files.models import Blob, Forgetting, StoredFile
from kheo.files.queries import FORGET_CONTENT
from kheo.journal.actions import Actor, record

LONGEST_NAME = 255


def store_file(data: bytes, *, name: str, media_type: str, by: Actor, at: datetime) -> StoredFile:
    """Keep the bytes under their hash, and who sent them. The same content sent again takes no second place."""
    blob, is_new = Blob.objects.get_or_create(sha256=hashlib.sha256(data).hexdigest(), defaults={"size": len(data), "content": data})
    if not is_new:
        _bring_back_what_goes({blob.sha256: data}, by, at)
    return StoredFile.objects.create(
        blob=blob,
        name=shown_name(name),
        media_type=media_type,
        sent_by_id=by.user_id,
        sender=by.name,
        post=by.post,
        received_at=at,
    )


@dataclass(frozen=True)
class Arrival:
    """A file that came in."""

    data: bytes
    name: str
    media_type: str


def store_files(arrivals: Sequence[Arrival], *, by: Actor, at: datetime) -> list[StoredFile]:
    """The same for many at once, in their order: a fixed number of statements."""
    hashes = [hashlib.sha256(each.data).hexdigest() for each in arrivals]
    contents = dict(zip(hashes, (each.data for each in arrivals), strict=True))
    known = set(Blob.objects.filter(sha256__in=contents).values_list("sha256", flat=True))
    _put({key: data for key, data in contents.items() if key not in known})
    _bring_back_what_goes({key: contents[key] for key in known}, by, at)
    blobs = dict(Blob.objects.filter(sha256__in=contents).values_list("sha256", "pk"))
    sender = {"sent_by_id": by.user_id, "sender": by.name, "post": by.post, "received_at": at}
    rows = [
        StoredFile(blob_id=blobs[key], name=shown_name(each.name), media_type=each.media_type, **sender)
        for key, each in zip(hashes, arrivals, strict=True)
    ]
    return StoredFile.objects.bulk_create(rows)


# Bytes travel as bytes: written into the statement as text, twice as long, they cost the two sides five times as much.
PUT = "INSERT INTO files_blob (sha256, size, content) SELECT * FROM unnest(%b::text[], %b::int[], %b::bytea[]) ON CONFLICT DO NOTHING"


def _put(contents: Mapping[str, bytes]) -> None:
    """Contents that are not there yet, by hash; one that somebody else puts there meanwhile is left as it is."""
    if contents:
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(PUT, [list(contents), [len(data) for data in contents.values()], list(contents.values())])


# The reference of a file to its content is checked when all is over: until then nothing but this keeps the content.
STAY = "SELECT id FROM files_blob WHERE sha256 = ANY(%s) ORDER BY id FOR KEY SHARE"


def _bring_back_what_goes(contents: Mapping[str, bytes], by: Actor, at: datetime) -> None:
    """Contents that are there stay till the end of this transaction: who is letting them go has done so first, or waits.

    One that was forgotten is sent again: it is kept again, for the new file's reason.
    """
    if not contents:
        return
    with connection.cursor() as cursor:
        cursor.execute(STAY, [list(contents)])
    for blob in Blob.objects.filter(sha256__in=contents, forgetting__isnull=False).defer("content"):
        Blob.objects.filter(pk=blob.pk).update(content=contents[blob.sha256])
        Forgetting.objects.filter(blob=blob).delete()
        record("content_came_again", by=by, at=at, object_type="content", object_id=blob.pk, sha256=blob.sha256)


def forget_contents(files: Sequence[StoredFile], *, why: str, by: Actor, at: datetime) -> list[str]:
    """Let the bytes of files go, and keep hash, size, sender and day; gives the hashes. Twice is harmless.

    A content that some other file names as well stays: whoever sent that has a reason of their own, also one who sends it just now.
    """
    numbers, blobs = {each.pk for each in files}, {each.blob_id for each in files}
    going = list(Blob.objects.select_for_update(of=("self",)).filter(pk__in=blobs, forgetting__isnull=True).defer("content").order_by("pk"))
    elsewhere = set(StoredFile.objects.filter(blob__in=blobs).exclude(pk__in=numbers).values_list("blob_id", flat=True))
    gone = []
    for blob in (each for each in going if each.pk not in elsewhere):
        Forgetting.objects.create(blob=blob, at=at, by=by.name, why=why)
        Blob.objects.filter(pk=blob.pk).update(content=b"")
        record(FORGET_CONTENT, by=by, at=at, object_type="content", object_id=blob.pk, sha256=blob.sha256, size=blob.size, why=why)
        gone.append(blob.sha256)
    return gone


def forget_file(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Take a file off the shelf, and its content where no other file has it; the journal says which it was and who had sent it.

    The database lets only kinds of files go that nothing was ever done with (migration `0003_some_files_are_forgotten`).
    """
    blob = file.blob_id
    digest, number = Blob.objects.values_list("sha256", flat=True).get(pk=blob), file.pk
    file.delete()
    if not StoredFile.objects.filter(blob=blob).exists():
        Blob.objects.filter(pk=blob).delete()
    received = file.received_at.isoformat(timespec="microseconds")
    told: dict[str, Any] = {"name": file.name, "sha256": digest, "sender": file.sender, "received": received}
    record("forget_file", by=by, at=at, object_type="file", object_id=number, **told)


def shown_name(name: str) -> str:
    """A sender's file name as a text to show: no folders, no control or direction marks, the ending kept when it is shortened."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C").strip()
    if len(visible) <= LONGEST_NAME:
        return visible or "không tên"
    stem, dot, ending = visible.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return visible[: LONGEST_NAME - len(kept) - 1] + "…" + kept
