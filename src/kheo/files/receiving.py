"""A photograph or PDF that somebody sends as evidence: read in the child, drawn anew, told apart from what it pretends to be."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kheo.core.evidence import MEGABYTE
from kheo.core.numbers import format_int
from kheo.documents.camera import UNTOLD, Camera
from kheo.documents.evidence_kinds import Kind, kind_of
from kheo.documents.pdf_safety import check_pdf
from kheo.documents.photos import Photo, clean_photo, read_photo
from kheo.files.actions import shown_name, store_file
from kheo.files.child import Failure, shared_reader
from kheo.files.models import StoredFile
from kheo.journal.actions import Actor

MOST_FILES = 20
LARGEST = 25  # MB of one file: the most that a campaign may allow; nothing larger is read into memory
_FAILED = {
    "memory": "lớn hoặc phức tạp quá mức đọc được.",
    "time": "đọc quá lâu nên đã dừng.",
    "large": "lớn quá mức nhận.",
    "died": "không đọc được.",
    "broken": "không đọc được.",
}


def too_large(files: "Sequence[UploadedFile[Any]]") -> list[str]:
    """Why some of the files of a request are not even read."""
    if len(files) > MOST_FILES:
        return [f"Mỗi lần gửi tối đa {MOST_FILES} tệp."]
    return [f"“{each.name}” lớn quá {LARGEST} MB." for each in files if (each.size or 0) > LARGEST * MEGABYTE]


@dataclass(frozen=True)
class SentFile:
    """A file as it came in: its name is only a text."""

    name: str
    data: bytes


@dataclass(frozen=True)
class FitFile:
    """A file fit to be kept. `camera`: what was written beside the pixels, to be compared and never kept."""

    kind: Kind
    name: str
    data: bytes
    thumbnail: bytes | None = None
    camera: Camera = UNTOLD

    @property
    def digest(self) -> str:
        """The hash under which it is kept."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def media_type(self) -> str:
        """By its content."""
        return "image/jpeg" if self.kind == "photo" else "application/pdf"


def read_sent(file: SentFile, *, photo_megabytes: int, pdf_megabytes: int) -> FitFile | str:
    """The file as it is kept, or why it is not (a phrase that follows its name). Takes seconds: before anything is locked."""
    kind, why = kind_of(file.data)
    if kind is None:
        return why
    most = photo_megabytes if kind == "photo" else pdf_megabytes
    if len(file.data) > most * MEGABYTE:
        return f"lớn quá {most} MB (đang có {format_int(len(file.data) // MEGABYTE)} MB)."
    answer = shared_reader().run(clean_photo if kind == "photo" else check_pdf, file.data)
    if isinstance(answer, Failure):
        return _FAILED[answer.why]
    if kind == "pdf":
        return answer.decode() or FitFile("pdf", _named(file.name, ".pdf"), file.data)
    photo = read_photo(answer)
    return FitFile("photo", _named(file.name, ".jpg"), photo.picture, photo.thumbnail, photo.camera) if isinstance(photo, Photo) else photo


def _named(name: str, ending: str) -> str:
    """The sender's name with the ending of what the content is."""
    shown = shown_name(name)
    return f"{PurePath(shown).stem[:200] or 'tep'}{ending}"


def shelve(fit: FitFile, *, by: Actor, at: datetime) -> tuple[StoredFile, StoredFile | None]:
    """The file on the shelf, and its small picture where it has one; in the transaction of the act that brings it."""
    whole = store_file(fit.data, name=fit.name, media_type=fit.media_type, by=by, at=at)
    small = store_file(fit.thumbnail, name=fit.name, media_type=fit.media_type, by=by, at=at) if fit.thumbnail else None
    return whole, small
