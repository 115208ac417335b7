"""Workbooks as they go out: one, or those of a whole board in a zip that is made while it is sent."""

import io
import zipfile
from collections.abc import Iterator

from django.http import StreamingHttpResponse

from kheo.campaigns.models import Cycle
from kheo.documents.unit_workbook import make_workbook
from kheo.reports.queries.workbooks import Ordered, workbook_name
from kheo.web.files import named_attachment


class _Outgoing(io.RawIOBase):
    """What a zip writes, until it is sent."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer
        self._waiting.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._waiting = self._waiting, []
        return b"".join(pieces)


def zipped(cycle: Cycle, orders: Iterator[Ordered]) -> Iterator[bytes]:
    """The zip in pieces, one workbook at a time: never more than one of them in memory. A workbook is packed already."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_STORED) as archive:
        for each in orders:
            stamp = cycle.opened_at.astimezone().timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(workbook_name(cycle, each.unit), stamp), make_workbook(each.order))
            yield outgoing.taken()
    yield outgoing.taken()


def zip_response(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A download that begins at once and whose length nobody knows yet."""
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = named_attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
