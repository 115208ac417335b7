"""A campaign whose directive is replaced ends from a day: what is unsent of later windows is closed, what began before stays due."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Edition
from kheo.core.workflow import State
from kheo.directives.actions import Refused, unlink_papers
from kheo.directives.models import CampaignEnding, DraftedFrom, Drafting
from kheo.directives.queries.endings import campaigns_under
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.notices.models import Notice
from kheo.org.access import Unreachable
from kheo.org.queries import snapshot_roots
from kheo.reports.actions import (
    Done,
    Ended,
    OpenResult,
    Refusal,
    accept_report,
    end_campaign,
    open_cycle,
    reopen_report,
    return_report,
    revise_report,
    submit_report,
    take_back_ending,
)
from kheo.reports.models import Obligation, Transition
from kheo.reports.queries.campaign_endings import Foreseen, preview
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.verifying import faults
from tests.reports.replaced import AFTER, DAY, WORDS, directive, end, opens, replaced
from tests.world import CALENDAR, FILES, GOOD, World, fill, head_of, later, reviewer_of, small_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world("2024-6T")


def states(world: World) -> dict[str, State]:
    return {code: world.obligation(code).state_of(_report(world, code)) for code in ("G1", "G2", "G3", "G4", "G5", "D1", "D2", "LDLD")}


def _report(world: World, code: str) -> object:
    return getattr(world.obligation(code), "report", None)


def accepted(world: World, code: str) -> None:
    submit(world, code)
    done = accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=later())
    assert isinstance(done, Done), done


def sent_back(world: World, code: str, at: datetime) -> None:
    owed, version = world.obligation(code).pk, world.report(code).version
    back = return_report(owed, reason="Thiếu.", version=version, by=reviewer_of(world, code), at=at)
    assert isinstance(back, Done), back


def in_every_state(world: World) -> None:
    """G1 is a draft, G2 sent, G3 sent back, G4 accepted; the others have not begun."""
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    submit(world, "G3")
    sent_back(world, "G3", later())
    accepted(world, "G4")


def test_what_is_not_sent_of_later_windows_is_closed_and_the_rest_stays(world: World) -> None:
    in_every_state(world)
    earlier = opens("2023-6T")
    assert isinstance(earlier, OpenResult)
    assert earlier.cycle is not None
    link = replaced(world)
    foreseen = preview(world.cycle.campaign_id, DAY, AFTER)
    assert (foreseen.windows, foreseen.stays) == (((world.cycle, foreseen.whole),), (earlier.cycle,))
    assert foreseen.whole == Foreseen(reports=6, begun=2, units=6, submitted=1, accepted=1)
    done = end(world, link)
    assert (done.reports, done.units) == (foreseen.whole.reports, foreseen.whole.units)
    closed = dict.fromkeys(("G1", "G3", "G5", "D1", "D2", "LDLD"), State.CLOSED)
    assert states(world) == {**closed, "G2": State.SUBMITTED, "G4": State.ACCEPTED}
    assert not Obligation.objects.filter(cycle=earlier.cycle, closed_at__isnull=False).exists()
    assert {each.reason for each in Transition.objects.all()} == {WORDS}
    assert preview(world.cycle.campaign_id, DAY, AFTER).whole == Foreseen(submitted=1, accepted=1, closed=6)
    assert list(faults(AFTER)) == []
    assert broken_link() is None


def test_a_report_that_is_being_supplemented_is_counted_and_not_closed(world: World) -> None:
    accepted(world, "G4")
    owed, head = world.obligation("G4").pk, head_of(world, "G4")
    again = revise_report(owed, reason="Bổ sung.", version=world.report("G4").version, by=head, at=later())
    assert not isinstance(again, Refusal), again
    end(world, replaced(world))
    assert states(world)["G4"] is State.DRAFT


def test_closed_ones_are_neither_missing_nor_overdue_and_the_report_says_how_many(world: World) -> None:
    accepted(world, "G4")
    end(world, replaced(world))
    (root,) = snapshot_roots(world.cycle.snapshot_id)
    much_later = later(days=600)
    counts = obligation_counts(world.cycle, [root], much_later)[root.unit_id]
    assert (counts.expected, counts.accepted, counts.closed, counts.overdue, counts.not_started) == (8, 1, 7, 0, 0)


def test_no_window_from_the_day_on_is_opened_and_one_before_it_is(world: World) -> None:
    end(world, replaced(world))
    refused = opens("2024-N")
    assert isinstance(refused, OpenResult)
    assert refused.cycle is None
    assert refused.problems == (f"{WORDS}: không mở kỳ 2024-N, vì kỳ bắt đầu ngày 16/11/2023.",)
    before = opens("2023-N")
    assert isinstance(before, OpenResult)
    assert before.cycle is not None


def test_ending_twice_changes_nothing_and_what_comes_back_unsent_is_closed_by_itself(world: World) -> None:
    in_every_state(world)
    link = replaced(world)
    first = end(world, link)
    rows = JournalEntry.objects.count()
    assert end(world, link) == Ended(first.ending, 0, 0)
    assert JournalEntry.objects.count() == rows
    sent_back(world, "G2", AFTER)
    assert end(world, link, at=AFTER + timedelta(minutes=1)).reports == 0
    assert states(world)["G2"] is State.CLOSED
    assert list(faults(AFTER)) == []


def test_a_campaign_ends_by_one_paper_at_a_time(world: World) -> None:
    link = replaced(world)
    end(world, link)
    other = replaced(world, "8/LĐLĐ-TG", directive(world))
    refused = end_campaign(world.cycle.campaign_id, other.pk, by=world.person("lan"), at=AFTER)
    assert refused == Refusal(f"{WORDS}. Muốn theo văn bản khác thì lấy lại việc kết thúc ấy trước.")
    kept = unlink_papers(link.pk, reason="nhầm", by=world.person("lan"), at=AFTER)
    assert isinstance(kept, Refused)
    assert kept.message == "Phong trào “Phong trào thử” kết thúc theo quan hệ này; lấy lại việc kết thúc trước."


def test_a_paper_that_the_campaign_does_not_rest_on_ends_nothing(world: World) -> None:
    foreign = directive(world, "1/LĐLĐ", issuer="Sở Nội vụ", issued_on=date(2021, 1, 5))
    assert campaigns_under(foreign) == []
    link = replaced(world, old=foreign)
    with pytest.raises(Unreachable):
        end_campaign(world.cycle.campaign_id, link.pk, by=world.person("lan"), at=AFTER)


@pytest.mark.parametrize("name", ["an", "hoa", "binh", "dung", "bich", "minh", "phuc", "kien", "chi", "quan"])
def test_only_the_office_of_the_top_unit_ends_a_campaign(world: World, name: str) -> None:
    link = replaced(world)
    with pytest.raises(Unreachable):
        end_campaign(world.cycle.campaign_id, link.pk, by=world.person(name), at=AFTER)
    ending = end(world, link).ending
    with pytest.raises(Unreachable):
        take_back_ending(ending.pk, reason="Nhầm.", by=world.person(name), at=AFTER)


def test_the_people_of_each_unit_that_owed_are_told_once(world: World) -> None:
    submit(world, "G2")
    end(world, replaced(world))
    told = Notice.objects.filter(kind="campaign_ended")
    units = {"an": "G1", "hoa": "G1", "dung": "D1", "minh": "LDLD", "chi": "G4"}
    owed = {name: [world.obligation(code).pk] for name, code in units.items()}
    assert sorted(told.values_list("person__username", "args")) == sorted(owed.items())
    assert told.get(person__username="an").text == (
        "Công đoàn cơ sở Một không phải nộp báo cáo các kỳ bắt đầu từ 16/11/2023. "
        "Phong trào “Phong trào thử” kết thúc theo Công văn 7/LĐLĐ-TG ngày 30/03/2023."
    )


def test_a_closed_report_is_not_sent_and_not_asked_for_again_by_itself(world: World) -> None:
    version = fill(world, "G1", GOOD, by=world.person("an")).version
    end(world, replaced(world))
    owed = world.obligation("G1").pk
    sent = submit_report(owed, version=version, by=world.person("hoa"), at=AFTER)
    assert isinstance(sent, Refusal)
    again = reopen_report(owed, reason="Vẫn cần.", by=world.person("binh"), at=AFTER)
    assert again == Refusal(f"{WORDS}: không thu lại riêng một báo cáo. Thường trực phong trào lấy lại được việc kết thúc.")


def test_it_is_taken_back_with_a_reason_and_everything_stands_where_it_stood(world: World) -> None:
    in_every_state(world)
    before = states(world)
    link = replaced(world)
    ending = end(world, link).ending
    lan = world.person("lan")
    assert isinstance(take_back_ending(ending.pk, reason=" ", by=lan, at=AFTER), Refusal)
    accept_report(world.obligation("G2").pk, version=world.report("G2").version, by=reviewer_of(world, "G2"), at=AFTER)
    done = take_back_ending(ending.pk, reason="Văn bản mới bị thu hồi.", by=lan, at=AFTER)
    assert isinstance(done, Ended)
    assert done.reports == 6
    assert states(world) == {**before, "G2": State.ACCEPTED}
    assert take_back_ending(ending.pk, reason="Lần nữa.", by=lan, at=AFTER) == Ended(done.ending, 0, 0)
    assert isinstance(opens("2024-N"), OpenResult)
    assert list(faults(AFTER)) == []
    assert Notice.objects.filter(kind="campaign_resumed").count() == 5
    assert end(world, link).reports > 0
    assert CampaignEnding.objects.count() == 2
    assert list(faults(AFTER)) == []


def test_what_was_closed_for_another_reason_stays_closed_when_it_is_taken_back(world: World) -> None:
    owed = world.obligation("G5")
    Obligation.objects.filter(pk=owed.pk).update(closed_at=later())
    ending = end(world, replaced(world)).ending
    take_back_ending(ending.pk, reason="Nhầm.", by=world.person("lan"), at=AFTER)
    assert list(Obligation.objects.filter(closed_at__isnull=False)) == [owed]


def test_it_is_not_taken_back_once_a_due_date_has_passed(world: World) -> None:
    ending = end(world, replaced(world)).ending
    due = world.obligation("G1").due_at
    refused = take_back_ending(ending.pk, reason="Nhầm.", by=world.person("lan"), at=due)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Không lấy lại được nữa. Hạn nộp 08/05/2024 đã qua")
    assert isinstance(take_back_ending(ending.pk, reason="Nhầm.", by=world.person("lan"), at=due - timedelta(seconds=1)), Ended)


def another_campaign(number: str) -> Edition:
    """The same questions, resting on another paper."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8").replace("campaign: mini", "campaign: moi").replace("number: 1/LĐLĐ", number)
    made = publish(text.replace("name: Phong trào thử", "name: Phong trào mới"), "moi.yaml", by=SYSTEM, at=AFTER).edition
    assert made is not None
    return made


