"""A section built out of the sections below it: whose text went where stays known, whatever is done to the text."""

import pytest

from kheo.core.definition import OutlineSection
from kheo.journal.models import JournalEntry
from kheo.reports.access import readable_units
from kheo.reports.actions import (
    Arranged,
    Change,
    Pick,
    Receipt,
    Refusal,
    Saved,
    accept_report,
    arrange_section,
    return_report,
    revise_report,
    submit_report,
)
from kheo.reports.actions import save_draft as save
from kheo.reports.actions.arranging import CHANGED_MEANWHILE, NOT_THERE, may_flow
from kheo.reports.models import PassageSource
from kheo.reports.queries.attribution import Traced, Wanted, child_texts, trace, used_above
from kheo.reports.queries.sources import Passage, draft_passages, sent_passages
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, submit

HOUSES = "Công đoàn đã trao ba nhà tình thương cho đoàn viên khó khăn."
TALKS = "Mỗi quý có một buổi đối thoại với giám đốc."


def send(world: World, code: str, *lines: str, section: str = "I", at: int = 0) -> None:
    """A unit writes these paragraphs, besides its figures, and its head sends them."""
    head = head_of(world, code)
    report = fill(world, code, GOOD, by=head, at=later(minutes=at))
    text = "\n".join(lines)
    if report.narrative.get(section) != text:
        change = Change(report.narrative.get(section, ""), text)
        save(world.obligation(code).pk, cells={}, sections={section: change}, by=head, at=later(minutes=at))
    receipt = submit_report(world.obligation(code).pk, version=world.report(code).version, by=head, at=later(minutes=at))
    assert isinstance(receipt, Receipt), receipt


def pick(world: World, code: str, paragraph: int = 0, section: str = "I") -> Pick:
    latest = world.report(code).latest
    assert latest
    return Pick(latest.pk, section, paragraph)


def arrange(world: World, *picks: Pick, paragraphs: list[Arranged] | None = None, code: str = "D1", **more: object) -> Saved | Refusal:
    obligation = world.obligation(code)
    before = world.report(code).narrative.get("I", "") if hasattr(obligation, "report") else ""
    asked = {"section": "I", "before": before, "by": head_of(world, code), "at": later(minutes=30), **more}
    return arrange_section(obligation.pk, picks=picks, paragraphs=paragraphs, **asked)  # type: ignore[arg-type]


def standing(world: World, code: str = "D1") -> list[Passage]:
    return draft_passages(world.report(code), "I", world.cycle.snapshot_id)[0]


def told(passages: list[Passage]) -> list[tuple[str, list[str]]]:
    """Each paragraph with the names of the units that it comes from."""
    return [(each.text, [source.name for source in each.sources]) for each in passages]


@pytest.fixture
def three(world: World) -> World:
    """Two paragraphs of G1 and one of G2 are there to take."""
    send(world, "G1", HOUSES, TALKS)
    send(world, "G2", "Đã lập hai tổ tự quản.")
    return world


def test_picked_paragraphs_are_the_text_and_know_where_they_come_from(three: World) -> None:
    saved = arrange(three, pick(three, "G1"), pick(three, "G2"))
    assert saved == Saved(1, later(minutes=30), ("I",))
    assert three.report("D1").narrative == {"I": f"{HOUSES}\nĐã lập hai tổ tự quản."}
    assert told(standing(three)) == [(HOUSES, ["Công đoàn cơ sở Một"]), ("Đã lập hai tổ tự quản.", ["Công đoàn cơ sở Hai"])]
    row = JournalEntry.objects.latest("number")
    latest = [three.report(code).latest_id for code in ("G1", "G2")]
    assert (row.act, row.detail["sources"]) == ("arrange_section", [[0, latest[0], "I"], [1, latest[1], "I"]])


def test_merged_and_rewritten_paragraphs_keep_all_their_sources(three: World) -> None:
    arrange(three, pick(three, "G1"), pick(three, "G2"), as_one=True)
    assert told(standing(three)) == [(f"{HOUSES} Đã lập hai tổ tự quản.", ["Công đoàn cơ sở Một", "Công đoàn cơ sở Hai"])]
    rows = tuple(PassageSource.objects.order_by("pk").values_list("pk", flat=True))
    arrange(three, paragraphs=[Arranged("Mở đầu."), Arranged("Hai đơn vị có cách làm tốt.\nĐáng nhân rộng.", rows)])
    both = ["Công đoàn cơ sở Một", "Công đoàn cơ sở Hai"]
    assert told(standing(three)) == [("Mở đầu.", []), ("Hai đơn vị có cách làm tốt.", both), ("Đáng nhân rộng.", both)]
    assert all(source.is_rewritten for passage in standing(three) for source in passage.sources)


