"""The colours of the design: both lists agree, and every text can be read on its ground, by the formula of WCAG 2.2."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "src/kheo/web/static/kheo"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
PLAIN = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS))
THEMED = {name: (light, dark) for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)}
THEMES = ("light", "dark")

READ_AS_TEXT = [
    *[(text, ground) for text in ("ink", "muted", "accent", "accent-strong") for ground in ("page", "surface", "sunken", "accent-soft")],
    *[(tone, f"{tone}-soft") for tone in ("plain", "info", "sent", "good", "warn", "bad")],
    *[(tone, ground) for tone in ("plain", "good", "warn", "bad") for ground in ("page", "surface")],
    *[("ink", f"{tone}-soft") for tone in ("info", "sent", "good", "warn", "bad")],
    ("plain", "sunken"),
    ("warn", "accent-soft"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("on-bad", "bad"),
    ("on-bad", "bad-strong"),
    ("page", "ink"),
]
SEEN_AS_SHAPE = [
    *[("edge", ground) for ground in ("page", "surface")],
    *[("focus", ground) for ground in ("page", "surface", "sunken", "accent-soft", "warn-soft")],
    *[(mark, "surface") for mark in ("action", "lotus", "info", "bad", "good", "warn", "sent")],
    ("action", "line"),
    ("bad", "line"),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, glossary)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour(name: str, theme: str) -> str:
    return THEMED[name][THEMES.index(theme)]


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#1a73e8", "#1a73e8", 1.0)]
)
def test_the_measure_itself_is_right_and_refuses_a_grey_just_too_pale(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_old_browsers_get_the_same_light_colours_as_new_ones() -> None:
    assert {name: light for name, (light, _) in THEMED.items()} == PLAIN


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), READ_AS_TEXT)
def test_text_is_legible(text: str, ground: str, theme: str) -> None:
    assert contrast(colour(text, theme), colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), SEEN_AS_SHAPE)
def test_a_border_a_mark_and_the_focus_ring_can_be_made_out(mark: str, ground: str, theme: str) -> None:
    assert contrast(colour(mark, theme), colour(ground, theme)) >= 3


def test_no_sheet_decides_a_colour_of_its_own() -> None:
    sheets = [path for path in STATIC.glob("*.css") if path.name != "tokens.css"]
    own = {path.name: found for path in sheets if (found := re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")))}
    assert own == {"parts.css": ["#0f1a1e80"]}  # the veil behind a dialog, where older browsers see no tokens
