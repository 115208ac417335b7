"""From a paper of the books to a draft and its campaign, and back, on every page that shows one of them."""

import pytest
from django.urls import reverse

from kheo.campaigns.actions import publish
from kheo.core.paper_books.facts import ArrivalFacts
from kheo.directives.actions import Arrived, Brought, acknowledge, pass_down, register_arrival, tie_paper
from kheo.directives.actions.drafting import begin_drafting, publish_drafting
from kheo.directives.models import Arrival, Drafting, Passing
from kheo.journal.actions import SYSTEM
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED
from tests.directives.papers import MORNING, TODAY, a_paper, arrive, issue
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db
LIST = "/van-ban/doc/"


def arrived(world: World, text: str = LETTER + "\n" + GUIDANCE) -> Arrival:
    made = register_arrival(world.units["LDLD"], a_paper(), ArrivalFacts(TODAY), Brought(text=text), by=world.person("minh"), at=MORNING)
    assert isinstance(made, Arrived), made
    return made.arrival


def test_from_an_arrival_to_a_draft_with_two_clicks_and_back(world: World) -> None:
    row, minh = arrived(world), enter(world, "minh")
    start = f"{LIST}?tu={row.directive_id}"
    assert f'href="{start}"' in minh.get(reverse("arrival", args=[row.pk])).content.decode()
    assert f'name="tu" value="{row.directive_id}" checked' in minh.get(start).content.decode()
    made = minh.post(LIST, {"tu": str(row.directive_id), "text": ""}, follow=True)
    draft = Drafting.objects.get()
    assert draft.unit_id == world.units["LDLD"]
    assert f'href="{reverse("arrival", args=[row.pk])}"' in made.content.decode()
    shown = minh.get(reverse("arrival", args=[row.pk]))
    assert f'href="{LIST}{draft.pk}/"' in shown.content.decode()
    assert "bản nháp, đang soạn" in text_of(shown.content)


def test_an_outgoing_paper_leads_to_a_draft_as_well(world: World) -> None:
    row = issue(world, "LDLD", who="minh")
    assert f'href="{LIST}?tu={row.directive_id}"' in enter(world, "minh").get(reverse("issue", args=[row.pk])).content.decode()
    assert "hãy dán chữ của văn bản ấy" in text_of(enter(world, "minh").post(LIST, {"tu": str(row.directive_id)}).content)


def test_a_paper_of_others_begins_no_draft_and_is_not_told(world: World) -> None:
    row, an = arrive(world, "G4", who="chi"), enter(world, "an")
    assert an.get(f"{LIST}?tu={row.directive_id}").status_code == 404
    assert an.post(LIST, {"tu": str(row.directive_id), "text": GUIDANCE}).status_code == 404
    assert Drafting.objects.count() == 0
    for odd in ("0", "-1", "x", "9" * 30):
        assert an.get(f"{LIST}?tu={odd}").status_code == 200


def test_the_published_campaign_is_named_where_its_letter_comes_down(world: World) -> None:
    publish(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, by=SYSTEM, at=later(days=1))
    above = arrived(world)
    assert above.directive is not None
    draft = begin_drafting(world.units["LDLD"], [], [above.directive], plans={}, by=SYSTEM, at=later(days=1))
    assert isinstance(draft, Drafting)
    done = publish_drafting(draft.pk, 1, plans={}, by=SYSTEM, at=later(60, days=1))
    assert isinstance(done, Drafting), done
    letter = issue(world, "LDLD", who="minh")
    pass_down(letter.pk, [world.units["D1"]], arrival=above.pk, by=world.person("minh"), at=MORNING)
    passing, dung = Passing.objects.get(), enter(world, "dung")
    assert done.name in text_of(dung.get(reverse("passing", args=[passing.pk])).content)
    got = acknowledge(passing.pk, by=world.person("dung"), at=MORNING)
    assert isinstance(got, Arrival)
    told = text_of(dung.get(reverse("arrival", args=[got.pk])).content)
    assert f"{done.name} đã công bố ngày" in told
    assert f'href="{LIST}{draft.pk}/"' not in dung.get(reverse("arrival", args=[got.pk])).content.decode()
    chain = reverse("chain", args=[letter.pk, world.units["LDLD"]])
    minh = enter(world, "minh")
    assert f'href="{LIST}{draft.pk}/"' in minh.get(chain).content.decode()
    assert f'href="{chain}"' in minh.get(f"{LIST}{draft.pk}/").content.decode()


def test_neither_the_page_of_a_draft_nor_that_of_progress_asks_more_with_three_papers_than_with_one(world: World) -> None:
    papers = [arrive(world, "LDLD", who="minh", full_number=f"{number}/LĐLĐ").directive_id for number in (1, 2, 3)]
    minh, lan = enter(world, "minh"), enter(world, "lan")
    drafts = []
    for some in (papers[:1], papers):
        assert minh.post(LIST, {"text": LETTER, "tu": [str(each) for each in some]}).status_code == 302
        drafts.append(Drafting.objects.latest("pk"))
    assert [each.sources.count() for each in drafts] == [1, 3]
    one, three = (queries_of(minh, f"{LIST}{each.pk}/") for each in drafts)
    assert one == three <= 18
    progress, found = reverse("progress", args=[world.cycle.pk, world.units["LDLD"]]), []
    for paper in papers:
        assert paper is not None
        tie_paper(world.cycle.campaign_id, paper, by=world.person("lan"), at=MORNING)
        found.append(queries_of(lan, progress))
    assert found[0] == found[2]
