"""Taking back an event or a batch on a page: previewed from a day, with a reason, exactly as shown."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.reorganising import Absorbed, Established, Event, Merged, Place, Renamed
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import appoint, load_units, record_events
from kheo.org.models import Post, UnitEvent
from kheo.org.queries import unit_by_code
from tests.web.visits import enter, queries_of, text_of
from tests.world import FIRST_DAY, OPENING, UNITS, World

DAY = date(2023, 7, 1)


def happen(*events: Event) -> int:
    done = record_events(events, by=SYSTEM, at=OPENING)
    assert done.problems == ()
    assert done.batch
    return done.batch


def merged(world: World) -> int:
    """G1 and G2 become G12."""
    place = (Place(Line.UNION, world.units["D1"]),)
    return happen(
        Established(day=DAY, unit=-1, name="Công đoàn <Một Hai>", kind="grassroots_union", code="G12", places=place),
        Merged(day=DAY, unit=-1, predecessors=(world.units["G1"], world.units["G2"])),
    )


def renamed(world: World) -> int:
    happen(Renamed(day=DAY, unit=world.units["G3"], name="Tam"))
    return UnitEvent.objects.get(kind="renamed").pk


def page(world: World, address: str, who: str = "lan", **query: object) -> str:
    answer = enter(world, who).get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(shown: str) -> str:
    return text_of(shown.encode())


def mark_in(shown: str) -> str:
    found = re.findall(r'name="mark" value="([0-9a-f]{64})"', shown)
    assert len(found) == 1, words(shown)
    return str(found[0])


def confirm(world: World, address: str, mark: str, reason: str = "Ghi nhầm tệp", who: str = "lan", **more: str) -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(address, {"mark": mark, "ly-do": reason, **more})
    return answer


def counters() -> int:
    return UnitEvent.objects.filter(kind="annulled").count()


def test_what_comes_back_and_what_goes_is_shown_and_nothing_is_done(world: World) -> None:
    address = reverse("undo_batch", args=[merged(world)])
    journal = JournalEntry.objects.count()
    shown = page(world, address)
    told = words(shown)
    assert "Sự kiện bị huỷ 2, thôi hiệu lực từ 01/07/2023" in told
    assert "Đơn vị có trở lại 2 Đơn vị không còn 1 Chức danh có lại 2 Chức danh hết hiệu lực Không có Báo cáo chưa xong 2" in told
    assert "Đơn vị có trở lại 2 Công đoàn cơ sở Một Công đoàn cơ sở Hai Đơn vị không còn 1 Công đoàn <Một Hai>" in told
    assert "Nguyễn Thị An Cán bộ nhập liệu Công đoàn cơ sở Một 01/07/2023" in told
    assert "Công đoàn cơ sở Một 6 tháng đầu năm 2023 Chưa bắt đầu 08/05/2023 Đơn vị lại tự nhập, ký và nộp" in told
    assert "Công đoàn <Một Hai> Thành lập 01/07/2023 Không rõ số quyết định" in told
    assert "<Một Hai>" not in shown
    assert (counters(), JournalEntry.objects.count()) == (0, journal)


def test_a_batch_is_taken_back_with_its_reason_in_the_name_of_the_person(world: World) -> None:
    address = reverse("undo_batch", args=[merged(world)])
    answer = confirm(world, address, mark_in(page(world, address)))
    counter = UnitEvent.objects.filter(kind="annulled").first()
    assert counter
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('events')}?dot={counter.batch_id}")
    assert (counters(), counter.note, counter.batch.recorded_by) == (2, "Ghi nhầm tệp", "Đỗ Thị Lan")
    assert unit_by_code("G1", DAY) == world.units["G1"]
    assert unit_by_code("G12", DAY) is None
    assert Post.objects.filter(user=world.users["an"], unit=world.units["G1"], ends__isnull=True).exists()
    assert "Sự kiện số" in words(page(world, address))
    assert "đã được huỷ bỏ rồi." in words(page(world, address))
    assert 'name="mark"' not in page(world, address)


def test_one_event_is_taken_back_from_a_later_day(world: World) -> None:
    address = reverse("undo_event", args=[renamed(world)])
    shown = page(world, address, tu="2023-10-01")
    assert "Sự kiện bị huỷ 1, thôi hiệu lực từ 01/10/2023" in words(shown)
    assert confirm(world, address, mark_in(shown), tu="2023-10-01").status_code == 302
    assert UnitEvent.objects.get(kind="annulled").day == date(2023, 10, 1)


def test_another_day_than_the_one_shown_is_shown_again(world: World) -> None:
    address = reverse("undo_event", args=[renamed(world)])
    answer = confirm(world, address, mark_in(page(world, address)), tu="2023-10-01")
    assert (answer.status_code, counters()) == (409, 0)
    assert "Hãy xem lại kết quả mới" in text_of(answer.content)
    assert confirm(world, address, mark_in(answer.content.decode()), tu="2023-10-01").status_code == 302


def test_a_day_that_is_none_takes_nothing_back(world: World) -> None:
    address = reverse("undo_event", args=[renamed(world)])
    answer = confirm(world, address, mark_in(page(world, address)), tu="31/02/2023")
    assert (answer.status_code, counters()) == (409, 0)
    assert "“31/02/2023” không phải là một ngày." in text_of(answer.content)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_taken_back(world: World, reason: str) -> None:
    address = reverse("undo_event", args=[renamed(world)])
    answer = confirm(world, address, mark_in(page(world, address)), reason)
    assert (answer.status_code, counters()) == (409, 0)
    assert "Cần ghi lý do huỷ." in text_of(answer.content)


def test_an_event_that_a_later_one_builds_on_is_refused_in_the_words_of_the_planner(world: World) -> None:
    address = reverse("undo_event", args=[renamed(world)])
    mark = mark_in(page(world, address))
    happen(Absorbed(day=date(2023, 8, 1), unit=world.units["G3"], into=world.units["G2"]))
    shown = page(world, address)
    assert "Không huỷ được “đổi tên ngày 01/07/2023" in words(shown)
    assert "sự kiện sau dựa vào nó, hãy huỷ trước: “sáp nhập vào đơn vị khác ngày 01/08/2023" in words(shown)
    assert 'name="mark"' not in shown
    assert (confirm(world, address, mark).status_code, counters()) == (409, 0)


def test_only_the_campaign_office_and_the_keeper_of_the_top_unit_take_back(world: World) -> None:
    appoint(world.users["binh"], world.units["D1"], Role.OFFICE, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    address = reverse("undo_event", args=[renamed(world)])
    for who in world.users:
        assert enter(world, who).get(address).status_code == (200 if who in ("lan", "quan") else 404), who
    assert address in page(world, reverse("events"))
    assert address not in page(world, reverse("events"), "bich")
    mark = mark_in(page(world, address, "quan"))
    assert confirm(world, address, mark, who="bich").status_code == 404
    assert confirm(world, address, mark, who="quan").status_code == 302


def test_units_under_another_top_are_not_touched(world: World) -> None:
    other = UNITS + "X,Liên đoàn Lao động Tỉnh Khác,provincial_federation,\nX1,Công đoàn Xa,grassroots_union,X\n"
    assert not load_units(other.encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    far = unit_by_code("X1", DAY)
    assert far
    happen(Renamed(day=DAY, unit=far, name="Gần"))
    address = reverse("undo_event", args=[UnitEvent.objects.get().pk])
    shown = page(world, address)
    assert "Có đơn vị không thuộc đơn vị đứng đầu tuyến công đoàn" in words(shown)
    assert 'name="mark"' not in shown
    assert (confirm(world, address, "0" * 64).status_code, counters()) == (409, 0)


def test_the_number_of_queries_does_not_move_with_the_size_of_a_batch(world: World) -> None:
    one = happen(Absorbed(day=DAY, unit=world.units["G1"], into=world.units["G2"]))
    few = queries_of(enter(world, "lan"), reverse("undo_batch", args=[one]))
    many = happen(
        Absorbed(day=DAY, unit=world.units["G3"], into=world.units["G2"]),
        Absorbed(day=DAY, unit=world.units["G4"], into=world.units["G5"]),
    )
    assert queries_of(enter(world, "lan"), reverse("undo_batch", args=[many])) == few
