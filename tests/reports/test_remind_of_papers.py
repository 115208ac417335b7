"""Digests tell of papers: what waits for the click, what is to be passed on, what is to be answered; in numbers alone, as on the page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.paper_books.facts import LinkRole, Progress
from kheo.core.reminders import Line
from kheo.core.reorganising import Absorbed
from kheo.directives.actions import acknowledge, link_papers, note_progress, pass_down, relay_by_letter
from kheo.directives.models import Arrival, DirectiveLink, Passing
from kheo.directives.queries.paper_tasks import PaperTask
from kheo.directives.queries.reminding import own_paper_work
from kheo.journal.actions import SYSTEM
from kheo.notices.models import Digest
from kheo.org.actions import annul_events, record_events
from kheo.org.models import Relation, UnitEvent
from kheo.reports.actions.reminding import would_remind
from kheo.reports.queries.still_due import still_due
from tests.directives.papers import a_paper, arrive, issue
from tests.reports.test_remind import ALMANAC, at, digests_of, owing_no_report, run
from tests.world import World

pytestmark = pytest.mark.django_db
DISTRICT, ONE = "Liên đoàn Lao động Quận 1", "Công đoàn cơ sở Một"


@pytest.fixture
def world() -> World:
    return owing_no_report()


def sent_down(world: World, to: str = "G1", sender: str = "D1", who: str = "dung") -> Passing:
    """A letter of the district to a union, or of the city to the district, on Monday 03/04."""
    row = issue(world, sender, who=who, at=at(4, 3), issuer="X", issued_on=date(2023, 4, 3))
    pass_down(row.pk, [world.units[to]], by=world.person(who, at(4, 3)), at=at(4, 3))
    return Passing.objects.get(issue=row)


def test_what_waits_for_the_click_is_told_the_morning_after_and_then_every_working_day(world: World) -> None:
    passing = sent_down(world)
    line = f"Văn bản chỉ đạo: 1 văn bản chờ {ONE} bấm “Đã nhận”."
    assert digests_of(4, 4) == {"an": [line], "hoa": [line]}
    assert digests_of(4, 5) == {"an": [line], "hoa": [line]}
    assert digests_of(4, 8) == {}, "a Saturday"
    acknowledge(passing.pk, by=world.person("an", at(4, 9)), at=at(4, 9))
    assert digests_of(4, 10) == {}


def test_a_letter_that_was_struck_reminds_nobody(world: World) -> None:
    sent_down(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directives_issue SET standing = 'cancelled', reason = 'nhầm'")
    assert digests_of(4, 4) == {}


def test_whoever_has_units_below_is_told_until_when_to_pass_on_what_was_acknowledged(world: World) -> None:
    """Sent on Monday 03/04, within five working days: until 10/04."""
    passing = sent_down(world, "D1", "LDLD", "minh")
    arrived = acknowledge(passing.pk, by=world.person("dung", at(4, 3)), at=at(4, 3, 9))
    assert isinstance(arrived, Arrival)
    line = f"Văn bản chỉ đạo: 1 văn bản {DISTRICT} đã nhận mà chưa chuyển xuống dưới"
    assert digests_of(4, 4) == {"dung": [f"{line}. Hạn 10/04/2023 · còn 6 ngày."]}
    assert digests_of(4, 5) == digests_of(4, 6) == {}
    assert [digests_of(4, day)["dung"][0].split(". ")[1] for day in (7, 10)] == ["Hạn 10/04/2023 · còn 3 ngày.", "Hạn hôm nay, 10/04/2023."]
    assert digests_of(4, 11) == {"dung": [f"{line}, 1 đã quá hạn."]}
    made = relay_by_letter(
        world.units["D1"], a_paper(issued_on=date(2023, 4, 11)), "LĐLĐ", [world.units["G1"]], arrival=arrived.pk,
        by=world.person("dung", at(4, 11)), at=at(4, 11, 9),
    )  # fmt: skip
    assert isinstance(made, tuple), made
    assert set(digests_of(4, 12)) == {"an", "hoa"}, "the district is through, its union has it now"


def test_a_union_without_units_below_passes_nothing_on(world: World) -> None:
    acknowledge(sent_down(world).pk, by=world.person("an", at(4, 3)), at=at(4, 3, 9))
    district = sent_down(world, "D1", "LDLD", "minh")
    acknowledge(district.pk, by=world.person("dung", at(4, 3)), at=at(4, 3, 9))
    Relation.objects.filter(parent=world.units["D1"]).update(ends=date(2023, 4, 4))
    assert digests_of(4, 4) == {}, "nobody is below the district any more"


def test_who_has_it_in_hand_is_told_before_its_day_and_the_clerks_too_once_it_is_over(world: World) -> None:
    an = world.users["an"].pk
    row = arrive(world, who="hoa", at=at(4, 3), handler="An", handler_id=an, due_on=date(2023, 4, 10))
    line = f"Văn bản đến: 1 văn bản chờ {ONE} giải quyết"
    assert digests_of(4, 4) == {"an": [f"{line}. Hạn 10/04/2023 · còn 6 ngày."]}
    assert digests_of(4, 5) == {}
    assert digests_of(4, 7) == {"an": [f"{line}. Hạn 10/04/2023 · còn 3 ngày."]}
    late = f"{line}, 1 đã quá hạn."
    assert digests_of(4, 11) == {"an": [late], "hoa": [late]}
    note_progress(row.pk, Progress.DONE, version=1, by=world.person("an", at(4, 11)), at=at(4, 11, 9))
    assert digests_of(4, 12) == {}


def test_what_nobody_has_in_hand_is_the_clerks_and_what_needs_no_answer_nobodys(world: World) -> None:
    arrive(world, at=at(4, 3), due_on=date(2023, 4, 4)), arrive(world, at=at(4, 3))
    line = [f"Văn bản đến: 1 văn bản chờ {ONE} giải quyết. Hạn hôm nay, 04/04/2023."]
    assert digests_of(4, 4) == {"an": line, "hoa": line}


def test_the_page_of_what_waits_counts_the_same_for_one_person(world: World) -> None:
    (
        sent_down(world),
        arrive(world, at=at(4, 3), due_on=date(2023, 4, 4)),
        arrive(world, "G4", who="chi", at=at(4, 3), due_on=date(2023, 4, 4)),
    )
    person, moment = world.person("an", at(4, 4)), at(4, 4)
    with CaptureQueriesContext(connection) as captured:
        found = own_paper_work(person.user_id, frozenset(post.unit for post in person.posts), ALMANAC.office, moment)
    assert {(each.unit, each.task): each.count for each in found} == {
        (world.units["G1"], PaperTask.ACKNOWLEDGE): 1,
        (world.units["G1"], PaperTask.ANSWER): 1,
    }
    assert len(captured) == 1


def test_a_digest_that_has_not_left_drops_what_is_done(world: World) -> None:
    passing = sent_down(world)
    run(at(4, 4))
    digest = Digest.objects.get(person=world.users["an"])
    sent = [Line(**each) for each in digest.lines]
    assert still_due(digest.person_id, sent, ALMANAC, at(4, 4, 8)) == [Line(sent[0].text, "passings", (world.units["G1"],))]
    acknowledge(passing.pk, by=world.person("an", at(4, 4)), at=at(4, 4, 8))
    assert still_due(digest.person_id, sent, ALMANAC, at(4, 4, 9)) == []


def test_more_papers_and_units_cost_no_more_questions(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            would_remind(ALMANAC, at=at(4, 4))
        return len(captured)

    sent_down(world)
    asked()
    one = asked()
    for _ in range(3):
        sent_down(world), arrive(world, at=at(4, 3), due_on=date(2023, 4, 4)), sent_down(world, "D1", "LDLD", "minh")
    assert asked() == one


def replaced_by(world: World, old: int | None, code: str, who: str, from_day: date) -> None:
    """The unit's book says that another paper takes the place of one of its own."""
    assert old is not None
    new = arrive(world, code, who=who, at=at(4, 3), full_number="99/MOI").directive_id
    assert new is not None
    made = link_papers(new, old, LinkRole.REPLACES, from_day=from_day, by=world.person(who, at(4, 3)), at=at(4, 3))
    assert isinstance(made, DirectiveLink), made


