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
from kheo.registers.actions.importing import confirm_import
from kheo.registers.actions.importing.writing import write_row
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.importing import counts_of, recent_imports, rows_of, unfinished_import, unwritten, written_before
from tests.registers.books import recorded, shipped
from tests.registers.entries import made
from tests.registers.tables import of_rows, plans, problems, rows_in, sent, written
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


def another_register() -> Book:
    """One that is like the small one and is not it."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    for ours, other in (("register_code: so-nho", "register_code: so-khac"), ("prefix: SN", "prefix: SK"), ("to: so-nho", "to: so-khac")):
        text = text.replace(ours, other)
    assert publish_register(text, "so-khac.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-khac")
    assert found is not None
    return found


def test_an_entry_of_another_register_is_none_of_this_one(world: World, small_book: Book) -> None:
    """Its code is known as little as one that nobody has: a table of this register must not write in another."""
    entry = made(another_register(), world)
    table = sent(small_book, world, of_rows([{"Mã hồ sơ": entry.code, "Tên": "Đổi tên"}]))
    assert problems(table) == [f"A2 “{entry.code}” không phải là mã của sổ này; hồ sơ mới thì để trống ô mã."]
    assert [row.detail["doubts"] for row in rows_in(sent(small_book, world, of_rows([NEW | {"Tên": entry.title}])))] == [[]]


def test_of_a_table_its_own_rows_are_shown_and_taken_away_and_none_of_another_table(world: World, small_book: Book) -> None:
    wrong = {"Số người": "nhiều"}
    mine, theirs = (
        sent(small_book, world, of_rows([NEW | {"Tên": who}, NEW | {"Tên": f"{who} sai"} | wrong]), who) for who in ("an", "hoa")
    )
    for table, who in ((mine, "an"), (theirs, "hoa")):
        assert [row.title for row in rows_of(table, tab="new")] == [who]
        assert [row.title for row in rows_of(table, tab="refused")] == [f"{who} sai"] == [row.title for row in unwritten(table)]
        assert (counts_of(table).new, counts_of(table).refused) == (1, 1)


def test_what_was_sent_and_written_before_is_told_of_ones_own_tables_of_this_register_alone(world: World, small_book: Book) -> None:
    file = of_rows([NEW])
    first, theirs, again = (sent(small_book, world, file, who) for who in ("an", "hoa", "an"))
    sender = world.users["an"].pk
    assert [each.pk for each in recent_imports(sender, small_book.register.pk)] == [again.pk, first.pk]
    assert recent_imports(sender, 0) == []
    assert written_before(again) is None, "it was looked at and not written"
    written(theirs, world, "hoa")
    assert written_before(again) is None, "somebody else wrote theirs"
    assert [row.result for row in written(again, world, takes_doubtful=True)] == ["written"]
    assert written_before(again) is None, "it is not before itself"
    assert written_before(first) is None, "the other was sent after it"
    assert written_before(sent(small_book, world, file)) == again
    assert written_before(sent(small_book, world, of_rows([NEW, NEW]))) is None, "another file"
    assert written_before(sent(another_register(), world, file)) is None, "of another register"


def test_a_job_goes_on_with_a_table_that_was_confirmed_and_is_not_finished(world: World, small_book: Book) -> None:
    first, other = (sent(small_book, world, of_rows([NEW, NEW | {"Tên": f"Việc {number}"}])) for number in (1, 2))
    assert unfinished_import(first.pk) is None, "nobody has confirmed it"
    for table in (first, other):
        confirm_import(table.pk, only_good=False, takes_doubtful=True, by=world.person("an", later(days=1)), at=later(days=1))
    assert [unfinished_import(table.pk) for table in (first, other)] == [first, other]
    written(first, world)
    assert [unfinished_import(table.pk) for table in (first, other)] == [None, other]
