"""Long runs of blanks are left out before a paper is read, and what is found has its place in the paper as it was given."""

import re

from kheo.core.directives.body import Body
from kheo.core.directives.paper import Paper
from kheo.core.directives.reading import Directive
from kheo.core.directives.squeezing import squeezed
from tests.core.directives.papers import HARD, INVENTED, answer, directive, pairs

PAPERS = [text for folder in (INVENTED, HARD) for _, text, _ in pairs(folder)]
DRAWN, BLANKS, EMPTY = "-" * 900, " " * 900, "\n" * 900


def places(found: Directive) -> list[str]:
    told = answer(found.paper.text)["evidence"]
    return [each["text"] for items in told.values() for each in (items if isinstance(items, list) else [items])]


def test_a_paper_within_long_runs_of_blanks_is_read_alike_and_each_place_says_the_same() -> None:
    for text in PAPERS[2::10]:
        for run in (EMPTY, f"{BLANKS}\n{DRAWN}\n"):
            apart = run + "\n" + text.replace("\n\n", f"\n\n{run}\n\n") + run
            plain = "\n\n\n\n" + text.replace("\n\n", "\n\n\n\n")
            found, wanted = directive(apart), directive(plain)
            assert found.paper.text == Paper(apart).text
            told, expected = answer(apart), answer(plain)
            assert {**told, "evidence": 0, "outline": 0} == {**expected, "evidence": 0, "outline": 0}
            words = ["".join(re.sub(r"-{9,}", "", each).split()) for each in places(found)]
            assert words == ["".join(each.split()) for each in places(wanted)]


def test_no_rule_sees_a_long_run_of_blanks_whatever_it_was_made_of() -> None:
    text = PAPERS[0]
    for run in (BLANKS, EMPTY, DRAWN, "\t" * 900, "|" * 900, "\n".join(str(number) for number in range(900)), "\xa0" * 900):
        short = squeezed(Paper(f"{text}{run}\n{text}"))
        assert short is not None
        assert re.search(r"\s{121}", short.paper.clean) is None


def test_a_paper_without_such_runs_is_read_as_it_is() -> None:
    assert [squeezed(Paper(text)) for text in PAPERS] == [None] * len(PAPERS)


def test_what_never_comes_to_a_stop_is_looked_at_in_parts() -> None:
    paper = Paper("gửi báo cáo trước ngày 01/02/2031, " * 2000)
    sentences = Body(paper, 0, len(paper.text)).sentences
    assert max(each.end - each.start for each in sentences) <= 2000
    assert "".join(paper.text[each.start : each.end] + " " for each in sentences).split() == paper.text.split()
