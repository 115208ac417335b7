"""Remark, return, accept, revise."""

import pytest

from kheo.journal.models import JournalEntry
from kheo.reports.actions import Done, Refusal, accept_report, remark, return_report, revise_report, submit_report
from kheo.reports.models import CellNote, Decision, Rollup
from tests.world import GOOD, World, fill, later, submit


def tally(world: World, unit: str, key: str) -> tuple[int, int]:
    """(sum, reports) of one cell at one unit."""
    row = Rollup.objects.get(cycle=world.cycle, unit=world.units[unit])
    return row.tally[world.definition.cell(key).position], row.reported


def accept(world: World, code: str, who: str = "binh", version: int | None = None) -> Done | Refusal:
    return accept_report(
        world.obligation(code).pk,
        version=world.report(code).version if version is None else version,
        by=world.person(who),
        at=later(days=1),
    )


def give_back(world: World, reason: str, who: str = "binh", version: int | None = None) -> Done | Refusal:
    version = world.report("G1").version if version is None else version
    return return_report(world.obligation("G1").pk, reason=reason, version=version, by=world.person(who), at=later(days=1))


def test_accepting_moves_every_total_above_at_once(world: World) -> None:
    submit(world, "G1")
    assert isinstance(accept(world, "G1"), Done)
    assert [tally(world, unit, "B01") for unit in ("D1", "LDLD", "D2")] == [(3, 1), (3, 1), (0, 0)]


def test_submitted_figures_do_not_count_before_they_are_accepted(world: World) -> None:
    submit(world, "G1")
    assert tally(world, "LDLD", "B01") == (0, 0)


def test_a_parents_own_figures_count_in_its_own_total_and_above(world: World) -> None:
    submit(world, "D1", GOOD | {"B02": 7})
    accept(world, "D1", "bich")
    assert (tally(world, "D1", "B02"), tally(world, "LDLD", "B02")) == ((7, 1), (7, 1))


def test_accepting_twice_is_refused_and_counts_once(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    accept(world, "G1")
    refusal = accept(world, "G1", version=version)
    assert isinstance(refusal, Refusal)
    assert refusal.changes == ("09:00 02/04/2023, Lê Văn Bình chấp nhận",)
    assert tally(world, "D1", "B01") == (3, 1)


def test_two_reviewers_make_one_decision(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    give_back(world, "Sai số liệu", version=version)
    refusal = accept(world, "G1", version=version)
    assert isinstance(refusal, Refusal)
    assert refusal.changes == ("09:00 02/04/2023, Lê Văn Bình trả lại",)
    assert (Decision.objects.count(), tally(world, "D1", "B01")) == (1, (0, 0))


def test_returning_needs_a_reason(world: World) -> None:
    submit(world, "G1")
    assert give_back(world, "  ") == Refusal("Hãy ghi lý do trả lại để đơn vị biết phải sửa gì.")


def test_a_reason_of_unreasonable_length_is_refused_and_nothing_happens(world: World) -> None:
    submit(world, "G1")
    assert give_back(world, "á" * 100_000) == Refusal("Lý do dài 100.000 ký tự, tối đa 2.000.")
    accept(world, "G1")
    version = world.report("G1").version
    refusal = revise_report(world.obligation("G1").pk, reason="á" * 2001, version=version, by=world.person("hoa"), at=later(days=2))
    assert (refusal, world.report("G1").state) == (Refusal("Lý do dài 2.001 ký tự, tối đa 2.000."), "accepted")


def test_what_cannot_be_stored_is_left_out_of_words(world: World) -> None:
    submit(world, "G1")
    owed, version = world.obligation("G1"), world.report("G1").version
    remark(owed.pk, target="C201", text="Sao\x00 cao\r\nthế? \ud800", version=version, by=world.person("binh"), at=later(days=1))
    assert CellNote.objects.get().text == "Sao cao\nthế? ?"
    give_back(world, "\x00 \x00Xem lại\x00")
    assert world.report("G1").reason == "Xem lại"
    fill(world, "G1", {"C201": 11}, by=world.person("hoa"), at=later(days=2))
    submit_report(owed.pk, version=world.report("G1").version, by=world.person("hoa"), at=later(days=2))
    assert give_back(world, "\x00") == Refusal("Hãy ghi lý do trả lại để đơn vị biết phải sửa gì.")


def test_a_remark_on_a_cell_goes_back_with_the_report(world: World) -> None:
    submit(world, "G1")
    owed, version = world.obligation("G1"), world.report("G1").version
    for text in ("Sao cao thế?", "Sao cao gấp đôi?"):
        assert isinstance(remark(owed.pk, target="C201", text=text, version=version, by=world.person("binh"), at=later(days=1)), Done)
    give_back(world, "Xem lại ô có nhận xét")
    assert list(CellNote.objects.values_list("target", "text", "author")) == [("C201", "Sao cao gấp đôi?", "Lê Văn Bình")]
    assert JournalEntry.objects.latest("number").detail["targets"] == ["C201"]
    assert world.report("G1").reason == "Xem lại ô có nhận xét"


def test_an_empty_remark_takes_the_remark_back(world: World) -> None:
    submit(world, "G1")
    owed, version = world.obligation("G1"), world.report("G1").version
    for text in ("Sao cao thế?", ""):
        remark(owed.pk, target="section:I", text=text, version=version, by=world.person("binh"), at=later(days=1))
    assert not CellNote.objects.exists()


def test_a_remark_needs_a_cell_of_the_edition_and_a_reasonable_length(world: World) -> None:
    submit(world, "G1")
    owed, version = world.obligation("G1"), world.report("G1").version
    with pytest.raises(ValueError, match="X99"):
        remark(owed.pk, target="X99", text="?", version=version, by=world.person("binh"), at=later())
    refusal = remark(owed.pk, target="C201", text="á" * 1001, version=version, by=world.person("binh"), at=later())
    assert refusal == Refusal("Nhận xét dài 1.001 ký tự, tối đa 1.000.")


def test_return_correct_resend_accept(world: World) -> None:
    submit(world, "G1")
    give_back(world, "Sai B02")
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(days=2))
    submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(days=2))
    accept(world, "G1")
    report = world.report("G1")
    assert (report.state, report.accepted and report.accepted.number, report.reason) == ("accepted", 2, "")
    assert report.accepted
    assert report.accepted.previous_hash == report.revisions.get(number=1).hash
    assert tally(world, "LDLD", "B02") == (6, 1)


