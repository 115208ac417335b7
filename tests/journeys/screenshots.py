"""Photographs every page of a running demo, wide and narrow: `python -m tests.journeys.screenshots OUT [--address http://localhost:8000]`.

Not a test: for looking at what was made. The server is started by whoever looks (`make run`).
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.journeys.places import PLACES, Place
from tests.journeys.visitor import PHONE, WIDE, Visitor

HAND = {"has_touch": True, "is_mobile": True}
SIZES = {"wide": (WIDE, {}), "narrow": (PHONE, HAND)}
TALLEST = 1500


def photograph(browser: Browser, address: str, out: Path, places: list[Place], scheme: str) -> None:
    """Pictures of each place and size: `<place>-<size>-<number>.png`, a long page cut into several."""
    for size, (viewport, options) in SIZES.items():
        for who in dict.fromkeys(place.who for place in places):
            visitor = Visitor(browser, address, viewport, color_scheme=scheme, **options)
            if who:
                visitor.sign_in(who)
            for place in places:
                if place.who == who:
                    print(f"{place.name}-{size}: {place.go(visitor.page)}")  # noqa: T201
                    cut(visitor.page, out, f"{place.name}-{size}")
            for fault in visitor.faults:
                print(f"   {who or 'stranger'}, {size}: {fault}")  # noqa: T201
            visitor.leave()


def cut(page: Page, out: Path, name: str) -> None:
    """The page from top to bottom in pictures that can be looked at without shrinking."""
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    for number, top in enumerate(range(0, height, TALLEST), start=1):
        clip = {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top)}
        page.screenshot(path=out / f"{name}-{number}.png", full_page=True, clip=clip)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--only", default="", help="comma-separated names of places")
    parser.add_argument("--scheme", choices=["light", "dark"], default="light")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    wanted = set(filter(None, chosen.only.split(",")))
    with chromium() as browser:
        places = [place for place in PLACES if not wanted or place.name in wanted]
        photograph(browser, chosen.address.rstrip("/"), chosen.out, places, chosen.scheme)


if __name__ == "__main__":
    main()
