"""What an asker does with the code that was shown once, and the words between them and the unit."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kheo.core.definition.records import RecordRule
from kheo.core.spoken_codes import hash_of, spoken_code
from kheo.org.access import Unreachable
from kheo.registers.access import entry_of_code, entry_to_read
from kheo.registers.actions import (
    AskedBack,
    Made,
    Move,
    Refused,
    act_as_asker,
    edit_entry,
    say_as_asker,
    write_words,
)
from kheo.registers.models import DeadlineRun, Deed, EntryMessage, EntryVersion, PublicEntry, StateSpan
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import did, photographed, recorded, said, shipped, tried
from tests.registers.public import CODE, HEAP, OTHER, SIGNED, WISH, answered, asked, offered, pressed, sent
from tests.world import World, later


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


@pytest.fixture
def points(world: World) -> Book:
    return shipped("diem-o-nhiem")


@pytest.mark.parametrize("code", ["", " ", "x", OTHER, CODE[:-1], CODE + "0", "0" * 16, "\x00", hash_of(CODE)])
def test_a_code_that_is_not_this_one_opens_nothing(world: World, petitions: Book, code: str) -> None:
    sent(petitions, world)
    for attempt in (
        lambda: entry_of_code(code),
        lambda: act_as_asker(code, Move("hai_long", 1), at=later()),
        lambda: say_as_asker(code, "x", at=later()),
    ):
        with pytest.raises(Unreachable):
            attempt()


def test_what_cannot_be_a_code_opens_not_even_what_was_kept_under_none(world: World, petitions: Book) -> None:
    """Whatever is no code hashes to the same nothing: were anything ever kept under that, every slip of a finger would open it."""
    sent(petitions, world, code="")
    assert PublicEntry.objects.get().hash == hash_of("x") == ""
    with pytest.raises(Unreachable):
        entry_of_code("x")


def test_a_code_is_read_as_people_write_it_and_opens_its_own_entry_alone(world: World, petitions: Book) -> None:
    ours, theirs = sent(petitions, world), sent(petitions, world, code=OTHER)
    assert entry_of_code(f" {CODE.lower().replace('-', ' ')} ").entry.pk == ours.pk
    assert entry_of_code(OTHER).entry.pk == theirs.pk
    recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"})  # on paper: nothing leads there
    assert PublicEntry.objects.count() == 2


def test_the_clock_stands_still_until_the_asker_has_answered(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    assert offered(CODE) == set()
    did(entry, "hoi_them", world.person("an"), later(days=3), reason="Hẻm nào?")
    assert offered(CODE) == {"bo_sung"}
    refused = asked(CODE, "bo_sung", 5, "   ")
    assert isinstance(refused, Refused)
    assert "Hãy viết vài lời." in said(refused)
    entry = pressed(CODE, "bo_sung", 16, "Hẻm 12 Trần Phú")
    assert entry.state == "dang_giai_quyet"
    assert DeadlineRun.objects.get(entry=entry, known_to__isnull=True).due_on == date(2023, 4, 20)
    message = EntryMessage.objects.get()
    assert (message.kind, message.text, message.deed.who, message.deed.reason) == ("asker", "Hẻm 12 Trần Phú", "Người gửi", "")


def test_the_asker_alone_says_whether_the_answer_will_do(world: World, petitions: Book) -> None:
    """For whoever came on paper, officers go on writing it down."""
    entry, an = answered(sent(petitions, world), world), world.person("an")
    for act in ("hai_long", "chua_hai_long"):
        assert "không có quyền" in said(tried(entry, act, an, later(days=5), reason="x" if act != "hai_long" else ""))
    held = values_of(petitions.definition, entry, texts_of(entry))
    by_hand = edit_entry(entry.pk, {**held, "y_kien": "HAILONG"}, version=entry.version, by=an, at=later(days=5))
    assert "được ghi bằng nút" in said(by_hand)
    assert {act.code for act in entry_to_read(an, entry.pk).acts} == {"dong"}
    done = pressed(CODE, "hai_long", 5)
    assert (done.state, done.satisfaction) == ("hai_long", "HAILONG")
    paper = answered(recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"}), world)
    assert did(paper, "hai_long", an, later(days=5)).satisfaction == "HAILONG"


def test_it_is_opened_again_once_and_then_goes_up(world: World, petitions: Book) -> None:
    entry = answered(sent(petitions, world), world)
    refused = asked(CODE, "chua_hai_long", 5)
    assert isinstance(refused, Refused)
    assert "Hãy viết vài lời." in said(refused)
    entry = pressed(CODE, "chua_hai_long", 5, "Đèn lại tắt")
    assert (entry.state, entry.satisfaction, offered(CODE)) == ("giai_quyet_lai", "CHUA", set())
    did(entry, "tra_loi_lai", world.person("hoa"), later(days=8), **SIGNED)
    assert offered(CODE) == {"hai_long", "len_cap_tren"}
    entry = pressed(CODE, "len_cap_tren", 9, "Vẫn tắt")
    assert (entry.state, entry.handler_id) == ("len_cap_tren", world.units["D1"])  # to the unit above, whatever an asker might send
    assert did(entry, "ket_luan", world.person("dung"), later(days=12), **SIGNED).state == "cap_tren_ket_luan"
    assert offered(CODE) == set()


def test_at_the_top_there_is_nobody_above_and_the_asker_is_told(world: World, petitions: Book) -> None:
    entry = sent(petitions, world, unit="LDLD")
    did(entry, "giao", world.person("minh"), later(1), handler=world.units["LDLD"])
    did(entry, "tra_loi", world.person("minh"), later(days=4), **SIGNED)
    pressed(CODE, "chua_hai_long", 5, "Chưa")
    did(entry, "tra_loi_lai", world.person("minh"), later(days=6), **SIGNED)
    nobody = "không đơn vị nào ở trên cả đơn vị ghi và đơn vị đang giữ hồ sơ"
    told = f"Trong cây tổ chức ngày 08/04/2023, {nobody}, nên không “Đưa lên cấp trên” được."
    assert said(asked(CODE, "len_cap_tren", 7, "Chưa")) == told  # type: ignore[arg-type]  # refused, or `said` fails
    assert said(tried(entry, "len_cap_tren", world.person("minh"), later(days=8), reason="Chưa")) != ""


def test_an_answer_is_not_closed_before_the_asker_had_the_time(world: World, petitions: Book) -> None:
    entry, an = answered(sent(petitions, world), world), world.person("an")  # answered on 5 April
    told = "Người gửi có đến hết ngày 20/04/2023 để nói ý kiến"
    assert told in said(tried(entry, "dong", an, later(days=5)))
    assert told in said(tried(entry, "dong", an, later(days=19)))
    assert did(entry, "dong", an, later(days=20)).state == "dong"
    paper = answered(recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"}), world)
    assert did(paper, "dong", an, later(days=5)).state == "dong"


def test_a_press_on_what_changed_meanwhile_or_a_second_press_changes_nothing(world: World, petitions: Book) -> None:
    entry = answered(sent(petitions, world), world)
    stale = act_as_asker(CODE, Move("hai_long", entry.version - 1), at=later(days=5))
    assert "đã thay đổi" in said(stale)  # type: ignore[arg-type]  # refused, or `said` fails
    pressed(CODE, "hai_long", 5)
    again = asked(CODE, "hai_long", 5)
    assert isinstance(again, Refused)
    assert "trạng thái khác" in again.message
    assert Deed.objects.filter(entry=entry, act="hai_long").count() == 1


@pytest.mark.parametrize("act", ["giao", "tra_loi", "dong", "khong_du", "chuyen", "gia_han", "khong_co", "create"])
def test_an_asker_does_nothing_that_is_not_the_askers(world: World, petitions: Book, act: str) -> None:
    entry = sent(petitions, world)
    done = act_as_asker(CODE, Move(act, entry.version, reason="x", reply="x", handler=world.units["G1"]), at=later(1))
    assert isinstance(done, Refused)
    entry.refresh_from_db()
    assert (entry.state, entry.version, Deed.objects.filter(entry=entry).count()) == ("tiep_nhan", 1, 1)


def test_the_reporter_of_a_point_confirms_the_check_when_its_time_comes(world: World, points: Book) -> None:
    entry = sent(points, world, {**HEAP, "vi_tri": (10_776_889, 106_700_806)})
    did(entry, "xac_minh", world.person("binh"), later(1), values={"muc_do": "NHO"})
    did(entry, "giao", world.person("binh"), later(2), handler=world.units["G2"])
    for role, day in (("before", 3), ("after", 4)):
        photographed(entry, role, later(days=day), taken=later(days=day))
    assert offered(CODE) == set()
    did(entry, "giai_toa", world.person("an"), later(days=5), values={"cach_xu_ly": "Dọn", "nguoi_tham_gia": 9})
    assert offered(CODE) == {"kiem_lai"}
    assert "Chưa tới lần “Kiểm lại”" in said(asked(CODE, "kiem_lai", 10))  # type: ignore[arg-type]  # refused, or `said` fails
    assert pressed(CODE, "kiem_lai", 30).state == "theo_doi"
    deed = Deed.objects.get(entry=entry, act="kiem_lai")
    assert (deed.person_id, deed.who) == (None, "Người gửi")


# --- Words


def test_an_asker_writes_more_a_few_times_in_a_row(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    for number in range(3):
        assert isinstance(say_as_asker(CODE, f"Thêm {number}", at=later(number)), Made)
    assert "hãy đợi đơn vị trả lời" in said(say_as_asker(CODE, "Thêm nữa", at=later(9)))  # type: ignore[arg-type]  # refused
    write_words(entry.pk, "note", "Người gửi viết ba lần", by=world.person("an"), at=later(10))
    assert isinstance(say_as_asker(CODE, "Thêm nữa", at=later(11)), Refused)  # a note is no answer
    assert isinstance(write_words(entry.pk, "reply", "Đã đọc", by=world.person("an"), at=later(12)), Made)
    assert isinstance(say_as_asker(CODE, "Cảm ơn", at=later(13)), Made)
    for text in ("", " \n ", "x" * 2001):
        assert isinstance(say_as_asker(CODE, text, at=later(14)), Refused)
    assert isinstance(say_as_asker(CODE, "Gọi 0912 345 678", at=later(14)), AskedBack)


def test_nothing_more_is_written_while_the_unit_waits_for_an_answer_or_once_it_is_closed(world: World, petitions: Book) -> None:
    """What is asked is answered by the button of the answer, else the clock would not run on; of what is closed nobody reads more."""
    entry = sent(petitions, world)
    did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    did(entry, "hoi_them", world.person("an"), later(2), reason="Hẻm nào?")
    assert "Bây giờ không viết thêm được" in said(say_as_asker(CODE, "Hẻm 12", at=later(3)))  # type: ignore[arg-type]  # refused
    pressed(CODE, "bo_sung", 1, "Hẻm 12")
    did(entry, "tra_loi", world.person("hoa"), later(days=2), **SIGNED)
    pressed(CODE, "hai_long", 3)
    assert "Bây giờ không viết thêm được" in said(say_as_asker(CODE, "Cảm ơn", at=later(days=4)))  # type: ignore[arg-type]  # refused


def test_what_an_asker_does_never_stands_before_what_is_known_already(world: World, petitions: Book) -> None:
    """Where two machines serve, the clock of one may be some minutes slow: the story of an entry goes on all the same."""
    known = answered(sent(petitions, world), world).known_from
    slow = known - timedelta(minutes=5)
    assert isinstance(say_as_asker(CODE, "Đã thấy", at=slow), Made)
    assert isinstance(act_as_asker(CODE, Move("hai_long", entry_of_code(CODE).entry.version), at=slow), Made)
    told = Deed.objects.filter(act__in=("asker_says", "hai_long")).order_by("pk").values_list("act", "at")
    assert list(told) == [("asker_says", known), ("hai_long", known)]


def test_who_works_on_it_writes_to_the_asker_and_notes_among_themselves(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    for name, may in (("an", True), ("binh", True), ("lan", True), ("kien", False)):
        outcome = write_words(entry.pk, "note", "Đã gọi điện lực", by=world.person(name), at=later(1))
        assert isinstance(outcome, Made) == may, name
    for name in ("chi", "quan", "phuc"):
        with pytest.raises(Unreachable):
            write_words(entry.pk, "reply", "x", by=world.person(name), at=later(1))
    paper = recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"})
    assert "không viết được" in said(write_words(paper.pk, "reply", "x", by=world.person("an"), at=later(1)))
    assert isinstance(write_words(paper.pk, "note", "x", by=world.person("an"), at=later(1)), Made)
    assert "có số điện thoại" in said(write_words(entry.pk, "note", "Gọi 0912 345 678", by=world.person("an"), at=later(2)))


def test_words_are_only_added(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    write_words(entry.pk, "note", "Một", by=world.person("an"), at=later(1))
    for rows in (EntryMessage.objects.all(), PublicEntry.objects.all()):
        for change in (lambda rows=rows: rows.delete(), lambda rows=rows: rows.update(entry=entry)):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()


def test_what_the_sender_wrote_is_not_rewritten_by_those_who_answer_it(world: World, petitions: Book) -> None:
    entry, an = sent(petitions, world), world.person("an")
    held = values_of(petitions.definition, entry, texts_of(entry))
    refused = edit_entry(entry.pk, {**held, "noi_dung": "Không có gì"}, version=entry.version, by=an, at=later(1))
    assert "là lời người gửi, không sửa được" in said(refused)
    lacking = {key: value for key, value in held.items() if key != "noi_dung"}
    assert "là lời người gửi" in said(edit_entry(entry.pk, lacking, version=entry.version, by=an, at=later(1)))
    sorted_in = edit_entry(entry.pk, {**held, "tom_tat": "Đèn hẻm 12", "linh_vuc": "KHAC"}, version=entry.version, by=an, at=later(1))
    assert isinstance(sorted_in, Made)
    assert EntryVersion.objects.filter(entry=entry).count() == 1
    assert StateSpan.objects.filter(entry=entry).count() == 1


def test_satisfaction_counts_what_askers_said_with_n_citizens_and_businesses_apart(world: World, petitions: Book) -> None:
    """By the same rules for those who came on paper: of what was answered, how many said what they think, and how many were content."""
    window = Window(date(2023, 4, 1), date(2023, 6, 30), date(2023, 7, 1))
    for number, (kind, opinion) in enumerate(
        (("citizen", "hai_long"), ("citizen", "chua_hai_long"), ("citizen", ""), ("business", "hai_long"))
    ):
        code = spoken_code(bytes([number]) * 10)
        answered(sent(petitions, world, {**WISH, "nguoi_gui_la": kind}, code=code), world)
        if opinion:
            pressed(code, opinion, 5, "Chưa xong" if opinion == "chua_hai_long" else "")
    paper = answered(recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"}), world)
    did(paper, "hai_long", world.person("an"), later(days=5))
    told = {}
    for kind in ("citizen", "business"):
        who = {"field": "nguoi_gui_la", "equals": kind}
        wheres = ([who], [who, {"field": "y_kien", "filled": True}], [who, {"field": "y_kien", "equals": "HAILONG"}])
        rules = [
            RecordRule.model_validate({"register_code": "phan-anh", "fact": "entered", "states": ["da_tra_loi"], "where": each})
            for each in wheres
        ]
        counted = [Counted(petitions.register.pk, petitions.definition, rule, window).numbers() for rule in rules]
        told[kind] = tuple(each[world.units["G1"]][None] for each in counted)
    assert told == {"citizen": (4, 3, 2), "business": (1, 1, 1)}
