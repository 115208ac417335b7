"""A paper arrives: numbered by unit and year, pointed out where it is there already, secret ones refused whole."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from kheo.core.paper_books.facts import ArrivalFacts
from kheo.directives.actions import AlreadyThere, Arrived, Brought, Refused, cancel_arrival, numbering, register_arrival, reserve_arrival
from kheo.directives.models import Arrival, Directive, Writing
from kheo.directives.queries.faults import paper_faults
from kheo.files.actions import Arrival as File
from kheo.files.models import StoredFile
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from tests.directives.papers import MORNING, TODAY, a_paper, arrive
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def numbers(world: World, code: str) -> list[tuple[int, int]]:
    return list(Arrival.objects.filter(unit=world.units[code]).order_by("pk").values_list("year", "number"))


def test_gives_each_unit_its_own_numbers_from_one(world: World) -> None:
    arrive(world, "G1"), arrive(world, "G1", full_number="12/KH-LĐLĐ"), arrive(world, "G4", who="chi")
    assert numbers(world, "G1") == [(2023, 1), (2023, 2)]
    assert numbers(world, "G4") == [(2023, 1)]
    assert list(paper_faults()) == []


def test_the_year_turns_at_midnight_in_viet_nam(world: World) -> None:
    """16:59 UTC is 23:59 of the old year there, 17:00 is the new one."""
    before, after = datetime(2023, 12, 31, 16, 59, tzinfo=UTC), datetime(2023, 12, 31, 17, 0, tzinfo=UTC)
    arrive(world, at=before, arrived_on=date(2023, 12, 31))
    arrive(world, at=after, arrived_on=date(2024, 1, 1))
    arrive(world, at=after, arrived_on=date(2023, 12, 31))
    refused = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(date(2024, 1, 1)), even_so=True, by=world.person("an"), at=before)
    assert numbers(world, "G1") == [(2023, 1), (2024, 1), (2023, 2)]
    assert isinstance(refused, Refused)
    assert refused.message == "Ngày đến ở sau hôm nay."


def test_points_out_a_paper_that_is_there_already_however_it_is_spelled(world: World) -> None:
    first = arrive(world)
    again = a_paper(full_number="199 / LĐLĐ – TG", issuer="LĐLĐ Thành phố", subject="khác")
    asked = register_arrival(world.units["G1"], again, ArrivalFacts(TODAY), by=world.person("an"), at=MORNING)
    assert isinstance(asked, AlreadyThere)
    assert [twin.arrival.pk for twin in asked.twins] == [first.pk]
    assert asked.twins[0].why.words == "cùng số, ký hiệu và cơ quan ban hành, cùng ngày"
    made = register_arrival(world.units["G1"], again, ArrivalFacts(TODAY), even_so=True, by=world.person("an"), at=MORNING)
    assert isinstance(made, Arrived)
    assert made.arrival.number == 2


def test_never_tells_of_the_books_of_others(world: World) -> None:
    arrive(world, "G4", who="chi")
    made = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), by=world.person("an"), at=MORNING)
    assert isinstance(made, Arrived)


def test_tells_everything_that_is_wrong_at_once_and_takes_no_number(world: World) -> None:
    wrong = a_paper(issuer="", subject=" ", issued_on=date(2023, 5, 1), urgency="rất gấp", pages=0)
    arrival = ArrivalFacts(date(2023, 4, 4), passed_on=date(2023, 4, 1), due_on=date(2023, 4, 1))
    refused = register_arrival(world.units["G1"], wrong, arrival, by=world.person("an"), at=MORNING)
    assert isinstance(refused, Refused)
    keys = [problem.key for problem in refused.problems]
    assert keys == [
        "issuer",
        "subject",
        "issued_on",
        "urgency",
        "pages",
        "arrived_on",
        "arrived_on",
        "passed_on",
        "due_on",
        "handler",
    ]
    arrive(world)
    assert numbers(world, "G1") == [(2023, 1)]


SECRET = """ỦY BAN NHÂN DÂN
TỈNH A
Số: 12/KH-UBND
MẬT

