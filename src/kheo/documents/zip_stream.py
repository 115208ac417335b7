"""A zip that is made while it is sent: nobody holds it whole, and no file of it."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from kheo.core.days import ZONE


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


def zip_in_pieces(files: Iterable[tuple[str, Iterable[bytes]]], *, at: datetime, is_packed: bool = True) -> Iterator[bytes]:
    """The zip of these files, each by its name with its own pieces; `is_packed` False: of what is packed already."""
    outgoing, stamp = _Outgoing(), at.astimezone(ZONE).timetuple()[:6]
    method = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(outgoing, "w") as archive:
        for name, pieces in files:
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=True) as file:  # nobody knows yet how long it will be
                for piece in pieces:
                    file.write(piece)
                    if sent := outgoing.taken():
                        yield sent
    yield outgoing.taken()
