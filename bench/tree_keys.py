"""The tree in a real browser with 20,000 units opened: what a key, opening and scrolling cost, and how large the page grows.

    KHEO_DATA=<an empty folder, or that folder again> .venv/bin/python -m bench.tree_keys

Two shapes: 20,000 units directly below one, and 200 units of 100 each, all open. Everything is loaded by scrolling from top to bottom
before a key is measured. Prints script, style and layout time of the browser per press (median, dearest of twenty), long tasks, nodes and
memory. Chromium by Playwright; the program answers in this process, nothing listens.
"""

import mimetypes
import os
import shutil
from contextvars import copy_context
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.browsing import names
from bench.tree import kinds_by_depth, measured, plant
from playwright.sync_api import CDPSession, Page, Request, Route, sync_playwright

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

AT, TODAY = datetime(2025, 8, 1, 2, tzinfo=UTC), date(2025, 8, 1)
BROAD, GROUPS, EACH = 20_000, 200, 100
WIDE_UNIT, DEEP_UNIT = 2, 3
STATIC = Path(__file__).resolve().parents[1] / "src/kheo/web/static"
HOST = "http://localhost"
TASKS = "window.longTasks = []; new PerformanceObserver((seen) => longTasks.push(...seen.getEntries().map((each) => each.duration)))"
KEYS = ("ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "n", "ArrowDown")
PRESSES = 20
TIMES = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


def prepare() -> None:
    """The two shapes under one unit, and somebody who may look."""
    from kheo.core.workflow import Role
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import appoint
    from kheo.people.models import User

    if User.objects.exists():
        return
    above = [0, 1, 1, *([WIDE_UNIT] * BROAD)]
    groups = range(len(above) + 1, len(above) + 1 + GROUPS)
    above += [*([DEEP_UNIT] * GROUPS), *(group for group in groups for _ in range(EACH))]
    kinds = kinds_by_depth(above, ("provincial_federation", "district_federation", "ward_union", "grassroots_union"))
    measured(f"plant {len(above):,} units", lambda: plant(above, kinds, names(len(above))))
    appoint(User.objects.create_user("lan", "Đỗ Thị Lan", "mot-mat-khau-thu"), 1, Role.OFFICE, on=TODAY, by=SYSTEM, at=AT)


class Seen:
    """A page in the browser and what the browser says of its own work."""

    def __init__(self, page: Page, protocol: CDPSession) -> None:
        self.page, self.protocol, self.answers = page, protocol, 0
        page.on("requestfinished", self._count)
        protocol.send("Performance.enable")

    def _count(self, request: Request) -> None:
        self.answers += 1

    def quiet(self) -> None:
        """Until nothing more has been read for half a second."""
        before = -1
        while before != self.answers:
            before = self.answers
            self.page.wait_for_timeout(500)

    def metrics(self) -> dict[str, float]:
        """By the names of the protocol; seconds, bytes, counts."""
        return {each["name"]: each["value"] for each in self.protocol.send("Performance.getMetrics")["metrics"]}

    def press(self, key: str, times: int) -> str:
        """Median and dearest of so many presses, in milliseconds."""
        costs: dict[str, list[float]] = {name: [] for name in TIMES}
        for _ in range(times):
            before = self.metrics()
            self.page.keyboard.press(key)
            self.page.locator("[role=tree] [aria-busy=true], [role=tree][aria-busy=true]").wait_for(state="detached")
            self.page.evaluate("new Promise(requestAnimationFrame)")
            after = self.metrics()
            for name in TIMES:
                costs[name].append((after[name] - before[name]) * 1e3)
        told = (f"{name.removesuffix('Duration').lower()} {median(each):.1f} (most {max(each):.1f})" for name, each in costs.items())
        return f"{', '.join(told)} ms"

    def told(self, what: str) -> None:
        """How large the page is and the long tasks since last time."""
        found = self.metrics()
        tasks = self.page.evaluate("longTasks.splice(0)")
        rows, all_rows = self.page.locator("[role=treeitem]").count(), self.page.evaluate("document.documentElement.scrollHeight")
        print(
            f"  {what}: {rows:,} rows in the document, {found['Nodes']:,.0f} nodes, {found['JSHeapUsedSize'] / 2**20:.0f} MiB of script,"
            f" page {all_rows:,} px, {len(tasks)} tasks over 50 ms{f', longest {max(tasks):.0f} ms' if tasks else ''}",
            flush=True,
        )


def scroll_through(seen: Seen) -> None:
    """From top to bottom, a screen and a half at a time, so that every row is read once."""
    moves = "(() => { const before = scrollY; scrollBy(0, innerHeight * 1.5); return scrollY > before; })()"
    while seen.page.evaluate(moves):
        seen.page.evaluate("new Promise(requestAnimationFrame)")
        seen.page.wait_for_timeout(80)
    seen.quiet()


def open_all(seen: Seen) -> None:
    """Every unit directly below is opened by its key, which opens a page of a hundred."""
    for _ in range(GROUPS // 100):
        seen.page.keyboard.press("*")
        seen.quiet()
        seen.page.keyboard.press("End")
        seen.quiet()


def measure(seen: Seen, unit: int, is_deep: bool) -> None:
    """One shape."""
    seen.page.goto(f"{HOST}/cay/?mo={unit}")
    seen.page.locator("[role=treeitem]").first.focus()
    seen.told("opened")
    before = seen.metrics()
    if is_deep:
        open_all(seen)
        seen.page.keyboard.press("Home")
    scroll_through(seen)
    after = seen.metrics()
    seen.told("all loaded")
    print(f"  loading all: script {after['ScriptDuration'] - before['ScriptDuration']:.2f} s of the browser")
    seen.page.locator("[role=treeitem][tabindex='0']").focus()
    for key in KEYS:
        print(f"  {key:10s} {seen.press(key, 3 if key in ('End', 'Home') else PRESSES)}")
    seen.told("after the keys")


def serve(route: Route, client: Any, here: Any) -> None:
    """What the browser asks for, answered by the program in this process."""
    path = route.request.url.removeprefix(HOST).partition("#")[0]
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/").partition("?")[0]
        kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
        route.fulfill(body=file.read_bytes(), content_type=kind)
        return
    answer = here.run(client.get, path)
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)


def browse() -> None:
    """Both shapes before a browser."""
    from django.test import Client

    from kheo.people.models import User

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in this thread
    client, here = Client(HTTP_HOST="localhost"), copy_context()
    client.force_login(User.objects.get())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, unit in (("20,000 directly below one", WIDE_UNIT), ("200 units of 100, all open", DEEP_UNIT)):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
            context.add_init_script(f"{TASKS}.observe({{ type: 'longtask' }})")
            context.route("**/*", lambda route: serve(route, client, here))
            page = context.new_page()
            print(name)
            measure(Seen(page, context.new_cdp_session(page)), unit, unit == DEEP_UNIT)
            context.close()
        browser.close()


def main() -> None:
    """On an empty folder, or one that this has prepared."""
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        prepare()
        browse()


if __name__ == "__main__":
    main()
