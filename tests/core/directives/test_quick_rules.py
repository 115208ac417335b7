"""Rules that begin with words are looked for by the first letters of these: the same is found, sooner."""

import re

import pytest

from kheo.core.directives.paper import bare, quick, rule
from tests.core.directives.papers import HARD, pairs

TEXT = bare("\n".join(text for _, text, _ in pairs(HARD)))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(?:bao\s+cao|gui|nop|hoan\s+thanh|ban\s+hanh)\b",
        r"\b(?:truoc|trong|tu)\s+(?:ngay\s+)?\d|\btu\s+nay",
        r"\b(?:\d\s*(?:gio|ngay)|lan)\b",
        r"\btruoc\s+(?:khi|ngay)\b",
        r"\b(?:khoa (?:so|du lieu)|dong (?:cong|he thong))\b[^.]{0,40}",
    ],
)
def test_a_quick_rule_finds_what_the_plain_one_finds(pattern: str) -> None:
    assert quick(pattern) != pattern
    plain, found = ([match.span() for match in re.finditer(each, TEXT)] for each in (pattern, quick(pattern)))
    assert found == plain != []


@pytest.mark.parametrize(
    "pattern", [r"\b(?:(?P<a>gui)|nop)", r"\b(?:(gui)|nop)", r"\b(?:0?6|sau) thang", r"\b(?:gui|nop)+", r"gui|nop", r"\b(?:\d?|gui)"]
)
def test_a_rule_of_another_form_stays_as_it_is(pattern: str) -> None:
    assert quick(pattern) == pattern


def test_a_bar_or_bracket_that_is_escaped_or_in_a_class_ends_no_word() -> None:
    assert quick(r"\b(?:a[)|]b|c\|d\)|e)f") == r"[ace](?<!\w.)(?:(?<=a)(?:[)|]b)|(?<=c)(?:\|d\))|(?<=e)(?:))f"
    assert rule(r"\b(?:gui ve|nop)\b").search("ngui ve, gui\n ve") is not None
