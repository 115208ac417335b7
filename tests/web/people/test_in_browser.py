"""The whole way in a real browser: a superior lets a head in, the head lets an officer in, the officer fills in; the head hands over."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kheo.org.models import Post
from tests.journeys.axe import every_violation
from tests.web.desk import HOST, PHONE, WIDE, Desk, Sit
from tests.world import World

pytestmark = pytest.mark.django_db
PASSWORD = "con trâu qua sông"


def assert_accessible(page: Page) -> None:
    assert every_violation(page) == {}


def stranger(sit: Sit) -> Desk:
    """Somebody with a phone and no account."""
    desk = sit("chi", PHONE)
    desk.client.logout()
    return desk


def send(page: Page, role: str, name: str, hand_over: bool | None = None) -> str:
    """Press the way to an invitation, from the page of the unit's people; gives its link."""
    page.click("a:text-is('Mời người')")
    if page.locator(f"a[aria-label='Mời {role}']").count():
        page.click(f"a[aria-label='Mời {role}']")
    assert_accessible(page)
    page.fill("#ho-ten", name)
    if hand_over is not None:
        page.locator("input[name=thay]").nth(0 if hand_over else 1).check()
    page.click("button:text-is('Tạo lời mời')")
    expect(page.locator("h1")).to_have_text(f"Gửi lời mời này cho {name}")
    assert_accessible(page)
    return page.locator("#loi-nhan").input_value().rpartition(" ")[2].removeprefix(HOST)


def take_up(page: Page, username: str, has_name: bool = True) -> None:
    assert_accessible(page)
    if not has_name:
        page.fill("#ten", username)
    page.fill("#mat-khau", PASSWORD)
    page.click("button:text-is('Nhận nhiệm vụ')")
    expect(page.locator("h1")).to_have_text("Tôi được làm gì")
    assert_accessible(page)


def test_people_come_in_down_the_tree_fill_in_and_hand_over(world: World, sit: Sit) -> None:
    g2 = world.units["G2"]
    binh = sit("binh").open(reverse("people", args=[g2]))
    assert_accessible(binh)
    link = send(binh, "thủ trưởng đơn vị", "Lý Thị Mới")
    head = stranger(sit)
    page = head.open(link)
    take_up(page, "ly.thi.moi")
    page.click("a:text-is('Người của đơn vị')")
    link = send(page, "cán bộ nhập liệu", "Cao Văn Nhập")
    officer = stranger(sit)
    filling = officer.open(link)
    take_up(filling, "cao.van.nhap")
    filling.goto(HOST + reverse("report", args=[world.obligation("G2").pk]))
    filling.fill("input[name='B02']", "5")
    filling.keyboard.press("Enter")
    expect(filling.locator("[data-save=saved]")).to_be_visible()
    assert world.report("G2").figures["B02"] == 5
    page.goto(HOST + reverse("own_posts"))
    with page.expect_navigation():  # to its end: a page without its sheets has small links
        page.click("a[aria-label^='Tôi thôi chức trách']")
    assert_accessible(page)
    expect(page.locator("tr", has_text="Báo cáo chờ ký nộp")).to_contain_text("Chưa có ai")
    # The superior lets the next one in; the head hands over on that day.
    binh.goto(HOST + reverse("people", args=[g2]))
    link = send(binh, "thủ trưởng đơn vị", "Tô Thị Kế", hand_over=True)
    heir = stranger(sit)
    taking = heir.open(link)
    expect(taking.locator("main")).to_contain_text("Nhận bàn giao từ Lý Thị Mới.")
    take_up(taking, "to.thi.ke")
    assert page.goto(HOST + reverse("people", args=[g2])).status == 404  # type: ignore[union-attr]
    held = Post.objects.filter(unit=g2, ends__isnull=True).values_list("user__full_name", "role").order_by("role")
    assert list(held) == [("Tô Thị Kế", "head"), ("Cao Văn Nhập", "officer")]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_every_page_of_this_job_is_for_everybody(world: World, sit: Sit, size: dict[str, int], scheme: str) -> None:
    desk = sit("dung", size, color_scheme=scheme)
    post = Post.objects.get(user=world.users["binh"])
    d1 = world.units["D1"]
    for address in (
        reverse("people", args=[d1]),
        reverse("invite", args=[d1]),
        reverse("invite", args=[d1]) + "?chuc-trach=reviewer",
        reverse("leave_post", args=[post.pk]),
        reverse("own_posts"),
        reverse("accept_invitation"),
        reverse("accept_invitation") + "?ma=AAAA",
    ):
        page = desk.open(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_everything_works_without_script(world: World, sit: Sit) -> None:
    page = sit("binh", java_script_enabled=False).open(reverse("people", args=[world.units["G2"]]))
    page.click("a:text-is('Mời người')")
    page.fill("#ho-ten", "Lý Thị Mới")
    page.click("button:text-is('Tạo lời mời')")
    link = page.locator("#loi-nhan").input_value().rpartition(" ")[2].removeprefix(HOST)
    head = sit("chi", PHONE, java_script_enabled=False)
    head.client.logout()
    taking = head.open(link)
    taking.fill("#mat-khau", PASSWORD)
    taking.click("button:text-is('Nhận nhiệm vụ')")
    assert Post.objects.filter(unit=world.units["G2"], role="head", user__username="ly.thi.moi").exists()
