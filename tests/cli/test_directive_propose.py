"""`kheo directive propose`, in this process: the file it writes, what it refuses, exit codes."""

import argparse
import json
from pathlib import Path

import pytest

from kheo.cli.console import Console
from kheo.cli.directive_propose import COMMANDS
from kheo.config.refusals import Refused
from kheo.core.definition import load_definition
from tests.core.directives.test_encodings import in_tcvn3
from tests.core.drafting.test_proposing import GUIDANCE, LETTER

(PROPOSE,) = COMMANDS


def proposes(*files: Path, out: Path, as_json: bool = True) -> int:
    return PROPOSE.run(argparse.Namespace(files=list(files), out=out, catalogue=(), json=as_json), Console())


@pytest.fixture
def papers(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "hd.txt").write_text(GUIDANCE, encoding="utf-8")
    (tmp_path / "cv.txt").write_text(LETTER, encoding="utf-8")
    return tmp_path / "hd.txt", tmp_path / "cv.txt"


def test_two_papers_give_a_file_that_the_check_accepts(
    papers: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nhap.yaml"
    assert proposes(*papers, out=out) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], [each["id"] for each in told["contents"]]) == (True, ["chung", "N1", "N2", "N3"])
    assert load_definition(out.read_text(encoding="utf-8"), out.name).problems == ()
    assert "CẦN XÁC NHẬN" in out.read_text(encoding="utf-8")


def test_letters_of_an_old_font_are_said_to_have_been_turned_with_what_is_guessed(
    papers: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "cu.txt"
    old.write_bytes(in_tcvn3(LETTER).encode("cp1252", errors="replace"))
    proposes(papers[0], old, out=tmp_path / "nhap.yaml")
    assert [line for line in capsys.readouterr().err.splitlines() if "đã đổi sang Unicode" in line] == [
        f"{old}: chữ TCVN3 (ABC) đã đổi sang Unicode; chữ hoa có dấu (phông này không có mã) viết hoa lại theo các chữ hoa bên cạnh, "
        "xin xem lại tên riêng."
    ]


def test_a_person_is_told_how_much_is_left_to_confirm(
    papers: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert proposes(*papers, out=tmp_path / "nhap.yaml", as_json=False) == 0
    assert "chỗ phải xác nhận" in capsys.readouterr().out


def test_a_file_that_is_there_is_not_replaced(papers: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "nhap.yaml"
    out.write_text("của tôi", encoding="utf-8")
    with pytest.raises(Refused, match="không ghi đè"):
        proposes(*papers, out=out)
    assert out.read_text(encoding="utf-8") == "của tôi"


def test_a_secret_paper_among_the_papers_refuses_all_and_writes_nothing(papers: tuple[Path, Path], tmp_path: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("MẬT\n" + GUIDANCE, encoding="utf-8")
    with pytest.raises(Refused, match="không nhận văn bản mật"):
        proposes(*papers, secret, out=tmp_path / "nhap.yaml")
    assert not (tmp_path / "nhap.yaml").exists()


def test_a_draft_that_cannot_be_published_yet_is_written_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "ngan.txt"
    paper.write_text("Số: 2/BC-UBND\nBÁO CÁO\nVề việc chung\n", encoding="utf-8")
    out = tmp_path / "nhap.yaml"
    assert proposes(paper, out=out, as_json=False) == 1
    assert "kỳ báo cáo" in capsys.readouterr().out
    assert out.exists()


def test_more_text_than_a_campaign_has_is_refused_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "dai.txt").write_text("Các đơn vị báo cáo trước ngày 20/3/2026.\n" * 10_000, encoding="utf-8")
    with pytest.raises(Refused, match="tối đa 400 nghìn ký tự"):
        proposes(tmp_path / "dai.txt", out=tmp_path / "nhap.yaml")
    assert not (tmp_path / "nhap.yaml").exists()
