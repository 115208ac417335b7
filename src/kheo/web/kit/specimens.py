"""Reads the specimens of the kit from templates/kit/parts, and the icons and colours from the static files."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import get_template

ROOM = Path(__file__).resolve().parents[1]
PARTS = ROOM / "templates" / "kit" / "parts"
STATIC = ROOM / "static" / "kheo"
_HEADLINE = re.compile(r"\{#\s*(?P<title>[^|]+?)\s*\|\s*(?P<when>.+?)\s*#\}\n")


@dataclass(frozen=True)
class Specimen:
    """One component: its name, when to use it, how it looks, and the HTML that makes it."""

    id: str
    title: str
    when: str
    html: str  # already safe: a template rendered it
    source: str


def specimens() -> tuple[Specimen, ...]:
    """Every file of kit/parts in order; its first line is the comment `{# title | when to use #}`."""
    return tuple(_read(path) for path in sorted(PARTS.glob("*.html")))


def _read(path: Path) -> Specimen:
    text = path.read_text(encoding="utf-8")
    headline = _HEADLINE.match(text)
    if headline is None:
        raise ValueError(f"{path.name}: the first line must be {{# title | when to use #}}")
    html = get_template(f"kit/parts/{path.name}").render({})
    return Specimen(path.stem.split("-", 1)[1], headline["title"], headline["when"], html, text[headline.end() :].strip())


def icons() -> tuple[str, ...]:
    """The names in the icon file."""
    return tuple(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))


def colours() -> tuple[str, ...]:
    """The names of the colour tokens, in their order."""
    tokens = (STATIC / "tokens.css").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(re.findall(r"--([a-z-]+): #", tokens)))
