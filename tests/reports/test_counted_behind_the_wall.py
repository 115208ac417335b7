"""Cells of a walled content that a register counts: no words explain another number, so they follow."""

import pytest

from kheo.core.chain import content_hash
from kheo.org.queries import snapshot_units
from kheo.registers.queries.definitions import Book
from kheo.reports.access.counted import eyes_on
from kheo.reports.actions import Change, Receipt, Refusal, save_draft, submit_report
from kheo.reports.queries.counted import counted_of
from kheo.reports.queries.counted_lists import counted_list
from kheo.reports.queries.discipline.following import followed_below, other_numbers
from kheo.reports.queries.drift import behind
from tests.counted import walled_entry, walled_world
from tests.world import GOOD, World, fill, later

World_ = tuple[World, Book]
FOLLOWED = {**GOOD, "C201": 2, "C202": 1, "C501": 2}


@pytest.fixture
def counting(db: None) -> World_:
    """Two entries of G1 behind the wall."""
    world, found = walled_world()
    for _ in range(2):
        walled_entry(world, found, at=later(1))
    return world, found


def send(world: World) -> Receipt | Refusal:
    version = world.report("G1").version
    return submit_report(world.obligation("G1").pk, version=version, by=world.person("hoa"), at=later(3))


def test_refuses_another_number_and_says_where_it_is_mended(counting: World_) -> None:
    world, _ = counting
    assert {key: (each.number, each.is_walled) for key, each in counted_of(world.obligation("G1")).items()} == {
        "C201": (2, False),
        "C501": (2, True),
    }
    fill(world, "G1", {**FOLLOWED, "C501": 3}, by=world.person("an"), at=later(2))
    refused = send(world)
    assert isinstance(refused, Refusal)
    assert [(each.target, each.severity, each.message) for each in refused.problems if each.blocks] == [
        (
            "C501",
            "error",
            "C501 Cuộc đối thoại: sổ “Sổ che” đếm được 2, ô này ghi 3. Lấy số của sổ; sổ ghi chưa đúng thì sửa trong sổ.",
        )
    ]
    assert world.report("G1").latest is None


@pytest.mark.parametrize("answer", [None, "na", 0])
def test_no_answer_is_no_way_round(counting: World_, answer: str | int | None) -> None:
    world, _ = counting
    fill(world, "G1", {**FOLLOWED, "C501": answer}, by=world.person("an"), at=later(2))
    refused = send(world)
    assert isinstance(refused, Refusal)
    assert [each.target for each in refused.problems if each.blocks] == ["C501"]


def test_no_words_are_taken_for_it(counting: World_) -> None:
    world, _ = counting
    fill(world, "G1", {**FOLLOWED, "C501": 3}, by=world.person("an"), at=later(2))
    words = {"C501": Change("", "Một cuộc chưa ghi vào sổ.")}
    with pytest.raises(ValueError, match="no explanation here: C501"):
        save_draft(world.obligation("G1").pk, cells={}, sections={}, explanations=words, by=world.person("an"), at=later(2))
    # Not even those that stand there for whatever reason, of an edition in which the content was open.
    world.report("G1").__class__.objects.update(explanations={"C501": "Một cuộc chưa ghi vào sổ."})
    assert isinstance(send(world), Refusal)


def test_an_open_content_may_be_explained_also_where_its_register_is_walled(counting: World_) -> None:
    world, _ = counting
    fill(world, "G1", {**FOLLOWED, "C201": 3}, by=world.person("an"), at=later(2))
    words = {"C201": Change("", "Một ý kiến chưa ghi vào sổ.")}
    save_draft(world.obligation("G1").pk, cells={}, sections={}, explanations=words, by=world.person("an"), at=later(2))
    assert isinstance(send(world), Receipt)


def test_once_it_follows_it_is_sent_kept_and_its_drift_told(counting: World_) -> None:
    world, found = counting
    fill(world, "G1", FOLLOWED, by=world.person("an"), at=later(2))
    assert isinstance(send(world), Receipt)
    owed, revision = world.obligation("G1"), world.report("G1").latest
    assert revision
    assert revision.enclosures
    kept = revision.enclosures["counted"]["C501"]
    assert (kept["register"], kept["number"], len(kept["entries"])) == ("so-che", 2, 2)
    assert kept["hash"] == content_hash({key: kept[key] for key in ("register", "number", "entries")})
    listed = counted_list(owed, world.report("G1"), "C501", 1)
    assert listed is not None
    for who, is_read in (("an", True), ("binh", False)):
        assert [row.entry is not None and eyes_on(world.person(who), owed, listed).reads(row.entry) for row in listed.rows] == [is_read] * 2
    walled_entry(world, found, at=later(9))
    told = "nộp 2, nay 3: 1 hồ sơ ghi sau khi nộp"
    assert behind(owed, revision).drift == {"C201": told, "C501": told}
    district = snapshot_units(world.cycle.snapshot_id, [world.units["D1"]])[world.units["D1"]]
    assert other_numbers(followed_below(world.cycle, district)) == []
