"""An entry that comes to stand at another desk is told there at once, by its number alone; nobody hears of what they did themselves."""

import pytest

from kheo.notices.models import Notice
from kheo.registers.actions import Made, Move
from kheo.registers.actions.trying import act_on_many
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import DONE_SO_FAR, WISH, did, recorded, shipped
from tests.registers.entries import done, made
from tests.registers.public import CODE, SIGNED, pressed, sent
from tests.world import World, later


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
