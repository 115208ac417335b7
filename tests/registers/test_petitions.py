"""Petitions: a clock that stands still while the asker is awaited, one extension, one reopening, the way up; complaints as numbers only."""

from datetime import date, timedelta

import pytest

from kheo.core.definition import load_definition
from kheo.core.definition.records import RecordRule
from kheo.core.registers.loading import load_register
from kheo.registers.actions import Made, create_entry, edit_entry, write_line
from kheo.registers.actions.lining import Line
from kheo.registers.models import DeadlineRun, Deed, Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, DONE_SO_FAR, WISH, did, photographed, recorded, said, shipped, tried
from tests.world import OPENING, World, head_of, later

WINDOW = Window(date(2023, 4, 1), date(2023, 6, 30), date(2023, 7, 1))
SIGNED = {"values": {"chuc_vu_ky": "Chủ tịch"}, "reply": "Đèn đã được thay."}


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


def given(petitions: Book, world: World, **values: str) -> Entry:
    """Received on Saturday 1 April and given to the unit that received it."""
    entry = recorded(petitions, world, {**WISH, **values})
    return did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])


def due(entry: Entry, clock: str = "tra_loi") -> DeadlineRun:
    return DeadlineRun.objects.get(entry=entry, clock=clock, known_to__isnull=True)


def figure(found: Book, **rule: object) -> dict[int, dict[str | None, int]]:
    checked = RecordRule.model_validate({"register_code": "phan-anh", **rule})
    return Counted(found.register.pk, found.definition, checked, WINDOW).numbers()


def test_five_working_days_that_stand_still_while_the_asker_is_awaited(world: World, petitions: Book) -> None:
    entry, an = given(petitions, world), world.person("an")
    assert due(entry).due_on == date(2023, 4, 7)
    entry = did(entry, "hoi_them", an, later(days=3), reason="Hẻm nào?")  # Tuesday: three days are left
    assert (due(entry).left, entry.due_on) == (3, None)
    entry = did(entry, "bo_sung", an, later(days=16))  # Monday the 17th
    assert due(entry).due_on == date(2023, 4, 20)


def test_it_is_extended_once_with_a_reason_and_never_after_the_day_has_passed(world: World, petitions: Book) -> None:
    entry, hoa = given(petitions, world), world.person("hoa")
    assert "Cần ghi lý do" in said(tried(entry, "gia_han", hoa, later(days=2)))
    assert "Cần ít nhất 1 ảnh tiến độ" in said(tried(entry, "gia_han", hoa, later(days=2), reason="Chờ vật tư"))
    assert "đã qua hạn" in said(tried(entry, "gia_han", hoa, later(days=7), reason="Chờ vật tư", values=DONE_SO_FAR))
    entry = did(entry, "gia_han", hoa, later(days=6), reason="Chờ vật tư", values=DONE_SO_FAR)
    assert (due(entry).due_on, due(entry).extended) == (date(2023, 4, 14), True)
    assert "chỉ làm một lần" in said(tried(entry, "gia_han", hoa, later(days=8), reason="Lại chờ", values=DONE_SO_FAR))


def test_a_limit_that_has_passed_is_not_extended_by_an_earlier_day(world: World, petitions: Book) -> None:
    """Whoever is late does not become punctual by writing that the limit was extended in time."""
    entry, hoa = given(petitions, world), world.person("hoa")
    refused = tried(entry, "gia_han", hoa, later(days=9), reason="Chờ vật tư", values=DONE_SO_FAR, on=date(2023, 4, 6))
    assert "đã qua hạn" in said(refused)
    assert (due(entry).due_on, due(entry).extended) == (date(2023, 4, 7), False)


def test_what_was_over_before_it_was_written_down_is_told_as_it_happened(world: World, petitions: Book) -> None:
    """A book that begins takes in what its unit did on paper."""
    an, hoa = world.person("an"), world.person("hoa")
    begun = create_entry(petitions, world.units["G1"], WISH, by=an, at=later(days=40), on=date(2023, 4, 1))
    assert isinstance(begun, Made)
    entry = did(begun.entry, "giao", an, later(1, 40), on=date(2023, 4, 3), handler=world.units["G1"])
    assert "đã qua hạn" in said(tried(entry, "gia_han", hoa, later(2, 40), reason="Chờ vật tư", values=DONE_SO_FAR, on=date(2023, 4, 10)))
    entry = did(entry, "gia_han", hoa, later(3, 40), reason="Chờ vật tư", values=DONE_SO_FAR, on=date(2023, 4, 6))
    assert due(entry).due_on == date(2023, 4, 14)


