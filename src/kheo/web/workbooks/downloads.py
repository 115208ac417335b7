"""Workbooks as they go out: one, or those of a whole board in a zip that is made while it is sent."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from kheo.campaigns.models import Cycle
from kheo.documents.unit_workbook import make_workbook
from kheo.documents.zip_stream import zip_in_pieces
from kheo.reports.queries.workbooks import Ordered, workbook_name
from kheo.web.files import named_attachment


def zipped(cycle: Cycle, orders: Iterator[Ordered]) -> Iterator[bytes]:
    """The zip in pieces, one workbook at a time: never more than one of them in memory. A workbook is packed already."""
    files = ((workbook_name(cycle, each.unit), (make_workbook(each.order),)) for each in orders)
    return zip_in_pieces(files, at=cycle.opened_at, is_packed=False)


def zip_response(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A download that begins at once and whose length nobody knows yet."""
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = named_attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
