"""Templates and sheets: nothing inline, nothing from elsewhere, no class without a rule, no icon without a drawing, small."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src/kheo/web"
STATIC = WEB / "static/kheo"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted(STATIC.glob("*.css"))
EVERYTHING = [*TEMPLATES, *sorted((WEB / "templates").rglob("*.txt")), *SHEETS, *sorted(STATIC.glob("*.js")), *sorted(STATIC.glob("*.svg"))]
FORBIDDEN = {
    "a style attribute": r"""\sstyle\s*=\s*["']""",
    "a style element": r"<style\b",
    "a script with its code inside": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"""\son[a-z]+\s*=\s*["']""",
    "an address of another host": r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+\.[a-z]",
    "an import of a sheet": r"@import|\burl\(",
}


def faults(text: str) -> list[str]:
    """What a strict content security policy, or a machine without internet, would stumble over."""
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(WEB)))
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color:red">', "a style attribute"),
        ("<style>p{}</style>", "a style element"),
        ("<script>go()</script>", "a script with its code inside"),
        ('<a onclick="go()">', "an event attribute"),
        ('<img src="https://cdn.example/x.png">', "an address of another host"),
        ('<script src="//cdn.example/x.js"></script>', "an address of another host"),
        ("@import 'x.css';", "an import of a sheet"),
    ],
)
def test_the_search_finds_each_of_these(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def classes_with_rules() -> set[str]:
    text = "\n".join(re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in SHEETS)
    return set(re.findall(r"\.([A-Za-z][\w-]*)", text))


def classes_used(text: str) -> Iterator[str]:
    """Class names written out in markup, in a template or in a Python string; a name with a variable inside cannot be known here."""
    for value in re.findall(r"""\bclass=\\?["']([^"'\\]*)""", text):
        spaced = re.sub(r"\{%.*?%\}", " ", value)
        whole = re.sub(r"\S*\{\{?.*?\}\}?\S*", " ", spaced)
        yield from whole.split()


def markup() -> Iterator[tuple[str, str]]:
    for path in [*TEMPLATES, *sorted(WEB.rglob("*.py"))]:
        yield str(path.relative_to(WEB)), path.read_text(encoding="utf-8")


def test_every_class_in_markup_has_a_rule() -> None:
    known = classes_with_rules()
    unknown = {name: missing for name, text in markup() if (missing := sorted(set(classes_used(text)) - known))}
    assert unknown == {}


def test_a_class_without_a_rule_would_be_seen() -> None:
    used = set(classes_used('<p class="tag no-such-class{% if a %} is-late{% endif %} is-{{ kind }}"></p>'))
    assert used == {"tag", "no-such-class", "is-late"}
    assert used - classes_with_rules() == {"no-such-class"}


def test_every_icon_in_a_template_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    asked = {icon for path in TEMPLATES for icon in re.findall(r'_icon\.html" with id="([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert asked - drawn == set()


def test_old_browsers_are_not_given_what_they_cannot_read() -> None:
    """Chrome 109 and Firefox 115 are the last on the old machines of many offices: no nesting, no color-mix()."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)
    assert re.findall(r"&\s|color-mix\(|@starting-style|popover", text) == []


def test_the_look_is_light_to_load() -> None:
    """What every page loads, and what one job may bring besides."""
    shared = set(re.findall(r"'kheo/([a-z-]+\.css)'", (WEB / "templates/_styles.html").read_text(encoding="utf-8")))
    sheets = b"".join(path.read_bytes() for path in SHEETS if path.name in shared)
    assert len(shared) > 5
    assert {path.name for path in SHEETS if path.name not in shared and path.stat().st_size > 10_000} == set()
    scripts = b"".join(path.read_bytes() for path in STATIC.glob("*.js"))
    assert len(sheets) < 46_000
    assert len(gzip.compress(sheets)) < 10_000
    assert len(gzip.compress(scripts)) < 10_000
