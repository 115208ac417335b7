"""`kheo register export | import`: the same files by the same rights as on the pages, with exit codes for programs."""

import argparse
from pathlib import Path

import openpyxl
import pytest

from kheo.cli.console import Console
from kheo.cli.register_files import COMMANDS
from kheo.config.refusals import Refused
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.registers.actions import Line, publish_register, write_line
from kheo.registers.models import Entry, EntryImport, EntryLine
from kheo.registers.queries.definitions import Book
from tests.registers.books import small
from tests.registers.entries import made
from tests.registers.tables import at, edited, of_lines, of_rows
from tests.web.registers.test_queue_and_board import WALLED
from tests.web.visits import day
from tests.world import OPENING, World, later, small_world

EXPORT, IMPORT = COMMANDS
NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}
WRONG = NEW | {"Tên": "Khác", "Số người": "nhiều"}


@pytest.fixture
def world(db: None) -> "World":
    return small_world()


@pytest.fixture
def small_book(world: World) -> Book:
    return small()


def exports(
    code: str = "so-nho", *, out: Path | None = None, unit: str | None = None, login: str | None = None, lines: bool = False
) -> int:
    with day(later(days=1)):
        return EXPORT.run(argparse.Namespace(book=code, out=out, unit=unit, login=login, lines=lines), Console())


def imports(file: Path, login: str = "an", **options: object) -> int:
    asked = {"book": None, "unit": None, "dry_run": False, "only_good": False, "doubtful": False} | options
    with day(later(days=1)):
        return IMPORT.run(argparse.Namespace(file=file, login=login, **asked), Console())


def test_a_register_leaves_and_comes_back_unchanged(
    world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(small_book, world)
    out = tmp_path / "so.xlsx"
    assert exports(out=out, login="an") == 0
    assert capsys.readouterr().out == f"Đã ghi 1 hồ sơ vào {out}.\n"
    assert imports(out) == 0
    assert capsys.readouterr().out == "0 dòng mới (0 có thể đã có), 0 sửa, 1 không đổi, 0 chưa đúng.\n"
    assert not EntryImport.objects.exists()


def test_without_a_person_nothing_personal_leaves(world: World, small_book: Book, tmp_path: Path) -> None:
    made(small_book, world, chu_the="individual", ten_chu_the="Nguyễn Văn Tám")
    made(small_book, world, "chi", "G4", ten="Của Bốn")
    exports(out=tmp_path / "het.csv")
    text = (tmp_path / "het.csv").read_text(encoding="utf-8-sig")
    assert ("Của Bốn" in text, "Nguyễn Văn Tám" in text, "Tên chủ thể" in text) == (True, False, False)
    exports(out=tmp_path / "an.csv", login="an")
    text = (tmp_path / "an.csv").read_text(encoding="utf-8-sig")
    assert ("Của Bốn" in text, "Nguyễn Văn Tám" in text) == (False, True)
    exports(out=tmp_path / "d1.csv", unit="D1")
    text = (tmp_path / "d1.csv").read_text(encoding="utf-8-sig")
    assert ("Của Bốn" in text, "Tổ tự quản hẻm 12" in text) == (False, True)
    told = JournalEntry.objects.filter(act="export_entries").order_by("number").first()
    assert told is not None
    assert (told.actor_id, told.detail["entries"], told.detail["personal"]) == (None, 2, [])


def test_behind_the_wall_nothing_leaves_without_a_person(world: World, tmp_path: Path) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    with pytest.raises(Refused, match="cần --as"):
        exports("so-che", out=tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_a_dry_run_tells_everything_and_writes_nothing(
    world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "so.xlsx").write_bytes(of_rows([NEW, WRONG]))
    assert imports(tmp_path / "so.xlsx", book="so-nho", unit="G1", dry_run=True) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 dòng mới (0 có thể đã có), 0 sửa, 0 không đổi, 1 chưa đúng."
    assert told[1].startswith("Dòng 3: Ô D3 “Số người”: “nhiều” không phải là một con số")
    assert not Entry.objects.exists()
    assert not EntryImport.objects.exists()


def test_nothing_is_written_while_a_row_is_wrong_unless_it_is_said(
    world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "so.csv").write_bytes(of_lines([NEW, WRONG]))
    assert imports(tmp_path / "so.csv", book="so-nho", unit="G1") == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("Chưa ghi dòng nào. 1 dòng chưa đúng.")
    assert not Entry.objects.exists()
    assert imports(tmp_path / "so.csv", book="so-nho", unit="G1", only_good=True) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Đã ghi 1 dòng."
    assert Entry.objects.get().created_by_id == world.users["an"].pk


def test_right_rows_are_written_and_a_second_run_points_them_out(
    world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "so.xlsx").write_bytes(of_rows([NEW]))
    assert imports(tmp_path / "so.xlsx", book="so-nho", unit="G1") == 0
    assert imports(tmp_path / "so.xlsx", book="so-nho", unit="G1") == 1
    assert "Dòng 2: Có thể đã ghi rồi: SN-2023-0001" in capsys.readouterr().out
    assert Entry.objects.count() == 1


def test_a_change_is_written_in_the_name_of_the_person(world: World, small_book: Book, tmp_path: Path) -> None:
    made(small_book, world)
    out = tmp_path / "so.xlsx"
    exports(out=out, login="hoa")
    out.write_bytes(edited(out.read_bytes(), lambda sheet: setattr(at(sheet, "Số người"), "value", 41)))
    assert imports(out, "hoa") == 0
    assert Entry.objects.get().people_count == 41
    told = JournalEntry.objects.get(act="entry_edit")
    assert told.actor_name == world.person("hoa").name


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"login": "ai-do"}, "Không có người dùng"),
        ({"login": "kien"}, "không ghi hồ sơ trong sổ này"),
        ({"book": "khong-co"}, "Không có sổ “khong-co”"),
        ({"unit": "G99"}, "không có đơn vị mang mã"),
        ({"book": None}, "cần --book"),
    ],
)
def test_what_cannot_be_is_told(world: World, small_book: Book, tmp_path: Path, options: dict[str, object], words: str) -> None:
    (tmp_path / "so.xlsx").write_bytes(of_rows([NEW]))
    with pytest.raises(Refused, match=words):
        imports(tmp_path / "so.xlsx", **({"book": "so-nho"} | options))  # type: ignore[arg-type]


