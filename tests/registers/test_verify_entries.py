"""`kheo verify` on registers: whatever is changed behind the back of the acts is found, and where."""

import pytest
from django.db import connection

from kheo.registers.actions import Made, say_as_asker, write_words
from kheo.registers.models import Deed, Entry, RegisterEdition
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.faults import register_faults
from tests.registers.books import WISH, did, recorded, shipped, tried
from tests.registers.entries import made
from tests.registers.public import CODE, sent
from tests.registers.test_petitions import SIGNED
from tests.registers.test_places import cleared
from tests.world import World, head_of, later


@pytest.fixture
def answered(world: World) -> Entry:
    """A petition that was paused, went on and was answered."""
    an, book = world.person("an"), shipped("phan-anh")
    entry = did(recorded(book, world, WISH), "giao", an, later(1), handler=world.units["G1"])
    entry = did(entry, "hoi_them", an, later(days=3), reason="Hẻm nào?")
    entry = did(entry, "bo_sung", an, later(days=4))
    recorded(book, world, WISH)
    return did(entry, "tra_loi", world.person("hoa"), later(days=5), **SIGNED)


TABLES = ("entry", "text", "line", "link", "attachment", "state_span", "deadline", "deed", "edition", "message", "entry_version")


def write(sql: str, *values: object) -> None:
    """What somebody with the database's own password could do: triggers off, write, triggers on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for turned in ("DISABLE", "ENABLE"):
            for table in TABLES:
                cursor.execute(f"ALTER TABLE registers_{table} {turned} TRIGGER USER")
            if turned == "DISABLE":
                cursor.execute(sql, values)


def test_an_untouched_register_is_green_also_while_a_limit_stands_still(world: World, answered: Entry) -> None:
    book, an = shipped("phan-anh"), world.person("an")
    waiting = did(recorded(book, world, WISH), "giao", an, later(1), handler=world.units["G1"])
    waiting = did(waiting, "hoi_them", an, later(days=3), reason="Hẻm nào?")
    assert waiting.due_on is None
    assert list(register_faults()) == []


DIFFERS = "Hồ sơ {code} khác điều nhật ký đã ghi: có chỗ bị sửa ngoài các thao tác."
DEED = "Việc “{act}” của hồ sơ {code} (deed {deed}) khác điều nhật ký đã ghi."
BROKEN = "Các việc của hồ sơ {code} không nối nhau: có việc bị thêm hoặc bị bỏ."
DAYS = "Ngày vào, ra các trạng thái của hồ sơ {code} khác điều nhật ký đã ghi."
LIMITS = "Các thời hạn của hồ sơ {code} khác điều nhật ký đã ghi."
LINKS = "Liên kết của hồ sơ {code} khác điều nhật ký đã ghi."
FILES = "Ảnh, tệp của hồ sơ {code} khác điều nhật ký đã ghi."
FACTS = "Ngày ghi, ngày xong, nơi hoặc nguồn của hồ sơ {code} khác điều nhật ký đã ghi."
LOST = "Việc (deed {deed}) của hồ sơ {code} có trong nhật ký mà không còn."
GONE = "Hồ sơ {code} có trong nhật ký mà không còn trong sổ."
SPANS = "Các trạng thái của hồ sơ {code} không nối nhau, hoặc khác trạng thái hồ sơ đang ghi."
LIMIT = "Hạn gần nhất của hồ sơ {code} khác hạn đang chạy."


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE registers_entry SET title = 'Khác' WHERE id = %s", [DIFFERS]),
        ("UPDATE registers_entry SET extra = extra || '{\"chuc_vu_ky\": \"Khác\"}' WHERE id = %s", [DIFFERS]),
        ("UPDATE registers_entry SET owner_id = handler_id + 1 WHERE id = %s", [DIFFERS]),
        ("UPDATE registers_entry SET handler_id = owner_id + 1 WHERE id = %s", [DIFFERS]),
        ("UPDATE registers_state_span SET came_from = 'x' WHERE ordinal = 2 AND entry_id = %s", [SPANS, DAYS]),
        ("UPDATE registers_deed SET person_id = (SELECT min(id) FROM people_user AS u WHERE u.id <> person_id) "
         "WHERE act = 'hoi_them' AND entry_id = %s", [DEED]),
        ("UPDATE registers_text SET text = 'Khác' WHERE entry_id = %s", [DIFFERS]),
        ("INSERT INTO registers_line (entry_id, register_id, line, number, \"on\", kind, source, text, known_from) "
         "SELECT id, register_id, 'x', 1, '2023-04-02', '', '', '', now() FROM registers_entry WHERE id = %s", [DIFFERS]),
        ("UPDATE registers_entry SET state = 'hai_long' WHERE id = %s", [SPANS, DIFFERS, BROKEN]),
        ("UPDATE registers_entry SET in_state_since = in_state_since - 1 WHERE id = %s", [SPANS, FACTS]),
        ("UPDATE registers_state_span SET starts = starts + 1, ends = ends + 1 WHERE ordinal = 2 AND entry_id = %s", [SPANS, DAYS]),
        ("UPDATE registers_state_span SET ends = starts + 1, end_known_from = now() WHERE ends IS NULL AND entry_id = %s", [SPANS, DAYS]),
        ("DELETE FROM registers_state_span WHERE ordinal = 1 AND entry_id = %s", [SPANS, DAYS]),
        ("DELETE FROM registers_state_span WHERE entry_id = %s", [SPANS, DAYS]),
        # Both ends of a day, and of the last one the entry too: each fits the other, and none of them the journal.
        ("UPDATE registers_state_span SET starts = starts + (ordinal = 2)::int, "
         "ends = ends + (ordinal = 1)::int WHERE entry_id = %s", [DAYS]),
        ("UPDATE registers_entry SET registered_on = registered_on - 1 WHERE id = %s", [FACTS]),
        ("UPDATE registers_entry SET source = 'public' WHERE id = %s", [FACTS]),
        ("UPDATE registers_entry SET due_on = '2023-04-09' WHERE id = %s", [LIMIT]),
        ("UPDATE registers_deadline SET met_on = NULL WHERE known_to IS NULL AND entry_id = %s", [LIMIT, LIMITS]),
        ("UPDATE registers_deadline SET met_on = met_on - 2 WHERE known_to IS NULL AND entry_id = %s", [LIMITS]),
        ("UPDATE registers_deadline SET due_on = due_on + 30 WHERE known_to IS NULL AND entry_id = %s", [LIMITS]),
        ("DELETE FROM registers_deadline WHERE known_to IS NULL AND entry_id = %s", [LIMITS]),
        ("UPDATE registers_deed SET reason = 'Khác' WHERE act = 'hoi_them' AND entry_id = %s", [DEED]),
        ("UPDATE registers_deed SET reply = 'Khác' WHERE act = 'hoi_them' AND entry_id = %s", [DEED]),
        ("UPDATE registers_deed SET at = at + interval '1 second' WHERE act = 'hoi_them' AND entry_id = %s", [DEED]),
        ("UPDATE registers_deed SET who = 'Khác' WHERE act = 'hoi_them' AND entry_id = %s", [DEED]),
        ("DELETE FROM registers_deed WHERE act = 'hoi_them' AND entry_id = %s", [LOST, BROKEN]),
    ],
)  # fmt: skip
def test_what_was_changed_behind_the_acts_is_named(answered: Entry, sql: str, found: list[str]) -> None:
    deed = Deed.objects.get(entry=answered, act="hoi_them").pk
    write(sql, answered.pk)
    assert list(register_faults()) == [each.format(code=answered.code, act="hoi_them", deed=deed) for each in found]


def test_a_changed_code_is_named(answered: Entry) -> None:
    write("UPDATE registers_entry SET code = 'PA-2023-0999' WHERE id = %s", answered.pk)
    assert list(register_faults()) == [DIFFERS.format(code="PA-2023-0999")]


def test_a_changed_edition_is_named(answered: Entry) -> None:
    write("UPDATE registers_edition SET definition = jsonb_set(definition, '{short}', '\"Khác\"') WHERE id = %s", answered.edition_id)
    assert [each.split(" (")[0] for each in register_faults()] == ["Bản 1 của sổ phan-anh"]


def test_words_beside_an_entry_from_the_public_are_held_too(world: World) -> None:
    entry = sent(shipped("phan-anh"), world)
    assert isinstance(say_as_asker(CODE, "Nay hỏng cả hai đèn", at=later(2)), Made)
    assert isinstance(write_words(entry.pk, "reply", "Tuần sau sửa", by=world.person("an"), at=later(3)), Made)
    assert list(register_faults()) == []
    deed = Deed.objects.get(entry=entry, act="reply").pk
    write("UPDATE registers_message SET text = 'Khác' WHERE kind = 'reply' AND entry_id = %s", entry.pk)
    assert list(register_faults()) == [DEED.format(code=entry.code, act="reply", deed=deed)]
    write("DELETE FROM registers_message WHERE kind = 'asker' AND entry_id = %s", entry.pk)
    assert len(list(register_faults())) == 2


@pytest.fixture
def seen(world: World) -> Entry:
    """A point that was cleared, came back and is known again: with photographs, and with a link from the second episode to it."""
    entry = cleared(shipped("diem-o-nhiem"), world)
    again = tried(entry, "tai_phat", head_of(world, "G2"), later(days=20), reason="Lại có rác")
    assert isinstance(again, Made)
    assert again.further is not None
    assert list(register_faults()) == []
    return again.further


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE registers_link SET \"on\" = \"on\" - 1 WHERE entry_id = %s", [LINKS]),
        ("UPDATE registers_link SET verified_on = \"on\" WHERE entry_id = %s", [LINKS]),
        ("DELETE FROM registers_link WHERE entry_id = %s", [LINKS]),
    ],
)  # fmt: skip
def test_links_are_held(seen: Entry, sql: str, found: list[str]) -> None:
    write(sql, seen.pk)
    assert list(register_faults()) == [each.format(code=seen.code) for each in found]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM registers_attachment WHERE role = 'after' AND entry_id = %s",
        "UPDATE registers_attachment SET removed_at = now() WHERE role = 'after' AND entry_id = %s",
        "UPDATE registers_attachment SET role = 'before' WHERE role = 'after' AND entry_id = %s",
        "UPDATE registers_attachment SET taken_at = taken_at + interval '1 day' WHERE role = 'after' AND entry_id = %s",
        "UPDATE registers_attachment AS a SET file_id = f.id FROM files_stored_file AS f "
        "WHERE f.id <> a.file_id AND role = 'after' AND entry_id = %s",
        "UPDATE registers_attachment SET metres_off = 1 WHERE role = 'after' AND entry_id = %s",
    ],
)
def test_photographs_and_what_they_prove_are_held(seen: Entry, sql: str) -> None:
    first = Entry.objects.exclude(pk=seen.pk).get()
    write(sql, first.pk)
    assert list(register_faults()) == [FILES.format(code=first.code)]


def test_a_deed_that_is_taken_out_is_named_also_where_it_changed_no_state(world: World) -> None:
    entry = sent(shipped("phan-anh"), world)
    assert isinstance(write_words(entry.pk, "note", "Đã gọi", by=world.person("an"), at=later(3)), Made)
    deed = Deed.objects.get(entry=entry, act="note").pk
    write("DELETE FROM registers_message WHERE deed_id = %s", deed)
    write("DELETE FROM registers_deed WHERE id = %s", deed)
    assert list(register_faults()) == [LOST.format(code=entry.code, deed=deed)]


def test_an_entry_that_is_taken_out_with_all_that_stands_beside_it_is_named(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    other = made(small_book, world)
    for table in ("deed", "state_span", "deadline", "text"):
        write(f"DELETE FROM registers_{table} WHERE entry_id = %s", entry.pk)
    write("DELETE FROM registers_entry WHERE id = %s", entry.pk)
    assert list(register_faults()) == [GONE.format(code=entry.code)]
    assert Entry.objects.get() == other


def test_what_was_told_before_what_stands_beside_was_sealed_is_not_held_against_it(seen: Entry) -> None:
    """Rows of the journal as they were written earlier; from the next deed on everything is held."""
    write("UPDATE registers_deadline SET due_on = due_on + 30 WHERE known_to IS NULL AND met_on IS NULL AND entry_id = %s", seen.pk)
    faults = list(register_faults())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET detail = detail - 'beside'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    assert (LIMITS.format(code=seen.code) in faults, list(register_faults())) == (True, [LIMIT.format(code=seen.code)])


def test_an_edition_that_cannot_be_read_is_told_with_what_else_is_wrong(world: World, answered: Entry) -> None:
    """The rest is looked at all the same: it may be all that is left to hold it against."""
    edition = RegisterEdition.objects.get(pk=answered.edition_id)
    write("UPDATE registers_edition SET definition = definition - 'states' || '{\"prefix\": 7}' WHERE id = %s", edition.pk)
    write("UPDATE registers_entry SET title = 'Khác' WHERE id = %s", answered.pk)
    unread = f"Không đọc được bản 1 của sổ phan-anh (register_edition {edition.pk}): sai ở prefix, states."
    assert list(register_faults()) == [
        f"{unread} Hồ sơ của sổ chưa mở được đến khi bản ấy được khôi phục.",
        DIFFERS.format(code=answered.code),
    ]
