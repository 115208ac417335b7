"""What goes up beside the figures, in a real browser: words with sources, questions with answers, one report to two recipients."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kheo.reports.models import Obligation, Proposal
from tests.reports.test_arrange_section import HOUSES, TALKS, fill_keeping_words, send
from tests.two_recipients import dispatch_of, two_recipients
from tests.web.desk import WIDE, Sit
from tests.web.visits import day
from tests.world import GOOD, World, fill, later


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = two_recipients()
    with day(later(days=1)):
        yield made


def take(page: Page, unit: str) -> None:
    """Ticks the first paragraph of a unit below."""
    page.get_by_role("checkbox", name=f"Lấy đoạn 1 của {unit}").check()


def to_section(page: Page) -> None:
    page.get_by_role("link", name="Lấy từ báo cáo cấp dưới vào mục I", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mục I. Kết quả nổi bật")


@pytest.mark.parametrize("java_script", [True, False], ids=["with script", "without"])
def test_words_go_up_over_three_levels_and_open_down_to_the_grassroots(sit: Sit, world: World, java_script: bool) -> None:
    send(world, "G1", HOUSES, TALKS)
    send(world, "G2", "Đã lập hai tổ tự quản.")
    page = sit("dung", java_script_enabled=java_script).open(reverse("report", args=[world.obligation("D1").pk]))
    to_section(page)
    take(page, "Công đoàn cơ sở Một")
    take(page, "Công đoàn cơ sở Hai")
    page.get_by_role("button", name="Đưa vào thành một đoạn").click()
    expect(page.get_by_text("Viết lại từ Công đoàn cơ sở Một")).to_be_visible()
    page.get_by_label("Đoạn 1", exact=True).fill("Hai đơn vị đã trao nhà và lập tổ tự quản.")
    page.get_by_role("button", name="Lưu mục này").click()
    expect(page.get_by_text("Đã lưu mục này.")).to_be_visible()
    fill_keeping_words(world, "D1")
    city = sit("minh", java_script_enabled=java_script).open(reverse("report", args=[world.obligation("LDLD").pk]))
    to_section(city)
    take(city, "Liên đoàn Lao động Quận 1")
    city.get_by_role("button", name="Đưa vào bài").click()
    expect(city.get_by_text("Đã đưa 1 đoạn của cấp dưới vào bài.")).to_be_visible()
    fill_keeping_words(world, "LDLD")
    city.get_by_role("link", name="Về báo cáo").click()
    city.get_by_role("link", name=re.compile("^Nguồn của từng đoạn")).click()
    levels = city.locator(".passage > .origins")
    expect(levels.locator("> li > a")).to_have_text("Liên đoàn Lao động Quận 1")
    expect(levels.locator(".origins > li > a")).to_have_text(["Công đoàn cơ sở Hai", "Công đoàn cơ sở Một"])
    expect(levels.locator(".origins blockquote").last).to_have_text(HOUSES)
    levels.locator(".origins > li > a").last.click()
    expect(city.locator("[id='section:I'] .told")).to_contain_text(HOUSES)


def test_a_change_in_the_ordinary_field_keeps_or_tells_the_source(sit: Sit, world: World) -> None:
    send(world, "G1", HOUSES)
    desk = sit("dung")
    page = desk.open(reverse("compose", args=[world.obligation("D1").pk, "I"]))
    take(page, "Công đoàn cơ sở Một")
    page.get_by_role("button", name="Đưa vào bài").click()
    page.get_by_role("link", name="Về báo cáo").click()
    field = page.locator("textarea[id='section:I']")
    field.fill("Một câu khác hẳn.")
    page.locator("[id='B02']").focus()
    expect(page.locator("#toasts")).to_contain_text("Mục I không còn đoạn lấy từ Công đoàn cơ sở Một")
    page.reload()
    expect(page.get_by_text("1 nguồn đã rời khỏi bài")).to_be_visible()
    to_section(page)
    page.get_by_role("button", name="Đưa lại vào bài").click()
    expect(page.get_by_text("Lấy từ Công đoàn cơ sở Một")).to_be_visible()


def test_a_proposal_is_forwarded_twice_answered_closed_and_seen_by_the_asker(sit: Sit, world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    an = sit("an")
    page = an.open(reverse("report", args=[world.obligation("G1").pk]))
    page.get_by_role("link", name="Kiến nghị cần cấp trên trả lời").click()
    page.get_by_label("Điều kiến nghị").fill("Đề nghị hướng dẫn mức chi cho tổ tự quản.")
    page.get_by_label("Kính chuyển Ban Dân vận Thành ủy").check()
    page.get_by_role("button", name="Đánh dấu kiến nghị").click()
    expect(page.locator(".tag", has_text="Chưa gửi")).to_be_visible()
    hoa = sit("hoa").open(reverse("submit_report", args=[world.obligation("G1").pk]))
    hoa.get_by_role("button", name="Ký và nộp").click()
    expect(hoa.get_by_role("heading", level=1)).to_contain_text("Biên nhận")
    for who, words in (("binh", "Vượt thẩm quyền của Quận."), ("lan", "Kính chuyển Ban Dân vận.")):
        desk = sit(who).open("/")
        desk.get_by_role("link", name="Trả lời kiến nghị").click()
        desk.get_by_role("link", name="Đề nghị hướng dẫn mức chi").click()
        expect(desk.get_by_text("Xin kính chuyển Ban Dân vận Thành ủy")).to_be_visible()
        desk.get_by_label("Lời của anh/chị").fill(words)
        desk.get_by_role("button", name="Kính chuyển lên cấp trên").click()
        expect(desk.get_by_text("Đã kính chuyển lên cấp trên.")).to_be_visible()
    board = sit("phuc").open(reverse("proposal", args=[Proposal.objects.get().pk]))
    board.get_by_label("Lời của anh/chị").fill("Chi theo Quyết định 7.")
    board.get_by_role("button", name="Trả lời", exact=True).click()
    expect(board.get_by_text("Đã trả lời. Mọi đơn vị cùng kiến nghị đều thấy.")).to_be_visible()
    page = an.open("/")
    page.get_by_role("link", name="Xem câu trả lời").click()
    page.get_by_role("link", name="Đề nghị hướng dẫn mức chi").click()
    expect(page.locator(".timeline")).to_contain_text("Chi theo Quyết định 7.")
    board.get_by_role("button", name="Khép lại").click()
    expect(board.get_by_text("Đã khép lại kiến nghị.")).to_be_visible()
    page.reload()
    expect(page.locator("h1 + .facts .tag")).to_have_text("Đã khép lại")
    expect(page.get_by_text("Công đoàn cơ sở Một → Liên đoàn Lao động Quận 1")).to_be_visible()


def test_one_report_goes_to_two_recipients_and_is_entered_once(sit: Sit, world: World) -> None:
    fill(world, "D1", GOOD, by=world.person("dung"))
    desk = sit("dung")
    page = desk.open(reverse("submit_report", args=[world.obligation("D1").pk]))
    page.get_by_role("button", name="Ký và nộp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận")
    page = desk.open("/")
    line = page.get_by_role("listitem").filter(has_text="cho Ban Dân vận Quận ủy Quận 1")
    expect(line).to_contain_text("Hạn 15/05/2023")
    line.get_by_role("link", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", name="A. Kiến nghị với cấp ủy")).to_be_visible()
    page.get_by_role("button", name="Gửi Ban Dân vận Quận ủy Quận 1").click()
    expect(page.get_by_text("Đúng hạn", exact=True)).to_be_visible()
    board = sit("phuong", size=WIDE).open("/")
    board.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Báo cáo gửi đến").click()
    board.get_by_role("link", name="Liên đoàn Lao động Quận 1").click()
    expect(board.get_by_role("heading", level=3)).to_have_text(["Lần gửi 1 Đúng hạn", "A. Kiến nghị với cấp ủy", "B. Kết quả nổi bật"])
    board.get_by_role("button", name="Tiếp nhận").click()
    expect(board.get_by_text("Đã tiếp nhận. Đơn vị thấy ngay.")).to_be_visible()
    owed = Obligation.objects.get(unit=world.units["D1"])
    assert (owed.due_at, dispatch_of(world).due_at) == (later(days=39, minutes=15 * 60), later(days=44, minutes=15 * 60))
    assert Obligation.objects.filter(unit=world.units["D1"]).count() == 1
