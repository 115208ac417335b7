"""The words of the reports."""

import pytest

from kheo.demo.plan.courses import Draft
from kheo.demo.plan.sources import source
from tests.demo.plan.campaign import contents, edition, papers, tree

EDITIONS = {"2022": "5-khong.2022", "2023-6T": "5-khong", "2023-N": "5-khong"}


@pytest.mark.parametrize("cycle", EDITIONS)
def test_required_sections_are_written_within_their_length_and_figures_are_put_in(cycle: str) -> None:
    outline = edition(EDITIONS[cycle]).outline
    for said in contents(cycle, Draft.RIGHT).values():
        words = said.narrative
        assert {section.id for section in outline if section.required} <= set(words) <= {section.id for section in outline}
        assert all(0 < len(words[section.id]) <= section.max_chars for section in outline if section.id in words)
        assert not any(brace in text for text in words.values() for brace in "{}")


def test_the_city_writes_every_section() -> None:
    words = papers("2023-N").content(tree().federation.code, Draft.RIGHT).narrative
    assert list(words) == [section.id for section in edition("5-khong").outline]


def test_units_do_not_all_say_the_same() -> None:
    texts = [said.narrative["I"] for said in contents("2023-N", Draft.RIGHT).values()]
    assert len(set(texts)) > len(texts) / 2


@pytest.mark.parametrize("theme", source("narratives")["themes"], ids=lambda theme: theme["name"])
def test_every_theme_has_a_sentence_that_needs_no_figure(theme: dict[str, list[str]]) -> None:
    for author in ("leaf", "inner", "top"):
        assert any("{" not in sentence for sentence in theme[author]), author
