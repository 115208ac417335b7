"""The campaign office says on which paper of its books a campaign rests that was published from a file: chain, replacement, verify."""

import pytest

from kheo.campaigns.models import Campaign
from kheo.directives.actions import Refused, tie_paper, untie_paper
from kheo.directives.models import CampaignPaper, Directive, Passing
from kheo.directives.queries.campaign_papers import campaigns_of_papers, papers_of_campaign
from kheo.directives.queries.chain import papers_behind
from kheo.directives.queries.endings import campaigns_under
from kheo.directives.queries.faults import paper_faults
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.reports.access.endings import replacements_to_act_on
from kheo.reports.actions import take_back_ending
from tests.directives.test_pass_down import letter, three_levels
from tests.reports.replaced import AFTER, directive, end, replaced
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world("2024-6T")


def tied(world: World, paper: Directive, who: str = "lan") -> CampaignPaper:
    return tie_paper(world.cycle.campaign_id, paper.pk, by=world.person(who), at=AFTER)


def test_a_campaign_from_a_file_knows_its_paper_once_the_office_says_so(world: World) -> None:
    paper, campaign = directive(world, "55/KH-LĐLĐ"), world.cycle.campaign
    assert (papers_of_campaign(campaign.pk), campaigns_of_papers([paper.pk]), campaigns_under(paper)) == ([], [], [])
    row = tied(world, paper)
    assert (row.unit_id, row.made_by, row.made_at) == (world.units["LDLD"], world.person("lan").name, AFTER)
    assert (papers_of_campaign(campaign.pk), campaigns_of_papers([paper.pk]), campaigns_under(paper)) == ([paper], [campaign], [campaign])
    assert tied(world, paper) == row
    assert JournalEntry.objects.filter(act="tie_paper").count() == 1
    assert list(paper_faults()) == []


def test_the_replacement_of_a_tied_paper_ends_the_campaign_and_the_tie_stays_as_long_as_that_holds(world: World) -> None:
    paper, lan = directive(world, "55/KH-LĐLĐ"), world.person("lan")
    link = replaced(world, old=paper)
    assert replacements_to_act_on(lan) == []
    row = tied(world, paper)
    assert [(each.campaign, each.link) for each in replacements_to_act_on(lan)] == [(world.cycle.campaign, link)]
    ending = end(world, link).ending
    kept = untie_paper(row.pk, reason="Nhầm.", by=lan, at=AFTER)
    assert isinstance(kept, Refused)
    assert kept.message == "Phong trào “Phong trào thử” đã kết thúc vì văn bản này được thay thế; lấy lại việc kết thúc trước."
    take_back_ending(ending.pk, reason="Nhầm.", by=lan, at=AFTER)
    assert isinstance(untie_paper(row.pk, reason="Nhầm.", by=lan, at=AFTER), CampaignPaper)
    assert (campaigns_under(paper), replacements_to_act_on(lan)) == ([], [])
    assert list(paper_faults()) == []


def test_it_is_taken_back_with_a_reason_once_and_may_be_said_again(world: World) -> None:
    paper, lan = directive(world, "55/KH-LĐLĐ"), world.person("lan")
    row = tied(world, paper)
    assert isinstance(untie_paper(row.pk, reason=" ", by=lan, at=AFTER), Refused)
    done = untie_paper(row.pk, reason="Nhầm văn bản.", by=lan, at=AFTER)
    assert isinstance(done, CampaignPaper)
    assert (done.withdrawn_at, done.withdrawn_by, done.withdrawn_why) == (AFTER, lan.name, "Nhầm văn bản.")
    assert untie_paper(row.pk, reason="Lần nữa.", by=lan, at=AFTER) == done
    assert papers_of_campaign(world.cycle.campaign_id) == []
    assert tied(world, paper) != row
    assert list(paper_faults()) == []


@pytest.mark.parametrize("name", ["an", "hoa", "binh", "dung", "bich", "minh", "phuc", "kien", "chi", "quan"])
def test_only_the_office_of_the_top_unit_says_it(world: World, name: str) -> None:
    paper = directive(world, "55/KH-LĐLĐ")
    with pytest.raises(Unreachable):
        tied(world, paper, name)
    row = tied(world, paper)
    with pytest.raises(Unreachable):
        untie_paper(row.pk, reason="Nhầm.", by=world.person(name), at=AFTER)


def test_a_paper_of_another_units_book_is_not_tied(world: World) -> None:
    paper = letter(world, "dung", "D1").directive
    assert paper is not None
    with pytest.raises(Unreachable):
        tied(world, paper)


def test_a_unit_below_finds_the_campaign_by_the_letter_that_came_to_it(world: World) -> None:
    root = three_levels(world).directive
    assert root is not None
    tied(world, root)
    below = Passing.objects.get(unit=world.units["G1"]).issue.directive
    assert below is not None
    assert below != root
    assert campaigns_of_papers([each.pk for each in papers_behind(below)]) == [Campaign.objects.get(code="mini")]


def test_the_check_sees_a_tie_that_the_journal_does_not_tell(world: World) -> None:
    paper = directive(world, "55/KH-LĐLĐ")
    row = CampaignPaper.objects.create(
        campaign=world.cycle.campaign, directive=paper, unit_id=world.units["LDLD"], made_at=AFTER, made_by="Ai đó"
    )
    assert list(paper_faults()) == [f"Văn bản của phong trào không như nhật ký ghi (campaign_paper {row.pk})."]
