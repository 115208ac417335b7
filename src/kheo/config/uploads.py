"""How much may come in with a form that holds files: refused by its announced size, before a byte of it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that keep files; keeps none itself. Also counts, since an announcement may be wrong."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._received = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: N803  # Django's word
        """Too much is not read at all."""
        if content_length > settings.MOST_UPLOAD:
            raise RequestDataTooBig(f"an upload of {content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the piece on to the handlers that keep it."""
        self._received += len(raw_data)
        if self._received > settings.MOST_UPLOAD:
            raise RequestDataTooBig("an upload larger than announced")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind have the file."""
