"""The words of a report, put together from invented sentences that take their figures from the same report."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any, Literal

from kheo.core.definition import Definition, OutlineSection
from kheo.core.figures import Figure
from kheo.core.numbers import format_scaled
from kheo.demo.plan.sources import source

Author = Literal["leaf", "inner", "top"]
_FIGURE = re.compile(r"\{([^{}]+)\}")


def write_narrative(definition: Definition, year: int, figures: Mapping[str, Figure], *, author: Author, chance: Random) -> dict[str, str]:
    """Texts by section id: every required section, the others now and then (of the top always), all within their length."""
    data = source("narratives")
    theme_of: Mapping[str, str] = data["sections"][str(year)]
    themes = {theme["name"]: theme for theme in data["themes"]}
    texts: dict[str, str] = {}
    for section in definition.outline:
        theme = themes[theme_of[section.id]]
        is_written = chance.random() < theme["chance"] or section.required or author == "top"
        sentences = _sentences(definition, theme, figures, author, chance)
        if is_written:
            texts[section.id] = _fit(section, sentences)
    return texts


def _sentences(
    definition: Definition, theme: Mapping[str, Any], figures: Mapping[str, Figure], author: Author, chance: Random
) -> list[str]:
    """A few sentences of the theme in their order. Each theme has some without figures, so there is always one."""
    fitting = [each for each in theme[author] if _is_true(each, figures)]
    fewest, most = (len(fitting), len(fitting)) if author == "top" else theme["sentences"]
    count = min(chance.randint(fewest, most), len(fitting))
    chosen = sorted(chance.sample(range(len(fitting)), count))
    return [_told(definition, fitting[index], figures) for index in chosen]


def _is_true(sentence: str, figures: Mapping[str, Figure]) -> bool:
    found = (figures.get(key) for key in _FIGURE.findall(sentence))
    return all(isinstance(figure, int) and figure > 0 for figure in found)


def _told(definition: Definition, sentence: str, figures: Mapping[str, Figure]) -> str:
    def shown(match: re.Match[str]) -> str:
        figure = figures[match[1]]
        decimals = definition.indicator(match[1].partition(".")[0]).decimals
        return format_scaled(figure, decimals) if isinstance(figure, int) else ""

    return _FIGURE.sub(shown, sentence)


def _fit(section: OutlineSection, sentences: list[str]) -> str:
    text = " ".join(sentences)
    while len(text) > section.max_chars and len(sentences) > 1:
        sentences = sentences[:-1]
        text = " ".join(sentences)
    return text[: section.max_chars]
