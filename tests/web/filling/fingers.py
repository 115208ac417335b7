"""Fingers on the report's grid: typing, pasting, waiting for what is saved, a network that fails."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.world import World

SAVED = re.compile(r"^Đã lưu lúc \d\d:\d\d 02/04/2023$")


def address(world: World, code: str = "G1") -> str:
    return reverse("report", args=[world.obligation(code).pk])


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def type_in(page: Page, key: str, text: str, leave: str = "Enter") -> str:
    """Types over a cell and leaves it by a key; the place where the cursor then is."""
    page.locator(f"[id='{key}']").focus()
    page.keyboard.type(text)
    page.keyboard.press(leave)
    return focused(page)


def saved(page: Page) -> None:
    expect(page.locator("#trang-thai-luu")).to_have_text(SAVED)


def stored(world: World) -> dict[str, object]:
    return dict(world.report("G1").figures)


def value(page: Page, key: str) -> str:
    return page.locator(f"[id='{key}']").input_value()


def paste(page: Page, key: str, text: str) -> None:
    page.evaluate(
        "([key, text]) => { const clipboardData = new DataTransfer(); clipboardData.setData('text', text);"
        " const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});"
        " document.getElementById(key).dispatchEvent(event) }",
        [key, text],
    )


def save_fails(answer: str) -> Callable[[Route], bool]:
    """Answers every save in a bad way, everything else as always."""

    def instead(route: Route) -> bool:
        if not route.request.url.endswith("/luu"):
            return False
        if answer == "no network":
            route.abort()
        elif answer == "busy":
            route.fulfill(status=503, body="bận")
        else:
            route.fulfill(status=302, headers={"Location": "/tai-khoan/dang-nhap/"})
        return True

    return instead