def test_a_file_that_is_no_table_fails(world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "so.xlsx").write_bytes(b"%PDF-1.7")
    assert imports(tmp_path / "so.xlsx", book="so-nho") == 1
    assert capsys.readouterr().out.startswith("Tệp là PDF")
    (tmp_path / "so.csv").write_bytes("Họ,Tên riêng\na,b\n".encode())
    assert imports(tmp_path / "so.csv", book="so-nho") == 1
    assert "Không thấy dòng tiêu đề" in capsys.readouterr().out


def test_a_file_has_an_ending_that_says_what_it_is(world: World, small_book: Book, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="đuôi"):
        exports(out=tmp_path / "so.ods")
    exports(out=tmp_path / "SO.XLSX")
    assert openpyxl.load_workbook(tmp_path / "SO.XLSX").sheetnames[0] == "Hồ sơ"


def test_lines_leave_alone_and_come_back(world: World, small_book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry, out = made(small_book, world), tmp_path / "dong.csv"
    write_line(entry.pk, Line("chi", OPENING.date(), source="NS", amount_vnd=1_000), by=world.person("an"), at=later(1))
    assert exports(out=out, login="an", lines=True) == 0
    out.write_bytes(out.read_bytes().replace(b"1.000", b"2.000"))
    assert imports(out, book="so-nho", dry_run=True) == 0
    assert "Trong đó ở trang “Dòng”: 0 mới, 1 sửa, 0 không đổi, 0 chưa đúng." in capsys.readouterr().out
    assert imports(out, book="so-nho") == 0
    assert EntryLine.objects.get(known_to=None).amount_vnd == 2_000
    assert imports(out, book="so-nho") == 0  # says what is there by now
    out.write_bytes(out.read_bytes().replace(b"2.000", b"3.000"))
    assert imports(out, book="so-nho") == 1
    assert "Trang “Dòng”, dòng 2: Dòng đã được sửa sau khi tải tệp" in capsys.readouterr().out
    with pytest.raises(Refused, match=r"--lines ghi ra tệp \.csv"):
        exports(out=tmp_path / "dong.xlsx", login="an", lines=True)
