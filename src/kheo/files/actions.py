"""Putting a file on the shelf, in the transaction of the act that brings it."""

import hashlib
import unicodedata
from datetime import datetime

from kheo.files.models import Blob, StoredFile
from kheo.journal.actions import Actor

LONGEST_NAME = 255


def store_file(data: bytes, *, name: str, media_type: str, by: Actor, at: datetime) -> StoredFile:
    """Keep the bytes under their hash, and who sent them. The same content sent again takes no second place."""
    blob, _ = Blob.objects.get_or_create(sha256=hashlib.sha256(data).hexdigest(), defaults={"size": len(data), "content": data})
    return StoredFile.objects.create(
        blob=blob,
        name=shown_name(name),
        media_type=media_type,
        sent_by_id=by.user_id,
        sender=by.name,
        post=by.post,
        received_at=at,
    )


def shown_name(name: str) -> str:
    """A sender's file name as a text to show: no folders, no control or direction marks, the ending kept when it is shortened."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C").strip()
    if len(visible) <= LONGEST_NAME:
        return visible or "không tên"
    stem, dot, ending = visible.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return visible[: LONGEST_NAME - len(kept) - 1] + "…" + kept
