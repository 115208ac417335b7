"""Backup and restore: what comes back is what was there, and a file that is not whole is refused."""

import json
import stat
import zipfile
from pathlib import Path

import psycopg
import pytest

from kheo.config.backup.archive import opened
from kheo.config.embedded import embedded_database
from kheo.config.refusals import Refused
from tests.cli.running import Kheo, prepared

NOT_KEPT = {"django_session", "config_cache"}


@pytest.fixture(scope="module")
def backup(office: Kheo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "sao-lưu.zip"
    office.does("backup", file)
    return file


def content(data: Path) -> dict[str, list[str]]:
    """Every row of every kept table, as text."""
    with embedded_database(data) as database, psycopg.connect(database.url) as connection:
        names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
        return {
            name: sorted(text for (text,) in connection.execute(f'SELECT t::text FROM "{name}" t').fetchall())  # type: ignore[call-overload]
            for name in names
            if name not in NOT_KEPT
        }


def test_what_is_restored_is_what_was_there(office: Kheo, backup: Path, tmp_path: Path) -> None:
    elsewhere = Kheo(tmp_path / "data")
    elsewhere.does("restore", backup)
    assert content(elsewhere.data) == content(office.data)
    assert elsewhere.json("verify") == office.json("verify")


def test_a_restored_office_goes_on_working(backup: Path, tmp_path: Path) -> None:
    """Numbers go on after the restored ones, and a backup of the restored office can be restored again."""
    first, second = prepared(tmp_path / "one"), prepared(tmp_path / "two")
    first.does("restore", backup)
    first.does("cycle", "open", "5-khong", "2023-6T")
    first.does("backup", tmp_path / "again.zip")
    second.does("restore", tmp_path / "again.zip")
    assert content(second.data) == content(first.data)


def test_the_file_tells_what_it_holds_and_only_its_owner_reads_it(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["rows"]["org_unit"] == 6
    assert NOT_KEPT.isdisjoint(manifest["rows"])
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_cut_short_is_no_backup(backup: Path, tmp_path: Path, share: float) -> None:
    cut = cut_short(backup, tmp_path, share)
    with pytest.raises(Refused, match="không phải bản sao lưu nguyên vẹn của Khéo"), opened(cut):
        pytest.fail("it must not open")


def cut_short(backup: Path, folder: Path, share: float) -> Path:
    whole = backup.read_bytes()
    cut = folder / "cắt.zip"
    cut.write_bytes(whole[: int(len(whole) * share)])
    return cut


def test_a_backup_cut_short_changes_nothing(office: Kheo, backup: Path, tmp_path: Path) -> None:
    refused = office("restore", cut_short(backup, tmp_path, 0.9), "--replace")
    assert refused.returncode == 1
    assert "Không có gì bị thay đổi" in refused.stderr
    assert office.does("units", "list", "--on", "2023-01-01", "--csv").count("\n") == 8


def test_one_wrong_byte_is_found(backup: Path, tmp_path: Path) -> None:
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file = tmp_path / "hỏng.zip"
    file.write_bytes(damaged)
    with pytest.raises(Refused, match="không phải bản sao lưu nguyên vẹn"), opened(file):
        pytest.fail("it must not open")


@pytest.mark.parametrize("manifest", ["", "null", "[]", "{}", "[" * 100_000, '{"format": 1}', '{"format": "một"}', " " * (2 << 20)])
def test_a_manifest_that_is_none_is_refused(backup: Path, tmp_path: Path, manifest: str) -> None:
    file = tmp_path / "sửa.zip"
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(file, "w") as edited:
        edited.writestr("manifest.json", manifest)
        edited.writestr("database.dump", whole.read("database.dump"))
    with pytest.raises(Refused, match=r"bản sao lưu|dạng sao lưu"), opened(file):
        pytest.fail("it must not open")


def test_a_backup_behind_a_password_is_refused(backup: Path, tmp_path: Path) -> None:
    """The flag of encryption in the directory and in each member's own head."""
    content = backup.read_bytes()
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content = content[: at + place] + bytes([content[at + place] | 1]) + content[at + place + 1 :]
            at = content.find(mark, at + 4)
    file = tmp_path / "khoá.zip"
    file.write_bytes(content)
    with pytest.raises(Refused, match="không phải bản sao lưu nguyên vẹn"), opened(file):
        pytest.fail("it must not open")


def test_a_whole_backup_opens(backup: Path) -> None:
    """Control of the refusals above."""
    with opened(backup) as (manifest, archive):
        assert manifest.total_rows == sum(manifest.rows.values()) > 0
        assert set(archive.namelist()) == {"database.dump", "manifest.json"}


def test_a_manifest_that_promises_other_rows_undoes_the_restore(office: Kheo, backup: Path, tmp_path: Path) -> None:
    """The rows are counted inside the restoring transaction: what does not add up leaves the old data as it was."""
    before = content(office.data)
    forged = tmp_path / "lệch.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(forged, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        manifest["rows"]["org_unit"] += 1
        target.writestr("database.dump", source.read("database.dump"))
        target.writestr("manifest.json", json.dumps(manifest))
    refused = office("restore", forged, "--replace")
    assert refused.returncode == 1
    assert "rows of org_unit" in refused.stderr
    assert content(office.data) == before


def test_data_in_use_is_not_replaced_by_accident(office: Kheo, backup: Path) -> None:
    refused = office("restore", backup)
    assert refused.returncode == 1
    assert "Thêm --replace" in refused.stderr


def test_data_is_replaced_when_asked(backup: Path, tmp_path: Path) -> None:
    used = prepared(tmp_path / "data")
    (tmp_path / "u.csv").write_text("code,name,kind,parent_code\nKHAC,Đơn vị khác,provincial_federation,\n", encoding="utf-8")
    used.does("units", "load", tmp_path / "u.csv")
    used.does("restore", backup, "--replace")
    assert "KHAC" not in {row["code"] for row in used.json("units", "list")}


def test_nobody_else_may_be_connected(office: Kheo, backup: Path) -> None:
    with embedded_database(office.data) as database, psycopg.connect(database.url):
        refused = office("restore", backup, "--replace")
    assert refused.returncode == 1
    assert "Còn 1 kết nối khác" in refused.stderr


def test_a_backup_of_a_newer_version_is_refused(office: Kheo, backup: Path, tmp_path: Path) -> None:
    newer = tmp_path / "mới.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(newer, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        manifest["migrations"].append("reports.9999_from_the_future")
        target.writestr("database.dump", source.read("database.dump"))
        target.writestr("manifest.json", json.dumps(manifest))
    refused = office("restore", newer, "--replace")
    assert refused.returncode == 1
    assert "reports.9999_from_the_future" in refused.stderr


def test_a_backup_is_not_written_over_something(office: Kheo, backup: Path) -> None:
    before = backup.read_bytes()
    assert office("backup", backup).returncode == 1
    assert backup.read_bytes() == before


def test_a_backup_that_fails_leaves_no_half_file(office: Kheo, tmp_path: Path) -> None:
    refused = office("backup", tmp_path / "không-có" / "sao-lưu.zip")
    assert refused.returncode == 1
    assert "Không ghi được" in refused.stderr
    assert list(tmp_path.iterdir()) == []
