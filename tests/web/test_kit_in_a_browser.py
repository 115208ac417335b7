"""The components in a real browser: the grid under the keyboard, one content a screen on a phone, axe in both themes.

The pages are rendered here and handed to the browser with the static files; nothing listens, nothing goes over a network.
"""

import json
import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account.forms import LoginForm
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route
from pytest_django import DjangoDbBlocker

from kheo.web.kit.views import show_kit
from tests.journeys.axe import every_violation

WEB = Path(__file__).resolve().parents[2] / "src/kheo/web"
HOST = "http://kheo.localhost"
WIDTHS = {"wide": 1280, "phone": 390}
LOGINS = [{"username": "an", "role": "cán bộ nhập liệu", "words": "Ghi số liệu của công đoàn cơ sở"}]

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db


def visit(address: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return request


def pages() -> dict[str, str]:
    sign_in = render_to_string("account/login.html", {"form": LoginForm(), "demo_logins": LOGINS, "demo_password": "mật-khẩu"}, visit("/"))
    return {
        "/_kit": show_kit(visit("/_kit")).content.decode(),
        "/_kit?nen=dark": show_kit(visit("/_kit?nen=dark")).content.decode(),
        "/dang-nhap": sign_in,
        "/404": render_to_string("404.html", {}, visit("/")),
        "/500": render_to_string("500.html"),
        "/nhat": "<!doctype html><html lang=vi><title>Nhạt</title><main><h1 style='color:#bbb;background:#fff'>Chữ quá nhạt</h1></main>",
    }


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """The pages; their frame asks the database whether this is a demo."""
    with django_db_blocker.unblock():
        return pages()


@pytest.fixture
def open_page(browser: Browser, shelf: dict[str, str]) -> Iterator[Open]:
    """Opens one of the pages; a fault in a script fails the test."""
    faults: list[str] = []
    contexts = []

    def serve(route: Route) -> None:
        address = route.request.url.removeprefix(HOST).partition("#")[0]
        if address.startswith("/static/"):
            path = WEB / address.removeprefix("/")
            kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
            route.fulfill(body=path.read_bytes(), content_type=kind)
        elif address in shelf:
            route.fulfill(body=shelf[address], content_type="text/html; charset=utf-8")
        else:
            faults.append(f"asked for {route.request.url}")
            route.abort()

    def opened(address: str, width: int = WIDTHS["wide"], *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
        contexts.append(context)
        context.route("**/*", serve)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(HOST + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def cells(page: Page) -> dict[str, tuple[str, str]]:
    """Every cell of the grid: what stands in it, and the answer chosen beside it."""
    found: dict[str, list[str]] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.entry input')].map("
        "i => [i.name, [i.value, document.getElementsByName(i.name + '.state')[0].value]]))"
    )
    return {key: (text, state) for key, (text, state) in found.items()}


def paste(page: Page, cell: str, text: str) -> None:
    page.evaluate(
        "([cell, text]) => { const clipboardData = new DataTransfer(); clipboardData.setData('text', text);"
        " const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});"
        " document.getElementById(cell).dispatchEvent(event) }",
        [cell, text],
    )


def type_in(page: Page, cell: str, text: str, key: str = "Enter") -> str:
    """Types over a cell and presses a key; the cell where the cursor then is."""
    page.focus(f"[id='{cell}']")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press(key)
    return str(page.evaluate("document.activeElement.id"))


def test_a_typed_number_is_grouped_and_enter_goes_down(open_page: Open) -> None:
    page = open_page("/_kit")
    assert type_in(page, "C301", "12345") == "C302"
    assert cells(page)["C301"] == ("12.345", "number")


def test_arrows_go_down_and_up(open_page: Open) -> None:
    page = open_page("/_kit")
    assert type_in(page, "C302", "5", "ArrowDown") == "C305"
    assert type_in(page, "C305", "5", "ArrowUp") == "C302"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("0", ("0", "zero")), ("-", ("0", "zero")), ("?", ("", "blank")), ("x", ("", "na")), ("một", ("một", "number"))],
)
def test_a_sign_answers_in_one_key_and_a_word_is_left_for_the_server(open_page: Open, typed: str, expected: tuple[str, str]) -> None:
    page = open_page("/_kit")
    type_in(page, "C301", typed)
    assert cells(page)["C301"] == expected


