"""Looking at a page as axe does, wide and narrow, light and dark; and whether it is wider than a phone."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.journeys.axe import COLOURS, EVERYTHING, violations
from tests.journeys.visitor import PHONE, WIDE

SIZES = {"wide": WIDE, "narrow": PHONE}


def look(page: Page) -> Iterator[tuple[str, object]]:
    """Everything that is wrong with a page, by how it was looked at; the scheme changes under the open page, as it does at dusk."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        yield f"{size}, light", violations(page, EVERYTHING)
        page.emulate_media(color_scheme="dark")
        yield f"{size}, dark", violations(page, COLOURS)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        yield f"{size}, pixels too wide", max(0, too_wide)
