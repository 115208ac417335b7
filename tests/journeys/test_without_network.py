"""Ten minutes without a network: the report opens again, nothing typed is lost, and what was typed is sent once.

The worker and the browser's own network switch are real. Playwright's switch stops a page and its worker alike.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from kheo.journal.models import JournalEntry
from kheo.reports.models import Report
from tests.journeys.conftest import Arrive
from tests.journeys.town import AN_UNIT, Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db

FIGURES = {"C101": "41", "C103": "7", "C106": "3"}
OFFLINE_WORDS = ("net::ERR_INTERNET_DISCONNECTED", "Failed to load resource", "ERR_FAILED")


@pytest.fixture
def an(arrive: Arrive, town: Town) -> Iterator[Visitor]:
    """An at her report, the worker having taken its copy."""
    visitor = arrive("an")
    visitor.page.goto(town.page_of("report", AN_UNIT))
    kept(visitor.page)
    yield visitor
    # A page without a network may say so on the console; anything else is a fault.
    visitor.faults[:] = [fault for fault in visitor.faults if not any(word in fault for word in OFFLINE_WORDS)]


def until(page: Page, condition: str) -> None:
    """Waits inside the page: `condition` is an expression with `await` in it, of which Playwright's own waiting takes no notice."""
    page.evaluate(
        f"""async () => {{
          for (let turn = 0; !({condition}); turn += 1) {{
            if (turn > 600) throw new Error("waited in vain");
            await new Promise((next) => setTimeout(next, 50));
          }}
        }}"""
    )


def kept(page: Page) -> None:
    """Waits until the page and all its parts lie in the worker's store: the page is put there first, its parts in the order of its text."""
    until(page, 'await (await caches.open("kheo-pages")).match(location.pathname)')
    until(page, '(await (await caches.open("kheo-parts")).keys()).some((each) => each.url.endsWith("absence.js"))')


def type_over(page: Page, key: str, text: str) -> None:
    page.locator(f"[id='{key}']").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def figures_of(town: Town) -> dict[str, object]:
    return dict(Report.objects.get(obligation=town.obligation(AN_UNIT)).figures)


def saves_of(town: Town) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(act="save_draft", object_id=town.obligation(AN_UNIT)).order_by("number"))


def test_what_is_typed_for_ten_minutes_without_a_network_survives_a_reload_and_is_sent_once(an: Visitor, town: Town) -> None:
    page, before, sent = an.page, saves_of(town), list[Request]()
    page.clock.install()
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/luu") and request.method == "POST" else None)
    an.context.set_offline(True)
    for key, text in FIGURES.items():
        type_over(page, key, text)
        page.clock.run_for(200_000)
    expect(page.locator("#chua-gui")).to_contain_text("Đang không có mạng. Anh/chị cứ nhập tiếp. 3 chỗ đang giữ trên máy này")
    page.locator("#chua-gui summary").click()
    expect(page.locator("#chua-gui li")).to_have_count(3)
    expect(page.locator("#chua-gui li").first).to_contain_text("C101")
    assert saves_of(town) == before

    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#chua-gui")).to_contain_text("Trang này là bản giữ trên máy lúc")
    assert {key: page.locator(f"[id='{key}']").input_value() for key in FIGURES} == FIGURES
    expect(page.locator("#trang-thai-luu")).to_contain_text("mất mạng")

    sent.clear()
    an.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#trang-thai-luu")).to_contain_text("Đã lưu lúc")
    expect(page.locator("#chua-gui")).to_be_hidden()
    assert len(sent) == 1
    stored = figures_of(town)
    assert {key: stored[key] for key in FIGURES} == {key: int(text) for key, text in FIGURES.items()}
    (new,) = saves_of(town)[len(before) :]
    assert {key: after for key, (_, after) in new.detail["cells"].items()} == {key: int(text) for key, text in FIGURES.items()}
    assert page.evaluate("localStorage.length") == 0


