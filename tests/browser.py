"""The browser before which the tests sit: Debian's Chromium, without the windows that nobody sees."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright

PATIENCE = 30_000  # milliseconds: the machine may be busy with other things
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
# The same engine of the same version. The whole browser keeps tabs, menus and windows that are never drawn: two thirds of the CPU of
# somebody who arrives, signs in and leaves, and a third of looking at every page with axe.
PROGRAMS = ("chromium-headless-shell", "chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; where there is none the tests are skipped, but not where the project is judged."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip("no chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread; nothing here is asynchronous
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()  # the one that the tests had under playwright's event loop
