"""A real browser before the program: what it asks for goes straight to Django in this process. Nothing listens, no network is used.

The database connection and the transaction are the test's own. A fault in a script, or something that the content security
policy refuses, fails the test.
"""

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.world import World

HOST = "http://localhost"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PASSED_ON = {"x-csrftoken": "HTTP_X_CSRFTOKEN", "referer": "HTTP_REFERER", "origin": "HTTP_ORIGIN"}


class Desk:
    """One of the cast before a browser. `answers_before` may answer instead of the program: a network that fails, a busy server."""

    def __init__(self, browser: Browser, world: World, who: str, size: dict[str, int], options: dict[str, Any]) -> None:
        self.client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
        self.client.force_login(world.users[who])
        self.faults: list[str] = []
        self.here = copy_context()  # Django keeps its connection by context, and playwright calls back in one of its own
        self.answers_before: Callable[[Route], bool] = lambda route: False
        self.context: BrowserContext = browser.new_context(
            viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", service_workers="block", **options
        )  # type: ignore[arg-type]
        self.context.route("**/*", self.serve)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self._hear(message.text))

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)

    def serve(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if self.answers_before(route):
            return
        if address.path.startswith(settings.STATIC_URL):
            path = Path(str(finders.find(address.path.removeprefix(settings.STATIC_URL))))
            kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
            route.fulfill(body=path.read_bytes(), content_type=kind)
            return
        answer = self.ask(route)
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    def ask(self, route: Route) -> Any:
        """What the program answers; the browser is told nothing yet."""
        headers = {PASSED_ON[name]: text for name, text in route.request.headers.items() if name in PASSED_ON}
        answer = self.here.run(
            self.client.generic,
            route.request.method,
            route.request.url.removeprefix(HOST).partition("#")[0],
            route.request.post_data_buffer or b"",
            route.request.headers.get("content-type", "application/octet-stream"),
            **headers,
        )
        if route.request.is_navigation_request() and answer.status_code == 302:
            # The browser itself would go on by the network, which is not there.
            return self.here.run(self.client.get, answer["Location"])
        return answer

    def open(self, address: str) -> Page:
        self.page.goto(HOST + address)
        return self.page


Sit = Callable[..., Desk]


@contextmanager
def desks(browser: Browser, world: World) -> Iterator[Sit]:
    """Seats one of the cast before the browser: `sit("an", size=PHONE, java_script_enabled=False)`."""
    seated: list[Desk] = []

    def sit(who: str, size: dict[str, int] = WIDE, **options: Any) -> Desk:
        seated.append(Desk(browser, world, who, size, options))
        return seated[-1]

    yield sit
    for desk in seated:
        desk.context.close()
    assert [fault for desk in seated for fault in desk.faults] == []