KẾ HOẠCH
Về việc chuyển công tác
"""


def test_a_paper_marked_secret_leaves_nothing_behind(world: World) -> None:
    rows = JournalEntry.objects.count()
    brought = Brought(SECRET, File(SECRET.encode(), "kh.txt", "text/plain"))
    refused = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), brought, by=world.person("an"), at=MORNING)
    assert isinstance(refused, Refused)
    assert "MẬT" in refused.message
    left = (Directive.objects.count(), Arrival.objects.count(), StoredFile.objects.count(), Writing.objects.count())
    assert (*left, JournalEntry.objects.count()) == (0, 0, 0, 0, rows)
    assert arrive(world).number == 1


def test_keeps_the_text_what_was_understood_of_it_and_the_file(world: World) -> None:
    text = SECRET.replace("MẬT\n", "")
    brought = Brought(text, File(text.encode(), "kh.txt", "text/plain"))
    made = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), brought, by=world.person("an"), at=MORNING)
    assert isinstance(made, Arrived)
    kept = made.arrival.directive
    assert kept is not None
    assert kept.understood["full_number"] == "12/KH-UBND"
    assert (kept.text, kept.understood_version, kept.file.name if kept.file else "") == (text, 1, "kh.txt")
    assert list(paper_faults()) == []


def test_only_the_units_own_officer_and_head_write(world: World) -> None:
    for name in ("binh", "lan", "kien", "chi", "quan", "minh"):
        with pytest.raises(Unreachable):
            register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), by=world.person(name), at=MORNING)
    assert arrive(world, who="hoa").number == 1


def test_a_reserved_number_is_filled_later_or_cancelled_and_never_given_again(world: World) -> None:
    an = world.person("an")
    kept, struck = (reserve_arrival(world.units["G1"], purpose="bản giấy đang gửi", by=an, at=MORNING) for _ in range(2))
    assert isinstance(kept, Arrival)
    assert isinstance(struck, Arrival)
    assert isinstance(cancel_arrival(struck.pk, reason="không gửi nữa", version=1, by=an, at=MORNING), Arrival)
    again = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), reserved=struck.pk, by=an, at=MORNING)
    filled = register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), reserved=kept.pk, by=an, at=MORNING)
    assert isinstance(again, Refused)
    assert again.message == "Số này đã huỷ; số đã huỷ không dùng lại."
    assert isinstance(filled, Arrived)
    assert (filled.arrival.pk, filled.arrival.number, arrive(world).number) == (kept.pk, 1, 3)
    assert Directive.objects.count() == 2
    assert list(paper_faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM directives_arrival",
        "DELETE FROM directives_directive",
        "DELETE FROM directives_counter",
        "UPDATE directives_arrival SET number = 7",
        "UPDATE directives_arrival SET year = 2022",
        "UPDATE directives_counter SET last = 0",
        "UPDATE directives_writing SET reason = 'x'",
        "DELETE FROM directives_writing",
        "TRUNCATE directives_arrival CASCADE",
        "TRUNCATE directives_writing",
    ],
)
def test_the_database_itself_refuses_to_lose_a_number(world: World, statement: str) -> None:
    arrive(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows not yet held against their keys refuse TRUNCATE by themselves
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE directives_arrival SET note = 'lén'", "Văn bản đến bị sửa mà không ghi sổ"),
        ("UPDATE directives_directive SET subject = 'lén'", "Văn bản bị sửa mà không ghi sổ"),
        ("UPDATE directives_directive SET text = 'lén'", "Văn bản bị sửa mà không ghi sổ"),
        ("UPDATE directives_counter SET last = 5", "thiếu số"),
    ],
)
def test_what_was_changed_behind_the_books_is_found(world: World, statement: str, told: str) -> None:
    arrive(world)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert [told in fault for fault in paper_faults()] == [True]


def at_once(count: int, act: Callable[[], Any]) -> list[Any]:
    barrier, results = threading.Barrier(count), [None] * count

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=20)
            results[index] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_take_eight_numbers_without_gaps() -> None:
    world = small_world()
    an = world.person("an")
    at_once(8, lambda: register_arrival(world.units["G1"], a_paper(), ArrivalFacts(TODAY), even_so=True, by=an, at=MORNING))
    assert sorted(number for _, number in numbers(world, "G1")) == list(range(1, 9))
    assert list(paper_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_gives_its_number_back() -> None:
    world = small_world()
    with transaction.atomic():
        assert numbering.take_number(world.units["G1"], "", 2023) == 1
        transaction.set_rollback(True)
    assert arrive(world).number == 1
