"""What somebody may not read they do not learn from a table that they send: it looks as if it were not there, or is told as not shown."""

import pytest

from kheo.core.holding import Leaving
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.org.actions import appoint, end_post
from kheo.org.models import Post
from kheo.registers.access import entry_to_read
from kheo.registers.access.importing import import_to_see
from kheo.registers.actions import publish_register
from kheo.registers.actions.importing.writing import write_row
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from tests.registers.books import recorded, shipped
from tests.registers.entries import made
from tests.registers.tables import of_rows, plans, problems, rows_in, sent
from tests.world import FILES, FIRST_DAY, OPENING, World, later

NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}


def appointed(world: World, who: str, unit: str, role: Role) -> None:
    appoint(world.users[who], world.units[unit], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)


@pytest.mark.parametrize("above", [Role.REVIEWER, Role.AUDITOR, None])
def test_behind_the_wall_a_keeper_of_the_unit_finds_no_entry_whatever_else_they_are(world: World, above: Role | None) -> None:
    book = shipped("doi-thoai")
    entry = recorded(book, world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"})
    appointed(world, "chi", "G1", Role.KEEPER)
    if above is not None:
        appointed(world, "chi", "D1", above)
    with pytest.raises(Unreachable):
        entry_to_read(world.person("chi", later(days=1)), entry.pk)
    rows = [{"Mã hồ sơ": entry.code, "Hình thức": "Đối thoại đột xuất"}, {"Mã hồ sơ": "DT-2023-0999", "Hình thức": "Đối thoại đột xuất"}]
    told = [text.replace("0999", "0001") for text in problems(sent(book, world, of_rows(rows), "chi", unit="G4"))]
    assert told == [f"A{row} Không có hồ sơ {entry.code} trong phần anh/chị được xem; hồ sơ mới thì để trống ô mã." for row in (2, 3)]
    own = [{"Mã hồ sơ": entry.code, "Hình thức": "Đối thoại định kỳ"}]
    assert plans(sent(book, world, of_rows(own))) == ["same"]


@pytest.mark.parametrize("column", ["Ai", "Ai (mã)"])
def test_what_is_personal_and_not_shown_cannot_be_guessed_by_its_words_or_codes(world: World, column: str) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("column: subject_kind}", "column: subject_kind, personal: true}")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert isinstance(found, Book)
    entry = made(found, world, chu_the="individual")
    appointed(world, "chi", "LDLD", Role.AUDITOR)
    said = []
    for guess in ("individual", "collective"):
        table = sent(found, world, of_rows([{"Mã hồ sơ": entry.code, "Tên": entry.title, column: guess}]), "chi", unit="G4")
        said.append((plans(table), [problem.partition(" ")[2] for problem in problems(table)]))
    assert said[0] == said[1]
    assert said[0][0] == ["refused"]
    assert "không được xem ô này" in said[0][1][0]


def test_a_table_is_not_there_any_more_for_who_writes_in_that_register_no_more(world: World, small_book: Book) -> None:
    appointed(world, "binh", "G1", Role.OFFICER)
    table = sent(small_book, world, of_rows([NEW]), "binh")
    assert import_to_see(world.person("binh", later(days=1)), table.pk) == table
    post = Post.objects.get(user=world.users["binh"], unit=world.units["G1"])
    assert end_post(post, on=later(days=2).date(), reason=Leaving.RETIRED, note="", by=SYSTEM, at=later(days=1))
    with pytest.raises(Unreachable):
        import_to_see(world.person("binh", later(days=3)), table.pk)


def test_a_row_is_written_once_whoever_comes_to_it_again(world: World, small_book: Book) -> None:
    (row,) = rows_in(sent(small_book, world, of_rows([NEW])))
    for _ in range(2):
        write_row(small_book, row.pk, by=world.person("an", later(days=1)), at=later(days=1))
    assert Entry.objects.count() == 1


def test_an_act_that_asks_for_a_reason_is_not_done_by_a_table(world: World, small_book: Book) -> None:
    (told,) = problems(sent(small_book, world, of_rows([NEW | {"Trạng thái": "Hủy"}]), "hoa"))
    assert told.startswith("D2 “Hủy” cần người khác, hoặc thêm lời, ảnh (“Hủy”)")
