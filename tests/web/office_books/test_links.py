"""The page on which a paper is said to take the place of another, seen from both."""

import pytest
from django.urls import reverse

from kheo.directives.models import CampaignPaper, DirectiveLink
from tests.directives.papers import MORNING, TODAY, arrive
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def said(role: str = "replaces", number: str = "199 LĐLĐ TG", from_day: str = "03/04/2023", **more: object) -> dict[str, object]:
    return {"role": role, "full_number": number, "from_day": from_day, **more}


def test_a_replacement_is_recorded_by_number_and_seen_on_both_papers(world: World) -> None:
    with day(MORNING):
        old, new = arrive(world), arrive(world, full_number="7/LĐLĐ-TG", issued_on=TODAY)
        client, address = enter(world, "an"), reverse("paper_links", args=[new.directive_id])
        assert client.post(address, said()).status_code == 302
        told = text_of(client.get(reverse("arrival", args=[new.pk])).content)
        assert "Thay thế Công văn 199/LĐLĐ-TG ngày 15/03/2023, Liên đoàn Lao động Thành phố, từ ngày 03/04/2023" in told
        told = text_of(client.get(reverse("arrival", args=[old.pk])).content)
        assert "Được thay thế bằng Công văn 7/LĐLĐ-TG ngày 03/04/2023" in told
        link = DirectiveLink.objects.get()
        said_of = [client.get(reverse("paper_links", args=[each.directive_id])).content.decode() for each in (new, old)]
        assert [f"/{link.pk}/rut-lai" in each for each in said_of] == [True, False], "it is taken back where it was said"
        back = reverse("unlink_papers", args=[new.directive_id, link.pk])
        assert client.post(back, {"reason": ""}).status_code == 409
        assert client.post(back, {"reason": "nhầm"}).status_code == 302
        assert "Chưa ghi quan hệ nào." in text_of(client.get(address).content)
        assert client.post(back, {"reason": "nhầm"}).status_code == 404


def test_everything_that_is_wrong_is_said_at_once_and_what_was_typed_stays(world: World) -> None:
    with day(MORNING):
        new = arrive(world, full_number="7/LĐLĐ-TG")
        client, address = enter(world, "an"), reverse("paper_links", args=[new.directive_id])
        answer = client.post(address, said(role="khác", number="88/XX", from_day="hôm qua"))
        told = text_of(answer.content)
        assert answer.status_code == 409
        for words in ("Ngày bắt đầu “hôm qua”: viết như 15/11/2023.", "Chọn một quan hệ.", "không có văn bản số này"):
            assert words in told
        assert 'value="88/XX"' in answer.content.decode()
        assert "Một văn bản không dẫn chính nó." in text_of(client.post(address, said(number="7/LĐLĐ-TG")).content)


def test_of_two_papers_with_one_number_one_is_chosen(world: World) -> None:
    with day(MORNING):
        first, second = arrive(world), arrive(world, issuer="Ban Dân vận Thành ủy", kind="Hướng dẫn")
        new = arrive(world, full_number="7/LĐLĐ-TG")
        client, address = enter(world, "an"), reverse("paper_links", args=[new.directive_id])
        asked = client.post(address, said())
        assert asked.status_code == 409
        assert f'name="other" value="{first.directive_id}"' in asked.content.decode()
        assert client.post(address, said(other=second.directive_id)).status_code == 302
        assert DirectiveLink.objects.get().other_id == second.directive_id


def test_many_links_cost_no_more_questions_than_one(world: World) -> None:
    with day(MORNING):
        old, new = arrive(world), arrive(world, full_number="7/LĐLĐ-TG")
        client = enter(world, "an")
        client.post(reverse("paper_links", args=[new.directive_id]), said())
        page = reverse("arrival", args=[old.pk])
        one = queries_of(client, page)
        for number in ("8/LĐLĐ-TG", "9/LĐLĐ-TG"):
            other = arrive(world, full_number=number)
            client.post(reverse("paper_links", args=[other.directive_id]), said(role="based_on", from_day=""))
        assert queries_of(client, page) == one


def test_the_office_ties_a_campaign_to_its_paper_and_every_page_leads_from_one_to_the_other(world: World) -> None:
    with day(MORNING):
        paper = arrive(world, "LDLD", who="minh", full_number="1/LĐLĐ")
        lan, address = enter(world, "lan"), reverse("paper_links", args=[paper.directive_id])
        progress = reverse("progress", args=[world.cycle.pk, world.units["LDLD"]])
        assert "Chưa gắn văn bản nào trong sổ văn bản" in text_of(lan.get(progress).content)
        told = lan.get(address)
        assert "Chưa gắn phong trào nào." in text_of(told.content)
        assert "Phong trào thử văn bản này có trong căn cứ của phong trào" in text_of(told.content)
        assert 'value="mini" checked' in told.content.decode()
        tie = reverse("tie_paper", args=[paper.directive_id])
        missed = lan.post(tie, {"campaign": "khong-co"})
        assert missed.status_code == 409
        assert "Chọn một phong trào." in text_of(missed.content)
        done = lan.post(tie, {"campaign": "mini"}, follow=True)
        assert "Đã ghi: phong trào “Phong trào thử” thực hiện văn bản này." in text_of(done.content)
        assert "Công văn 1/LĐLĐ" in text_of(lan.get(progress).content)
        arrival = reverse("arrival", args=[paper.pk])
        assert "Phong trào thử gắn với văn bản ngày 03/04/2023" in text_of(lan.get(arrival).content)
        minh = text_of(enter(world, "minh").get(address).content)
        assert "Phong trào thử gắn với văn bản" in minh
        assert "Gắn phong trào" not in minh
        untie = reverse("untie_paper", args=[paper.directive_id, CampaignPaper.objects.get().pk])
        assert lan.post(untie, {"reason": ""}).status_code == 409
        assert "Đã gỡ phong trào" in text_of(lan.post(untie, {"reason": "Nhầm."}, follow=True).content)
