"""`kheo paper check` as a văn thư runs it: without any database."""

import json
from pathlib import Path

import pytest
from docx.shared import Mm

from tests.cli.running import Kheo
from tests.documents.checker.changed_by_hand import PARTY, changed, report, section


@pytest.fixture
def kheo(tmp_path: Path) -> Kheo:
    return Kheo(tmp_path / "data")


def test_a_paper_that_follows_its_profile_is_said_to(kheo: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "dung.docx"
    file.write_bytes(report(PARTY))
    done = kheo("paper", "check", file, "--profile", "party36")
    assert (done.returncode, done.stdout) == (0, "Đúng thể thức: Văn bản của Đảng theo Hướng dẫn 36-HD/VPTW.\n")
    assert "Cần văn thư xác nhận" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_margin_changed_by_hand_fails_the_command(kheo: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "sai.docx"
    file.write_bytes(changed(report(), section(0, left_margin=Mm(32))))
    refused = kheo("paper", "check", file, "--profile", "nd30")
    assert (refused.returncode, refused.stdout.split(":")[0]) == (1, "Lề trái “văn bản”")
    assert refused.stderr == "Lỗi: 1 chỗ khác với Văn bản hành chính theo Nghị định 30/2020/NĐ-CP.\n"
    found = json.loads(kheo("paper", "check", file, "--profile", "nd30", "--json").stdout)
    assert (found["ok"], [(each["rule"], each["found"], each["expected"]) for each in found["deviations"]]) == (
        False,
        [("margin", "32 mm", "30 mm")],
    )
    assert kheo("paper", "check", file, "--profile", "nd30", "--allowed").returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "profile", "words"),
    [
        ("a.docx", b"khong phai", "nd30", "Không mở được tệp"),
        ("a.docx", b"", "nd31", "Không có thể thức “nd31”"),
        ("khong-co.docx", None, "nd30", "Không có tệp"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_one_line(
    kheo: Kheo, tmp_path: Path, name: str, content: bytes | None, profile: str, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    refused = kheo("paper", "check", tmp_path / name, "--profile", profile)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (1, "", 1)
    assert words in refused.stderr
