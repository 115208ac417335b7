"""A workbook that somebody sent, read in the child process."""

from kheo.documents.grid.opening import raw_book
from kheo.documents.grid.package import LARGEST_FILE
from kheo.documents.grid.raw import RawBook, Refusal, from_json
from kheo.files.child import Failure, Reader, Why, shared_reader

_REFUSALS: dict[Why, Refusal] = {"memory": "memory", "time": "time", "died": "memory", "large": "large"}


def read_book(data: bytes, reader: Reader | None = None) -> RawBook:
    """The plain grid of a file, or why it has none; never raises for anything that was sent."""
    if len(data) > LARGEST_FILE:
        return RawBook(refusal="large")
    answer = (reader or shared_reader()).run(raw_book, data)
    if not isinstance(answer, Failure):
        return from_json(answer)
    return RawBook(refusal=_REFUSALS.get(answer.why, "broken"), detail=answer.detail[-200:])
