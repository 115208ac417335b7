"""`kheo up`: from nothing to an address that answers, and back to rest."""

import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kheo.cli.serving import listening_socket
from kheo.config.embedded.address import cluster_dir
from kheo.config.embedded.postmaster import running_postmaster
from kheo.config.refusals import Refused
from tests.cli.running import Kheo, prepared

LONGEST_STOP = 60  # seconds


def hears_ctrl_c() -> None:
    """As at a terminal: what a shell starts in the background ignores SIGINT, and so does everything that it starts, the tests included."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Served:
    """A running `kheo up`, from its announced address on."""

    def __init__(self, kheo: Kheo, *arguments: str) -> None:
        self.kheo = kheo
        self.process = subprocess.Popen(
            [*kheo.command, "up", *arguments], env=kheo.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=hears_ctrl_c,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = ""
        while "http://" not in self.said:
            line = self.process.stdout.readline()
            assert line, self.process.communicate()[1]
            self.said += line
        self.address = next(word for word in self.said.split() if word.startswith("http://"))

    def get(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                body: bytes = answer.read()
        except TimeoutError:
            self.process.send_signal(signal.SIGABRT)
            raise AssertionError(f"no answer; where it stands:\n{self.process.communicate()[1]}") from None
        return body

    def answer(self, path: str) -> int:
        """The status of an answer, whatever it is."""
        try:
            self.get(path)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code
        return 200

    def ends_by(self, request: signal.Signals) -> tuple[int, str]:
        """Its exit code and what it said on the way out."""
        self.process.send_signal(request)
        _, errors = self.process.communicate(timeout=LONGEST_STOP)
        return self.process.returncode, errors


@contextmanager
def served(kheo: Kheo, *arguments: str) -> Iterator[Served]:
    running = Served(kheo, *arguments)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()  # asked, not killed: so it stops its database too
        running.process.communicate(timeout=LONGEST_STOP)


@pytest.mark.parametrize(("begin", "request_to_end"), [(Kheo, signal.SIGTERM), (prepared, signal.SIGINT)])
def test_serves_and_ends_in_order(tmp_path: Path, begin: Callable[[Path], Kheo], request_to_end: signal.Signals) -> None:
    kheo = begin(tmp_path)
    with served(kheo) as web:
        assert web.get("healthz") == b"ok\n"
        assert "Đăng nhập".encode() in web.get("tai-khoan/dang-nhap/")
        assert web.ends_by(request_to_end)[0] == 0
    assert running_postmaster(cluster_dir(tmp_path)) is None


def test_commands_work_beside_it_and_do_not_stop_its_database(tmp_path: Path) -> None:
    kheo = prepared(tmp_path)
    with served(kheo) as web:
        assert kheo.json("verify")["ok"] is True
        assert web.get("healthz") == b"ok\n"


def test_a_second_one_takes_the_next_port_and_the_same_database(tmp_path: Path) -> None:
    kheo = prepared(tmp_path)
    with served(kheo) as first:
        server = running_postmaster(cluster_dir(tmp_path))
        with served(kheo) as second:
            assert second.address != first.address
            assert running_postmaster(cluster_dir(tmp_path)) == server
            assert second.ends_by(signal.SIGTERM)[0] == 0
        assert first.get("healthz") == b"ok\n"


def test_killed_and_started_again_it_goes_on_with_the_same_database(tmp_path: Path) -> None:
    kheo = prepared(tmp_path)
    with served(kheo) as victim:
        orphan = running_postmaster(cluster_dir(tmp_path))
        assert orphan is not None
        victim.process.kill()
        victim.process.communicate()
    with served(kheo) as web:
        assert running_postmaster(cluster_dir(tmp_path)) == orphan
        assert web.get("healthz") == b"ok\n"
        assert web.ends_by(signal.SIGTERM)[0] == 0
    assert running_postmaster(cluster_dir(tmp_path)) is None


def test_a_database_killed_under_it_comes_back_by_itself(tmp_path: Path) -> None:
    with served(prepared(tmp_path)) as web:
        assert web.get("healthz") == b"ok\n"
        killed = running_postmaster(cluster_dir(tmp_path))
        assert killed is not None
        psutil.Process(killed.pid).kill()
        answers = []
        while not is_back(tmp_path, killed.pid) and len(answers) < 100_000:
            answers.append(web.answer("healthz"))
        assert set(answers) <= {200, 503}, "a clean answer meanwhile"
        assert web.get("healthz") == b"ok\n"
        assert web.ends_by(signal.SIGTERM)[0] == 0


def is_back(data: Path, killed: int) -> bool:
    """Whether another server than the killed one is ready."""
    found = running_postmaster(cluster_dir(data))
    return found is not None and found.pid != killed and found.status == "ready"


def test_a_killed_database_is_told_at_the_next_start(tmp_path: Path) -> None:
    kheo = prepared(tmp_path)
    with served(kheo) as web:
        database = running_postmaster(cluster_dir(tmp_path))
        assert database is not None
        psutil.Process(database.pid).kill()
        web.process.kill()
        web.process.communicate()
    with served(kheo) as web:
        assert web.get("healthz") == b"ok\n"
        _, errors = web.ends_by(signal.SIGTERM)
    assert "Lần trước cơ sở dữ liệu không được tắt đúng cách" in errors
    assert "Đã phục hồi xong" in errors


def test_a_port_that_is_taken_is_told(kheo: Kheo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = kheo("up", "--port", str(port))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Lỗi: Không mở được cổng {port} ở 127.0.0.1: một chương trình khác đang dùng. Hãy chọn cổng khác, ví dụ --port 8080.\n"
    )
    assert not kheo.data.exists(), "told before anything slow"


def test_a_free_port_is_found() -> None:
    with listening_socket("127.0.0.1", None) as first, listening_socket("127.0.0.1", None) as second:
        assert first.getsockname()[1] < second.getsockname()[1]


def test_a_port_that_cannot_be_is_told() -> None:
    with pytest.raises(Refused, match="số cổng phải từ 0 đến 65535"):
        listening_socket("127.0.0.1", 80_000)


def test_production_does_not_start_without_its_secrets(tmp_path: Path) -> None:
    refused = Kheo(tmp_path / "data", KHEO_MODE="production")("up")
    assert refused.returncode == 1
    assert [line.strip(" -").split(" (")[0] for line in refused.stderr.splitlines()] == [
        "Lỗi: Khéo không khởi động vì cấu hình sai:",
        "Thiếu KHEO_SECRET_KEY",
        "Thiếu KHEO_ALLOWED_HOSTS",
        "Thiếu DATABASE_URL",
    ]


def test_the_worker_by_itself_serves_until_it_is_asked_to_end(tmp_path: Path) -> None:
    kheo = prepared(tmp_path)
    process = subprocess.Popen([*kheo.command, "worker"], env=kheo.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "Khéo đang làm các việc nền" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=LONGEST_STOP)
    assert (process.returncode, errors.splitlines()[-1]) == (0, "Đang làm nốt việc dở…")
    assert running_postmaster(cluster_dir(tmp_path)) is None
