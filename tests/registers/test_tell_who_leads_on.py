"""An entry that comes to stand at another desk is told there at once, by its number alone; nobody hears of what they did themselves."""

import pytest

from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.notices.models import Notice
from kheo.registers.access import entry_to_read
from kheo.registers.actions import Made, Move, publish_register
from kheo.registers.actions.trying import act_on_many
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from tests.registers.books import DONE_SO_FAR, WISH, did, recorded, said, shipped, tried
from tests.registers.entries import done, made
from tests.registers.public import CODE, SIGNED, pressed, sent
from tests.web.registers.test_copies import IDEA
from tests.world import FILES, OPENING, World, head_of, later


def told() -> dict[str, str]:
    return {each.person.username: each.text for each in Notice.objects.filter(kind="entry_waits").select_related("person")}


@pytest.fixture
def wish(world: World) -> Entry:
    return recorded(shipped("phan-anh"), world, WISH)


def test_who_was_given_it_hears_at_once_and_who_gave_it_does_not(world: World, wish: Entry) -> None:
    did(wish, "giao", world.person("an"), later(1), handler=world.units["D1"])
    words = f"Sổ phản ánh, kiến nghị: hồ sơ {wish.code} chờ Liên đoàn Lao động Quận 1 làm bước tiếp theo."
    assert told() == {"dung": words}
    notice = Notice.objects.get(person=world.users["dung"])
    assert (notice.page, notice.args) == ("entry", [wish.pk])
    assert str(WISH["tom_tat"]) not in notice.text


def test_what_comes_from_the_public_and_their_not_satisfied_are_told_and_what_was_sent_up_waits_for_the_digest(
    world: World, small_book: Book
) -> None:
    done(made(small_book, world), "gui", world.person("an"), later())
    assert told() == {}
    entry = sent(shipped("phan-anh"), world)
    assert told().keys() == {"an", "hoa"}
    did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    did(entry, "tra_loi", world.person("hoa"), later(2), **SIGNED)
    Notice.objects.all().delete()
    pressed(CODE, "chua_hai_long", 3, "Đèn lại tắt")
    assert told().keys() == {"an", "hoa"}
    assert "Đèn lại tắt" not in str(told())


def test_an_edit_and_an_act_that_moves_nothing_are_told_to_nobody(world: World, wish: Entry) -> None:
    given = did(wish, "giao", world.person("an"), later(1), handler=world.units["D1"])
    Notice.objects.all().delete()
    did(given, "gia_han", world.person("hoa"), later(days=1), reason="Chờ vật tư", values=DONE_SO_FAR)
    assert told() == {}


def test_where_others_are_waited_for_nobody_is_told_that_they_are_next(world: World, wish: Entry) -> None:
    """The asker has the word; the unit only closes it when the asker is silent."""
    given = did(wish, "giao", world.person("an"), later(1), handler=world.units["D1"])
    Notice.objects.all().delete()
    did(given, "tra_loi", world.person("dung"), later(2), **SIGNED)
    assert told() == {}


def test_of_many_at_once_the_digest_tells(world: World, wish: Entry) -> None:
    move = Move("giao", 0, handler=world.units["D1"])
    (done_one,) = act_on_many([(wish.pk, wish.version)], move, by=world.person("an"), at=later(1))
    assert isinstance(done_one[1], Made)
    assert told() == {}


@pytest.fixture
def idea(world: World) -> Entry:
    entry = recorded(shipped("mo-hinh", "hien-ke"), world, IDEA)
    return did(entry, "so_khao", world.person("binh"), later(1), values={"noi_dung": ["N2"]})


def invited() -> dict[str, str]:
    return {each.person.username: each.text for each in Notice.objects.filter(kind="entry_invites").select_related("person")}


def test_who_is_invited_to_judge_hears_at_once_and_is_told_nothing_of_what_it_is_about(world: World, idea: Entry) -> None:
    there = head_of(world, "G2")
    did(idea, "phan_cong", world.person("binh"), later(2), values={"don_vi_tham_dinh": world.units["G2"]})
    assert invited() == {"head-G2": f"Sổ bài hiến kế, ý tưởng: hồ sơ {idea.code} mời Công đoàn cơ sở Hai góp ý. Mở ra xem và ghi ý kiến."}
    notice = Notice.objects.get(kind="entry_invites")
    assert (notice.page, notice.args) == ("entry", [idea.pk])
    assert "y_kien" in {act.code for act in entry_to_read(there, idea.pk).acts}


def test_many_invited_at_once_are_told_too_as_no_digest_would(world: World, idea: Entry) -> None:
    head_of(world, "G2")
    move = Move("phan_cong", 0, {"don_vi_tham_dinh": world.units["G2"]})
    ((_, done_one),) = act_on_many([(idea.pk, idea.version)], move, by=world.person("binh"), at=later(2))
    assert isinstance(done_one, Made)
    assert invited().keys() == {"head-G2"}


@pytest.mark.parametrize("unit", ["G1", "G4", "D1"])
def test_nobody_is_invited_who_could_not_come(world: World, idea: Entry, unit: str) -> None:
    """Its own unit, one far off, the one above."""
    refused = tried(idea, "phan_cong", world.person("binh"), later(2), values={"don_vi_tham_dinh": world.units[unit]})
    assert "Nơi được mời thẩm định: chọn một đơn vị cùng cấp trên trực tiếp với đơn vị ghi" in said(refused)
    assert invited() == {}


@pytest.mark.parametrize(("kind", "heard"), [("MH", {"an", "hoa"}), ("CT", set())])
def test_a_step_that_an_entry_of_another_kind_has_is_told_to_nobody(world: World, kind: str, heard: set[str]) -> None:
    """The handler leads on what is a model; of a work, which was given to them alike, there is nothing for them to do."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    of_models = "reason: optional, to: xong, only_if: [{field: loai, equals: MH}]}"
    published = publish_register(text.replace("reason: optional}", of_models), "so-nho.yaml", by=SYSTEM, at=OPENING)
    found = book("so-nho")
    assert published.problems == ()
    assert found is not None
    how: dict[str, Kept] = {"cach_lam": "Trồng rau."} if kind == "MH" else {}
    entry = done(made(found, world, loai=kind, **how), "gui", world.person("an"), later())
    done(entry, "giao", world.person("binh"), later(1), handler=world.units["G1"])
    assert told().keys() == heard
