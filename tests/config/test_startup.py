"""A database that may lose what it confirmed is refused, whoever runs it."""

from pathlib import Path

import psycopg
import pytest

from kheo.config.embedded import embedded_database
from kheo.config.embedded.address import PORT, cluster_dir, socket_dir, url_at
from kheo.config.embedded.cluster import SUPERUSER
from kheo.config.startup import database_problems
from tests.cli.running import Kheo

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "server_version_num": "150004", "server_encoding": "UTF8"}


def test_a_safe_database_has_no_problem() -> None:
    assert database_problems(SAFE) == []


@pytest.mark.parametrize("level", ["on", "local", "remote_write", "remote_apply"])
def test_every_level_of_commit_that_waits_for_the_disk_is_safe(level: str) -> None:
    assert database_problems(SAFE | {"synchronous_commit": level}) == []


def test_every_reason_is_named() -> None:
    found = database_problems(
        {
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "server_version_num": "140011",
            "server_encoding": "LATIN1",
        }
    )
    assert [vietnamese for vietnamese, _ in found] == [
        "fsync đang tắt: mất điện là mất số liệu đã báo nhận. Hãy bật fsync.",
        "full_page_writes đang tắt: mất điện là mất số liệu đã báo nhận. Hãy bật full_page_writes.",
        "synchronous_commit đang tắt: mất điện là mất số liệu đã báo nhận. Hãy bật synchronous_commit.",
        "PostgreSQL 14 quá cũ: cần bản 15 trở lên.",
        "Bảng mã là LATIN1: cần UTF8 để giữ đúng tiếng Việt.",
    ]


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_real_server_with_it_switched_off_is_refused(tmp_path: Path, setting: str) -> None:
    with embedded_database(tmp_path / "server", extra=[f"{setting}=off"]) as server:
        refused = Kheo(tmp_path / "data", DATABASE_URL=server.url)("verify")
    assert refused.returncode == 1
    assert f"{setting} đang tắt" in refused.stderr
    assert refused.stdout == ""
    assert not (tmp_path / "data" / "postgres").exists(), "with DATABASE_URL nothing embedded is started"


def test_a_real_database_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with embedded_database(tmp_path / "server") as server:
        sockets = socket_dir(cluster_dir(tmp_path / "server"))
        with psycopg.connect(url_at(sockets, SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE latin OWNER kheo TEMPLATE template0 ENCODING 'LATIN1'")
        address = server.url.replace("/kheo?", "/latin?")
        refused = Kheo(tmp_path / "data", DATABASE_URL=address)("verify", "--lang", "en")
    assert refused.returncode == 1
    assert "The encoding is LATIN1" in refused.stderr
    assert str(PORT) in address


def test_a_named_database_is_used_and_nothing_embedded_is_started(tmp_path: Path) -> None:
    """Control: the same server with nothing switched off is accepted."""
    with embedded_database(tmp_path / "server") as server:
        kheo = Kheo(tmp_path / "data", DATABASE_URL=server.url)
        assert kheo("verify").returncode == 0
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_database_that_cannot_be_reached_is_one_clear_line(tmp_path: Path) -> None:
    refused = Kheo(tmp_path, DATABASE_URL="postgresql://kheo@127.0.0.1:1/kheo")("verify")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Lỗi: Không nối được tới cơ sở dữ liệu: ")
    assert refused.stderr.count("\n") == 1
