"""The README and the guides: links lead somewhere, pictures are light, and the buttons they name are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kheo.demo.plan.cast import CAST
from tests.architecture.sources import PACKAGE, PROJECT

HEAVIEST_PICTURE = 200_000
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
GUIDE = sorted((PROJECT / "docs" / "huong-dan").glob("*.md"))
PICTURES = sorted((PROJECT / "docs" / "images").iterdir())


def links(page: Path) -> list[str]:
    """Where a page leads inside the project."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The headings of a page as addresses."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    assert not leads_somewhere(PROJECT / "README.md", "docs/không-có.md")
    assert not leads_somewhere(PROJECT / "README.md", "#khong-co")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_light_and_shown_somewhere(picture: Path) -> None:
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.stat().st_size < HEAVIEST_PICTURE
    assert any(link.endswith(f"images/{picture.name}") for page in PAGES for link in links(page))


def screen_words() -> str:
    """Everything the pages may say: their templates, code and scripts, the words of the campaign and of its registers, without markup."""
    kinds = ("*.html", "*.py", "*.js")
    files = [*(file for kind in kinds for file in sorted((PACKAGE / "web").rglob(kind))), *sorted((PROJECT / "campaigns").rglob("*.yaml"))]
    text = " ".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r"\s+", " ", re.sub(r"</?[a-zA-Z!][^>]*>", " ", text))


def missing_from_screen(phrase: str, words: str) -> bool:
    """Whether some part of a button's name is nowhere; an ellipsis stands for a number, or for a question that follows."""
    return any(part.strip() not in words for part in phrase.split("…"))


def buttons() -> Iterator[tuple[str, str]]:
    """(page, name) of what the guides tell to press; in the README's tour everything in bold is a person or a place on the screen."""
    for page in GUIDE:
        for name in re.findall(r"[Bb]ấm(?: vào| nút)? \*\*([^*]+)\*\*", page.read_text(encoding="utf-8")):
            yield page.name, name
    people = {member.username for member in CAST}
    tour = [line for line in (PROJECT / "README.md").read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    for name in re.findall(r"\*\*([^*]+)\*\*", "\n".join(tour)):
        if name not in people:
            yield "README.md", re.sub(r"^[IVX]+\. ", "", name)


def test_what_the_guides_tell_to_press_is_there() -> None:
    words = screen_words()
    named = list(buttons())
    assert len(named) > 30
    assert [(page, name) for page, name in named if missing_from_screen(name, words)] == []


def test_a_button_that_is_nowhere_is_found() -> None:
    assert missing_from_screen("Gửi cho bà ngoại", screen_words())


def test_each_decision_has_a_number_of_its_own_and_says_it_in_its_title() -> None:
    records = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:3] for record in records]
    assert len(numbers) == len(set(numbers))
    titles = [record.read_text(encoding="utf-8").split(":")[0] for record in records]
    assert titles == [f"# {number}" for number in numbers]