def test_it_is_answered_in_words_that_the_asker_reads_and_by_a_post_not_a_name(world: World, petitions: Book) -> None:
    entry, hoa = given(petitions, world), world.person("hoa")
    refused = said(tried(entry, "tra_loi", hoa, later(days=4)))
    assert "Cần ghi lời trả lời" in refused
    assert "Chức vụ người ký trả lời" in refused
    answered = did(entry, "tra_loi", hoa, later(days=4), **SIGNED)
    assert Deed.objects.filter(entry=answered).latest("pk").reply == "Đèn đã được thay."


def test_who_answered_does_not_say_that_the_asker_is_content(world: World, petitions: Book) -> None:
    entry = did(given(petitions, world), "tra_loi", world.person("hoa"), later(days=4), **SIGNED)
    for act in ("hai_long", "chua_hai_long"):
        refused = tried(entry, act, world.person("hoa"), later(days=5), reason="" if act == "hai_long" else "x")
        assert "cần một người khác" in said(refused)
    assert did(entry, "hai_long", world.person("an"), later(days=5)).state == "hai_long"


def test_what_the_asker_said_is_what_the_act_says_and_nothing_else_writes_it(world: World, petitions: Book) -> None:
    """Who answered may edit the entry, but not write down by hand that the asker was content."""
    hoa, an = world.person("hoa"), world.person("an")
    told = "“Ý kiến của người gửi” được ghi bằng nút “Ghi người gửi hài lòng” hoặc “Ghi người gửi chưa hài lòng” hoặc “Đưa lên cấp trên”."
    begun = create_entry(petitions, world.units["G1"], {**WISH, "y_kien": "HAILONG"}, by=an, at=OPENING)
    assert told in said(begun)
    entry = did(given(petitions, world), "tra_loi", hoa, later(days=4), **SIGNED)
    held = values_of(petitions.definition, entry, texts_of(entry))
    assert told in said(edit_entry(entry.pk, {**held, "y_kien": "HAILONG"}, version=entry.version, by=hoa, at=later(days=5)))
    entry = did(entry, "chua_hai_long", an, later(days=5), values={"y_kien": "HAILONG"}, reason="Đèn lại tắt")
    assert entry.satisfaction == "CHUA"
    assert Deed.objects.filter(entry=entry).latest("pk").changes == {"y_kien": [None, "CHUA"]}
    edited = edit_entry(entry.pk, {**held, "tom_tat": "Đèn hẻm 12"}, version=entry.version, by=hoa, at=later(days=6))
    assert isinstance(edited, Made)
    assert (edited.entry.title, edited.entry.satisfaction) == ("Đèn hẻm 12", "CHUA")


def test_not_content_means_answered_again_once_and_then_the_way_up(world: World, petitions: Book) -> None:
    entry, an, hoa = given(petitions, world), world.person("an"), world.person("hoa")
    entry = did(entry, "tra_loi", hoa, later(days=4), **SIGNED)
    entry = did(entry, "chua_hai_long", an, later(days=9), reason="Đèn lại tắt")
    assert (entry.state, due(entry, "tra_loi_lai").due_on) == ("giai_quyet_lai", date(2023, 4, 17))  # a second limit of its own
    entry = did(entry, "hoi_them_lai", an, later(days=10), reason="Đèn số mấy?")
    entry = did(entry, "bo_sung_lai", an, later(days=20))
    assert due(entry, "tra_loi_lai").due_on == date(2023, 4, 27)  # Friday the 21st and four days that were left
    entry = did(entry, "tra_loi_lai", hoa, later(days=24), **SIGNED)
    assert "trạng thái khác" in said(tried(entry, "chua_hai_long", an, later(days=25), reason="Vẫn tắt"))
    entry = did(entry, "len_cap_tren", an, later(days=25), reason="Vẫn tắt", handler=world.units["D1"])
    assert (entry.state, entry.handler_id, due(entry, "cap_tren").due_on) == ("len_cap_tren", world.units["D1"], date(2023, 5, 15))
    assert did(entry, "ket_luan", world.person("dung"), later(days=30), **SIGNED).state == "cap_tren_ket_luan"


