"""What an ended unit left is taken over from the page; answers that another edition asks to look at are confirmed there."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.reorganising import Absorbed, Established, Place, Split
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.org.actions import appoint, record_events
from kheo.org.queries import unit_by_code
from kheo.registers.actions import publish_register, take_over
from kheo.registers.models import AnswerFlag, Deed, Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import made
from tests.registers.test_rebase_entries import STRICTER
from tests.web.registers.test_acting import see
from tests.web.registers.test_queue_and_board import WALLED
from tests.web.visits import enter, queries_of, text_of
from tests.world import FIRST_DAY, OPENING, World, later

TODAY = date(2023, 4, 2)


def test_an_heir_takes_over_what_a_unit_left_with_one_press(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    appoint(world.users["hoa"], world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert "Tiếp nhận" not in see(world, "hoa", entry)
    assert not record_events([Absorbed(day=TODAY, unit=world.units["G1"], into=world.units["G2"])], by=SYSTEM, at=OPENING).problems
    page = see(world, "hoa", entry)
    assert "Công đoàn cơ sở Một đã kết thúc" in page
    assert "Tiếp nhận về Công đoàn cơ sở Hai" in page
    address, sent = reverse("take_over_entry", args=[entry.pk]), {"to": world.units["G2"], "side": "owner"}
    assert enter(world, "kien").post(address, {**sent, "version": 1}).status_code == 404
    stale = enter(world, "hoa").post(address, {**sent, "version": 9}, follow=True)
    assert "Hồ sơ đã thay đổi" in stale.content.decode()
    done = enter(world, "hoa").post(address, {**sent, "version": 1}, follow=True).content.decode()
    assert "Đã tiếp nhận hồ sơ." in done
    assert "Công đoàn cơ sở Một → Công đoàn cơ sở Hai" in done
    assert Entry.objects.get(pk=entry.pk).owner_id == world.units["G2"]
    assert enter(world, "hoa").post(address, {**sent, "version": 2}).status_code == 404


def test_who_decides_above_chooses_one_of_several_heirs(world: World, small_book: Book) -> None:
    entry, units = made(small_book, world), world.units
    places = (Place(Line.UNION, units["D1"]),)
    begun = [
        Established(day=TODAY, unit=-number, name=f"Công đoàn M{number}", kind="grassroots_union", code=f"M{number}", places=places)
        for number in (1, 2)
    ]
    split = Split(day=TODAY, unit=units["G1"], successors=((-1, None), (-2, None)))
    assert not record_events([*begun, split], by=SYSTEM, at=OPENING).problems
    second = unit_by_code("M2", TODAY)
    page = enter(world, "binh").get(reverse("entry", args=[entry.pk])).content.decode()
    assert f'<option value="{second}">Công đoàn M2</option>' in page
    enter(world, "binh").post(reverse("take_over_entry", args=[entry.pk]), {"to": second, "side": "owner", "version": 1})
    assert Entry.objects.get(pk=entry.pk).owner_id == second


def test_behind_the_wall_only_heirs_take_over_whoever_decides_above(world: World) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    enter(world, "an").post(reverse("new_entry", args=["so-che"]), {"ngay": "01/04/2023", "so_nguoi": "3"})
    entry, units = Entry.objects.get(), world.units
    address, sent = reverse("take_over_entry", args=[entry.pk]), {"to": units["G2"], "side": "owner", "version": 1}
    assert not record_events([Absorbed(day=TODAY, unit=units["G1"], into=units["G2"])], by=SYSTEM, at=OPENING).problems
    for who in ("binh", "bich", "lan"):
        assert enter(world, who).post(address, sent).status_code == 404, who
        with pytest.raises(Unreachable):
            take_over(entry.pk, units["G2"], version=1, by=world.person(who, later(days=1)), at=later(days=1))
    assert Entry.objects.get().owner_id == units["G1"]
    appoint(world.users["hoa"], units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert enter(world, "hoa").post(address, sent).status_code == 302
    assert Entry.objects.get().owner_id == units["G2"]


def test_answers_that_a_new_edition_changes_are_shown_and_confirmed(world: World, small_book: Book) -> None:
    entry = made(small_book, world, dip=["XHH"])
    assert publish_register(STRICTER, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    page = see(world, "an", entry)
    assert "Sổ có bản mới: 3 câu trả lời cần xem lại" in page
    assert "đang ghi “Xã hội hóa”, theo bản mới đọc là “Nguồn vận động”" in page
    assert "Đã xem lại, giữ nguyên" not in see(world, "binh", entry)
    flags = list(AnswerFlag.objects.order_by("pk").values_list("pk", flat=True))
    address = reverse("confirm_answers", args=[entry.pk])
    refused = enter(world, "an").post(address, {"flag": flags}, follow=True).content.decode()
    assert "thì phải sửa, không xác nhận được. “Số người” không nhận giá trị này." in refused.replace("Chưa điền “Có ảnh”. ", "")
    only = AnswerFlag.objects.get(key="dip").pk
    assert "Đã ghi là đã xem lại." in enter(world, "an").post(address, {"flag": [only, "x"]}, follow=True).content.decode()
    assert AnswerFlag.objects.filter(settled_at__isnull=True).count() == 2


def many(world: World, who: str, sent: dict[str, object]) -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(reverse("take_over_entries"), sent)
    return answer


def picks(*entries: Entry) -> list[str]:
    return [f"{each.pk}.{each.version}" for each in entries]


def test_many_are_taken_over_at_once_each_by_itself(world: World, small_book: Book) -> None:
    entries = [made(small_book, world, ten=f"Việc {number}") for number in range(3)]
    elsewhere = made(small_book, world, "chi", "G4", ten="Của Bốn")
    appoint(world.users["hoa"], world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    page = enter(world, "hoa").get(reverse("left_entries"))
    assert "Không có hồ sơ nào chờ anh/chị tiếp nhận" in text_of(page.content)
    assert not record_events([Absorbed(day=TODAY, unit=world.units["G1"], into=world.units["G2"])], by=SYSTEM, at=OPENING).problems
    page = enter(world, "hoa").get(reverse("left_entries"))
    assert "Công đoàn cơ sở Một ghi 3" in text_of(page.content)
    assert "Về Công đoàn cơ sở Hai" in text_of(page.content)
    for who, sees in (("binh", True), ("lan", True), ("kien", False), ("chi", False), ("dung", False)):
        assert ("Việc 0" in text_of(enter(world, who).get(reverse("left_entries")).content)) is sees, who
    sent: dict[str, object] = {"side": "owner", "to": world.units["G2"]}
    asked = text_of(many(world, "hoa", {**sent, "pick": picks(*entries, elsewhere)}).content)
    assert "Tiếp nhận 3 hồ sơ về Công đoàn cơ sở Hai?" in asked
    assert "Của Bốn" not in asked or "sẽ để lại" in asked
    assert set(Entry.objects.filter(title__startswith="Việc").values_list("owner_id", flat=True)) == {world.units["G1"]}
    shown = picks(*entries)
    take_over(entries[1].pk, world.units["G2"], version=1, by=world.person("binh", later(days=1)), at=later(days=1))
    confirmed = {**sent, "chon": " ".join(shown), "dong-y": "1"}
    result = text_of(many(world, "hoa", confirmed).content)
    assert "Đã tiếp nhận 2 trong 3 hồ sơ" in result
    assert result.count("Đã như vậy từ trước") == 1
    assert text_of(many(world, "hoa", confirmed).content).count("Đã như vậy từ trước") == 3
    assert set(Entry.objects.filter(title__startswith="Việc").values_list("owner_id", flat=True)) == {world.units["G2"]}
    assert Deed.objects.filter(act="take_over").count() == 3
    assert Entry.objects.get(pk=elsewhere.pk).owner_id == world.units["G4"]


def test_nobody_takes_over_for_a_unit_that_is_no_heir(world: World, small_book: Book) -> None:
    entries = [made(small_book, world, ten=f"Việc {number}") for number in range(2)]
    assert not record_events([Absorbed(day=TODAY, unit=world.units["G1"], into=world.units["G2"])], by=SYSTEM, at=OPENING).problems
    sent: dict[str, object] = {"side": "owner", "to": world.units["G3"]}
    asked = text_of(many(world, "binh", {**sent, "pick": picks(*entries)}).content)
    assert "2 hồ sơ đã chọn sẽ để lại" in asked
    assert "Không có hồ sơ nào tiếp nhận được như vậy." in asked
    forced = text_of(many(world, "binh", {**sent, "chon": " ".join(picks(*entries)), "dong-y": "1"}).content)
    assert "Đã tiếp nhận 0 trong 2 hồ sơ" in forced
    assert "Chỉ đơn vị kế thừa" in forced
    other = text_of(many(world, "chi", {**sent, "chon": " ".join(picks(*entries)), "dong-y": "1"}).content)
    assert "Việc 0" not in other or "Chỉ đơn vị kế thừa" in other
    assert set(Entry.objects.values_list("owner_id", flat=True)) == {world.units["G1"]}


def test_the_page_of_what_was_left_costs_the_same_for_one_and_for_many(world: World, small_book: Book) -> None:
    made(small_book, world)
    assert not record_events(
        [Absorbed(day=later(days=1).date(), unit=world.units["G1"], into=world.units["G2"])], by=SYSTEM, at=OPENING
    ).problems
    client, address = enter(world, "binh"), reverse("left_entries")
    one = queries_of(client, address)
    entry = Entry.objects.get()
    copies = []
    for number in range(6):
        entry.pk, entry.code = None, f"SN-2023-{number + 100:04d}"
        copies.append(Entry(**{field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}))
    Entry.objects.bulk_create(copies)
    assert queries_of(client, address) == one
    assert one <= 26
