"""Reading the shelf."""

import hashlib
from collections.abc import Iterator, Sequence

from kheo.files.models import Blob, StoredFile


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file, as they came in."""
    return bytes(Blob.objects.get(pk=file.blob_id).content)


def faults() -> Iterator[str]:
    """Contents that no longer have the hash or the size under which they were put away (`kheo verify`)."""
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=50):
        content = bytes(blob.content)
        if hashlib.sha256(content).hexdigest() != blob.sha256 or len(content) != blob.size:
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
