"""What the directive itself complains of (HD mục I), each as a list: no plan, no criteria, no result, no recheck, late, not made known."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.loading import load_register
from kheo.core.reorganising import Place, Renamed, Transferred
from kheo.core.unit_kinds import Line as Tree
from kheo.files.actions import store_file
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.org.models import UnitName
from kheo.registers.actions import Line, Made, link_entries, publish_register, write_line
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.definitions import book as book_of
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.keyset import Reading
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.opening import counts_of_ready
from kheo.registers.queries.ready import UnitsWithout, ready_list
from kheo.registers.queries.wanted import wanted_of
from tests.registers.books import CAMPAIGNS, WISH, did, recorded, said, shipped, tried
from tests.world import OPENING, World, later

MODEL = {
    "ten": "Đổi rác lấy quà",
    "loai": "MH",
    "linh_vuc": "KT",
    "noi_dung": ["N1"],
    "chu_the": "collective",
    "ten_chu_the": "Tổ công đoàn 3",
    "doi_tuong": ["DAN"],
    "cach_lam": "Thu rác nhựa, đổi quà",
    "dia_diem": "Phường 2",
    "bat_dau": "2023-04-01",
    "du_kien_xong": "2023-06-30",
    "muc_tieu": 100,
    "muc_tieu_don_vi": "HO",
    "phu_trach": "Tổ trưởng",
}
RESULT = {"ket_qua": 90, "nguoi_huong_loi": 300, "san_pham": "Sạch hẻm"}


def listed(found: Book, code: str, day: int) -> list[str]:
    """The titles that a ready list holds so many days after the opening."""
    assert ready_list(found, code) is not None
    wanted = wanted_of(found, {"co_san": [code]}, None, later(days=day).date())
    entries = EntryList(found, wanted)
    assert entries.count() == len(entries.page())
    assert_counted_together(found, day)
    whole = [entry.pk for entry in entries.page()]
    assert [[entry.pk for entry in entries.page(1, max(len(whole), 1), expected=each)] for each in (1, 10**6)] == [whole, whole]
    of_few = replace(wanted, units=sorted(set(Entry.objects.values_list("owner_id", flat=True))))
    assert read_on(entries) == read_on(EntryList(found, of_few)) == whole
    return [entry.title for entry in entries.page()]


def read_on(entries: EntryList) -> list[int]:
    """The same one at a time, each read on from where the one before ended."""
    found, reading = list[int](), Reading(entries, 1)
    part = reading.after(None)
    while part.entries:
        found += [entry.pk for entry in part.entries]
        if part.stop is None:
            break
        part = reading.after(part.stop)
    return found


def assert_counted_together(found: Book, day: int) -> None:
    """One look at all entries counts in every list of the register what the list itself counts."""
    asked, today = [each for each in found.definition.ready if not each.units_without], later(days=day).date()
    whole = EntryList(found, wanted_of(found, {}, None, today))
    alone = [EntryList(found, wanted_of(found, {"co_san": [each.code]}, None, today)).count() for each in asked]
    with CaptureQueriesContext(connection) as queries:
        assert counts_of_ready(whole, asked) == alone
    assert sum("registers_deadline" in each["sql"] or "count(*)" in each["sql"] for each in queries) == 1


def paper(entry: Entry, role: str, kind: str) -> None:
    for number in range(2):
        shelf = store_file(f"{entry.pk} {role} {number}".encode(), name="tep", media_type="application/pdf", by=SYSTEM, at=later())
        EntryAttachment.objects.create(entry=entry, role=role, kind=kind, file=shelf, added_at=later())


def working(book: Book, world: World, ten: str) -> Entry:
    entry = did(recorded(book, world, {**MODEL, "ten": ten}), "dang_ky", world.person("an"), later(1))
    return did(entry, "tiep_nhan", world.person("binh"), later(days=1))


def recognised(book: Book, world: World, ten: str) -> Entry:
    entry = working(book, world, ten)
    paper(entry, "after", "photo")
    entry = did(entry, "bao_xong", world.person("an"), later(days=80), values=RESULT)
    return did(entry, "cong_nhan", world.person("binh"), later(days=85), values={"ngay_xac_minh": "2023-06-20", "quyet_dinh": "9/QĐ"})


def test_units_without_a_plan_and_units_whose_plan_says_nothing_concrete(world: World) -> None:
    book = shipped("ke-hoach")
    units = [world.units[code] for code in ("G1", "G2", "G4")]
    no_plan, no_criteria = ready_list(book, "chua_ke_hoach"), ready_list(book, "chua_tieu_chi")
    assert no_plan is not None
    assert no_criteria is not None

    def told() -> tuple[list[int], list[int]]:
        today = later(days=9).date()
        found = [UnitsWithout(book, each, units, today) for each in (no_plan, no_criteria)]
        assert [each.count() for each in found] == [len(each.page(0, 50)) for each in found]
        assert [each.page_and_count(0, 2) for each in found] == [(each.page(0, 2), each.count()) for each in found]
        assert [each.page_and_count(50, 50) for each in found] == [([], each.count()) for each in found]
        assert [each.count(most=1) for each in found] == [min(each.count(), 2) for each in found]
        return tuple(sorted(unit for unit, _ in each.page(0, 50)) for each in found)  # type: ignore[return-value]  # two of them

    for who, head, unit, concrete in (("an", "hoa", "G1", False), ("chi", "chi", "G4", True)):
        plan = {"ten": "Kế hoạch", "so_ky_hieu": "1/KH", "ngay_ban_hanh": "2023-04-01", "noi_dung": ["N1"], "co_tieu_chi": concrete}
        entry = recorded(book, world, plan, who, unit)
        assert told()[0] == ([*units] if unit == "G1" else units[1:])  # a draft is no plan
        paper(entry, "document", "pdf")
        line = Line("chi_tieu", date(2023, 4, 1), kind="MOHINH", quantity=5, text="Năm mô hình")
        assert isinstance(write_line(entry.pk, line, by=world.person(who), at=later(1)), Made)
        did(entry, "ban_hanh", world.person(head), later(2))
    assert told() == ([world.units["G2"]], [world.units["G1"], world.units["G2"]])
    # What was for that year is no plan for the next, whoever has not taken it back; one that says how long it holds, is.
    Entry.objects.filter(owner=world.units["G4"]).update(planned_until=date(2024, 6, 30))
    for day, without in (("2023-12-31", {"G2"}), ("2024-01-01", {"G1", "G2"}), ("2024-07-01", {"G1", "G2", "G4"})):
        found = UnitsWithout(book, no_plan, units, date.fromisoformat(day)).page(0, 50)
        assert {unit for unit, _ in found} == {world.units[code] for code in without}, day
    rule = next(each.counts for each in book.definition.figures if each.code == "don_vi")
    year = Window(date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 1))
    assert Counted(book.register.pk, book.definition, rule, year).numbers() == {world.units["G4"]: {None: 1}}


def test_a_unit_that_moved_and_one_that_stands_in_two_lines_are_listed_once(world: World) -> None:
    """Before and after the day, under the name of that day; the federation stands under the party's board as well."""
    ready = ready_list(book := shipped("ke-hoach"), "chua_ke_hoach")
    assert ready is not None
    at, units = later(days=5), [world.units["LDLD"], world.units["G2"]]
    moved = Transferred(day=at.date(), unit=units[1], place=Place(Tree.UNION, world.units["D2"]))
    renamed = Renamed(day=at.date(), unit=units[1], name="Công đoàn Hai mới")
    assert not record_events([moved, renamed], by=SYSTEM, at=at).problems
    for days, name in ((2, "Công đoàn cơ sở Hai"), (9, "Công đoàn Hai mới")):
        found = UnitsWithout(book, ready, units, later(days=days).date())
        assert (dict(found.page(0, 10)), len(found.page(0, 10)), found.count()) == (
            {units[0]: "Liên đoàn Lao động Thành phố", units[1]: name}, 2, 2
        )  # fmt: skip


