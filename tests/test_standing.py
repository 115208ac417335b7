"""A world that is set up again is the one that was built, and no test finds anything of another."""

import pytest
from django.db import transaction

from kheo.org.models import Unit
from kheo.people.models import User
from kheo.reports.models import Report
from kheo.reports.queries.verifying import faults
from tests import world as worlds
from tests.standing import _contents, standing
from tests.world import fill, later, small_world

pytestmark = pytest.mark.django_db


def test_it_is_the_same_row_for_row_and_sound() -> None:
    with transaction.atomic():
        first = small_world()
        kept = _contents()
        transaction.set_rollback(True)
    assert not User.objects.exists()
    again = small_world()
    assert _contents() == kept
    assert (again.cycle, again.units, again.users) == (first.cycle, first.units, first.users)
    assert list(faults()) == []


def test_what_one_test_did_is_not_there_for_the_next() -> None:
    with transaction.atomic():
        world = small_world()
        world.users["an"].full_name = "Ai đó"
        fill(world, "G1", {"B02": 5}, by=world.person("hoa"), at=later(1))
        transaction.set_rollback(True)
    again = small_world()
    assert again.users["an"].full_name == "Nguyễn Thị An"
    assert Report.objects.count() == 0


def test_where_something_stands_already_it_is_built_beside_it() -> None:
    with transaction.atomic():
        small_world()
        transaction.set_rollback(True)
    other = User.objects.create_user("khac", "Người khác", "mot-mat-khau-khac")
    world = small_world()
    assert set(User.objects.all()) == {other, *world.users.values()}


def test_what_was_first_built_beside_something_is_not_taken_for_the_world() -> None:
    build = standing(lambda: small_world())
    with transaction.atomic():
        User.objects.create_user("khac", "Người khác", "mot-mat-khau-khac")
        build()
        transaction.set_rollback(True)
    assert set(build().users.values()) == set(User.objects.all())


def test_other_rows_than_those_of_the_build_are_found() -> None:
    """Negative control of the comparison: a builder that depends on more than its arguments is not what it was the first time."""
    build = standing(lambda: small_world())
    with transaction.atomic():
        build()
        transaction.set_rollback(True)
    (kept,) = next(cell.cell_contents for cell in build.__closure__ or () if isinstance(cell.cell_contents, dict)).values()
    kept.marks["people_user"] = "another"
    with pytest.raises(AssertionError, match="not the world that was built"):
        build()


def test_other_units_are_another_world(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        small_world()
        transaction.set_rollback(True)
    monkeypatch.setattr(worlds, "UNITS", f"{worlds.UNITS}G9,Công đoàn cơ sở Chín,grassroots_union,D2\n")
    assert "G9" in small_world().units
    assert Unit.objects.count() == 10
