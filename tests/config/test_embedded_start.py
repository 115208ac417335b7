"""Starting the embedded database where something is in the way: it starts all the same, or says what to do."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kheo.config.embedded import embedded_database, expected_url, server
from kheo.config.embedded.account import Account, account_for
from kheo.config.embedded.address import cluster_dir
from kheo.config.embedded.cluster import program, programs_dir
from kheo.config.embedded.postmaster import disown_stale_pid, running_postmaster
from kheo.config.embedded.session import silent
from kheo.config.refusals import Refused
from tests.config.processes import neighbour

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server under another account")


@pytest.fixture
def used_folder(tmp_path: Path) -> Path:
    """A data folder whose server ran and was stopped."""
    with embedded_database(tmp_path):
        pass
    return tmp_path


@pytest.fixture
def stranger(used_folder: Path) -> Iterator[int]:
    """The number of a process that is no server, under the account of the server."""
    account = account_for(cluster_dir(used_folder), programs_dir())
    process = subprocess.Popen([*account.prefix, "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"there\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"there\n"
    yield process.pid
    process.communicate()


def claim(data_dir: Path, pid: int) -> None:
    """Leave the pid file of a server that died, its number now another process's."""
    cluster = cluster_dir(data_dir)
    file = cluster / "postmaster.pid"
    file.write_text(f"{pid}\n{cluster}\n1700000000\n5432\n{cluster}\n\n  2163291     99999\nready   \n", encoding="utf-8")
    shutil.chown(file, *cluster_owner(cluster))


def cluster_owner(cluster: Path) -> tuple[int, int]:
    return cluster.stat().st_uid, cluster.stat().st_gid


def test_a_stale_pid_that_another_program_has_now_is_no_obstacle(used_folder: Path, stranger: int) -> None:
    claim(used_folder, stranger)
    assert running_postmaster(cluster_dir(used_folder)) is None
    with embedded_database(used_folder) as handle:
        assert handle.started_here


def test_postgresql_alone_would_take_the_other_program_for_its_server(used_folder: Path, stranger: int) -> None:
    """Control: without our correction of the file the start fails, so the test above can go red."""
    claim(used_folder, stranger)
    cluster = cluster_dir(used_folder)
    account = account_for(cluster, programs_dir())
    with pytest.raises(Refused, match=r'lock file "postmaster\.pid" already exists'):
        server.start(cluster, account, silent)
    assert disown_stale_pid(cluster, cluster) is True
    process = server.start(cluster, account, silent)
    server.stop(cluster, process, silent)


def test_a_start_that_fails_shows_the_end_of_the_servers_log(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused, embedded_database(tmp_path, extra=["no_such_setting=1"]):
        pytest.fail("it must not start")
    assert "Cơ sở dữ liệu không khởi động được" in refused.value.vietnamese
    assert 'unrecognized configuration parameter "no_such_setting"' in refused.value.vietnamese
    assert "The database does not start" in refused.value.english


def test_refuses_data_of_another_major_version(used_folder: Path) -> None:
    version = cluster_dir(used_folder) / "PG_VERSION"
    version.write_text("17\n", encoding="ascii")
    with pytest.raises(Refused, match=r"là của PostgreSQL 17, còn bản kèm theo là 18\..*kheo backup"), embedded_database(used_folder):
        pytest.fail("it must not start")


def test_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    foreign = tmp_path / "postgres"
    foreign.mkdir()
    (foreign / "luận văn.docx").write_text("not ours", encoding="utf-8")
    with pytest.raises(Refused, match="không trống và không phải dữ liệu của PostgreSQL"), embedded_database(tmp_path):
        pytest.fail("it must not start")
    assert [path.name for path in foreign.iterdir()] == ["luận văn.docx"]


def test_refuses_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match=r"Không ghi được vào thư mục dữ liệu .*KHEO_DATA"), embedded_database(tmp_path / "a-file" / "var"):
        pytest.fail("it must not start")