def test_a_unit_that_has_no_name_on_the_day_is_listed_all_the_same_and_last(world: World) -> None:
    ready = ready_list(book := shipped("ke-hoach"), "chua_ke_hoach")
    assert ready is not None
    named, nameless = world.units["LDLD"], world.units["G2"]
    UnitName.objects.filter(unit=nameless).update(starts=later(days=30).date())
    found = UnitsWithout(book, ready, [named, nameless], later(days=5).date())
    assert found.page_and_count(0, 10) == ([(named, "Liên đoàn Lao động Thành phố"), (nameless, "")], 2)
    assert (found.page_and_count(0, 1), found.page_and_count(1, 1)) == (
        ([(named, "Liên đoàn Lao động Thành phố")], 2),
        ([(nameless, "")], 2),
    )


def test_what_a_unit_has_in_another_book_is_not_had_in_this_one(world: World) -> None:
    """The same states and fields, another register: a programme is no plan."""
    ready = ready_list(book := shipped("ke-hoach"), "chua_ke_hoach")
    text = (CAMPAIGNS / "registers" / "ke-hoach.yaml").read_text(encoding="utf-8").replace("code: ke-hoach", "code: chuong-trinh")
    assert publish_register(text.replace("prefix: KH", "prefix: CTR"), "so.yaml", by=SYSTEM, at=later()).problems == ()
    other = book_of("chuong-trinh")
    assert ready is not None
    assert other is not None
    plan = {"ten": "Chương trình", "so_ky_hieu": "1/CTr", "ngay_ban_hanh": "2023-04-01", "noi_dung": ["N1"], "co_tieu_chi": True}
    entry = recorded(other, world, plan)
    paper(entry, "document", "pdf")
    line = Line("chi_tieu", date(2023, 4, 1), kind="MOHINH", quantity=5, text="Năm mô hình")
    assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=later(1)), Made)
    did(entry, "ban_hanh", world.person("hoa"), later(2))
    unit, today = world.units["G1"], later(days=9).date()
    assert [UnitsWithout(each, ready, [unit], today).count() for each in (book, other)] == [1, 0]


