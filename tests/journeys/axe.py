"""axe in an open page: what somebody could not read or use there."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
# What else axe looks at does not depend on the colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
RUN = "async (options) => (await axe.run({...options, selectors: false})).violations"


def violations(page: Page, options: dict[str, Any]) -> dict[str, list[str]]:
    """Grave violations by rule, with the beginnings of the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, options)
    return {each["id"]: [node["html"][:160] for node in each["nodes"]] for each in found if each["impact"] in GRAVE}
