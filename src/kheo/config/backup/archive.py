"""The file of a backup: a ZIP of PostgreSQL's own dump and a manifest that tells what must come out of it.

Any tool opens it, and `pg_restore` reads the dump without Khéo. A ZIP's directory stands at its end, so a file cut short is no ZIP.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from kheo.config.refusals import Refused, reason_of

FORMAT = 1
DUMP, MANIFEST = "database.dump", "manifest.json"
CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows per table, the journal's head, the migrations that made the tables, and the dump's size and hash."""

    format: int
    kheo: str
    created_at: str
    server: str
    rows: Mapping[str, int]
    journal: tuple[int, str] | None
    migrations: tuple[str, ...]
    size: int
    sha256: str

    @property
    def total_rows(self) -> int:
        return sum(self.rows.values())


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """A backup whose every byte was checked; Refused for a file that is cut short, damaged or something else."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield _checked(archive, file), archive
    except FileNotFoundError as fault:
        raise Refused(f"Không có tệp {file}.", f"There is no file {file}.") from fault
    except OSError as fault:
        raise Refused(f"Không đọc được {file}: {reason_of(fault)}.", f"{file} cannot be read: {fault.strerror}.") from fault
    except (zipfile.BadZipFile, EOFError) as fault:
        raise _damaged(file, f"{fault}") from fault


def _checked(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        manifest = _read_manifest(archive, file)
        _check_dump(archive, manifest, file)
    except (zlib.error, NotImplementedError, RuntimeError) as fault:  # badly packed, in an unknown way, or behind a password
        raise _damaged(file, f"{fault}") from fault
    return manifest


def _damaged(file: Path, detail: str) -> Refused:
    return Refused(
        f"{file} không phải bản sao lưu nguyên vẹn của Khéo (bị cắt cụt hoặc hỏng). Không có gì bị thay đổi.",
        f"{file} is no whole backup of Kheo (cut short or damaged): {detail}. Nothing was changed.",
    )


def _read_manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        with archive.open(MANIFEST) as stream:
            found = json.loads(stream.read(LARGEST_MANIFEST))
        number = found["format"]
        if number == FORMAT:
            journal = found["journal"]
            return Manifest(**{**found, "migrations": tuple(found["migrations"]), "journal": tuple(journal) if journal else None})
    except (KeyError, TypeError, ValueError) as fault:
        raise _damaged(file, f"manifest: {fault}") from fault
    raise Refused(
        f"{file} thuộc dạng sao lưu số {number}; bản Khéo này chỉ đọc dạng {FORMAT}.",
        f"{file} is a backup of format {number}; this Kheo reads format {FORMAT}.",
    )


def _check_dump(archive: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(DUMP) as dump:
            while chunk := dump.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except KeyError as fault:
        raise _damaged(file, f"{DUMP}") from fault
    if (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
        raise _damaged(file, "sha256")


class Digesting:
    """Passes bytes on while it counts and hashes them."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, chunk: bytes) -> None:
        self._target.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as readable JSON."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=2).encode()