def three_deep(world: World) -> tuple[Passing, Passing]:
    """The city's letter came to D1 on 03/04, D1 clicked and sent its own to G1, which has not clicked."""
    above = sent_down(world, "D1", "LDLD", "minh")
    arrived = acknowledge(above.pk, by=world.person("dung", at(4, 3)), at=at(4, 3, 9))
    assert isinstance(arrived, Arrival)
    paper, by = a_paper(issued_on=date(2023, 4, 3)), world.person("dung", at(4, 3))
    sent = relay_by_letter(world.units["D1"], paper, "LĐLĐ", [world.units["G1"]], arrival=arrived.pk, by=by, at=at(4, 3, 9))
    assert isinstance(sent, tuple), sent
    return above, Passing.objects.get(issue=sent[0])


def test_from_the_day_on_which_the_first_letter_is_replaced_nobody_below_is_reminded_of_it(world: World) -> None:
    above, _ = three_deep(world)
    assert set(digests_of(4, 4)) == {"an", "hoa"}
    replaced_by(world, above.issue.directive_id, "LDLD", "minh", date(2023, 4, 6))
    assert set(digests_of(4, 5)) == {"an", "hoa"}, "not before its day"
    assert digests_of(4, 6) == {}


def test_what_a_level_in_between_replaces_ends_its_own_branch_alone(world: World) -> None:
    _, below = three_deep(world)
    acknowledge(sent_down(world, "D1", "LDLD", "minh").pk, by=world.person("dung", at(4, 3)), at=at(4, 3, 9))
    replaced_by(world, below.issue.directive_id, "D1", "dung", date(2023, 4, 4))
    assert set(digests_of(4, 4)) == {"dung"}