def test_of_plans_that_hold_today_lines_are_looked_up_one_by_one(world: World) -> None:
    """Not all lines of all plans that ever were, of which a city has many times as many as it has units."""
    ready = ready_list(book := shipped("ke-hoach"), "chua_tieu_chi")
    assert ready is not None
    found = UnitsWithout(book, ready, list(world.units.values()), OPENING.date())
    for work in (found.count, lambda: found.page_and_count(0, 50)):
        with CaptureQueriesContext(connection) as queries:
            work()
        (asked,) = (each["sql"] for each in queries if "registers_line" in each["sql"])
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {asked}")
            assert "EXISTS(SubPlan" in "".join(line for (line,) in cursor.fetchall())


def test_models_past_their_day_without_a_result(world: World) -> None:
    book, an = shipped("mo-hinh"), world.person("an")
    late, half_done = working(book, world, "Chưa có gì"), working(book, world, "Được một nửa")
    did(half_done, "tien_do", an, later(days=30), values={"ket_qua": 50}, reason="Được một nửa")  # is not done, and late as well
    paused = did(working(book, world, "Tạm dừng"), "tam_dung", an, later(days=30), reason="Mưa bão")
    assert (listed(book, "qua_hen_chua_ket_qua", 90), listed(book, "qua_hen_chua_ket_qua", 91)) == ([], [half_done.title, late.title])
    assert (listed(book, "tam_dung_lau", 119), listed(book, "tam_dung_lau", 120)) == ([], [paused.title])


def test_no_model_is_registered_without_the_day_by_which_it_is_to_be_done(world: World) -> None:
    """Without one it would have no limit, and stand in no list of what is late."""
    book, an = shipped("mo-hinh"), world.person("an")
    open_ended = {key: value for key, value in MODEL.items() if key != "du_kien_xong"}
    entry = recorded(book, world, open_ended)
    assert "Chưa điền “Dự kiến hoàn thành”" in said(tried(entry, "dang_ky", an, later(1)))
    old = working(book, world, "Ghi từ trước")
    Entry.objects.filter(pk=old.pk).update(planned_until=None)
    assert listed(book, "chua_hen", 1) == [old.title]


def test_every_limit_of_every_book_has_a_list_of_what_is_late_by_it() -> None:
    for file in sorted((CAMPAIGNS / "registers").glob("*.yaml")):
        definition = load_register(file.read_text(encoding="utf-8"), file.name).definition
        assert definition is not None
        assert {each.code for each in definition.clocks} - {each.late for each in definition.ready} == set(), file.name


def seen(days: int) -> dict[str, str]:
    """What whoever went to see writes: the day."""
    return {"ngay_kiem_lai": later(days=days).date().isoformat()}


def test_that_a_model_is_kept_is_said_by_others_who_have_seen_it(world: World) -> None:
    """Not by its own unit, and never without the day of the visit; who had a part in it and moved: tests/registers/rights/mo-hinh.txt."""
    book, an, hoa, binh = shipped("mo-hinh"), *(world.person(who) for who in ("an", "hoa", "binh"))
    kept = recognised(book, world, "Còn làm")
    since = (kept.in_state_since - OPENING.date()).days + 360
    for own in (an, hoa):
        assert "không có quyền" in said(tried(kept, "con_duy_tri", own, later(days=since), values=seen(since)))
    assert "Ngày kiểm lại" in said(tried(kept, "con_duy_tri", binh, later(days=since)))
    assert did(kept, "con_duy_tri", binh, later(days=since), values=seen(since)).extra["ngay_kiem_lai"] == seen(since)["ngay_kiem_lai"]


def test_models_whose_turn_it_is_and_nobody_has_said_that_they_are_kept(world: World) -> None:
    book, an, binh = shipped("mo-hinh"), world.person("an"), world.person("binh")
    forgotten, kept, stopped = (recognised(book, world, name) for name in ("Bị quên", "Còn làm", "Đã ngừng"))
    kept = did(kept, "bao_con", an, later(days=439), values={"nguoi_huong_loi": 310})
    assert set(listed(book, "chua_kiem_lai", 460)) == {forgotten.title, kept.title, stopped.title}  # what its own unit says is not yet so
    did(kept, "con_duy_tri", binh, later(days=440), values=seen(440))
    did(stopped, "ngung", an, later(days=440), reason="Hết kinh phí")
    assert (listed(book, "chua_kiem_lai", 440), listed(book, "chua_kiem_lai", 460)) == ([], [forgotten.title])


