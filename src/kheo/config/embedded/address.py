"""Where the embedded server keeps its files and where it listens."""

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import quote

# A socket's path must fit into 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 100
PORT = 5432
ROLE = DATABASE = "kheo"


def cluster_dir(data_dir: Path) -> Path:
    """The server's own folder inside Khéo's data folder."""
    return data_dir.resolve() / "postgres"


def socket_dir(cluster: Path) -> Path:
    """The folder of the server's socket: its own, or a private one under the temporary folder when that path cannot be an address.

    It cannot when it is too long, or when it holds what PostgreSQL reads as the end of one address and the beginning of another.
    """
    path = str(cluster / f".s.PGSQL.{PORT}")
    if len(path.encode()) <= LONGEST_SOCKET_PATH and not set(path) & set(",\"'\\"):
        return cluster
    mark = hashlib.sha256(str(cluster).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"kheo-{mark}"


def url_at(sockets: Path, role: str = ROLE, database: str = DATABASE) -> str:
    """The address of a database of the server that listens in that folder."""
    return f"postgresql://{role}@/{database}?host={quote(str(sockets), safe='')}&port={PORT}"


def expected_url(data_dir: Path) -> str:
    """The address the embedded server of this data folder has whenever it runs."""
    return url_at(socket_dir(cluster_dir(data_dir)))
