"""axe in an open page: what somebody could not read or use there."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What axe looks at by itself.
DEFAULT: dict[str, Any] = {"resultTypes": ["violations"]}
EVERYTHING = {**DEFAULT, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What else axe looks at does not depend on the colours.
COLOURS = {**DEFAULT, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
GRAVE = ("serious", "critical")
# Most of what axe's contrast costs is reading the same few colours over and over, each through a whole library of colours.
READ_ONCE = """() => {
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
}"""
RUN = "async (options) => (await axe.run({...options, selectors: false})).violations"


def bring_axe(page: Page) -> None:
    """axe is in the page, once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(READ_ONCE)


def every_violation(page: Page, options: dict[str, Any] = EVERYTHING) -> dict[str, list[str]]:
    """All violations by rule, the slight ones too, with the beginnings of the elements that break it."""
    return {each["id"]: _elements(each) for each in _run(page, options)}


def violations(page: Page, options: dict[str, Any]) -> dict[str, list[str]]:
    """Grave violations by rule, with the beginnings of the elements that break it."""
    return {each["id"]: _elements(each) for each in _run(page, options) if each["impact"] in GRAVE}


def _run(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    bring_axe(page)
    found: list[dict[str, Any]] = page.evaluate(RUN, options)
    return found


def _elements(violation: dict[str, Any]) -> list[str]:
    return [node["html"][:160] for node in violation["nodes"]]
