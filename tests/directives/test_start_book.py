"""A book that was begun on paper goes on at its next number: no gap, no number twice, and nothing taken is moved."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from kheo.directives.actions import Refused, register_issue, start_book
from kheo.directives.models import BookCounter, BookStart, Issue
from kheo.directives.queries.faults import paper_faults
from kheo.directives.queries.numbers import numbers_of_book
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from tests.directives.papers import MORNING, a_paper, arrive, issue
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def start(world: World, first: int, *, who: str = "dung", code: str = "D1", **other: Any) -> BookStart | Refused:
    """Dung says at which number the book of outgoing papers of his district goes on."""
    asked = {"book": "Chung", "year": 2023, **other}
    return start_book(world.units[code], first, by=world.person(who), at=MORNING, **asked)


def refused(made: BookStart | Refused) -> str:
    assert isinstance(made, Refused), made
    return made.message


def test_the_first_number_follows_those_on_paper_and_is_no_gap(world: World) -> None:
    assert isinstance(start(world, 199), BookStart)
    assert list(paper_faults()) == []
    assert [issue(world).directive.full_number, issue(world).directive.full_number] == ["199/KH-LĐLĐ", "200/KH-LĐLĐ"]
    assert list(paper_faults()) == []
    assert numbers_of_book(world.units["D1"], "Chung", 2023).on_paper == ((1, 198),)
    entry = JournalEntry.objects.get(act="start_book")
    assert (entry.detail["first"], entry.detail["after"], entry.detail["book"]) == (199, 0, "Chung")


def test_each_book_and_year_begins_for_itself(world: World) -> None:
    start(world, 199), start(world, 31, book="", who="an", code="G1")
    assert arrive(world).number == 31
    assert arrive(world, "G4", who="chi").number == 1
    assert register_issue(world.units["D1"], a_paper(), "M", book="Mật mã", by=world.person("dung"), at=MORNING).issue.number == 1  # type: ignore[union-attr]
    assert issue(world).number == 199
    assert list(paper_faults()) == []


def test_a_slip_of_the_pen_is_put_right_with_a_reason_while_nothing_was_written(world: World) -> None:
    start(world, 1990)
    assert "ghi lý do" in refused(start(world, 199))
    assert "đã là 1990" in refused(start(world, 1990, reason="lần nữa"))
    assert isinstance(start(world, 199, reason="gõ thừa số 0"), BookStart)
    assert issue(world).number == 199
    assert numbers_of_book(world.units["D1"], "Chung", 2023).on_paper == ((1, 198),)
    assert list(paper_faults()) == []


def test_a_book_that_has_numbers_is_moved_up_with_a_reason_and_never_back(world: World) -> None:
    first, unit = issue(world), world.units["D1"]
    assert "Sổ đã có số: ghi lý do" in refused(start(world, 199))
    assert isinstance(start(world, 199, reason="198 văn bản đã lấy số trên sổ giấy"), BookStart)
    assert [issue(world).number, issue(world).number] == [199, 200]
    assert "Số 200 đã dùng" in refused(start(world, 150, reason="lùi lại"))
    assert isinstance(start(world, 210, reason="lấy số tay khi mất điện"), BookStart)
    assert issue(world).number == 210
    assert numbers_of_book(unit, "Chung", 2023).on_paper == ((2, 198), (201, 209))
    first.refresh_from_db()
    assert (first.number, list(paper_faults())) == (1, [])


@pytest.mark.parametrize(
    ("first", "other", "words"),
    [
        (0, {}, "Ghi một số từ 1"),
        (100_000, {}, "Ghi một số từ 1"),
        (5, {"year": 2021}, "Chỉ đặt được cho sổ năm 2022 và 2023."),
        (5, {"book": "x" * 61}, "Tên sổ từ 1 đến 60 ký tự."),
    ],
)
def test_refuses_what_no_book_can_go_on_at_and_leaves_nothing(world: World, first: int, other: dict[str, Any], words: str) -> None:
    assert words in refused(start(world, first, **other))
    assert (BookStart.objects.count(), BookCounter.objects.count()) == (0, 0)


def test_is_not_for_who_only_reads(world: World) -> None:
    with pytest.raises(Unreachable):
        start(world, 199, who="binh")


@pytest.mark.parametrize("change", ["UPDATE directives_book_start SET first = 150", "DELETE FROM directives_book_start"])
def test_the_database_itself_keeps_what_was_said_of_a_start(world: World, change: str) -> None:
    start(world, 199)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE directives_book_start SET first = 150", "thiếu số"),
        ("UPDATE directives_counter SET start_at = 300", "số bắt đầu bị sửa mà không ghi sổ"),
        ("UPDATE directives_issue SET number = 7 WHERE number = 200", "số 7 đã ghi là dùng trên giấy"),
        ("DELETE FROM directives_book_start", "thiếu số"),
        ("UPDATE directives_book_start SET after = 5, first = 204", "không khớp nhật ký"),
    ],
)
def test_a_start_that_was_changed_past_the_doors_is_found(world: World, change: str, words: str) -> None:
    start(world, 199), issue(world), issue(world), issue(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("directives_book_start", "directives_counter", "directives_issue"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(change)
    assert any(words in fault for fault in paper_faults()), list(paper_faults())


@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_taken_meanwhile_waits_for_the_start() -> None:
    """Whoever takes a number while the start is being said gets the number after it, not one from before."""
    world = small_world()
    taken: list[int] = []

    def takes() -> None:
        try:
            taken.append(issue(world).number)
        finally:
            connections.close_all()

    with transaction.atomic():
        start(world, 199)
        other = threading.Thread(target=takes)
        other.start()
        other.join(0.2)
        assert taken == []
    other.join(10)
    assert taken == [199]
    assert Issue.objects.count() == 1
