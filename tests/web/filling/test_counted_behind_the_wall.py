"""What pages tell of cells that a register behind the wall counts: a number where the report is read, entries at their unit alone."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.reports.actions import Receipt, submit_report
from tests.counted import walled_entry, walled_world
from tests.web.visits import day, enter, text_of
from tests.world import GOOD, World, fill, later

World_ = tuple[World, Book]
DRIFT = "nay 2: 1 hồ sơ ghi sau khi nộp"


@pytest.fixture
def sent(db: None) -> Iterator[World]:
    """G1 sent what its book counted, one; an entry came after."""
    world, found = walled_world()
    walled_entry(world, found, at=later(1))
    fill(world, "G1", {**GOOD, "C201": 1, "C202": 1, "C501": 1}, by=world.person("an"), at=later(2))
    owed = world.obligation("G1").pk
    assert isinstance(submit_report(owed, version=world.report("G1").version, by=world.person("hoa"), at=later(3)), Receipt)
    walled_entry(world, found, at=later(4))
    with day(later(days=1)):
        yield world


def address(world: World, cell: str) -> str:
    return reverse("counted_entries", args=[world.obligation("G1").pk, cell])


@pytest.mark.parametrize(
    ("who", "cell", "numbers", "entries"),
    [
        ("an", "C501", True, True),
        ("hoa", "C501", True, True),
        ("binh", "C501", True, False),
        ("lan", "C501", False, False),
        ("kien", "C501", False, False),
        ("chi", "C501", False, False),
        ("an", "C201", True, True),
        ("binh", "C201", True, False),
        ("lan", "C201", True, False),
        ("kien", "C201", True, False),
        ("chi", "C201", False, False),
    ],
)
def test_the_list_behind_a_cell(sent: World, who: str, cell: str, numbers: bool, entries: bool) -> None:
    answer = enter(sent, who).get(address(sent, cell))
    assert answer.status_code == (200 if numbers else 404)
    shown, told = answer.content.decode(), text_of(answer.content)
    assert ("Sổ “Sổ che” đếm được 2" in told) is numbers
    for entry in Entry.objects.all():
        assert (entry.code in shown) is entries
        assert (reverse("entry", args=[entry.pk]) in shown) is entries
    assert ("danh sách hồ sơ chỉ đơn vị xem được" in told) is (numbers and not entries)


@pytest.mark.parametrize(
    ("who", "name", "tells"),
    [("an", "report", True), ("binh", "review_report", True), ("lan", "report", False), ("kien", "report", False)],
)
def test_the_report_leads_there_and_tells_the_drift_where_its_numbers_are_told(sent: World, who: str, name: str, tells: bool) -> None:
    page = enter(sent, who).get(reverse(name, args=[sent.obligation("G1").pk])).content.decode()
    assert address(sent, "C201") in page
    assert (address(sent, "C501") in page) is tells
    times = {"report": 2, "review_report": 1}[name]  # under the cell, and among what changed since
    assert page.count(DRIFT) == times * (2 if tells else 1)
