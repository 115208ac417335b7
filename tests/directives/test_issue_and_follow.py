"""Papers go out, arrived ones are passed on, followed and answered; corrections and cancellations leave their trace."""

from datetime import date

import pytest

from kheo.core.paper_books.facts import ArrivalFacts, IssueFacts, Progress
from kheo.directives.access import arrival_to_read, book_to_read, directive_to_read, issue_to_read
from kheo.directives.actions import (
    Handing,
    Issued,
    Refused,
    cancel_issue,
    correct_arrival,
    note_progress,
    note_sending,
    pass_on,
    register_issue,
    reserve_issue,
    sign_for,
)
from kheo.directives.models import Arrival, Issue, Passing
from kheo.directives.queries import arrivals_of, issues_of, to_follow, writings_of
from kheo.directives.queries.faults import paper_faults
from kheo.org.access import Unreachable
from tests.directives.papers import MORNING, TODAY, a_paper, arrive, issue
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_an_outgoing_paper_is_called_after_its_number(world: World) -> None:
    assert issue(world).directive.full_number == "01/KH-LĐLĐ"
    party = register_issue(world.units["D1"], a_paper(issued_on=TODAY), "-HD/BDVTU", book="Mật mã", by=world.person("dung"), at=MORNING)
    assert isinstance(party, Issued)
    assert party.issue.directive.full_number == "01-HD/BDVTU"
    assert (party.issue.directive.number, party.issue.directive.symbol) == ("01", "HD/BDVTU")
    assert issue(world).directive.full_number == "02/KH-LĐLĐ"
    assert list(paper_faults()) == []


def test_a_reserved_outgoing_number_is_filled(world: World) -> None:
    dung, unit = world.person("dung"), world.units["D1"]
    kept = reserve_issue(unit, purpose="chờ ký", by=dung, at=MORNING)
    assert isinstance(kept, Issue)
    assert issue(world).number == 2
    filled = register_issue(unit, a_paper(issued_on=TODAY), "CV-LĐLĐ", reserved=kept.pk, by=dung, at=MORNING)
    assert isinstance(filled, Issued)
    assert (filled.issue.pk, filled.issue.directive.full_number) == (kept.pk, "01/CV-LĐLĐ")


def test_what_became_of_an_outgoing_paper_is_noted(world: World) -> None:
    row = issue(world)
    noted = IssueFacts(("Các CĐCS", "  Các CĐCS ", "Lưu VT"), "Văn phòng", 12, TODAY, "Nguyễn Thị An", "")
    made = note_sending(row.pk, noted, version=1, by=world.person("dung"), at=MORNING)
    assert isinstance(made, Issue)
    assert (made.recipients, made.copies, made.sent_on) == (["Các CĐCS", "Lưu VT"], 12, TODAY)
    stale = note_sending(row.pk, noted, version=1, by=world.person("dung"), at=MORNING)
    assert isinstance(stale, Refused)


def test_passed_on_signed_for_and_answered(world: World) -> None:
    row, an, hoa = arrive(world), world.person("an"), world.person("hoa")
    handing = Handing("Nguyễn Thị An", an.user_id, due_on=date(2023, 4, 10))
    assert isinstance(pass_on(row.pk, handing, version=1, by=hoa, at=MORNING), Arrival)
    with pytest.raises(Unreachable):
        sign_for(row.pk, by=hoa, at=MORNING)
    signed = sign_for(row.pk, by=an, at=MORNING)
    assert isinstance(signed, Arrival)
    assert signed.signed_by == "Nguyễn Thị An (Cán bộ nhập liệu, Công đoàn cơ sở Một)"
    assert to_follow(world.units["G1"]) == [row]
    assert [each.due_on for each in to_follow(world.units["G1"])] == [date(2023, 4, 10)]
    done = note_progress(row.pk, Progress.DONE, answer="05/BC-CĐCS", version=3, by=an, at=MORNING)
    assert isinstance(done, Arrival)
    assert (done.done_on, done.answer) == (TODAY, "05/BC-CĐCS")
    assert to_follow(world.units["G1"]) == []
    assert list(paper_faults()) == []


