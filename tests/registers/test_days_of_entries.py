"""An entry begins on the day that it names, not on the one on which somebody typed it; corrected, all that hangs on it follows."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from kheo.core.definition.records import RecordRule
from kheo.core.registers.loading import load_register
from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Filing, Made, Refused, create_entry, edit_entry, file_entry, publish_register
from kheo.registers.actions.filing import Filed
from kheo.registers.models import DeadlineRun, Deed, Entry, StateSpan
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.faults import register_faults
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, DONE_SO_FAR, POINT, WISH, did, recorded, said, shipped, tried
from tests.registers.entries import put
from tests.registers.test_petitions import SIGNED
from tests.world import World, later

THIRD, SIXTH = "2023-04-03", later(days=5)  # received on Monday the 3rd; the working days after it end on Monday the 10th
SPRING = Window(date(2023, 4, 1), date(2023, 4, 4), date(2023, 4, 5))
TAKEN = RecordRule.model_validate({"register_code": "phan-anh", "fact": "entered", "states": ["tiep_nhan"], "once": True})


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


def changed(entry: Entry, book: Book, world: World, day: int, **values: Kept) -> Made | Refused:
    """The entry with other values, by An, so many days after the world opened."""
    entry.refresh_from_db()
    held = values_of(book.definition, entry, texts_of(entry))
    return edit_entry(entry.pk, {**held, **values}, version=entry.version, by=world.person("an"), at=later(days=day))


def due(entry: Entry, clock: str = "tra_loi") -> DeadlineRun:
    return DeadlineRun.objects.get(entry=entry, clock=clock, known_to__isnull=True)


def taken(book: Book, entry: Entry, **known: object) -> int:
    counted = Counted(book.register.pk, book.definition, TAKEN, SPRING, **known)  # type: ignore[arg-type]  # an instant, or none
    return counted.numbers().get(entry.owner_id, {}).get(None, 0)


def test_a_receipt_typed_three_days_late_gains_no_days(world: World, petitions: Book) -> None:
    in_time = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=later(days=2))
    typed_late = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=SIXTH)
    assert (due(typed_late).started_on, due(typed_late).due_on) == (due(in_time).started_on, due(in_time).due_on)
    assert due(typed_late).due_on == date(2023, 4, 10)
    assert (typed_late.registered_on, typed_late.in_state_since, typed_late.due_on) == (
        date(2023, 4, 3),
        date(2023, 4, 3),
        date(2023, 4, 10),
    )
    assert typed_late.code.startswith("PA-2023-")


def test_what_is_found_in_the_field_begins_when_the_button_was_pressed(world: World) -> None:
    points = shipped("diem-o-nhiem")
    values = {key: POINT[key] for key in ("vi_tri", "loai_rac", "dia_chi")} | {"muc_do": "NHO"}
    sent = Filing(UUID(int=7), age=timedelta(days=3))
    filed = file_entry(points, world.units["G1"], values, sent, by=world.person("an"), at=SIXTH)
    assert isinstance(filed, Filed), filed
    assert (filed.entry.registered_on, due(filed.entry, "xac_minh").due_on) == (date(2023, 4, 3), date(2023, 4, 5))


@pytest.mark.parametrize(("day", "told"), [("2023-04-07", "“Ngày nhận” chưa tới."), ("1912-12-31", "có lẽ là viết nhầm: trước năm")])
def test_it_begins_on_no_day_to_come_and_in_no_year_without_a_campaign(world: World, petitions: Book, day: str, told: str) -> None:
    refused = create_entry(petitions, world.units["G1"], {**WISH, "ngay_nhan": day}, by=world.person("an"), at=SIXTH)
    assert isinstance(refused, Refused)
    assert [(each.key, told in each.message) for each in refused.problems] == [("ngay_nhan", True)]


def test_a_day_of_recording_that_says_otherwise_is_refused_and_not_passed_over(world: World, petitions: Book) -> None:
    refused = create_entry(petitions, world.units["G1"], {**WISH, "ngay_nhan": THIRD}, by=world.person("an"), at=SIXTH, on=date(2023, 4, 5))
    assert "Hồ sơ này bắt đầu từ “Ngày nhận” (03/04/2023)" in said(refused)


def test_a_day_that_is_corrected_takes_state_limit_and_figures_along_and_stands_in_the_journal(world: World, petitions: Book) -> None:
    entry = recorded(petitions, world, {**WISH, "ngay_nhan": "2023-04-06"}, at=SIXTH)
    assert taken(petitions, entry) == 0
    assert isinstance(changed(entry, petitions, world, 6, ngay_nhan=THIRD), Made)
    entry.refresh_from_db()
    assert (entry.registered_on, entry.in_state_since, entry.due_on) == (date(2023, 4, 3), date(2023, 4, 3), date(2023, 4, 10))
    assert Deed.objects.get(entry=entry, act="edit").changes == {"ngay_nhan": ["2023-04-06", THIRD]}
    # What was counted stays what was known then; counted today, the report that was sent drifts.
    assert (taken(petitions, entry), taken(petitions, entry, known_at=SIXTH)) == (1, 0)
    spans = StateSpan.objects.filter(entry=entry).order_by("pk").values_list("starts", "known_to")
    assert list(spans) == [(date(2023, 4, 6), later(days=6)), (date(2023, 4, 3), None)]
    assert list(register_faults()) == []


def test_pauses_and_the_extension_are_kept_when_the_day_is_corrected(world: World, petitions: Book) -> None:
    """As it would stand had it been typed rightly: two days lay between question and answer, five were given."""
    an, hoa = world.person("an"), world.person("hoa")
    ends = []
    for typed in (THIRD, "2023-04-04"):
        entry = recorded(petitions, world, {**WISH, "ngay_nhan": typed}, at=later(days=3))
        entry = did(entry, "giao", an, later(days=3), handler=world.units["G1"])
        entry = did(entry, "hoi_them", an, later(days=4), reason="Hẻm nào?")
        entry = did(entry, "bo_sung", an, later(days=6))
        entry = did(entry, "gia_han", hoa, later(days=9), reason="Chờ vật tư", values=DONE_SO_FAR)
        if typed != THIRD:
            assert isinstance(changed(entry, petitions, world, 10, ngay_nhan=THIRD), Made)
        ends.append((due(entry).started_on, due(entry).due_on, due(entry).extended))
    assert ends[0] == ends[1]
    assert ends[0][2]


def test_it_cannot_have_begun_after_it_was_given_on(world: World, petitions: Book) -> None:
    entry = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=later(days=3))
    did(entry, "giao", world.person("an"), later(days=3), handler=world.units["G1"])
    assert "Không thể sau ngày 04/04/2023" in said(changed(entry, petitions, world, 6, ngay_nhan="2023-04-05"))


def test_whoever_is_late_is_not_let_extend_by_moving_the_day_back(world: World, petitions: Book) -> None:
    """A limit that is written down anew was not over when it was first written down."""
    entry = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=later(days=2))
    did(entry, "giao", world.person("an"), later(days=3), handler=world.units["G1"])
    assert isinstance(changed(entry, petitions, world, 12, ngay_nhan="2023-04-02"), Made)
    entry.refresh_from_db()
    with pytest.raises(AssertionError, match="đã qua hạn"):
        did(entry, "gia_han", world.person("hoa"), later(days=12), reason="Chờ", values=DONE_SO_FAR, on=date(2023, 4, 5))


def test_answered_its_day_stays(world: World, petitions: Book) -> None:
    entry = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=later(days=2))
    entry = did(entry, "giao", world.person("an"), later(days=3), handler=world.units["G1"])
    did(entry, "tra_loi", world.person("hoa"), later(days=4), values={"chuc_vu_ky": "Chủ tịch"}, reply="Đã thay.")
    assert "không sửa được nữa" in said(changed(entry, petitions, world, 5, ngay_nhan="2023-04-04"))


def test_answered_its_day_is_corrected_with_a_reason_and_the_answer_stays_judged_by_the_limit_that_it_met(
    world: World, petitions: Book
) -> None:
    """Received on the 3rd, typed as the 6th: what counts receipts follows; nobody who answered comes to be late, or in time, by it."""
    entry, hoa = recorded(petitions, world, {**WISH, "ngay_nhan": "2023-04-06"}, at=SIXTH), world.person("hoa")
    entry = did(entry, "giao", world.person("an"), later(days=6), handler=world.units["G1"])
    entry = did(entry, "tra_loi", hoa, later(days=11), **SIGNED)
    limit = due(entry)
    assert (limit.due_on, limit.met_on) == (date(2023, 4, 13), date(2023, 4, 12))
    assert "Cần ghi lý do." in said(tried(entry, "dinh_chinh", hoa, later(days=12), values={"ngay_nhan": THIRD}))
    late = tried(entry, "dinh_chinh", hoa, later(days=12), values={"ngay_nhan": "2023-04-08"}, reason="Gõ nhầm")
    assert said(late).endswith("Không thể sau ngày 07/04/2023: hôm đó hồ sơ đã sang bước sau.")
    assert taken(petitions, entry) == 0
    entry = did(entry, "dinh_chinh", hoa, later(days=12), values={"ngay_nhan": THIRD}, reason="Gõ nhầm")
    assert (entry.state, entry.registered_on, entry.closed_on) == ("da_tra_loi", date(2023, 4, 3), None)
    assert Deed.objects.get(entry=entry, act="dinh_chinh").changes == {"ngay_nhan": ["2023-04-06", THIRD]}
    assert (taken(petitions, entry), due(entry)) == (1, limit)
    assert list(register_faults()) == []


def test_a_correction_leaves_the_day_on_which_the_public_form_came(world: World, petitions: Book) -> None:
    entry, hoa = recorded(petitions, world, {**WISH, "ngay_nhan": THIRD}, at=SIXTH), world.person("hoa")
    put(entry, petitions.definition, "da_tra_loi")
    Entry.objects.filter(pk=entry.pk).update(source="public")
    refused = tried(entry, "dinh_chinh", hoa, later(days=12), values={"ngay_nhan": "2023-04-02"}, reason="Gõ nhầm")
    assert said(refused).endswith("“Ngày nhận” là ngày biểu mẫu gửi tới, không sửa được.")


def test_a_limit_that_still_runs_goes_with_the_corrected_day(world: World, petitions: Book) -> None:
    """In a book that corrects before the answer."""
    text = (CAMPAIGNS / "registers/phan-anh.yaml").read_text(encoding="utf-8")
    sooner = text.replace(
        "required_from: tiep_nhan, frozen_from: chuyen_noi_khac", "required_from: tiep_nhan, frozen_from: dang_giai_quyet", 1
    )
    sooner = sooner.replace("name: Đính chính, states: [", "name: Đính chính, states: [dang_giai_quyet, ", 1)
    assert publish_register(sooner, "phan-anh.yaml", by=SYSTEM, at=later(1)).problems == ()
    found = book("phan-anh")
    assert found is not None
    entry = recorded(found, world, {**WISH, "ngay_nhan": "2023-04-06"}, at=SIXTH)
    entry = did(entry, "giao", world.person("an"), later(days=6), handler=world.units["G1"])
    entry = did(entry, "dinh_chinh", world.person("hoa"), later(days=6), values={"ngay_nhan": THIRD}, reason="Gõ nhầm")
    assert (entry.due_on, due(entry).due_on, due(entry).started_on) == (date(2023, 4, 10), date(2023, 4, 10), date(2023, 4, 3))


def test_a_model_whose_expected_end_is_told_later_has_a_limit_from_then_on(world: World) -> None:
    models = shipped("mo-hinh")
    text = (CAMPAIGNS / "registers/mo-hinh.yaml").read_text(encoding="utf-8")
    assert text.count("until: du_kien_xong") == 1
    entry = recorded(models, world, {"ten": "Hẻm xanh"})
    Deed.objects.create(entry=entry, act="tiep_nhan", on=date(2023, 4, 3), at=later(days=2), who="", state_after=entry.state)
    assert not DeadlineRun.objects.filter(entry=entry).exists()
    assert isinstance(changed(entry, models, world, 6, du_kien_xong="2023-06-30"), Made)
    entry.refresh_from_db()
    assert (due(entry, "hoan_thanh").started_on, entry.due_on) == (date(2023, 4, 3), date(2023, 6, 30))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("begins_on: ngay_nhan", "begins_on: ngay_nhn", "Không có trường “ngay_nhn”"),
        ("begins_on: ngay_nhan", "begins_on: tom_tat", "không phải là ngày"),
        ("column: occurred_on, required_from: tiep_nhan", "column: occurred_on, required_from: da_tra_loi", "phải bắt buộc ngay từ"),
        ("asks: [van_ban, chuc_vu_ky], needs: [chuc_vu_ky]", "asks: [ngay_nhan, chuc_vu_ky], needs: [chuc_vu_ky]", "không thao tác nào"),
        ("  day: ngay_nhan\n", "", "day phải là ngay_nhan"),
    ],
)
def test_a_register_names_a_day_that_every_new_entry_has(before: str, after: str, told: str) -> None:
    text = (CAMPAIGNS / "registers/phan-anh.yaml").read_text(encoding="utf-8")
    assert load_register(text, "phan-anh.yaml").problems == ()
    assert any(told in str(each) for each in load_register(text.replace(before, after, 1), "phan-anh.yaml").problems)
