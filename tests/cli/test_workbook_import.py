"""`kheo workbook import`: files, folders and zips, in the name of somebody who may hand them in."""

import argparse
import json
import zipfile
from pathlib import Path

import pytest

from kheo.cli.console import Console
from kheo.cli.workbook_import import COMMANDS
from kheo.config.refusals import Refused
from kheo.reports.models import WorkbookBatch
from tests.cli.running import Kheo
from tests.reports.workbooks import filled
from tests.world import GOOD, World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def run(*paths: Path, by: str = "binh", as_json: bool = False) -> int:
    return COMMANDS[0].run(argparse.Namespace(paths=list(paths), by=by, json=as_json), Console())


def test_a_folder_with_workbooks_and_a_zip_is_taken_in(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(filled(world, "G1"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c.xlsx", filled(world, "G2"))
    (tmp_path / "ghi-chu.txt").write_text("không phải tệp Excel", encoding="utf-8")
    assert run(tmp_path) == 0
    batch = WorkbookBatch.objects.get()
    assert capsys.readouterr().out == f"Lần gửi {batch.pk}: 2 tệp đã nhận.\n"
    assert (batch.channel, batch.sender, batch.finished_at is not None) == ("command", "Lê Văn Bình", True)
    assert (world.report("G1").figures, world.report("G2").figures) == (GOOD, GOOD)


def test_what_is_refused_is_told_and_makes_the_command_fail(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(filled(world, "G1", {**GOOD, "B02": "năm"}))
    (tmp_path / "b.xlsx").write_bytes(b"x")
    assert run(tmp_path / "a.xlsx", tmp_path / "b.xlsx") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("2 tệp không nhận.")
    assert told[1].startswith("a.xlsx: B02")
    assert told[2].startswith("b.xlsx: ")


def test_the_result_as_json(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(filled(world, "G1"))
    assert run(tmp_path, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["counts"], told["files"][0]["name"], told["files"][0]["outcome"]) == ({"stored": 1}, "a.xlsx", "stored")


@pytest.mark.parametrize(("who", "words"), [("kien", "không được nộp tệp"), ("ai-do", "Không có người dùng")])
def test_who_may_not_is_told(world: World, tmp_path: Path, who: str, words: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    with pytest.raises(Refused, match=words):
        run(tmp_path, by=who)
    assert not WorkbookBatch.objects.exists()


def test_a_file_that_is_not_there_and_an_empty_folder_are_told(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Không đọc được"):
        run(tmp_path / "khong-co.xlsx")
    with pytest.raises(Refused, match="Không có tệp nào"):
        run(tmp_path)


def test_the_program_knows_the_command(kheo: Kheo) -> None:
    told = kheo.does("workbook", "import", "--help")
    assert "--by" in told
    assert "Excel" in told
