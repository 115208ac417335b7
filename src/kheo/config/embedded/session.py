"""Using the embedded server: the first to come starts it, the last to leave stops it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from kheo.config.embedded import server
from kheo.config.embedded.account import account_for
from kheo.config.embedded.address import cluster_dir, socket_dir, url_at
from kheo.config.embedded.cluster import ensure_cluster, programs_dir, was_shut_down
from kheo.config.embedded.postmaster import disown_stale_pid, running_postmaster
from kheo.config.embedded.sharing import Say, Use, alone, ensure_lockable
from kheo.config.embedded.watching import watched
from kheo.config.refusals import Refused, reason_of


@dataclass(frozen=True)
class DatabaseHandle:
    """An embedded database in use. `recovered`: it had not been shut down before and was brought back from its log."""

    url: str
    recovered: bool
    started_here: bool


def silent(vietnamese: str, english: str) -> None:
    """Says nothing to nobody."""


@contextmanager
def embedded_database(data_dir: Path, say: Say = silent, extra: Sequence[str] = (), *, revive: bool = False) -> Iterator[DatabaseHandle]:
    """The database of this data folder, running for as long as the block lasts.

    Joins a server that runs already (of another process, or left behind by one that was killed); the last process to leave stops it.
    `extra` are further settings of the server (`name=value`); with `revive` a server that dies meanwhile is started again.
    Raises Refused when there can be no database, with the reason.
    """
    if sys.platform == "win32":
        raise Refused(
            "Cơ sở dữ liệu kèm theo chưa chạy trực tiếp trên Windows: hãy dùng WSL 2, hoặc đặt DATABASE_URL.",
            "The embedded database does not run on Windows itself yet: use WSL 2, or set DATABASE_URL.",
        )
    starting, in_use = _lock_files(data_dir)
    cluster = cluster_dir(data_dir)

    def bring_back() -> None:
        with alone(starting, say):
            server.leave_running(_join_or_start(cluster, say, extra)[1])

    with alone(starting, say):
        handle, process = _join_or_start(cluster, say, extra)
        use = Use(in_use)
    try:
        with watched(cluster, bring_back, say) if revive else nullcontext():
            yield handle
    finally:
        with alone(starting, say):
            if use.was_last():
                server.stop(cluster, process, say)
            else:
                server.leave_running(process)


def _lock_files(data_dir: Path) -> tuple[Path, Path]:
    files = data_dir / "postgres.starting", data_dir / "postgres.in-use"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        for file in files:
            ensure_lockable(file)
    except OSError as fault:
        raise Refused(
            f"Không ghi được vào thư mục dữ liệu {data_dir}: {reason_of(fault)}. Hãy chọn thư mục khác bằng KHEO_DATA.",
            f"The data folder {data_dir} cannot be written: {fault.strerror}. Choose another one with KHEO_DATA.",
        ) from fault
    return files


def _join_or_start(cluster: Path, say: Say, extra: Sequence[str]) -> tuple[DatabaseHandle, "subprocess.Popen[bytes] | None"]:
    account = account_for(cluster, programs_dir())
    found = running_postmaster(cluster)
    joined = server.join(cluster, found) if found is not None else None
    if joined is not None:
        return DatabaseHandle(url_at(joined.sockets), recovered=False, started_here=False), None
    is_new = ensure_cluster(cluster, account)
    recovered = not is_new and not was_shut_down(cluster)
    if recovered:
        say(
            "Lần trước cơ sở dữ liệu không được tắt đúng cách; đang tự phục hồi từ nhật ký giao dịch…",
            "The database was not shut down last time; it is recovering from its log…",
        )
    disown_stale_pid(cluster, socket_dir(cluster))
    process = server.start(cluster, account, say, extra)
    try:
        postmaster = running_postmaster(cluster)
        if postmaster is None:
            raise Refused("Cơ sở dữ liệu dừng ngay sau khi khởi động.", "The database ended right after it started.")
        server.ensure_database(postmaster.sockets)
    except BaseException:
        server.stop(cluster, process, say)
        raise
    if recovered:
        say("Đã phục hồi xong: mọi việc đã báo thành công đều còn.", "Recovered: everything that had been confirmed is there.")
    return DatabaseHandle(url_at(postmaster.sockets), recovered, started_here=True), process