def test_a_closed_tab_is_found_again_from_the_page_without_network_and_from_home(an: Visitor, town: Town) -> None:
    page = an.page
    an.context.set_offline(True)
    type_over(page, "C107", "9")
    expect(page.locator("#chua-gui")).to_be_visible()
    page.close(run_before_unload=False)
    again = an.page = an.context.new_page()
    again.goto("/")
    expect(again.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    again.get_by_role("link", name="Báo cáo năm 2023").click()
    expect(again.locator("[id='C107']")).to_have_value("9")
    again.close(run_before_unload=False)
    an.context.set_offline(False)
    again = an.page = an.context.new_page()
    again.goto("/")
    expect(again.locator("[data-unsent]")).to_contain_text("Báo cáo có 1 chỗ chưa gửi")
    again.locator("[data-unsent] a").click()
    expect(again.locator("[id='C107']")).to_have_value("9")
    until(again, "localStorage.length === 0")  # the status tells of what was saved before, until what the machine kept is sent
    expect(again.locator("#trang-thai-luu")).to_contain_text("Đã lưu lúc")
    assert figures_of(town)["C107"] == 9


def test_a_network_that_comes_back_does_not_cancel_the_report_just_asked_for(an: Visitor) -> None:
    page, path = an.page, an.page.url
    an.context.set_offline(True)
    page.goto("/")
    # The network's return reaches the page between the press and the answer, as it does now and then on a real phone.
    page.evaluate("""addEventListener("beforeunload", () => dispatchEvent(new Event("online")))""")
    page.get_by_role("link", name="Báo cáo năm 2023").click()
    expect(page).to_have_url(path)
    expect(page.locator("[id='C107']")).to_be_visible()


def test_an_old_copy_shows_what_was_saved_after_it_was_kept(an: Visitor, town: Town) -> None:
    page = an.page
    type_over(page, "C108", "12")
    expect(page.locator("#trang-thai-luu")).to_contain_text("Đã lưu lúc")
    count = page.locator("#da-nhap").inner_text()
    until(page, 'await (await caches.open("kheo-pages")).match(location.pathname + "da-luu")')
    an.context.set_offline(True)
    page.reload()
    expect(page.locator("[id='C108']")).to_have_value("12")
    expect(page.locator("#da-nhap")).to_have_text(count)
    an.context.set_offline(False)


def test_what_a_colleague_changed_meanwhile_is_asked_cell_by_cell(an: Visitor, arrive: Arrive, town: Town) -> None:
    page = an.page
    an.context.set_offline(True)
    type_over(page, "C109", "5")
    type_over(page, "C110", "6")
    hoa = arrive("hoa")
    hoa.page.goto(town.page_of("report", AN_UNIT))
    type_over(hoa.page, "C109", "8")
    expect(hoa.page.locator("#trang-thai-luu")).to_contain_text("Đã lưu lúc")
    an.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[id='p-C109']")).to_contain_text("vừa ghi “8”; anh/chị ghi “5”.")
    assert {key: figures_of(town)[key] for key in ("C109", "C110")} == {"C109": 8, "C110": 6}
    page.get_by_role("button", name="Giữ 5").click()
    expect(page.locator("[id='p-C109']")).to_have_count(0)
    expect(page.locator("#trang-thai-luu")).to_contain_text("Đã lưu")
    assert figures_of(town)["C109"] == 5


def test_signing_and_sending_waits_for_the_network(an: Visitor) -> None:
    an.context.set_offline(True)
    an.page.locator("#xem-lai").click()
    expect(an.page.locator("#trang-thai-luu")).to_have_text("Ký và nộp cần có mạng; những gì đã nhập vẫn còn")
    an.context.set_offline(False)


def test_signing_out_takes_the_kept_pages_along(an: Visitor) -> None:
    page = an.page
    assert page.evaluate("caches.has('kheo-pages')")
    page.goto("/tai-khoan/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    until(page, "!(await caches.has('kheo-pages'))")
    left = page.evaluate("(async () => (await (await caches.open('kheo-parts')).keys()).map((each) => each.url))()")
    assert left
    assert not any("/bao-cao/" in address for address in left)


@pytest.mark.parametrize("way", ["the address itself", "an ended session"])
def test_whoever_comes_next_finds_nothing_kept_even_where_the_pages_script_fails(an: Visitor, way: str) -> None:
    """A session that ran out, another person at the same computer: the worker sees the sign-in page go by and forgets by itself."""
    page = an.page
    assert page.evaluate("caches.has('kheo-pages')")
    an.context.route("**/kheo/kheo.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    address = page.url
    an.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/" if way == "the address itself" else address)
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    until(page, "!(await caches.has('kheo-pages'))")
    an.context.set_offline(True)
    page.goto(address)
    expect(page.locator("[data-draft]")).to_have_count(0)
    an.context.set_offline(False)


def test_a_report_that_can_no_longer_be_written_into_is_kept_no_more(arrive: Arrive, town: Town) -> None:
    chi = arrive("chi")
    chi.page.goto("/")
    chi.page.locator(".task-done h3 a[href^='/bao-cao/']").first.click()
    chi.sees_heading("Báo cáo năm 2023")
    assert chi.page.evaluate("caches.keys()") == []
