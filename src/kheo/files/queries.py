"""Reading the shelf."""

import hashlib
from collections.abc import Iterator

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
