"""Every item that is told has its place in the text, and the text says it there; no text breaks the reading."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.reading import Directive, Secret, read
from kheo.core.directives.telling import told
from tests.core.directives.papers import HARD, INVENTED, answer, pairs, scanned, torn

PAPERS = [*pairs(INVENTED), *((f"hard {name}", text, wanted) for name, text, wanted in pairs(HARD))]
SAID = {"full_number", "place", "signer_name", "urgency"}


def letters(text: str) -> str:
    """Letters and digits only: a place may hold line ends, marks of emphasis and page numbers between the words."""
    return "".join(char for char in bare(text) if char.isalnum())


def holds(evidence: dict[str, Any], value: str) -> bool:
    return letters(value) in letters(evidence["text"]) or all(letters(word) in letters(evidence["text"]) for word in value.split())


@pytest.mark.parametrize("name", [name for name, _, _ in PAPERS])
def test_the_text_says_at_each_place_what_was_told(name: str) -> None:
    given_text = next(text for each, text, _ in PAPERS if each == name)
    for text in (given_text, scanned(given_text, seed=1)):
        said = answer(text)
        source = Paper(text).text
        for found in said["evidence"].values():
            for place in found if isinstance(found, list) else [found]:
                assert source[place["start"] : place["end"]] == place["text"] != ""
        evidence = said["evidence"]
        for key, at in (("signer_name", "signer_name"), ("place", "place"), ("urgency", "urgency"), ("subject", "subject")):
            if said[key]:
                assert holds(evidence[at], said[key]), (key, said[key], evidence[at]["text"])
        for key in ("recipients", "distribution", "contents"):
            for value, place in zip(said[key], evidence.get(key, []), strict=True):
                assert holds(place, value), (key, value, place["text"])
        for each, place in zip(said["cited_documents"], evidence.get("cited_documents", []), strict=True):
            assert holds(place, each["number"] or each["name"]), (each, place["text"])
        for each, place in zip(said["deadlines"], evidence.get("deadlines", []), strict=True):
            assert holds(place, each["to"] or ""), (each, place["text"])


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_a_torn_text_gives_an_answer_with_places_in_it(first: int) -> None:
    """Four hundred; `bench.directives` tears ten thousand."""
    for seed in range(first, first + 40):
        text = torn(PAPERS[seed % len(PAPERS)][1], seed)
        found = read(text)
        if isinstance(found, Secret):
            continue
        for each in (*told(found)["evidence"].get("outline", []), *told(found)["evidence"].get("tasks", [])):
            assert found.paper.text[each["start"] : each["end"]] == each["text"] != "", seed
            assert 0 < each["confidence"] < 1, seed


@pytest.mark.parametrize("sign", ["+", "(", "*", "[", "?", "\\"])
def test_a_stray_sign_in_the_name_of_an_event_is_read_as_a_sign(sign: str) -> None:
    body = f"1. Các xã báo cáo về Sở Nội vụ trong vòng 24 giờ kể từ khi {sign} xảy ra sạt lở.\n2. Các xã họp ngày 05/3/2026."
    assert isinstance(read(f"Số: 1/KH-UBND\nKẾ HOẠCH\nVề việc a\n\n{body}\n"), Directive)


@given(st.text(max_size=400))
def test_any_text_gives_an_answer(text: str) -> None:
    assert isinstance(read(text), Directive | Secret)


@given(
    st.lists(
        st.sampled_from(
            [
                "Số: 1/KH-UBND",
                "KẾ HOẠCH",
                "Kính gửi:",
                "- Sở A;",
                "1. Báo cáo",
                "trước ngày 1/2/2030",
                "Nơi nhận:",
                "TM. A",
                "",
                "I.",
                "(",
                "ĐẾN",
                "V/v a",
            ]
        )
    )
)
def test_any_order_of_the_parts_of_a_paper_gives_an_answer(lines: list[str]) -> None:
    assert isinstance(read("\n".join(lines)), Directive | Secret)