def test_the_accepted_figures_count_until_a_revision_with_a_reason_replaces_them(world: World) -> None:
    submit(world, "G1")
    accept(world, "G1")
    owed = world.obligation("G1")
    head = world.person("hoa")
    assert revise_report(owed.pk, reason=" ", version=world.report("G1").version, by=head, at=later(days=2)) == Refusal(
        "Hãy ghi lý do lập báo cáo bổ sung."
    )
    revise_report(owed.pk, reason="Sót một mô hình", version=world.report("G1").version, by=head, at=later(days=2))
    fill(world, "G1", {"B01.KT": 3}, by=head, at=later(days=2))
    submit_report(owed.pk, version=world.report("G1").version, by=head, at=later(days=2))
    assert tally(world, "LDLD", "B01") == (3, 1)
    accept(world, "G1")
    assert tally(world, "LDLD", "B01") == (4, 1)
    assert world.report("G1").revisions.get(number=2).reason == "Sót một mô hình"


def test_a_returned_supplement_keeps_the_reason_that_the_unit_gave(world: World) -> None:
    submit(world, "G1")
    accept(world, "G1")
    owed, head = world.obligation("G1"), world.person("hoa")
    revise_report(owed.pk, reason="Sót một mô hình", version=world.report("G1").version, by=head, at=later(days=2))
    submit_report(owed.pk, version=world.report("G1").version, by=head, at=later(days=2))
    give_back(world, "Nêu rõ mô hình nào")
    submit_report(owed.pk, version=world.report("G1").version, by=head, at=later(days=3))
    sent = world.report("G1").revisions.order_by("number").values_list("number", "reason", "decision__reason")
    assert list(sent) == [(1, "", ""), (2, "Sót một mô hình", "Nêu rõ mô hình nào"), (3, "Sót một mô hình", None)]


@pytest.mark.parametrize("who", ["an", "hoa", "dung", "bich", "lan", "kien", "chi", "quan", "phuc", "minh"])
def test_only_the_recipients_reviewers_decide(world: World, who: str) -> None:
    submit(world, "G1")
    refusal = Refusal("Anh/chị không có quyền chấp nhận báo cáo này.")
    assert accept(world, "G1", who) == refusal
    assert give_back(world, "vì", who) == Refusal("Anh/chị không có quyền trả lại báo cáo này.")
    assert tally(world, "D1", "B01") == (0, 0)


def test_every_act_of_a_report_is_one_journal_row(world: World) -> None:
    submit(world, "G1")
    give_back(world, "Sai")
    submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(days=2))
    accept(world, "G1")
    acts = JournalEntry.objects.filter(object_type="obligation", object_id=world.obligation("G1").pk).order_by("number")
    assert list(acts.values_list("act", flat=True)) == ["save_draft", "submit_report", "return_report", "submit_report", "accept_report"]
