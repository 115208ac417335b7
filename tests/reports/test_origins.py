"""What the annex of sources of a consolidated report says: whose text went where, of the very words the report shows."""

from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import Origin, TakenFrom
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.origins import origins_of
from kheo.reports.queries.papers import papers
from tests.reports.test_arrange_section import HOUSES, TALKS, arrange, pick, send
from tests.world import World, head_of, later

ONE, TWO = "Công đoàn cơ sở Một", "Công đoàn cơ sở Hai"


def unit(world: World, code: str) -> SnapshotUnit:
    return SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, unit=world.units[code])


def origins(world: World, code: str, minutes: int = 90) -> tuple[Origin, ...]:
    return origins_of(definition_of(world.cycle.edition_id), world.cycle, unit(world, code), at=later(minutes=minutes))


def test_nothing_taken_from_below_means_no_origins(world: World) -> None:
    send(world, "G1", HOUSES)
    assert origins(world, "G1") == ()
    assert origins(world, "D1") == ()


def test_a_draft_says_what_is_kept_and_what_was_put_together(world: World) -> None:
    send(world, "G1", HOUSES, TALKS)
    send(world, "G2", "Đã lập hai tổ tự quản.")
    arrange(world, pick(world, "G1"))
    arrange(world, pick(world, "G1", 1), pick(world, "G2"), as_one=True)
    merged = f"{TALKS} Đã lập hai tổ tự quản."
    assert origins(world, "D1") == (
        Origin("I", 1, HOUSES, (TakenFrom(ONE, 1, "I"),), is_reworded=False),
        Origin("I", 2, merged, (TakenFrom(ONE, 1, "I"), TakenFrom(TWO, 1, "I")), is_reworded=False),
    )


def test_what_was_sent_over_three_levels_names_who_wrote_it_first(world: World) -> None:
    send(world, "G1", HOUSES)
    send(world, "G2", "Đã lập hai tổ tự quản.")
    arrange(world, pick(world, "G1"), pick(world, "G2"), as_one=True)
    whole = f"{HOUSES} Đã lập hai tổ tự quản."
    send(world, "D1", whole, at=40)
    arrange(world, pick(world, "D1"), code="LDLD", at=later(minutes=50))
    taken = TakenFrom("Liên đoàn Lao động Quận 1", 1, "I", (ONE, TWO))
    assert origins(world, "LDLD") == (Origin("I", 1, whole, (taken,), is_reworded=False),)
    shown = consolidated(world.cycle, unit(world, "LDLD"), at=later(minutes=90))
    assert [(each.section, each.text) for each in shown.narratives if each.section == "I"] == [("I", whole)]


def test_papers_for_a_reader_outside_leave_the_sources_out(world: World) -> None:
    send(world, "G1", HOUSES)
    arrange(world, pick(world, "G1"), by=head_of(world, "D1"))
    inside = papers(world.cycle, unit(world, "D1"), at=later(minutes=90))
    outside = papers(world.cycle, unit(world, "D1"), at=later(minutes=90), with_sources=False)
    assert [annex.title for annex in inside.report.annexes][-1] == "NGUỒN CỦA TỪNG ĐOẠN"
    assert [annex.title for annex in outside.report.annexes] == [annex.title for annex in inside.report.annexes][:-1]
