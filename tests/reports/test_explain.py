"""Explaining an odd figure: asked for above the campaign's threshold, kept with the draft, sent with the report."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.chain import link_hash
from kheo.core.days import ZONE, due_instant
from kheo.journal.models import JournalEntry
from kheo.reports.actions import Change, Conflict, Receipt, Refusal, Saved, save_draft, submit_report
from kheo.reports.actions.reminding import would_remind
from kheo.reports.models import Report
from kheo.reports.queries.filling import words_of
from kheo.reports.queries.history import history
from kheo.reports.queries.plausible import problems_of_draft
from kheo.reports.queries.reminding import Almanac
from kheo.reports.queries.story import story, submissions
from kheo.reports.queries.tasks import own_tasks
from kheo.reports.queries.verifying import faults
from tests.core.calendars import vn
from tests.world import GOOD, World, fill, head_of
from tests.years import NEXT_YEAR, accepted_once, year_after

ODD: dict[str, Any] = {**GOOD, "C201": 300}


@pytest.fixture
def later_world(world: World) -> World:
    accepted_once(world, "G1")
    return year_after(world)


def explain(world: World, before: str, after: str, who: str = "an", key: str = "C201") -> Saved | Refusal:
    owed = world.obligation("G1").pk
    change = {key: Change(before, after)}
    return save_draft(owed, cells={}, sections={}, explanations=change, by=world.person(who, NEXT_YEAR), at=NEXT_YEAR)


def send(world: World, confirmed: tuple[str, ...] = ()) -> Receipt | Refusal:
    hoa, report = world.person("hoa", NEXT_YEAR), world.report("G1")
    return submit_report(world.obligation("G1").pk, version=report.version, confirmed=confirmed, by=hoa, at=NEXT_YEAR)


def write(world: World, figures: dict[str, Any]) -> Report:
    return fill(world, "G1", figures, by=world.person("an", NEXT_YEAR), at=NEXT_YEAR)


def test_refuses_an_odd_figure_without_explanation_and_names_every_place(later_world: World) -> None:
    write(later_world, {**ODD, "B02": 400, "B01.KT": 200})
    refused = send(later_world)
    assert isinstance(refused, Refusal)
    assert refused.message == "Chưa nộp được: còn 3 chỗ phải giải trình."
    assert [each.target for each in refused.problems if each.blocks] == ["explain:B01.KT", "explain:B02", "explain:C201"]
    assert not Report.objects.get(obligation=later_world.obligation("G1")).latest


def test_takes_the_report_once_the_figure_is_explained_and_freezes_the_words_with_it(later_world: World) -> None:
    write(later_world, ODD)
    assert explain(later_world, "", "Mở rộng ra toàn quận.") == Saved(2, NEXT_YEAR, ("explain:C201",))
    assert isinstance(send(later_world), Receipt)
    revision, owed = later_world.report("G1").latest, later_world.obligation("G1")
    assert revision
    assert revision.enclosures == {"explanations": {"C201": "Mở rộng ra toàn quận."}}
    assert revision.hash == link_hash(revision.previous_hash, revision.hashed_record(owed))
    revision.enclosures = {"explanations": {"C201": "Khác."}}
    assert revision.hash != link_hash(revision.previous_hash, revision.hashed_record(owed))
    assert list(faults()) == []


def test_a_figure_brought_back_in_range_needs_no_explanation(later_world: World) -> None:
    report = write(later_world, ODD)
    assert isinstance(send(later_world), Refusal)
    fill(later_world, "G1", {"C201": 12}, by=later_world.person("an", NEXT_YEAR), at=NEXT_YEAR)
    assert report.version == 1
    assert isinstance(send(later_world), Receipt)


def test_below_the_threshold_it_stays_a_question(later_world: World) -> None:
    report = write(later_world, {**GOOD, "C201": 99})
    problems = problems_of_draft(later_world.obligation("G1"), report.figures, words_of(report))
    assert [(each.target, each.severity) for each in problems] == [("C201", "question")]
    assert isinstance(send(later_world), Receipt)


def test_an_explanation_that_a_colleague_changed_meanwhile_is_shown_and_kept(later_world: World) -> None:
    write(later_world, ODD)
    explain(later_world, "", "Mở rộng.")
    assert explain(later_world, "", "Nhầm.", who="hoa") == Saved(2, NEXT_YEAR, (), (Conflict("explain:C201", "Mở rộng.", "Nguyễn Thị An"),))
    assert later_world.report("G1").explanations == {"C201": "Mở rộng."}
    assert explain(later_world, "Mở rộng.", "") == Saved(3, NEXT_YEAR, ("explain:C201",))
    assert later_world.report("G1").explanations == {}


@pytest.mark.parametrize("key", ["C501", "X1", "C202R", "I"])
def test_a_place_that_takes_no_explanation_raises(later_world: World, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        explain(later_world, "", "Vì sao.", key=key)


def test_the_story_and_the_difference_between_submissions_tell_the_explanation(later_world: World) -> None:
    write(later_world, ODD)
    explain(later_world, "", "Mở rộng.")
    assert isinstance(send(later_world), Receipt)
    owed, definition = later_world.obligation("G1"), later_world.definition
    labels = [change.label for event in story(owed, definition, frozenset()) for change in event.changes]
    assert "Giải trình C201 Ý kiến tiếp nhận" in labels
    first = later_world.report("G1").latest
    assert first
    second = submissions(later_world.report("G1"), definition, frozenset())
    assert [each.changes for each in second] == [None]
    assert [entry.detail.get("explanations") for entry in history(owed)][1] == {"C201": ["", "Mở rộng."]}


def test_personal_data_waits_for_the_signers_word_which_is_kept_without_the_data(later_world: World) -> None:
    write(later_world, ODD)
    explain(later_world, "", "Chị Lan, 0912345678, phụ trách.")
    refused = send(later_world)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Chưa nộp được: lời văn có chỗ giống dữ liệu cá nhân.")
    assert isinstance(send(later_world, ("section:I",)), Refusal)
    assert isinstance(send(later_world, ("explain:C201",)), Receipt)
    revision = later_world.report("G1").latest
    assert revision
    assert revision.enclosures["personal_data"] == {"by": "Trần Thị Hoa", "places": ["explain:C201"]}
    entry = JournalEntry.objects.filter(act="submit_report").latest("number")
    assert entry.detail["personal_data"] == ["explain:C201"]
    assert "0912345678" not in str(entry.detail)


def test_a_report_without_any_of_this_keeps_the_hash_that_it_always_had(later_world: World) -> None:
    write(later_world, GOOD)
    assert isinstance(send(later_world), Receipt)
    revision = later_world.report("G1").latest
    assert revision
    assert revision.enclosures is None


def listed(world: World, *units: str) -> list[bool]:
    """Whether each of these units' reports is ready to sign, as the home page says."""
    owed = own_tasks([world.units[code] for code in units], NEXT_YEAR)
    return [task.is_ready for task in owed if task.obligation.cycle_id == world.cycle.pk]


