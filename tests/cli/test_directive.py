"""`kheo directive read | measure`, in this process: papers, folders, what is refused, exit codes."""

import argparse
import json
from pathlib import Path

import pytest

from kheo.cli.console import Console
from kheo.cli.directive import COMMANDS
from kheo.config.refusals import Refused
from kheo.files.papers import words_of_refusal
from tests.core.directives.papers import INVENTED
from tests.core.directives.test_encodings import in_tcvn3
from tests.files.hostile_papers import READ as HOSTILE_READ
from tests.files.hostile_papers import REFUSED, partly_scanned

READ, MEASURE = COMMANDS


def reads(*files: Path, as_json: bool = True) -> int:
    return READ.run(argparse.Namespace(files=list(files), json=as_json), Console())


def test_one_paper_is_told_as_one_object_with_the_place_of_each_item(capsys: pytest.CaptureFixture[str]) -> None:
    assert reads(INVENTED / "w-01.txt") == 0
    told = json.loads(capsys.readouterr().out)
    wanted = json.loads((INVENTED / "w-01.json").read_text(encoding="utf-8"))
    assert {key: told[key] for key in ("full_number", "date", "issuer", "signer_name")} == {
        key: wanted[key] for key in ("full_number", "date", "issuer", "signer_name")
    }
    assert told["evidence"]["full_number" if "full_number" in told["evidence"] else "number"]["line"] > 0


def test_a_folder_is_told_one_line_a_paper_with_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert reads(INVENTED) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(list(INVENTED.glob("*.txt"))) == 40
    assert {Path(line["file"]).suffix for line in lines} == {".txt"}


def test_a_person_gets_the_head_and_the_deadlines_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert reads(INVENTED / "w-01.txt", as_json=False) == 0
    said = capsys.readouterr().out
    assert "Số, ký hiệu:" in said
    assert "Hạn (" in said


def test_a_secret_paper_among_others_is_refused_and_the_others_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("TUYỆT MẬT\nSố: 1/BC-UBND\nBÁO CÁO\nVề việc riêng\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Số: 2/BC-UBND\nBÁO CÁO\nVề việc chung\n", encoding="utf-8")
    assert reads(tmp_path) == 1
    captured = capsys.readouterr()
    assert "TUYỆT MẬT" in captured.err
    first, second = (json.loads(line) for line in captured.out.splitlines())
    assert ("error" in first, first.get("subject"), second["full_number"]) == (True, None, "2/BC-UBND")


def test_each_file_that_is_no_paper_is_refused_by_its_name_and_the_others_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (data, _) in {**REFUSED, **HOSTILE_READ}.items():
        (tmp_path / name).write_bytes(data)
    assert reads(*(tmp_path / name for name in (*REFUSED, *HOSTILE_READ))) == 1
    captured = capsys.readouterr()
    for name, (_, refusal) in REFUSED.items():
        assert f"{tmp_path / name}: {words_of_refusal(refusal)}" in captured.err
    told = {Path(line["file"]).name for line in map(json.loads, captured.out.splitlines()) if "error" not in line}
    assert told == set(HOSTILE_READ)


def test_an_empty_folder_and_a_missing_file_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused, match="không có tệp"):
        reads(tmp_path)
    assert reads(tmp_path / "none.txt") == 1
    assert "Không có tệp" in capsys.readouterr().err


def test_the_measure_names_every_wrong_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads((INVENTED / "w-01.json").read_text(encoding="utf-8"))
    (tmp_path / "one.txt").write_bytes((INVENTED / "w-01.txt").read_bytes())
    (tmp_path / "one.json").write_text(json.dumps({**wanted, "number": "999"}), encoding="utf-8")
    assert MEASURE.run(argparse.Namespace(folder=tmp_path, json=False, wrong=True), Console()) == 0
    said = capsys.readouterr().out
    assert "one: " in said
    assert "thay cho '999'" in said


def test_a_refused_paper_is_listed_counts_as_missed_and_the_measure_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("one", (INVENTED / "w-01.txt").read_text(encoding="utf-8")), ("two", "MẬT\n\nSố: 1/A-B\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_bytes((INVENTED / "w-01.json").read_bytes())
    assert MEASURE.run(argparse.Namespace(folder=tmp_path, json=True, wrong=False), Console()) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["papers"], told["refused"]) == (2, ["two"])
    assert (told["fields"]["number"]["right"], told["fields"]["number"]["wanted"]) == (1, 2)
    assert "two.txt: văn bản có dấu" in said.err


def test_letters_of_an_old_font_are_said_to_have_been_turned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (INVENTED / "w-01.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(in_tcvn3(text).encode("cp1252", errors="replace"))
    assert reads(tmp_path / "a.txt") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["converted_from"] == "tcvn3"
    assert "chữ TCVN3 (ABC) đã đổi sang Unicode; chữ hoa có dấu (phông này không có mã) viết hoa lại" in said.err


def test_pages_without_text_are_told_beside_the_answer_and_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(partly_scanned())
    assert reads(tmp_path / "a.pdf") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["pages_without_text"] == [2]
    assert "Trang 2 chỉ có hình" in said.err
