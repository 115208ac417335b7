"""Files as answers: the right type, a name that every browser keeps (RFC 6266), never guessed at."""

from pathlib import PurePath
from urllib.parse import quote

from django.http import HttpResponse

from kheo.campaigns.models import Cycle
from kheo.core.short_words import short_name
from kheo.core.text import fold
from kheo.files.models import StoredFile
from kheo.files.queries import content_of
from kheo.org.models import SnapshotUnit

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".edxml": "application/xml",
    ".zip": "application/zip",
}


def file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    """A download. `kind`: a file name whose ending tells the type; `name`: what to save it as, in Vietnamese if need be.

    The plain name is for readers that know only ASCII, `filename*` (RFC 5987) for all others.
    """
    response = HttpResponse(content, content_type=TYPES[PurePath(kind).suffix])
    response["Content-Disposition"] = named_attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def evidence_file(file: StoredFile, *, shown: bool) -> HttpResponse:
    """What somebody sent: a photograph is shown, everything else only saved; none may run anything or be taken for something else."""
    response = HttpResponse(content_of(file), content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline" if shown else named_attachment(file.name)
    return response


def named_attachment(name: str) -> str:
    """The header that has a file saved under a name: in plain letters, and as it is for readers that know RFC 5987."""
    return f"attachment; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_name(kind: str, cycle: Cycle, unit: SnapshotUnit) -> str:
    """`bao-cao 2023-N LĐLĐ Quận 1.docx`."""
    path = PurePath(kind)
    return f"{path.stem} {cycle.code} {short_name(unit.name)}{path.suffix}"[-180:].replace("/", "-")


def plain_name(name: str) -> str:
    """Letters without marks, digits, dots and hyphens only."""
    return "".join(char if char.isascii() and (char.isalnum() or char in ".-") else "-" for char in fold(name))