def test_a_unit_that_says_so_of_a_letter_of_its_superior_is_reminded_all_the_same(world: World) -> None:
    """Only who sent a letter says that it holds no more: a unit does not excuse itself, nor the others."""
    passing, district = sent_down(world), sent_down(world, "D1", "LDLD", "minh")
    replaced_by(world, passing.issue.directive_id, "G1", "an", date(2023, 4, 4))
    replaced_by(world, district.issue.directive_id, "D1", "dung", date(2023, 4, 4))
    assert set(digests_of(4, 4)) == {"an", "hoa", "dung"}


def test_where_the_directive_from_outside_is_replaced_its_whole_chain_is_asked_for_no_more(world: World) -> None:
    came = arrive(world, "LDLD", who="minh", at=at(4, 3), full_number="11-HD/BDVTU")
    row = issue(world, "LDLD", who="minh", at=at(4, 3), issued_on=date(2023, 4, 3))
    pass_down(row.pk, [world.units["D1"]], arrival=came.pk, by=world.person("minh", at(4, 3)), at=at(4, 3))
    assert set(digests_of(4, 4)) == {"dung"}
    replaced_by(world, came.directive_id, "LDLD", "minh", date(2023, 4, 5))
    assert digests_of(4, 5) == {}


def test_a_day_that_a_replaced_letter_asked_for_is_asked_for_no_more_and_one_of_the_units_own_is(world: World) -> None:
    row = issue(world, "D1", who="dung", at=at(4, 3), issued_on=date(2023, 4, 3))
    plan, units = date(2023, 4, 6), [world.units["G1"]]
    pass_down(row.pk, units, plan_due_on=plan, by=world.person("dung", at(4, 3)), at=at(4, 3))
    arrived = acknowledge(Passing.objects.get(issue=row).pk, by=world.person("an", at(4, 3)), at=at(4, 3, 9))
    assert isinstance(arrived, Arrival)
    replaced_by(world, row.directive_id, "D1", "dung", date(2023, 4, 4))
    assert digests_of(4, 6) == {}
    Arrival.objects.filter(pk=arrived.pk).update(due_on=date(2023, 4, 7))
    assert set(digests_of(4, 7)) == {"an", "hoa"}


def absorbed(world: World, old: str = "G1", into: str = "G5", on: date = date(2023, 4, 5)) -> None:
    """The unit ends on the day; another follows it."""
    done = record_events([Absorbed(unit=world.units[old], day=on, into=world.units[into])], by=SYSTEM, at=at(4, 4))
    assert not done.problems


def test_what_a_unit_that_ended_had_not_done_is_its_senders_to_send_to_who_followed_it(world: World) -> None:
    """Its own people are there no more and were reminded of nothing; the district hears of it once, and as long as it waits on its page."""
    Relation.objects.filter(child=world.units["G5"]).update(parent=world.units["D1"])
    passing = sent_down(world)
    assert set(digests_of(4, 4)) == {"an", "hoa"}
    absorbed(world)
    assert digests_of(4, 5) == {}
    line = f"Văn bản chỉ đạo: 1 văn bản {DISTRICT} chưa gửi tới đơn vị kế thừa của đơn vị đã kết thúc."
    assert digests_of(4, 6) == {"dung": [line]}
    assert digests_of(4, 7) == {}
    dung = world.person("dung", at(4, 10))
    (found,) = own_paper_work(dung.user_id, frozenset({world.units["D1"]}), ALMANAC.office, at(4, 10))
    assert (found.task, found.count, found.first) == (PaperTask.RESEND, 1, passing.issue_id)
    pass_down(passing.issue_id, [world.units["G5"]], by=dung, at=at(4, 10))
    assert own_paper_work(dung.user_id, frozenset({world.units["D1"]}), ALMANAC.office, at(4, 10)) == []


def test_who_followed_a_unit_that_was_through_or_of_a_letter_that_holds_no_more_is_sent_nothing(world: World) -> None:
    Relation.objects.filter(child=world.units["G5"]).update(parent=world.units["D1"])
    acknowledge(sent_down(world).pk, by=world.person("an", at(4, 3)), at=at(4, 3, 9))
    struck = sent_down(world)
    replaced_by(world, struck.issue.directive_id, "D1", "dung", date(2023, 4, 4))
    absorbed(world)
    assert digests_of(4, 6) == {}


def test_an_end_that_was_taken_back_asks_nobody_to_send_anything(world: World) -> None:
    Relation.objects.filter(child=world.units["G5"]).update(parent=world.units["D1"])
    sent_down(world)
    absorbed(world)
    events = list(UnitEvent.objects.filter(unit=world.units["G1"]).values_list("pk", flat=True))
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=at(4, 5)).problems
    assert "dung" not in digests_of(4, 6)