def test_on_time_is_what_was_answered_by_its_day_of_all_that_fell_due(world: World, petitions: Book) -> None:
    """Not of what was received: one that stands still is not due, one that was merged never was."""
    an, hoa = world.person("an"), world.person("hoa")
    did(given(petitions, world), "tra_loi", hoa, later(days=6), **SIGNED)  # on its last day
    did(given(petitions, world), "tra_loi", hoa, later(days=7), **SIGNED)  # a day later
    did(given(petitions, world), "hoi_them", an, later(days=2), reason="Ở đâu?")
    kept = given(petitions, world)  # never answered
    did(given(petitions, world), "trung", an, later(days=2), reason="Cùng việc", other=kept.code)
    unit = world.units["G1"]
    assert figure(petitions, fact="due", clock="tra_loi") == {unit: {None: 3}}
    assert figure(petitions, fact="due", clock="tra_loi", outcome="met") == {unit: {None: 1}}
    assert figure(petitions, fact="due", clock="tra_loi", outcome="late") == {unit: {None: 2}}
    assert figure(petitions, fact="entered", states=["tiep_nhan"]) == {unit: {None: 4}}


def of_campaign(found: Book, code: str, window: Window, **changes: object) -> int:
    """What the campaign's own rule of an indicator counts for G1; `changes`: with these keys of the rule otherwise."""
    loaded = load_definition((CAMPAIGNS / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml").definition
    assert loaded is not None
    rule = loaded.indicator(code).records
    assert rule is not None
    counted = Counted(found.register.pk, found.definition, rule.model_copy(update=changes), window).numbers()
    return sum(parts[None] or 0 for parts in counted.values())


FROM_THE_4TH = Window(date(2023, 4, 4), date(2023, 6, 30), date(2023, 7, 1))


def test_a_petition_received_in_the_cycle_before_is_in_neither_number_though_it_falls_due_in_this_one(
    world: World, petitions: Book
) -> None:
    """So on time (C206) stays a part of received (C205), as the check demands; by the day it fell due it would not."""
    hoa = world.person("hoa")
    did(given(petitions, world), "tra_loi", hoa, later(days=5), **SIGNED)  # received on the 1st, due on the 7th, answered on the 6th
    paused = did(given(petitions, world), "hoi_them", world.person("an"), later(days=2), reason="Ở đâu?")
    did(paused, "bo_sung", world.person("an"), later(days=9))  # goes on in the window: it began before it all the same
    did(paused, "tra_loi", hoa, later(days=10), **SIGNED)
    assert [of_campaign(petitions, code, FROM_THE_4TH) for code in ("C205", "C206")] == [0, 0]
    assert of_campaign(petitions, "C206", FROM_THE_4TH, dated="due") == 2
    entry = recorded(petitions, world, {**WISH, "ngay_nhan": "2023-04-05"}, at=later(days=4))
    did(entry, "giao", world.person("an"), later(days=4), handler=world.units["G1"])
    assert [of_campaign(petitions, code, FROM_THE_4TH) for code in ("C205", "C206")] == [1, 0]
    did(entry, "tra_loi", hoa, later(days=6), **SIGNED)
    assert [of_campaign(petitions, code, FROM_THE_4TH) for code in ("C205", "C206")] == [1, 1]


def test_a_letter_taken_up_in_the_cycle_before_is_in_neither_number_though_it_falls_due_in_this_one(world: World) -> None:
    book, hoa = shipped("don-thu"), world.person("hoa")
    solved = {"values": {"ket_qua": "DUNG"}}
    for taken_up, numbers in ((1, [0, 0]), (4, [1, 1])):
        entry = did(recorded(book, world, {"loai": "KN", "ngay_nhan": "2023-04-01"}), "thu_ly", hoa, later(days=taken_up))
        did(entry, "giai_quyet", hoa, later(days=20), **solved)
        assert [of_campaign(book, code, FROM_THE_4TH) for code in ("C504", "C504a")] == numbers
    assert of_campaign(book, "C504a", FROM_THE_4TH, dated="due") == 2


def test_satisfaction_comes_with_how_many_were_asked_citizens_and_businesses_apart(world: World, petitions: Book) -> None:
    unit, an, hoa = world.units["G1"], world.person("an"), world.person("hoa")
    for kind, opinion in (("citizen", "HAILONG"), ("citizen", "CHUA"), ("citizen", ""), ("business", "HAILONG")):
        entry = did(given(petitions, world, nguoi_gui_la=kind), "tra_loi", hoa, later(days=4), **SIGNED)
        if opinion:
            act, reason = ("hai_long", "") if opinion == "HAILONG" else ("chua_hai_long", "Chưa xong")
            did(entry, act, an, later(days=5), reason=reason)
    for kind, expected in (("citizen", (3, 2, 1)), ("business", (1, 1, 1))):
        who = {"field": "nguoi_gui_la", "equals": kind}
        rules = (
            {"fact": "entered", "states": ["da_tra_loi"], "where": [who]},
            {"fact": "entered", "states": ["da_tra_loi"], "where": [who, {"field": "y_kien", "filled": True}]},
            {"fact": "entered", "states": ["da_tra_loi"], "where": [who, {"field": "y_kien", "equals": "HAILONG"}]},
        )
        assert tuple(figure(petitions, **rule)[unit][None] for rule in rules) == expected


def test_nothing_says_who_asked(world: World, petitions: Book) -> None:
    """No field for a name or a way to reach anybody; what they wrote is for those who work on it, and is not searched."""
    entry = given(petitions, world)
    assert texts_of(entry) == {"noi_dung": WISH["noi_dung"]}
    assert "hai tuần" not in entry.search
    assert "hai tuan" not in entry.search
    assert petitions.definition.field_of("subject_name") is None
    assert [each.key for each in petitions.definition.fields if each.type in ("text", "long_text") and each.column != "title"] == [
        "noi_dung", "dia_ban", "tien_do", "van_ban", "chuc_vu_ky",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("  - {key: ket_qua,", "  - {key: noi_dung, label: Nội dung, type: long_text}\n  - {key: ket_qua,", "chỉ nhận số, ngày, lựa chọn"),
        ("  - {key: ket_qua,", "  - {key: ho_ten, label: Người tố cáo, type: text}\n  - {key: ket_qua,", "chỉ nhận số, ngày, lựa chọn"),
        ("walled: true", "walled: true\nsubjects: [citizen]", "Sổ được che không có chủ thể"),
        ("once: true, effect: extend", "once: true, reason: required, effect: extend", "không ghi lý do bằng lời"),
        ("faces: [list, queue]", "attachments: [{role: don, name: Ảnh đơn}]\nfaces: [list, queue]", "không nhận ảnh, tệp"),
    ],
)
def test_of_complaints_and_denunciations_no_register_takes_content_or_persons(before: str, after: str, told: str) -> None:
    text = (CAMPAIGNS / "registers/don-thu.yaml").read_text(encoding="utf-8")
    assert load_register(text, "don-thu.yaml").problems == ()
    assert any(told in str(each) for each in load_register(text.replace(before, after, 1), "don-thu.yaml").problems)


def test_a_complaint_is_a_number_days_and_an_outcome(world: World) -> None:
    book, hoa = shipped("don-thu"), world.person("hoa")
    entry = recorded(book, world, {"loai": "KN", "ngay_nhan": "2023-04-03"}, at=later(days=3))
    assert (entry.title, due(entry, "thu_ly").due_on) == ("Khiếu nại nhận ngày 03/04/2023", date(2023, 4, 13))
    entry = did(entry, "thu_ly", hoa, later(days=5))
    assert due(entry, "giai_quyet").due_on == date(2023, 5, 8)  # the 30th day is a Saturday
    assert "Kết quả" in said(tried(entry, "giai_quyet", hoa, later(days=20)))
    assert did(entry, "giai_quyet", hoa, later(days=20), values={"ket_qua": "MOTPHAN"}).meaning == "done_good"


STREET = {
    "ten": "Cổng trường Nguyễn Trãi",
    "loai": "TRUONG",
    "dia_chi": "Phường 2",
    "phoi_hop": "Trường Nguyễn Trãi",
    "vi_tri": (10_776_000, 106_700_000),
}


def test_a_title_is_scored_conferred_by_others_looked_at_again_and_withdrawn(world: World) -> None:
    book, an, binh = shipped("tuyen-duong"), world.person("an"), world.person("binh")
    entry = recorded(book, world, STREET)
    entry = did(entry, "khao_sat", an, later(days=1), values={"ngay_khao_sat": "2023-04-01", "vi_pham_truoc": 40, "un_tac_truoc": 7})
    entry = did(entry, "cam_ket", world.person("hoa"), later(days=2), values={"bo_tieu_chi": "12/KH-CĐ"})
    assert "Các bên cùng chấm" in said(tried(entry, "cham", an, later(days=20), values={"diem": 88}))
    scored = {"values": {"diem": 88, "ben_cham": ["CONGAN", "CHUNHA", "PHUONG"]}}
    assert "Cần ít nhất một dòng “Chấm tiêu chí”" in said(tried(entry, "cham", an, later(days=20), **scored))
    line = Line("cham", date(2023, 4, 20), kind="TRATTU", source="CONGAN", quantity=18, text="Còn một xe bán hàng")
    assert isinstance(write_line(entry.pk, line, by=an, at=later(days=20)), Made)
    assert "Cần ít nhất 1 ảnh trước" in said(tried(entry, "cham", an, later(days=20), **scored))
    photographed(entry, "before", later(days=1), taken=later(days=1), away=1)
    assert "Cần ít nhất 1 ảnh sau" in said(tried(entry, "cham", an, later(days=20), **scored))
    photographed(entry, "after", later(days=20), taken=later(days=20), away=1)
    entry = did(entry, "cham", an, later(days=20), **scored)
    entry = did(entry, "cong_nhan", binh, later(days=25), values={"quyet_dinh": "45/QĐ-CĐ"})
    assert "không có quyền" in said(tried(entry, "giu", an, later(days=200), **scored))
    entry = did(entry, "giu", head_of(world, "G2"), later(days=200), values={"diem": 90})
    kept = next(each for each in book.definition.figures if each.code == "con_giu")

    def told() -> list[int]:
        rules = [kept.counts, *([kept.among] if kept.among else [])]
        days = Window(date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
        return [Counted(book.register.pk, book.definition, rule, days).numbers().get(world.units["G1"], {}).get(None, 0) for rule in rules]

    assert told() == [1, 1]
    assert did(entry, "thu_hoi", binh, later(days=380), reason="Lấn chiếm trở lại").state == "thu_hoi"
    assert told() == [0, 1], "withdrawn is looked at and not kept"
    assert not DeadlineRun.objects.filter(entry=entry, known_to__isnull=True, met_on__isnull=True).exists()


def test_a_team_is_known_by_numbers(world: World) -> None:
    book, hoa = shipped("doi-hinh"), world.person("hoa")
    entry = recorded(book, world, {"ten": "Đội phản ứng nhanh", "loai": "GIAOTHONG"})
    start = {"dia_ban": "Phường 2", "ngay_lap": "2023-04-01", "thanh_vien": 25, "doi_truong": "Phó bí thư Đoàn"}
    entry = did(entry, "thanh_lap", hoa, later(days=1), values=start)
    for kind, quantity in (("SUCO", 3), ("TAINAN", 1)):
        line = Line("giup", OPENING.date() + timedelta(days=1), kind=kind, quantity=quantity)
        assert isinstance(write_line(entry.pk, line, by=hoa, at=later(days=2)), Made)
    rule = RecordRule(register_code="doi-hinh", fact="line", line="giup", measure="sum", of="quantity")
    assert Counted(book.register.pk, book.definition, rule, WINDOW).numbers() == {world.units["G1"]: {None: 4}}


def test_a_draft_is_cancelled_as_it_is(world: World) -> None:
    """What no longer counts is not asked for more than a new entry."""
    book = shipped("doi-hinh")
    entry = recorded(book, world, {"ten": "Ghi nhầm", "loai": "KHAC"})
    assert did(entry, "huy", world.person("hoa"), later(1), reason="Ghi nhầm").state == "huy"
