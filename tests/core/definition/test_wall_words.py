"""The wall of a campaign's file (design.md, "What it will not do"): every text that says what is asked is read, wherever it stands."""

from typing import Any

import pytest

from tests.core.definition.sample import problems_of, small
from tests.core.definition.test_copies import PLACE, with_copy

REFUSED = "Khéo không thu thập số liệu về tôn giáo, tín ngưỡng; hãy bỏ “tín đồ”."
ASKED = "Số tín đồ"


def put(data: dict[str, Any], path: tuple[str | int, ...], text: str) -> dict[str, Any]:
    within: Any = data
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = text
    return data


def place(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


@pytest.mark.parametrize(
    "path",
    [
        ("name",),
        ("list_names", "fields"),
        ("lists", "fields", 1, "name"),
        ("indicators", 0, "name"),
        ("indicators", 0, "unit"),
        ("indicators", 0, "hint"),
        ("checks", 0, "message"),
        ("outline", 0, "title"),
        ("outline", 0, "hint"),
        ("regime", "periods", 0, "name"),
        ("regime", "tiers", 0, "name"),
    ],
    ids=place,
)
def test_no_text_of_a_campaign_asks_about_what_is_not_kept(path: tuple[str | int, ...]) -> None:
    assert (place(path), REFUSED) in problems_of(put(small(), path, ASKED))


def test_nor_do_the_names_of_lists_of_choices_of_further_recipients() -> None:
    data = small()
    data["lists"]["tin_do"] = data["lists"].pop("fields")
    assert ("lists.tin_do", REFUSED.replace("tín đồ", "tin_do")) in problems_of(data)
    found = problems_of(put(small(), ("lists", "fields", 1, "code"), "TONGIAO"))
    assert ("lists.fields[1].code", REFUSED.replace("tín đồ", "TONGIAO")) in found
    assert (f"{PLACE}.name", REFUSED) in problems_of(with_copy(name=ASKED))


def test_no_list_of_choices_names_peoples() -> None:
    found = problems_of(put(small(), ("lists", "fields", 1, "name"), "Khmer"))
    assert ("lists.fields[1].name", "Khéo không thu thập số liệu về dân tộc; hãy bỏ “Khmer”.") in found


@pytest.mark.parametrize("name", ["name", "unit", "hint"])
def test_of_a_walled_content_no_indicator_asks_for_single_cases(name: str) -> None:
    path = ("indicators", 4, name)
    assert place(path) in [key for key, _ in problems_of(put(small(), path, "Kèm danh sách"))]
    assert problems_of(put(small(), ("indicators", 0, name), "Kèm danh sách")) == [], "of an open one it may"


@pytest.mark.parametrize("name", ["title", "hint"])
def test_nor_does_a_section_of_the_report(name: str) -> None:
    for content, found in (("N5", [f"outline[0].{name}"]), ("N1", [])):
        data = small()
        data["outline"][0] |= {"content": content, name: "Kèm danh sách"}
        assert [key for key, _ in problems_of(data)] == found


@pytest.mark.parametrize("content", [0, 1], ids=["open", "walled"])
def test_no_short_title_takes_a_word_out_of_a_refused_phrase(content: int) -> None:
    """A section may quote the title of its content; “giáo” alone is harmless, and is not what makes “tôn giáo” so."""
    data = small()
    data["contents"][content]["short"] = "giáo"
    data["outline"][0] |= {"content": data["contents"][content]["id"], "title": "Số người theo tôn giáo"}
    assert [key for key, _ in problems_of(data)] == ["outline[0].title"]
