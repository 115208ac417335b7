"""Limits that the form of a letter proposes, and the plan that is owed by one: late on the page of the chain, written from the letter."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from kheo.directives.actions import PassedDown, pass_down
from kheo.directives.models import Issue, Passing
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from tests.directives.test_pass_down import letter
from tests.registers.books import CAMPAIGNS, shipped
from tests.registers.test_plans_answer_letters import asked as asked_of
from tests.registers.test_plans_answer_letters import in_force
from tests.web.relaying.test_pages import TEXT, arrived, asked, field
from tests.web.visits import enter, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db


def test_a_letter_that_asks_for_a_plan_and_a_report_every_month_is_moved_and_says_both_to_the_next_level(world: World) -> None:
    asks = "Các đơn vị xây dựng kế hoạch, gửi về Ban Dân vận Thành ủy trước ngày 15 tháng 5 năm 2023.\n\n"
    monthly = "Báo cáo tiến độ gửi về Ban Dân vận Thành ủy trước ngày 20 hằng tháng.\n"
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world, text=TEXT + "\n" + asks + monthly).pk])
    page = client.get(address).content.decode()
    assert [field(page, f"han-{place}") for place in range(3)] == ["06/11/2023", "04/05/2023", "9"]
    assert field(page, "han-ke-hoach") == "04/05/2023"  # the limit for plans is what those below owe a plan by
    answer = client.post(address, asked(page, **{"han-1": "04/05/2023", "han-2": "25", "viec": "gui"}))
    assert "Việc 3: Ngày 25 sau ngày 20 của cấp trên." in text_of(answer.content)
    sent = asked(page, **{"han-1": "04/05/2023", "han-2": "ngày 8", "han-ke-hoach": "04/05/2023", "viec": "gui"})
    assert client.post(address, sent).status_code == 302
    assert Passing.objects.get(unit=world.units["D1"]).plan_due_on == date(2023, 5, 4)
    letter = Issue.objects.get().directive
    assert letter
    assert "chậm nhất ngày 08 hằng tháng" in letter.text
    assert "ngày 20 hằng tháng" not in letter.text


def test_the_page_of_a_chain_tells_who_is_late_with_a_plan_and_the_letter_leads_to_writing_it(world: World) -> None:
    shipped("ke-hoach")
    root = letter(world, "minh", "LDLD", datetime(2023, 3, 6, 2, tzinfo=UTC))
    units = [world.units["D1"], world.units["D2"]]
    at = datetime(2023, 3, 6, 2, tzinfo=UTC)
    assert isinstance(pass_down(root.pk, units, plan_due_on=date(2023, 3, 10), by=world.person("minh", at), at=at), PassedDown)
    address, lan = reverse("chain", args=[root.pk, world.units["LDLD"]]), enter(world, "lan")
    words = text_of(lan.get(address).content)
    assert "Quá hạn có kế hoạch 0/2" in words
    assert words.count("chưa quá hạn 10/03/2023") == 2
    assert "2 đơn vị trong cả nhánh" in text_of(lan.get(address, {"loc": "qua-han-ke-hoach"}).content)
    dung, passing = enter(world, "dung"), Passing.objects.get(unit=world.units["D1"])
    dung.post(reverse("acknowledge_passing", args=[passing.pk]))
    page = dung.get(reverse("passing", args=[passing.pk])).content.decode()
    (way,) = re.findall(r'href="([^"]+)">Ghi kế hoạch thực hiện văn bản này', page)
    form = dung.get(html.unescape(way)).content.decode()
    assert 'name="van_ban" value="01/LĐLĐ-TG (06/03/2023)"' in form
    assert '<option value="01/LĐLĐ-TG (06/03/2023)">Công văn thực hiện nội dung' in form


def test_the_letters_page_leads_to_every_register_of_plans_until_one_has_answered_it(world: World) -> None:
    shipped("ke-hoach")
    file = CAMPAIGNS / "registers" / "ke-hoach.yaml"
    more = file.read_text(encoding="utf-8").replace("van_ban", "chi_thi").replace("code: ke-hoach", "code: chuong-trinh")
    more = more.replace("prefix: KH", "prefix: CTR").replace("one: kế hoạch", "one: chương trình")
    assert publish_register(more, "chuong-trinh.yaml", by=SYSTEM, at=later()).problems == ()
    root = asked_of(world)
    dung, passing = enter(world, "dung"), Passing.objects.get()
    words = text_of(dung.post(reverse("acknowledge_passing", args=[passing.pk]), follow=True).content)
    assert "Việc trả lời đã xong" not in words
    assert "Ghi kế hoạch thực hiện ở sổ Kế hoạch" in words
    assert "chọn văn bản này ở ô “Thực hiện văn bản số”. Khi kế hoạch ở trạng thái “Đã ban hành” thì việc trả lời" in words
    page = dung.get(reverse("passing", args=[passing.pk])).content.decode()
    ways = re.findall(r'href="([^"]+)">Ghi (.+?) thực hiện văn bản này', page)
    assert [(html.unescape(way).split("?")[0], one) for way, one in ways] == [
        (reverse("new_entry", args=["chuong-trinh"]), "chương trình"), (reverse("new_entry", args=["ke-hoach"]), "kế hoạch"),
    ]  # fmt: skip
    assert 'name="chi_thi" value="01/LĐLĐ-TG (03/04/2023)"' in dung.get(html.unescape(ways[0][0])).content.decode()
    retired = more.replace('filter: true,\n     help: "Chọn', 'status: retired,\n     help: "Chọn')
    assert publish_register(retired, "chuong-trinh.yaml", by=SYSTEM, at=later()).is_new
    assert "Ghi chương trình thực hiện" not in text_of(dung.get(reverse("passing", args=[passing.pk])).content)
    in_force(world, root)
    words = text_of(dung.get(reverse("passing", args=[passing.pk])).content)
    assert "Việc trả lời trong sổ văn bản đến đã xong. Đã có kế hoạch KH-2023-0001." in words
    assert "Ghi kế hoạch thực hiện" not in words


def test_the_click_says_which_plan_has_answered_the_letter_already(world: World) -> None:
    in_force(world, asked_of(world))
    answer = enter(world, "dung").post(reverse("acknowledge_passing", args=[Passing.objects.get().pk]), follow=True)
    assert "Đã nhận. Số đến 1 năm 2023. Việc trả lời đã xong: đã có kế hoạch KH-2023-0001." in text_of(answer.content)
