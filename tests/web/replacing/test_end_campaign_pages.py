"""The campaign office sees what a replacement ends, ends it, and takes it back; the units see that nothing is asked of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kheo.core.workflow import State
from kheo.directives.models import CampaignEnding
from tests.reports.replaced import AFTER, WORDS, end, opens, replaced
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, fill, small_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world("2024-6T")


def test_it_is_offered_on_both_papers_and_at_home_foreseen_done_and_taken_back(world: World) -> None:
    link = replaced(world)
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    address = reverse("end_campaign", args=[world.cycle.campaign_id, link.pk])
    with day(AFTER):
        lan = enter(world, "lan")
        for page in (reverse("home"), *(reverse("paper_links", args=[each]) for each in (link.directive_id, link.other_id))):
            assert f'href="{address}"' in lan.get(page).content.decode()
        told = text_of(lan.get(address).content)
        assert "7 báo cáo của 7 đơn vị, trong 1 kỳ đã mở; 1 báo cáo đã bắt đầu nhập, những gì đã nhập vẫn còn." in told
        changed = lan.post(address, {"thay": "8"})
        assert changed.status_code == 409
        assert "Số báo cáo đã thay đổi từ khi anh/chị xem" in text_of(changed.content)
        assert not CampaignEnding.objects.exists()
        done = lan.post(address, {"thay": "7"}, follow=True)
        told = text_of(done.content)
        assert "Đã thôi thu 7 báo cáo của 7 đơn vị; các đơn vị đã được báo." in told
        assert f"{WORDS}. Đỗ Thị Lan" in told
        assert f'href="{address}"' not in lan.get(reverse("home")).content.decode()
        back = reverse("take_back_ending", args=[CampaignEnding.objects.get().pk])
        assert lan.post(back, {"ly-do": ""}).status_code == 409
        told = text_of(lan.post(back, {"ly-do": "Văn bản mới bị thu hồi."}, follow=True).content)
        assert "Đã lấy lại. 7 báo cáo phải nộp như cũ" in told
        assert world.obligation("G1").state_of(world.report("G1")) is State.DRAFT


def test_the_unit_reads_why_on_its_report_and_in_its_story_and_may_not_ask_for_it_again(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    end(world, replaced(world))
    owed = world.obligation("G1").pk
    with day(AFTER + timedelta(minutes=1)):
        an = enter(world, "an")
        assert f"{WORDS}. Không phải nộp báo cáo này nữa; những gì đã nhập vẫn còn." in text_of(
            an.get(reverse("report", args=[owed])).content
        )
        assert "thôi thu vì phong trào đã kết thúc" in text_of(an.get(reverse("report_history", args=[owed])).content)
        decided = text_of(enter(world, "binh").get(reverse("decide_on_ended", args=[owed])).content)
        assert "Thu lại báo cáo này" not in decided
        assert WORDS in decided
        planned = text_of(enter(world, "binh").get(reverse("schedule", args=[world.cycle.pk, world.units["D1"]])).content)
        assert "Phong trào kết thúc Theo Công văn 7/LĐLĐ-TG ngày 30/03/2023" in planned


def test_whoever_returns_or_recalls_a_report_is_told_before_that_it_closes_it_and_the_recipient_may_ask_for_it_again(world: World) -> None:
    submit(world, "G1"), submit(world, "G2")
    end(world, replaced(world))
    first, second = (world.obligation(code).pk for code in ("G1", "G2"))
    with day(AFTER + timedelta(minutes=1)):
        binh, hoa = enter(world, "binh"), enter(world, "hoa")
        asked = text_of(binh.get(reverse("review_report", args=[first])).content)
        assert f"{WORDS}: trả lại thì báo cáo được thôi thu" in asked
        assert "Công đoàn cơ sở Một không phải sửa và nộp lại. Muốn số liệu được tính thì chấp nhận." in asked
        many = binh.post(
            reverse("return_many", args=[world.cycle.pk, world.units["D1"]]), {"chon": f"{second}.{world.report('G2').version}"}
        )
        assert f"{WORDS}: báo cáo trả lại được thôi thu" in text_of(many.content)
        asked = text_of(hoa.get(reverse("recall_report", args=[first])).content)
        assert f"{WORDS}: báo cáo được thôi thu" in asked
        assert "phải ký và nộp lại" not in asked
        sent = {"version": world.report("G1").version, "ly-do": "Cột B02 thiếu."}
        done = binh.post(reverse("return_report", args=[first]), sent, follow=True)
        assert f"{WORDS}: báo cáo được thôi thu, đơn vị không phải nộp lại." in text_of(done.content)
        told = hoa.get(reverse("report", args=[first])).content
        assert "Cột B02 thiếu." in text_of(told)
        assert "Không phải nộp báo cáo này nữa" in text_of(told)
        decide = reverse("decide_on_ended", args=[first])
        assert f'href="{decide}"' in binh.get(reverse("report", args=[first])).content.decode()
        assert "Thu lại báo cáo này" in text_of(binh.get(decide).content)
        binh.post(f"{decide}?viec=lai", {"ly-do": "Vẫn cần số này."})
        assert world.obligation("G1").state_of(world.report("G1")) is State.RETURNED


def test_once_a_due_date_has_passed_the_page_says_why_it_is_not_taken_back(world: World) -> None:
    link = replaced(world)
    end(world, link)
    with day(world.obligation("G1").due_at):
        told = text_of(enter(world, "lan").get(reverse("end_campaign", args=[world.cycle.campaign_id, link.pk])).content)
        assert "Không lấy lại được nữa. Hạn nộp 08/05/2024 đã qua" in told


def test_another_replacement_says_by_which_the_campaign_has_ended(world: World) -> None:
    end(world, replaced(world))
    other = replaced(world, "8/LĐLĐ-TG")
    with day(AFTER):
        lan, address = enter(world, "lan"), reverse("end_campaign", args=[world.cycle.campaign_id, other.pk])
        told = text_of(lan.get(address).content)
        assert "Muốn theo văn bản khác thì lấy lại việc kết thúc ấy trước." in told
        assert lan.post(address, {"thay": "0"}).status_code == 409


def test_the_page_asks_no_more_with_three_windows_than_with_one(world: World) -> None:
    link = replaced(world)
    with day(AFTER):
        lan, address = enter(world, "lan"), reverse("end_campaign", args=[world.cycle.campaign_id, link.pk])
        one = queries_of(lan, address)
        opens("2024-N"), opens("2025-6T")
        assert queries_of(lan, address) == one