def test_what_is_left_out_waits_to_be_put_back(three: World) -> None:
    arrange(three, pick(three, "G1"))
    arrange(three, paragraphs=[Arranged("Tự viết.")])
    _, left = draft_passages(three.report("D1"), "I", three.cycle.snapshot_id)
    assert told(left) == [(HOUSES, ["Công đoàn cơ sở Một"])]
    arrange(three, paragraphs=[Arranged("Tự viết."), Arranged(HOUSES, (left[0].sources[0].row,))])
    assert told(standing(three)) == [("Tự viết.", []), (HOUSES, ["Công đoàn cơ sở Một"])]


def test_a_text_changed_meanwhile_is_not_written_over(three: World) -> None:
    save(three.obligation("D1").pk, cells={}, sections={"I": Change("", "Của Dũng.")}, by=three.person("dung"), at=later(minutes=1))
    refused = arrange(three, pick(three, "G1"), before="")
    assert isinstance(refused, Refusal)
    assert (refused.message, refused.changes) == (CHANGED_MEANWHILE, ("Phạm Văn Dũng sửa mục I sau khi anh/chị mở trang này",))
    assert three.report("D1").narrative == {"I": "Của Dũng."}


def rewrite(world: World, text: str) -> Saved:
    change = Change(world.report("D1").narrative.get("I", ""), text)
    saved = save(world.obligation("D1").pk, cells={}, sections={"I": change}, by=world.person("dung"), at=later(minutes=40))
    assert isinstance(saved, Saved)
    return saved


def test_the_ordinary_field_keeps_attribution_and_says_what_was_lost(three: World) -> None:
    arrange(three, pick(three, "G1"), pick(three, "G1", 1), pick(three, "G2"))
    saved = rewrite(three, f"Mở đầu.\n{TALKS}\nCông đoàn đã trao bốn nhà tình thương cho đoàn viên khó khăn.")
    assert told(standing(three)) == [
        ("Mở đầu.", []),
        (TALKS, ["Công đoàn cơ sở Một"]),
        ("Công đoàn đã trao bốn nhà tình thương cho đoàn viên khó khăn.", ["Công đoàn cơ sở Một"]),
    ]
    assert saved.lost == ("Mục I không còn đoạn lấy từ Công đoàn cơ sở Hai: “Đã lập hai tổ tự quản.”",)
    assert len(JournalEntry.objects.latest("number").detail["lost_sources"]) == 1


def test_a_text_that_comes_back_is_attributed_again(three: World) -> None:
    arrange(three, pick(three, "G1"))
    assert len(rewrite(three, "").lost) == 1
    assert rewrite(three, f"Mở đầu.\n{HOUSES}").lost == ()
    assert told(standing(three)) == [("Mở đầu.", []), (HOUSES, ["Công đoàn cơ sở Một"])]


@pytest.mark.parametrize("code", ["D1", "G4", "G3"])
def test_only_what_a_unit_below_has_sent_can_be_taken(three: World, code: str) -> None:
    """Its own text, that of another district, and one that is still a draft."""
    if code == "G3":
        fill(three, "G3", GOOD, by=head_of(three, "G3"))
        taken = Pick(987_654, "I", 0)
    else:
        submit(three, code)
        taken = pick(three, code)
    at = "D2" if code == "D1" else "D1"
    assert arrange(three, taken, code=at) == Refusal(NOT_THERE)


def test_a_paragraph_that_is_not_there_is_not_taken(three: World) -> None:
    assert arrange(three, pick(three, "G1", 2)) == Refusal(NOT_THERE)
    assert arrange(three, pick(three, "G1", -1)) == Refusal(NOT_THERE)


def test_what_was_returned_cannot_be_taken(three: World) -> None:
    taken = pick(three, "G1")
    return_report(
        three.obligation("G1").pk, reason="Xem lại.", version=three.report("G1").version, by=three.person("binh"), at=later(minutes=9)
    )
    assert arrange(three, taken) == Refusal(NOT_THERE)


def test_nobody_arranges_for_a_unit_of_others(three: World) -> None:
    refused = arrange(three, pick(three, "G1"), by=three.person("binh"))
    assert refused == Refusal("Anh/chị không có quyền lưu báo cáo này.")


def test_the_parent_sees_that_a_source_was_returned_or_replaced(three: World) -> None:
    arrange(three, pick(three, "G1"), pick(three, "G1", 1))

    def statuses() -> list[str]:
        return [source.status for passage in standing(three) for source in passage.sources]

    assert statuses() == ["good", "good"]
    give_back(three, "G1")
    assert statuses() == ["returned", "returned"]
    send(three, "G1", "Công đoàn đã trao hai nhà.", TALKS, at=60)
    assert statuses() == ["replaced", "good"]
    accept(three, "G1", 70)
    owed, version, head = three.obligation("G1").pk, three.report("G1").version, head_of(three, "G1")
    revise_report(owed, reason="Sửa.", version=version, by=head, at=later(minutes=80))
    assert statuses() == ["replaced", "good"]


def give_back(world: World, code: str) -> None:
    version, reviewer = world.report(code).version, reviewer_of(world, code)
    return_report(world.obligation(code).pk, reason="Xem lại.", version=version, by=reviewer, at=later(minutes=50))