def test_whoever_gets_it_next_has_not_signed_yet(world: World) -> None:
    row, hoa = arrive(world, handler="Ban Tuyên giáo"), world.person("hoa")
    assert isinstance(sign_for(row.pk, by=hoa, at=MORNING), Arrival)
    moved = pass_on(row.pk, Handing("Ban Tổ chức"), version=2, by=hoa, at=MORNING)
    assert isinstance(moved, Arrival)
    assert (moved.signed_by, moved.signed_at) == ("", None)


def test_a_correction_keeps_what_was_said_before_and_why(world: World) -> None:
    row, an = arrive(world), world.person("an")
    said = correct_arrival(
        row.pk, a_paper(signer="Phạm Chí Tâm"), ArrivalFacts(TODAY), reason="ghi nhầm người ký", version=1, by=an, at=MORNING
    )
    assert isinstance(said, Arrival)
    assert row.directive_id is not None
    before, after = writings_of("directive", row.directive_id)
    assert (before.state["signer"], after.state["signer"], after.reason) == ("Trần Thị Diệu Thúy", "Phạm Chí Tâm", "ghi nhầm người ký")
    unexplained = correct_arrival(row.pk, a_paper(), ArrivalFacts(TODAY), reason="", version=2, by=an, at=MORNING)
    assert isinstance(unexplained, Refused)
    other_year = correct_arrival(row.pk, a_paper(issued_on=None), ArrivalFacts(date(2022, 12, 1)), reason="x", version=2, by=an, at=MORNING)
    assert isinstance(other_year, Refused)
    assert "thuộc sổ năm 2023" in other_year.message
    assert list(paper_faults()) == []


def test_a_paper_that_was_sent_is_not_cancelled(world: World) -> None:
    row, dung = issue(world), world.person("dung")
    Passing.objects.create(issue=row, unit_id=world.units["G1"], sent_at=MORNING)
    assert isinstance(cancel_issue(row.pk, reason="nhầm", version=1, by=dung, at=MORNING), Refused)
    other = issue(world)
    struck = cancel_issue(other.pk, reason="ký nhầm", version=1, by=dung, at=MORNING)
    assert isinstance(struck, Issue)
    assert issue(world).number == 3


def test_superiors_and_auditors_read_and_outsiders_see_nothing(world: World) -> None:
    row = arrive(world)
    for name in ("an", "hoa", "binh", "dung", "bich", "lan", "kien"):
        assert arrival_to_read(world.person(name), row.pk) == row
        assert book_to_read(world.person(name), world.units["G1"]).may_write is (name in ("an", "hoa"))
    for name in ("chi", "quan", "phuc"):
        with pytest.raises(Unreachable):
            arrival_to_read(world.person(name), row.pk)


def test_whoever_was_sent_a_paper_reads_it_but_not_the_book_it_stands_in(world: World) -> None:
    row = issue(world)
    assert row.directive_id is not None
    with pytest.raises(Unreachable):
        directive_to_read(world.person("an"), row.directive_id)
    Passing.objects.create(issue=row, unit_id=world.units["G1"], sent_at=MORNING)
    assert directive_to_read(world.person("an"), row.directive_id) == row.directive
    with pytest.raises(Unreachable):
        issue_to_read(world.person("an"), row.pk)


def test_a_book_is_searched_with_marks_or_without(world: World) -> None:
    arrive(world), arrive(world, full_number="8/TB-LĐLĐ", subject="tổ chức Đại hội")
    found = arrivals_of(world.units["G1"], 2023, looked_for="dai hoi 8")
    assert [(row.number, found.count) for row in found.rows] == [(2, 1)]
    assert arrivals_of(world.units["G1"], 2022).count == 0
    issue(world)
    assert issues_of(world.units["D1"], 2023, looked_for="kế hoạch").count == 1