def test_choosing_no_data_empties_the_cell_and_tells_the_page(open_page: Open) -> None:
    page = open_page("/_kit")
    page.evaluate("addEventListener('kheo:cell', (event) => { window.told = event.detail })")
    page.select_option("[name='C308.state']", "blank")
    assert cells(page)["C308"] == ("", "blank")
    assert page.evaluate("told") == {"key": "C308", "state": "blank", "text": ""}


def test_a_column_pasted_from_excel_fills_the_cells_below(open_page: Open) -> None:
    page = open_page("/_kit")
    paste(page, "C302", "1\r\n2000\r\n0\r\n")
    assert [cells(page)[key] for key in ("C302", "C305", "C308")] == [("1", "number"), ("2.000", "number"), ("0", "zero")]
    assert page.inner_text("#toasts") == "Đã dán 3 ô"


def test_a_table_with_codes_goes_to_its_cells_wherever_it_is_pasted(open_page: Open) -> None:
    page = open_page("/_kit")
    before = cells(page)
    paste(page, "C302", "Mã\tTên\tSố\nB01.KT\tKinh tế\t1500\nC301\tĐiểm đầu kỳ\t7\nZ99\tkhông có\t3")
    assert cells(page) == before | {"B01.KT": ("1.500", "number"), "C301": ("7", "number")}
    assert page.inner_text("#B01") == "1.500"


@pytest.mark.parametrize("target", ["#chung", "#B01.KT"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_shows_the_content_of_what_was_asked_for(open_page: Open, target: str, scripts: bool) -> None:
    page = open_page(f"/_kit{target}", WIDTHS["phone"], scripts=scripts)
    assert (page.locator("#N3").is_visible(), page.locator("#chung").is_visible()) == (False, True)


def test_a_phone_starts_at_the_first_content_and_a_desk_sees_all(open_page: Open) -> None:
    for width, second in ((WIDTHS["phone"], False), (WIDTHS["wide"], True)):
        page = open_page("/_kit", width)
        assert (page.locator("#N3").is_visible(), page.locator("#chung").is_visible()) == (True, second)


def test_ticks_are_counted_and_the_button_waits_for_one(open_page: Open) -> None:
    page = open_page("/_kit")
    button = page.get_by_role("button", name="Chấp nhận báo cáo đã chọn")
    assert (button.count(), page.locator("[data-pick-count]").is_visible()) == (0, False), "nothing is chosen: nothing stands over the rows"
    page.get_by_label("Chọn tất cả").check()
    assert page.inner_text("[data-pick-count]") == "2"
    assert button.is_enabled()


def test_without_scripts_the_button_works_and_dead_tools_do_not_show(open_page: Open) -> None:
    page = open_page("/_kit", scripts=False)
    assert page.get_by_role("button", name="Chấp nhận báo cáo đã chọn").is_enabled()
    assert page.locator("[data-pick-tool]:visible").count() == 0


def test_a_card_on_the_sign_in_page_fills_in_the_form(open_page: Open) -> None:
    page = open_page("/dang-nhap")
    page.get_by_role("button", name="cán bộ nhập liệu").click()
    assert (page.input_value("#id_login"), page.input_value("#id_password")) == ("an", "mật-khẩu")
    assert page.evaluate("document.activeElement.textContent") == "Đăng nhập"


def test_without_scripts_the_cards_are_words(open_page: Open) -> None:
    page = open_page("/dang-nhap", scripts=False)
    assert page.get_by_text("cán bộ nhập liệu").is_visible()
    assert page.get_by_role("button", name="cán bộ nhập liệu").count() == 0


@pytest.mark.parametrize("width", [320, 390, 960, 1280])
def test_no_page_is_wider_than_the_screen(open_page: Open, width: int) -> None:
    for address in ("/_kit", "/dang-nhap", "/404"):
        assert open_page(address, width).evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("address", ["/_kit", "/_kit?nen=dark", "/dang-nhap", "/404", "/500"])
def test_axe_finds_nothing(open_page: Open, address: str, width: int) -> None:
    violations = every_violation(open_page(address, width))
    assert violations == {}, json.dumps(violations, ensure_ascii=False, indent=1)


def test_axe_would_see_pale_text(open_page: Open) -> None:
    assert "color-contrast" in every_violation(open_page("/nhat"))