def test_it_is_not_taken_back_once_units_report_by_the_new_paper(world: World) -> None:
    ending = end(world, replaced(world)).ending
    another_campaign("number: 7/LĐLĐ-TG")
    opened = open_cycle("moi", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=AFTER + timedelta(minutes=1))
    assert opened.cycle, opened.problems
    refused = take_back_ending(ending.pk, reason="Nhầm.", by=world.person("lan"), at=AFTER + timedelta(minutes=2))
    assert refused == Refusal(
        "Không lấy lại được nữa. Kỳ 6 tháng đầu năm 2024 của phong trào “Phong trào mới” đã mở theo "
        "Công văn 7/LĐLĐ-TG ngày 30/03/2023: các đơn vị đang báo cáo theo văn bản mới."
    )


def test_a_campaign_rests_on_the_paper_that_it_was_drafted_from_as_well(world: World) -> None:
    paper = directive(world, "55/KH-LĐLĐ")
    assert campaigns_under(paper) == []
    edition = another_campaign("number: 9/LĐLĐ")
    row = Drafting.objects.create(
        unit_id=world.units["LDLD"], name="x", papers=[], state="published", edition=edition, written_by="x", written_at=AFTER
    )
    DraftedFrom.objects.create(drafting=row, directive=paper)
    assert campaigns_under(paper) == [edition.campaign]
    link = replaced(world, old=paper)
    done = end_campaign(edition.campaign_id, link.pk, by=world.person("lan"), at=AFTER)
    assert isinstance(done, Ended)
    assert done.reports == 0


def test_the_check_sees_an_ending_that_the_journal_does_not_tell_and_a_cycle_opened_in_spite_of_it(world: World) -> None:
    link = replaced(world)
    row = CampaignEnding.objects.create(
        campaign=world.cycle.campaign, link=link, from_day=DAY, unit_id=world.units["LDLD"], made_at=later(minutes=-9), made_by="Ai đó"
    )
    place = f"phong trào mini (campaign_ending {row.pk})"
    assert list(faults(AFTER)) == [
        f"Việc kết thúc không như nhật ký ghi: {place}.",
        f"Kỳ 2024-6T đã mở sau khi kết thúc: {place}.",
    ]


def test_the_number_of_statements_does_not_grow_with_the_units(world: World) -> None:
    link = replaced(world)
    with CaptureQueriesContext(connection) as captured:
        assert end(world, link).reports == 8
    assert len(captured) <= 30
