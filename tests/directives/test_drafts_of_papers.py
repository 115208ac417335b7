"""Drafts of campaigns in the books: sealed in the journal like every row there, and tied to the papers they were begun from."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Campaign
from kheo.directives.actions import Brought, PassedDown, Refused, acknowledge, pass_down, register_arrival
from kheo.directives.actions.arriving import Arrived
from kheo.directives.actions.drafting import Changes, Kept, begin_drafting, correct_drafting, discard_drafting, publish_drafting
from kheo.directives.models import Arrival, Directive, Drafting, Passing, Writing
from kheo.directives.queries.campaign_papers import campaigns_of_papers, papers_of_campaign
from kheo.directives.queries.chain import papers_behind
from kheo.directives.queries.drafting import draftings_from
from kheo.directives.queries.faults import paper_faults
from kheo.journal.actions import SYSTEM, record
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED
from tests.directives.papers import MORNING, TODAY, ArrivalFacts, a_paper, issue
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def catalogue(world: World) -> None:
    """Indicators were used before, so that a draft may be published."""
    publish(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, by=SYSTEM, at=MORNING)


def begun(world: World, *sources: Directive, text: str = LETTER + "\n" + GUIDANCE) -> Drafting:
    made = begin_drafting(world.units["LDLD"], [("cong-van.txt", text, "")], sources, plans={}, by=SYSTEM, at=MORNING)
    assert isinstance(made, Drafting), made
    return made


def corrected(row: Drafting) -> Drafting:
    made = correct_drafting(row.pk, row.version, Changes({"name": "Tên mới"}), plans={}, by=SYSTEM, at=MORNING)
    assert isinstance(made, Kept), made
    return made.row


def arrived(world: World, text: str = GUIDANCE) -> Arrival:
    brought = Brought(text=text)
    made = register_arrival(world.units["LDLD"], a_paper(), ArrivalFacts(TODAY), brought, by=world.person("minh", MORNING), at=MORNING)
    assert isinstance(made, Arrived), made
    return made.arrival


@pytest.mark.usefixtures("catalogue")
def test_every_act_over_a_draft_is_sealed_in_the_journal(world: World) -> None:
    first, second, third = begun(world), corrected(begun(world)), begun(world)
    assert isinstance(discard_drafting(first.pk, 1, by=SYSTEM, at=MORNING), Drafting)
    assert isinstance(publish_drafting(third.pk, 1, plans={}, by=SYSTEM, at=MORNING + timedelta(hours=1)), Drafting)
    acts = Writing.objects.filter(subject="drafting").order_by("pk").values_list("subject_id", "act")
    assert sorted(acts) == sorted(
        [
            (first.pk, "begin_drafting"), (first.pk, "discard_drafting"), (second.pk, "begin_drafting"), (second.pk, "correct_drafting"),
            (third.pk, "begin_drafting"), (third.pk, "publish_drafting"),
        ]
    )  # fmt: skip
    assert list(paper_faults()) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE directives_drafting SET name = 'lén'",
        'UPDATE directives_drafting SET typed = \'{"regime.tiers.0.due.6T": "1/1"}\'',
        "UPDATE directives_drafting SET corrections = '[]'",
        "UPDATE directives_drafting SET papers = '[]'",
        "UPDATE directives_drafting SET state = 'discarded'",
        "INSERT INTO directives_drafted_from (drafting_id, directive_id) SELECT directives_drafting.id, directives_directive.id FROM "
        "directives_drafting, directives_directive",
        "ALTER TABLE directives_writing DISABLE TRIGGER only_added; DELETE FROM directives_writing WHERE subject = 'drafting'",
    ],
)
def test_whoever_changes_a_draft_behind_the_journal_is_found_out(world: World, tampering: str) -> None:
    arrived(world)
    row = corrected(begun(world))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(tampering)
    assert list(paper_faults()) == [f"Bản nháp phong trào bị sửa mà không ghi sổ (drafting {row.pk})."]


@pytest.mark.parametrize("statement", ["DELETE FROM directives_drafting", "UPDATE directives_drafting SET unit_id = unit_id + 1"])
def test_a_draft_neither_goes_nor_moves_to_another_unit(world: World, statement: str) -> None:
    begun(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_draft_from_before_the_seals_is_no_fault_until_somebody_wrote_it_again(world: World) -> None:
    papers = [{"file": "a", "text": GUIDANCE, "encoding": ""}]
    unit = world.units["LDLD"]
    row = Drafting.objects.create(unit_id=unit, name="cũ", papers=papers, written_by="Lan", written_at=MORNING)
    assert list(paper_faults()) == [f"Bản nháp phong trào bị sửa mà không ghi sổ (drafting {row.pk})."]
    record("begin_drafting", by=SYSTEM, at=MORNING, object_type="drafting", object_id=row.pk, unit_id=row.unit_id, papers=1)
    assert list(paper_faults()) == []
    corrected(row)
    assert list(paper_faults()) == []
    Drafting.objects.update(name="lén")
    assert list(paper_faults()) == [f"Bản nháp phong trào bị sửa mà không ghi sổ (drafting {row.pk})."]


@pytest.mark.usefixtures("catalogue")
def test_a_draft_begun_from_the_books_reads_their_text_and_its_campaign_knows_the_directive(world: World) -> None:
    paper = arrived(world).directive
    assert paper is not None
    row = begun(world, paper, text=LETTER)
    assert [each["file"] for each in row.papers] == ["Công văn 199/LĐLĐ-TG", "cong-van.txt"]
    assert campaigns_of_papers([paper.pk]) == []
    assert draftings_from([paper.pk]) == [row]
    published = publish_drafting(row.pk, 1, plans={}, by=SYSTEM, at=MORNING)
    assert isinstance(published, Drafting), published
    campaign = Campaign.objects.get(code="3-khong")
    assert campaigns_of_papers([paper.pk]) == [campaign]
    assert papers_of_campaign(campaign.pk) == [paper]


def test_a_paper_of_the_books_without_words_asks_for_them_by_its_name(world: World) -> None:
    paper = arrived(world, text="").directive
    assert paper is not None
    refused = begin_drafting(world.units["LDLD"], [("", "", "")], [paper], plans={}, by=SYSTEM, at=MORNING)
    assert isinstance(refused, Refused)
    assert "chưa có chữ của Công văn 199/LĐLĐ-TG" in refused.message


@pytest.mark.usefixtures("catalogue")
def test_a_unit_below_finds_the_campaign_of_the_letter_that_came_down(world: World) -> None:
    above = arrived(world)
    assert above.directive is not None
    published = publish_drafting(begun(world, above.directive).pk, 1, plans={}, by=SYSTEM, at=MORNING)
    assert isinstance(published, Drafting), published
    minh = world.person("minh", MORNING)
    letter = issue(world, "LDLD", who="minh")
    assert isinstance(pass_down(letter.pk, [world.units["D1"]], arrival=above.pk, by=minh, at=MORNING), PassedDown)
    got = acknowledge(Passing.objects.get().pk, by=world.person("dung", MORNING), at=MORNING)
    assert isinstance(got, Arrival)
    assert got.directive is not None
    assert [each.pk for each in papers_behind(got.directive)] == [letter.directive_id, above.directive_id]
    assert campaigns_of_papers([each.pk for each in papers_behind(got.directive)]) == [Campaign.objects.get(code="3-khong")]
