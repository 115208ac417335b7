"""Two acts on entries at once, on real connections: whoever waits sees what was done meanwhile, and nothing falls out."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, connections, transaction

from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.registers.actions import Made, Refused, act_on_entry, edit_entry, likening, link_entries, linking, publish_register, publishing
from kheo.registers.actions.acting import Move
from kheo.registers.actions.likening import settle_pair
from kheo.registers.actions.rebasing import rebase_batch
from kheo.registers.models import Deed, Entry, EntryLink, LikePair
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, WISH, did, photographed, recorded, said, shipped, tried
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import made
from tests.registers.test_places import CLEARED, cleared
from tests.reports.test_races import at_once
from tests.world import OPENING, World, later

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_for_locks() -> int:
    """How many connections stand still because another one holds what they want."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        (found,) = cursor.fetchone()
        return int(found)


def while_it_waits(first: Callable[[], Any], *others: Callable[[], Any]) -> list[Any]:
    """What the others give, each on a connection of its own, begun after `first` and before that is committed."""
    found: dict[int, Any] = {}

    def run(place: int) -> None:
        try:
            found[place] = others[place]()
        except Exception as error:  # handed to the main thread
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(others))]
    with transaction.atomic():
        first()
        for number, thread in enumerate(threads, 1):
            thread.start()
            for _ in range(2000):
                if waiting_for_locks() >= number or not thread.is_alive():
                    break
                thread.join(timeout=0.005)
    for thread in threads:
        thread.join(timeout=30)
    return [found[place] for place in range(len(others))]


