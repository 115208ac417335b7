"""Pages of the units behind a number: found by the roll-ups on the way down, they are slices of the list read from its beginning."""

import pytest
from django.core.paginator import Paginator

from kheo.campaigns.queries import definition_of
from kheo.org.models import SnapshotUnit
from kheo.reports.queries import members
from kheo.reports.queries.members import WHICH, Asked, Member, members_on
from tests.web.accepting import accept
from tests.world import World

FIGURES = {"LDLD": 4, "D1": 7, "G1": 5, "G2": 0, "D2": None}


def asked(world: World, unit: SnapshotUnit) -> list[Asked]:
    definition = definition_of(world.cycle.edition_id)
    place = definition.cell("B02").position
    return [Asked(world.cycle, unit, shown, place, len(definition.cells), is_walled=False) for shown in WHICH]


def page(each: Asked, count: int, size: int, number: int) -> tuple[Member, ...]:
    return members_on(Paginator(range(count), size).page(number), each)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_page_found_on_the_way_down_is_a_slice_of_the_whole(world: World, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    for code, figure in FIGURES.items():
        accept(world, code, B02=figure)
    looked_at = 0
    for unit in SnapshotUnit.objects.filter(snapshot=world.cycle.snapshot_id):
        for each in asked(world, unit):
            monkeypatch.setattr(members, "WALKED", 1000)
            whole = page(each, 100, 100, 1)
            for walked in (-1, 0, 1):  # -1: nothing is passed over one by one
                monkeypatch.setattr(members, "WALKED", walked)
                pages = Paginator(range(len(whole)), size).num_pages if whole else 0
                found = [page(each, len(whole), size, number) for number in range(1, pages + 1)]
                assert [member for part in found for member in part] == list(whole)
                assert all(len(part) == size for part in found[:-1])
            looked_at += len(whole)
    assert looked_at > 20


def test_roll_ups_are_asked_and_not_the_reports_before_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for code, figure in FIGURES.items():
        accept(world, code, B02=figure)
    monkeypatch.setattr(members, "WALKED", 0)
    top = SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, parent_id=None)
    number = next(each for each in asked(world, top) if each.shown == "number")
    whole = page(number, 3, 3, 1)
    start, passed = members._beginning(number, 2)
    assert passed <= 1
    assert start > top.position
    assert page(number, 3, 1, 3) == whole[2:]