def test_a_model_is_asked_every_year_and_two_years_kept_are_two_answers(world: World) -> None:
    """Pressing it twice on a day is no two years: each answer is of its own year, and the next year asks again."""
    book, an, binh = shipped("mo-hinh"), world.person("an"), world.person("binh")
    kept, once = recognised(book, world, "Giữ hai năm"), recognised(book, world, "Giữ một năm")
    since = (kept.in_state_since - OPENING.date()).days
    for entry in (kept, once):
        assert "sớm nhất" in said(tried(entry, "con_duy_tri", binh, later(days=since + 304), values=seen(since + 304)))
        did(entry, "con_duy_tri", binh, later(days=since + 360), values=seen(since + 360))
        assert "sớm nhất" in said(tried(entry, "con_duy_tri", binh, later(days=since + 361), values=seen(since + 361)))
    assert listed(book, "duy_tri_hai_nam", since + 361) == []
    did(kept, "con_duy_tri", binh, later(days=since + 720), values=seen(since + 720))
    assert listed(book, "duy_tri_hai_nam", since + 721) == [kept.title]
    # What was not answered in the second year stands among what is to be checked; so does the other a year later, and is kept no more.
    assert listed(book, "chua_kiem_lai", since + 730) == [once.title]
    assert (listed(book, "duy_tri_hai_nam", since + 1085), listed(book, "duy_tri_hai_nam", since + 1092)) == ([kept.title], [])
    assert set(listed(book, "chua_kiem_lai", since + 1092)) == {kept.title, once.title}
    did(kept, "ngung", an, later(days=since + 1095), reason="Hết kinh phí")
    assert listed(book, "chua_kiem_lai", since + 1105) == [once.title]


def test_units_without_any_model(world: World) -> None:
    book = shipped("mo-hinh")
    ready = ready_list(book, "chua_co_mo_hinh")
    assert ready is not None
    units = [world.units["G1"], world.units["G2"]]

    def without() -> list[int]:
        return sorted(unit for unit, _ in UnitsWithout(book, ready, units, OPENING.date()).page(0, 10))

    assert without() == sorted(units)
    working(book, world, "Có rồi")
    assert without() == [world.units["G2"]]


def test_petitions_late(world: World) -> None:
    book, an, hoa = shipped("phan-anh"), world.person("an"), world.person("hoa")
    late, waiting, answered = (recorded(book, world, {**WISH, "tom_tat": title}) for title in ("Trễ", "Chờ dân", "Đã trả lời"))
    for entry in (waiting, answered):
        did(entry, "giao", an, later(1), handler=world.units["G1"])
    did(waiting, "hoi_them", an, later(2), reason="Ở đâu?")
    did(answered, "tra_loi", hoa, later(3), values={"chuc_vu_ky": "Chủ tịch"}, reply="Đã xong.")
    assert (listed(book, "tre_tra_loi", 6), listed(book, "tre_tra_loi", 7)) == ([], [late.title])


@pytest.mark.parametrize("published", [False, True])
def test_recognised_models_that_nobody_has_heard_of_or_that_were_not_chosen(world: World, published: bool) -> None:
    news, book = shipped("mo-hinh", "tin-bai"), shipped("mo-hinh")
    model = recognised(book, world, "Đổi rác lấy quà")
    item = {"ten": "Bài báo", "kenh": "BAODAI", "noi_dang": "Báo", "ngay_dang": "2023-06-30", "noi_dung": ["N1"], "dong_y": True}
    item["gioi_thieu_gi"] = "MOHINH"
    entry = recorded(news, world, item)
    assert isinstance(link_entries(entry.pk, "gioi_thieu", model.code, on=later().date(), by=world.person("an"), at=later(days=86)), Made)
    if published:
        paper(entry, "copy", "photo")
        did(entry, "dang", world.person("an"), later(days=90))
    assert listed(book, "chua_gioi_thieu", 114) == []  # recognised 29 days ago
    assert listed(book, "chua_gioi_thieu", 115) == ([] if published else [model.title])
    assert listed(book, "chua_chon", 115) == [model.title]
    did(model, "dien_hinh", world.person("lan"), later(days=116))
    assert listed(book, "chua_chon", 117) == []
    assert listed(book, "chua_gioi_thieu", 117) == ([] if published else [model.title])  # chosen, it has not just begun to wait
