"""Entries of like words: found when they are written, told once, settled with a reason, found again when the words change."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.values import Kept
from kheo.org.access import Unreachable
from kheo.registers.actions import Made, Refused, edit_entry
from kheo.registers.actions.likening import keep_all_likenesses, settle_pair
from kheo.registers.models import Deed, Entry, Likeness, LikePair
from kheo.registers.queries import likenesses
from kheo.registers.queries.definitions import Book, register_definition
from kheo.registers.queries.likenesses import alike, alike_of_many, compares_words, made_with, pairs_of, sketch
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.ready import ready_list
from kheo.registers.queries.wanted import Wanted
from tests.registers.books import did, recorded, shipped
from tests.world import OPENING, World, later

WAY = (
    "Mỗi hộ tự phân loại rác tại nguồn thành ba nhóm, tổ tự quản bốn người trực theo ca, nhắc hộ đổ rác sai giờ. "
    "Tiền bán ve chai gom thành quỹ mua thẻ bảo hiểm y tế cho hộ khó khăn, mỗi quý công khai thu chi ở bảng tin khu phố."
)
COPIED = WAY.replace("bốn người", "7 người").replace("khu phố", "ấp 3").upper()
OTHER = (
    "Cán bộ trẻ đến tận nhà giúp người cao tuổi nộp hồ sơ trực tuyến, chiều thứ sáu giải quyết ngay thủ tục đơn giản, "
    "trễ hẹn một ngày cũng có thư xin lỗi kèm lý do, mức hài lòng đo bằng phiếu không ghi tên."
)


@pytest.fixture
def models(world: World) -> Book:
    return shipped("mo-hinh")


def model(book: Book, world: World, way: str, who: str = "an", unit: str = "G1", at: datetime = OPENING, **values: Kept) -> Entry:
    return recorded(book, world, {"ten": f"Mô hình của {unit}", "cach_lam": way, **values}, who, unit, at=at)


def pairs(entry: Entry) -> list[tuple[str, str, bool]]:
    return [(each.entry.code, each.other.code, each.settled_at is not None) for each in pairs_of(entry.pk)]


def test_a_copied_description_is_found_in_the_whole_country_whoever_wrote_it(world: World, models: Book) -> None:
    first = model(models, world, WAY)
    assert pairs(first) == []
    copy, apart = model(models, world, COPIED, "chi", "G4"), model(models, world, OTHER, "chi", "G4")
    assert pairs(first) == pairs(copy) == [(copy.code, first.code, False)]
    assert pairs(apart) == []
    assert [each.degree for each in pairs_of(copy.pk)] == [
        alike(models, sketch(models, {"ten": "Mô hình của G4", "cach_lam": COPIED}), [world.units["G4"]], apart_from=copy.pk)[0].degree
    ]
    assert LikePair.objects.get().degree >= 70


def test_names_alone_are_compared_within_their_unit(world: World, models: Book) -> None:
    first = recorded(models, world, {"ten": "Hẻm không rác số 12 Lê Lợi"})
    elsewhere = recorded(models, world, {"ten": "Hẻm không rác số 12 Lê Lợi"}, "chi", "G4")
    assert (pairs(first), pairs(elsewhere)) == ([], [])
    again = recorded(models, world, {"ten": "HẺM KHÔNG RÁC SỐ 12, LÊ LỢI"})
    assert pairs(again) == [(again.code, first.code, False)]
    assert Likeness.objects.filter(is_short=True).count() == 3


def test_what_does_not_count_any_more_is_like_nothing(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED, "chi", "G4")
    did(first, "huy", world.person("hoa"), later(1), reason="Ghi nhầm")
    assert pairs(copy) == []
    assert pairs(model(models, world, WAY, "chi", "G4")) != [(copy.code, first.code, False)]
    found = alike(models, sketch(models, {"ten": "", "cach_lam": WAY}), [world.units["G4"]])
    assert first.pk not in {each.entry.pk for each in found}


def test_what_is_less_alike_than_the_register_says_is_not_pointed_out(world: World, models: Book) -> None:
    model(models, world, WAY)
    found, unit = sketch(models, {"ten": "Mô hình của G4", "cach_lam": COPIED}), world.units["G4"]
    (met,) = alike(models, found, [unit])
    for likeness, there in ((met.degree, True), (met.degree + 1, False)):
        asked = models.definition.duplicates.model_copy(update={"likeness": likeness})
        book = replace(models, definition=models.definition.model_copy(update={"duplicates": asked}))
        assert bool(alike(book, found, [unit])) == there
        assert [each is not None for each in alike_of_many(book, [(found, unit)])] == [there]


def test_of_words_that_very_many_have_only_some_are_compared(world: World, models: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        model(models, world, WAY)
    found = sketch(models, {"ten": "Mô hình của G4", "cach_lam": WAY})
    assert len(alike(models, found, [world.units["G4"]])) == 3
    monkeypatch.setattr(likenesses, "MOST_OF_A_BAND", 1)
    assert len(alike(models, found, [world.units["G4"]])) == 1


def test_what_was_found_by_other_fields_is_found_anew(models: Book) -> None:
    asked = models.definition.duplicates
    fewer = models.definition.model_copy(update={"duplicates": asked.model_copy(update={"fields": asked.fields[:1]})})
    assert made_with(models.definition) == made_with(models.definition.model_copy()) != made_with(fewer)


def test_entries_of_two_registers_are_never_alike(world: World, models: Book) -> None:
    """Even where their bands are the same, as when somebody made them for another register."""
    first, ideas = model(models, world, WAY), shipped("hien-ke")
    found = sketch(models, {"cach_lam": WAY})
    Likeness.objects.filter(entry=first).update(register=ideas.register)
    assert alike(models, found, [world.units["G1"]])
    assert alike(replace(ideas, definition=models.definition), found, [world.units["G1"]]) == []


def test_behind_the_wall_no_words_are_compared(models: Book) -> None:
    definition = models.definition
    assert compares_words(definition)
    assert not compares_words(definition.model_copy(update={"walled": True}))


def test_a_verdict_stands_until_the_words_change(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED, "chi", "G4")
    pair = LikePair.objects.get()
    settled = settle_pair(pair.pk, " Cùng đề cương của cấp trên ", by=world.person("lan"), at=later(5))
    assert isinstance(settled, LikePair)
    assert (settled.settled_who, settled.reason, settled.settled_at) == ("Đỗ Thị Lan", "Cùng đề cương của cấp trên", later(5))
    assert pairs(copy) == [(copy.code, first.code, True)]
    for entry in (first, copy):
        told = Deed.objects.get(entry=entry, act="not_alike")
        assert (told.who, told.reason, told.state_after) == ("Đỗ Thị Lan", "Cùng đề cương của cấp trên", entry.state)
    again = settle_pair(pair.pk, "Lần nữa", by=world.person("lan"), at=later(6))
    assert again == Refused("Đã có người kết luận hai hồ sơ này không trùng.")
    # Another field than the words: the verdict stands. The words: what is alike now has been settled by nobody.
    values: dict[str, Kept] = {"ten": "Mô hình của G4", "cach_lam": COPIED, "muc_tieu": 12}
    assert isinstance(edit_entry(copy.pk, values, version=1, by=world.person("chi"), at=later(7)), Made)
    assert pairs(copy) == [(copy.code, first.code, True)]
    assert isinstance(edit_entry(copy.pk, {**values, "cach_lam": WAY}, version=2, by=world.person("chi"), at=later(8)), Made)
    assert pairs(copy) == [(copy.code, first.code, False)]
    ended = LikePair.objects.get(ended_at=later(8), reason="Cùng đề cương của cấp trên")
    with pytest.raises(Unreachable):
        settle_pair(ended.pk, "Lần nữa", by=world.person("lan"), at=later(9))
    assert isinstance(edit_entry(copy.pk, {**values, "cach_lam": OTHER}, version=3, by=world.person("chi"), at=later(9)), Made)
    assert pairs(copy) == []


def test_only_who_works_above_one_of_them_settles_and_says_why(world: World, models: Book) -> None:
    model(models, world, WAY)
    model(models, world, COPIED)
    pair = LikePair.objects.get().pk
    for who in ("an", "hoa"):
        assert settle_pair(pair, "Khác", by=world.person(who), at=later(1)) == Refused(
            "Anh/chị không có quyền kết luận hai hồ sơ này; hãy hỏi cấp trên của đơn vị."
        )
    for who in ("chi", "quan"):
        with pytest.raises(Unreachable):
            settle_pair(pair, "Khác", by=world.person(who), at=later(1))
    assert isinstance(settle_pair(pair, "Khác", by=world.person("kien"), at=later(1)), Refused)
    assert settle_pair(pair, " \n ", by=world.person("binh"), at=later(1)) == Refused("Hãy ghi lý do.")
    assert settle_pair(pair, "x" * 1001, by=world.person("binh"), at=later(1)) == Refused("Lý do dài quá 1000 ký tự.")
    assert isinstance(settle_pair(pair, "Khác", by=world.person("binh"), at=later(1)), LikePair)
    with pytest.raises(Unreachable):
        settle_pair(pair + 1, "Khác", by=world.person("binh"), at=later(1))


def test_nobody_settles_a_pair_of_which_they_read_one_only(world: World, models: Book) -> None:
    model(models, world, WAY)
    model(models, world, COPIED, "chi", "G4")
    with pytest.raises(Unreachable):
        settle_pair(LikePair.objects.get().pk, "Khác", by=world.person("binh"), at=later(1))


def test_what_is_one_is_merged_and_is_told_no_more(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED)
    gone = did(copy, "gop", world.person("binh"), later(2), reason="Cùng một mô hình", other=first.code)
    assert (gone.state, gone.meaning) == ("gop", "void")
    assert (pairs(first), pairs(gone)) == ([], [])


def test_the_list_of_the_office_holds_the_later_of_two_until_it_is_settled(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED, "chi", "G4")
    model(models, world, OTHER)
    wanted = EntryList(models, Wanted(ready=ready_list(models, "nghi_chep_lai")))
    assert [each.pk for each in wanted.page()] == [copy.pk]
    settle_pair(LikePair.objects.get().pk, "Khác", by=world.person("lan"), at=later(1))
    assert wanted.page() == []
    third = model(models, world, WAY)
    assert [each.pk for each in wanted.page()] == [third.pk]
    did(first, "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    assert [each.pk for each in wanted.page()] == [third.pk]  # the copy is still there
    did(copy, "huy", world.person("chi"), later(3), reason="Ghi nhầm")
    assert wanted.page() == []


def test_what_stands_is_compared_again_and_keeps_what_was_said_of_it(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED, "chi", "G4")
    third = model(models, world, WAY)
    assert keep_all_likenesses(models, at=later(1)) == 0
    settled = LikePair.objects.get(entry=copy, other=first)
    settle_pair(settled.pk, "Khác", by=world.person("lan"), at=later(2))
    known = {(each.entry_id, each.other_id, each.degree) for each in LikePair.objects.filter(ended_at=None)}
    Likeness.objects.filter(entry__in=(first, third)).update(made_with="r1.of-before")
    Likeness.objects.filter(entry=copy).delete()
    assert keep_all_likenesses(models, at=later(3)) == 3
    assert {(each.entry_id, each.other_id, each.degree) for each in LikePair.objects.filter(ended_at=None)} == known
    assert pairs(copy)[0][2] != pairs(copy)[1][2]
    assert LikePair.objects.filter(ended_at=None, settled_at__isnull=False).get() == settled


def test_a_pair_stands_once_later_first_and_is_settled_with_a_reason(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, OTHER)
    row = {"register": models.register, "degree": 80, "found_at": OPENING}
    LikePair.objects.create(entry=copy, other=first, **row)
    for wrong in ({"entry": copy, "other": first}, {"entry": first, "other": copy}, {"entry": first, "other": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LikePair.objects.create(**wrong, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        LikePair.objects.update(settled_at=OPENING)


def test_a_register_without_words_to_compare_costs_no_query(world: World, small_book: Book) -> None:
    with CaptureQueriesContext(connection) as asked:
        recorded(small_book, world, {"ten": "Tổ tự quản"})
    assert not [each for each in asked if "like" in each["sql"].lower()]
    assert keep_all_likenesses(small_book, at=OPENING) == 0
    walled = shipped("don-thu")
    assert walled.definition.walled
    assert not register_definition(walled.edition_id).duplicates.fields


def test_what_is_alike_costs_the_same_queries_however_much_stands_there(world: World, models: Book) -> None:
    costs = []
    for number in range(4):
        with CaptureQueriesContext(connection) as asked:
            model(models, world, f"{WAY} Lần {number}.")
        costs.append(len(asked))
    assert costs[1] == costs[2] == costs[3]
