"""Reading the shelf."""

import hashlib
from collections.abc import Iterator, Sequence

from kheo.files.models import Blob, StoredFile
from kheo.journal.queries import history_of

FORGET_CONTENT = "forget_content"  # what the journal calls it


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file, as they came in."""
    return bytes(Blob.objects.get(pk=file.blob_id).content)


def faults() -> Iterator[str]:
    """Contents that no longer have the hash or the size under which they were put away (`kheo verify`).

    One whose time was over has no bytes; the journal must have been told so, of this very hash.
    """
    for blob in Blob.objects.select_related("forgetting").order_by("pk").iterator(chunk_size=50):
        content = bytes(blob.content)
        if hasattr(blob, "forgetting"):
            told = history_of("content", blob.pk)[-1:]
            if content or [(each.act, each.detail.get("sha256")) for each in told] != [(FORGET_CONTENT, blob.sha256)]:
                yield f"Tệp ghi là đã hết hạn giữ mà nhật ký không ghi, hoặc vẫn còn nội dung (blob {blob.pk})."
        elif hashlib.sha256(content).hexdigest() != blob.sha256 or len(content) != blob.size:
            names = ", ".join(blob.files.order_by("pk").values_list("name", flat=True))
            yield f"Tệp đã bị sửa sau khi nhận: {names} (blob {blob.pk})."


GROUP_BYTES = 8 << 20


def contents_of(files: Sequence[StoredFile]) -> Iterator[tuple[StoredFile, bytes]]:
    """The bytes of many files, in their order; a few megabytes in memory at a time. Each must come with its blob's size."""
    group: list[StoredFile] = []
    held = 0
    for file in files:
        group.append(file)
        held += file.blob.size
        if held >= GROUP_BYTES:
            yield from _contents(group)
            group, held = [], 0
    yield from _contents(group)


def _contents(group: Sequence[StoredFile]) -> Iterator[tuple[StoredFile, bytes]]:
    found = dict(Blob.objects.filter(pk__in=[file.blob_id for file in group]).values_list("pk", "content"))
    for file in group:
        yield file, bytes(found[file.blob_id])