def ready_to_sign(world: World) -> list[str]:
    """What Hoa is told to sign on the day the cycle is due."""
    at = datetime(2024, 5, 8, 7, tzinfo=ZONE)
    world.cycle.obligations.update(due_at=due_instant(at.date()))
    told = dict(would_remind(Almanac(lambda _name: vn(), vn()), at=at))
    return [line.text for line in told.get(world.users["hoa"].pk, ()) if "ký" in line.text]


def test_home_page_and_reminder_call_a_report_ready_only_when_its_odd_figure_is_explained(later_world: World) -> None:
    write(later_world, ODD)
    assert (listed(later_world, "G1"), ready_to_sign(later_world)) == ([False], [])
    explain(later_world, "", "Mở rộng ra toàn quận.")
    assert listed(later_world, "G1") == [True]
    assert len(ready_to_sign(later_world)) == 1


def test_asking_what_is_ready_takes_as_many_queries_for_one_report_as_for_three(
    later_world: World, django_assert_num_queries: Callable[..., Any]
) -> None:
    for code in ("G1", "G2", "G3"):
        fill(later_world, code, ODD, by=head_of(later_world, code), at=NEXT_YEAR)
    listed(later_world, "G1", "G2", "G3")
    with CaptureQueriesContext(connection) as one:
        assert listed(later_world, "G1") == [False]
    with django_assert_num_queries(len(one)):
        assert len(listed(later_world, "G1", "G2", "G3")) == 3
