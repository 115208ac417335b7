"""Somebody at a real browser before the served program: signs in as people do, and everything that goes wrong on the way is kept."""

import re
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from kheo.demo.plan.cast import PASSWORD
from tests.browser import PATIENCE

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
REFUSED = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the page's policy: ${event.violatedDirective} ${event.blockedURI}`))"""


class Visitor:
    """A person with a browser of their own. `visited`: (method, address) of every page and act, in order, each once."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int] | None = None, **options: Any) -> None:
        self.address = address
        self.faults: list[str] = []
        self.visited: dict[tuple[str, str], None] = {}
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport=size or WIDE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(REFUSED)
        self.context.on("request", self._note)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page: Page = self.context.new_page()

    def _note(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme == "data":
            return
        if not request.url.startswith(f"{self.address}/"):
            self.faults.append(f"asked another machine for {request.url}")
        elif not asked.path.startswith("/static/"):
            self.visited[request.method, asked.path] = None

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def sign_in(self, name: str, password: str = PASSWORD) -> Self:
        """From the address of the town through the sign-in page to Việc của tôi."""
        self.page.goto("/")
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_label("Mật khẩu").press("Enter")
        self.sees_heading("Việc của tôi")
        return self

    def sees_heading(self, words: str | re.Pattern[str]) -> None:
        """The page's own heading; waits for the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def goes_to(self, item: str) -> None:
        """An item of the main navigation."""
        self.page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name=item).click()

    def row(self, key: str) -> Locator:
        """The row of a report's table in which a cell stands."""
        return self.page.locator("table.sheet tr", has=self.page.locator(f"[id='{key}']"))

    def leave(self) -> None:
        """Closes the browser of this person."""
        self.context.close()