def test_an_act_that_waits_for_a_new_edition_finds_its_entry_all_the_same(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row that is waited for names another edition then, and would fall out of the join with the one it named."""
    entry, an = made(small_book, world), world.person("an")
    monkeypatch.setattr(publishing, "rebase_entries", lambda *_, **__: (0, 0))
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace("Loại", "Loại hình", 1)
    assert publish_register(text, SMALL_REGISTER.name, by=SYSTEM, at=later(1)).problems == ()
    (done,) = while_it_waits(
        lambda: rebase_batch("so-nho", by=SYSTEM, at=later(2)),
        lambda: act_on_entry(entry.pk, Move("gui", 1), by=an, at=later(3)),
    )
    assert isinstance(done, Made), done
    assert (done.entry.state, done.entry.edition.number) == ("da_gui", 2)


def cleared_twice(points: Book, world: World) -> tuple[Entry, Entry]:
    """The two episodes of one place: the first has recurred, the second is cleared as well."""
    first = did(cleared(points, world), "tai_phat", world.person("an"), later(days=20), reason="Rác trở lại")
    second = Entry.objects.get(place=first.place_id, ordinal=2)
    did(second, "xac_minh", world.person("binh"), later(days=21), values={"muc_do": "VUA", "nguoi_bao": "DONVI"})
    photographed(second, "before", later(days=21), taken=later(days=20), away=3)
    photographed(second, "after", later(days=30), taken=later(days=30), away=22)
    return first, did(second, "giai_toa", world.person("an"), later(days=30), values=CLEARED)


def test_a_place_that_is_dirty_again_takes_no_other_open_episode_at_the_same_moment(world: World) -> None:
    """One finds a recurrence there while another one joins a new point to it: whoever comes second is told of the first."""
    points = shipped("diem-o-nhiem")
    first, second = cleared_twice(points, world)
    found, binh = recorded(points, world, POINT, at=later(days=40)), world.person("binh", later(days=41))
    (done,) = while_it_waits(
        lambda: did(second, "tai_phat", world.person("an"), later(days=40), reason="Lại có rác"),
        lambda: tried(found, "noi_cu", binh, later(days=41), other=first.code),
    )
    third = Entry.objects.get(place=first.place_id, ordinal=3)
    assert f"Nơi này đang có đợt chưa xong ({third.code})" in said(done)


def test_three_links_made_at_once_never_close_a_circle(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the three sees the other two before it is done, so each looks back along nothing."""
    entries = [made(small_book, world, who, unit) for who, unit in (("an", "G1"), ("chi", "G4"), ("dung", "D1"))]
    makers = [world.person(who) for who in ("an", "chi", "dung")]
    real, looked = linking.leads_back, threading.Barrier(3)

    def look(start: int, target: int, kind: str) -> bool:
        found = real(start, target, kind)
        with suppress(threading.BrokenBarrierError):
            looked.wait(timeout=1)
        return found

    monkeypatch.setattr(linking, "leads_back", look)
    ways = [(0, 1), (1, 2), (2, 0)]
    done = at_once(
        *[
            lambda one=one, other=other: link_entries(
                entries[one].pk, "hoc_theo", entries[other].code, on=OPENING.date(), by=makers[one], at=later(1)
            )
            for one, other in ways
        ]
    )
    assert sorted(type(each).__name__ for each in done) == ["Made", "Made", "Refused"], done
    assert "hai chiều không cùng đúng" in next(said(each) for each in done if isinstance(each, Refused))
    assert EntryLink.objects.count() == 2


def test_two_petitions_that_take_each_others_words_at_once_are_one_pair(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finds the other as it was, and both write down the very same two."""
    petitions, an = shipped("phan-anh"), world.person("an")
    words = ("Đèn đường hẻm 12 hỏng từ lâu chưa ai sửa", "Quán nhậu mở loa lớn quá mười giờ đêm")
    one, other = [recorded(petitions, world, {**WISH, "tom_tat": each}) for each in words]
    real, found = likening.alike, threading.Barrier(2)

    def look(*args: Any, **named: Any) -> Any:
        result = real(*args, **named)
        with suppress(threading.BrokenBarrierError):
            found.wait(timeout=5)
        return result

    monkeypatch.setattr(likening, "alike", look)
    done = at_once(
        *[
            lambda each=each, said=said: edit_entry(each.pk, {**WISH, "tom_tat": said}, version=1, by=an, at=later(1))
            for each, said in ((one, words[1]), (other, words[0]))
        ]
    )
    assert [type(each).__name__ for each in done] == ["Made", "Made"], done
    assert list(LikePair.objects.values_list("entry", "other")) == [(other.pk, one.pk)]


def alike_in_words(world: World) -> tuple[LikePair, dict[str, Any]]:
    """Two petitions of the same words, and what the later of them holds."""
    petitions = shipped("phan-anh")
    values = {**WISH, "tom_tat": "Đèn đường hẻm 12 hỏng từ lâu chưa ai sửa"}
    for _ in range(2):
        recorded(petitions, world, values)
    return LikePair.objects.get(), values


def test_two_who_settle_the_same_pair_at_once_are_not_both_heard(world: World) -> None:
    """Whoever waits for the two entries is told who was first: the reason that stands is theirs, and the course tells it once."""
    pair, binh = alike_in_words(world)[0], world.person("binh")
    (done,) = while_it_waits(
        lambda: settle_pair(pair.pk, "Hai hẻm khác nhau", by=binh, at=later(1)),
        lambda: settle_pair(pair.pk, "Cùng hẻm, khác đèn", by=binh, at=later(2)),
    )
    assert done == Refused("Đã có người kết luận hai hồ sơ này không trùng.")
    pair.refresh_from_db()
    assert (pair.reason, pair.settled_at) == ("Hai hẻm khác nhau", later(1))
    assert Deed.objects.filter(act="not_alike").count() == 2, "one for each of the two entries"


def test_nothing_is_said_of_words_that_are_changed_at_the_same_moment(world: World) -> None:
    """Who waits for the entries read a pair that has ended since: it is there no more, and no deed tells of it."""
    pair, values = alike_in_words(world)
    changed = {**values, "tom_tat": "Quán nhậu mở loa lớn quá mười giờ đêm"}
    (done,) = while_it_waits(
        lambda: edit_entry(pair.entry_id, changed, version=1, by=world.person("an"), at=later(1)),
        lambda: settle_pair(pair.pk, "Hai hẻm khác nhau", by=world.person("binh"), at=later(2)),
    )
    assert isinstance(done, Unreachable), done
    pair.refresh_from_db()
    assert (pair.settled_at, Deed.objects.filter(act="not_alike").count()) == (None, 0)