def test_a_first_start_cut_short_does_not_block_the_next(tmp_path: Path) -> None:
    half_made = tmp_path / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n", encoding="ascii")
    with embedded_database(tmp_path) as handle:
        assert handle.started_here
    assert not half_made.exists()


def test_listens_in_a_private_folder_when_the_data_lies_too_deep(tmp_path: Path) -> None:
    deep = tmp_path / ("thư-mục-rất-sâu-" * 5)
    with embedded_database(deep) as handle:
        assert handle.url == expected_url(deep)
        sockets = running_postmaster(cluster_dir(deep)).sockets  # type: ignore[union-attr]
        assert sockets.parent != deep
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        with psycopg.connect(handle.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not sockets.exists(), "nothing is left behind in the temporary folder"


@pytest.mark.parametrize("name", ["có dấu cách", 'phẩy, và nháy "kép"', "o'clock", "a\\b%20c"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    with embedded_database(tmp_path / name) as handle, psycopg.connect(handle.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert handle.url == expected_url(tmp_path / name)


def test_the_folder_is_closed_to_other_users(used_folder: Path) -> None:
    assert stat.S_IMODE(cluster_dir(used_folder).stat().st_mode) == 0o700


@only_root
def test_root_lends_the_server_an_account_without_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with embedded_database(tmp_path):
        process = running_postmaster(cluster_dir(tmp_path))
        assert process is not None
        status = status_of(process.pid)
    assert "0" not in status["Uid"].split()


@only_root
def test_a_closed_folder_above_is_passed_with_one_right_and_stays_closed(tmp_path: Path) -> None:
    """Project, environment and data in a folder that only root may enter, like root's home."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    packages = copied_wheel(home / "project" / "packages")
    data = home / "project" / "var"
    with neighbour(data, {"PYTHONPATH": f"{packages}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}) as process:
        entered = process.has_entered()
        assert entered.get("started_here") is True, entered
        found = running_postmaster(cluster_dir(data))
        assert found is not None
        assert str(home) in Path(f"/proc/{found.pid}/exe").readlink().as_posix(), "the server of the closed folder, not the one outside"
        status = status_of(found.pid)
        process.leaves()
    assert "0" not in status["Uid"].split()
    # dac_read_search (bit 2) or, where a container withholds that, dac_override (bit 1); nothing besides, and nothing to be gained.
    assert {status[name].strip() for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} in ({"0000000000000004"}, {"0000000000000002"})
    assert status["NoNewPrivs"].strip() == "1"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert home.stat().st_uid == 0


@only_root
def test_without_that_right_a_closed_folder_cannot_be_passed(tmp_path: Path) -> None:
    """Control: the same account without the capability does not even find its programs."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    packages = copied_wheel(home / "packages")
    tmp_path.chmod(0o755)
    account = account_for(tmp_path / "postgres", programs_dir())
    initdb = packages / Path(program("initdb")).relative_to(programs_dir().parents[2])
    command = [*account.prefix, str(initdb), f"--pgdata={tmp_path / 'data'}"]
    assert subprocess.run(command, capture_output=True, check=False, cwd="/").returncode != 0


@only_root
def test_runs_as_the_owner_of_existing_data(used_folder: Path) -> None:
    cluster = cluster_dir(used_folder)
    account = account_for(cluster, programs_dir())
    assert isinstance(account, Account)
    assert (account.uid, account.gid) == cluster_owner(cluster)


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return dict(line.split(":", 1) for line in lines)


def copied_wheel(packages: Path) -> Path:
    """A second copy of the wheel that brings PostgreSQL, in a folder of its own."""
    packages.mkdir(parents=True)
    wheel = programs_dir().parents[1]
    for folder in wheel.parent.glob(f"{wheel.name}*"):
        if folder.suffix != ".dist-info":
            shutil.copytree(
                folder, packages / folder.name, copy_function=_link_or_copy, ignore=shutil.ignore_patterns("pginstall", "include")
            )
    return packages


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        return shutil.copy2(source, target)
    return target