def accept(world: World, code: str, at: int) -> None:
    accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=later(minutes=at))


@pytest.fixture
def sent(three: World) -> World:
    """G1's and G2's text merged at D1, D1's taken word for word by the federation; both are sent."""
    arrange(three, pick(three, "G1"), pick(three, "G2"), as_one=True)
    fill_keeping_words(three, "D1")
    arrange(three, pick(three, "D1"), code="LDLD")
    fill_keeping_words(three, "LDLD")
    return three


def fill_keeping_words(world: World, code: str) -> None:
    head = head_of(world, code)
    save(
        world.obligation(code).pk, cells={key: Change("", value) for key, value in GOOD.items()}, sections={}, by=head, at=later(minutes=90)
    )
    receipt = submit_report(world.obligation(code).pk, version=world.report(code).version, by=head, at=later(minutes=90))
    assert isinstance(receipt, Receipt), receipt


def outline(traced: tuple[Traced, ...]) -> list[tuple[str, bool, list[object]]]:
    return [(each.source.name, each.is_readable, list(outline(each.below))) for each in traced]


def test_attribution_opens_over_three_levels(sent: World) -> None:
    revision = sent.report("LDLD").latest
    assert revision
    found = trace(sent_passages(revision, "I"), lambda units: readable_units(sent.person("lan"), sent.cycle, units))
    grassroots = [("Công đoàn cơ sở Một", True, []), ("Công đoàn cơ sở Hai", True, [])]
    assert outline(found[0]) == [("Liên đoàn Lao động Quận 1", True, grassroots)]


def test_who_may_not_read_a_report_below_sees_the_unit_without_its_words(sent: World) -> None:
    revision = sent.report("LDLD").latest
    assert revision
    found = trace(sent_passages(revision, "I"), lambda units: readable_units(sent.person("phuc"), sent.cycle, units))
    grassroots = [("Công đoàn cơ sở Một", False, []), ("Công đoàn cơ sở Hai", False, [])]
    assert outline(found[0]) == [("Liên đoàn Lao động Quận 1", False, grassroots)]


def test_sources_are_sealed_with_what_was_sent(sent: World) -> None:
    revision = sent.report("D1").latest
    assert revision
    assert revision.enclosures
    first = revision.enclosures["sources"]["I"][0]["from"][0]
    child = sent.report("G1").latest
    assert child
    assert first == {
        "obligation": sent.obligation("G1").pk,
        "unit": sent.units["G1"],
        "name": "Công đoàn cơ sở Một",
        "revision": child.pk,
        "number": 1,
        "hash": child.hash,
        "section": "I",
        "excerpt": HOUSES,
    }
    assert list(faults()) == []


def test_a_unit_learns_that_its_text_went_up_once_it_was_sent(three: World) -> None:
    arrange(three, pick(three, "G1"))
    assert used_above(three.obligation("G1")) == []
    fill_keeping_words(three, "D1")
    assert [(each.section, each.excerpt, each.above, each.above_section) for each in used_above(three.obligation("G1"))] == [
        ("I", HOUSES, three.obligation("D1").pk, "I")
    ]
    assert used_above(three.obligation("G2")) == []


def test_a_place_moved_behind_the_back_of_the_program_is_found(three: World) -> None:
    arrange(three, pick(three, "G1"), pick(three, "G2"))
    assert list(faults()) == []
    PassageSource.objects.filter(position=0).update(position=1)
    assert [fault for fault in faults() if "Nguồn" in fault] != []


def test_what_belongs_to_a_walled_content_stays_with_it(three: World) -> None:
    asked = (("A", "N5"), ("B", "chung"), ("C", None))
    walled, other, free = (OutlineSection(id=each, title=each, content=content) for each, content in asked)
    pairs = [(source, target) for source in (walled, other, free) for target in (walled, other, free)]
    flows = {(source.id, target.id) for source, target in pairs if may_flow(three.definition, source, target)}
    assert flows == {("A", "A"), ("B", "B"), ("C", "C"), ("B", "C"), ("C", "B")}


def test_texts_below_are_found_by_unit_and_by_whether_they_were_taken(three: World) -> None:
    arrange(three, pick(three, "G1"))
    owed, report = three.obligation("D1"), three.report("D1")

    def names(**asked: object) -> list[str]:
        return [row.name for row in child_texts(owed, report, "I", Wanted("I", **asked)).rows]  # type: ignore[arg-type]

    assert names() == ["Công đoàn cơ sở Hai", "Công đoàn cơ sở Một"]
    assert names(used=True) == ["Công đoàn cơ sở Một"]
    assert names(used=False) == names(search="co so hai") == ["Công đoàn cơ sở Hai"]
    whole = child_texts(owed, report, "I", Wanted("I"))
    assert (whole.wrote, whole.used) == (2, 1)
    assert [row.used for row in whole.rows] == [frozenset(), frozenset({0})]
