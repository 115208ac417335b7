"""What the page of a section sends: its paragraphs as they should stand, what was picked, and which button was pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from kheo.core.chain import content_hash
from kheo.reports.actions import Arranged, Pick
from kheo.reports.queries.attribution import Wanted
from kheo.web.numbers import number_of

MOST = 400  # paragraphs of a section, and of a page of picks
PARAGRAPH, SOURCES, MERGE, PICK, WHOLE, NEW = "doan-", "nguon-", "gop-", "lay-", "ca-", "doan-moi"
USED = {"chua": False, "da": True}
LENGTHS = {"ngan": True, "dai": False}


@dataclass(frozen=True)
class Sent:
    """The form: `stood` marks the text that the author saw; `paragraphs` are as its button leaves them."""

    stood: str
    paragraphs: tuple[Arranged, ...]
    picks: tuple[Pick, ...]
    as_one: bool
    button: str


def mark_of(text: str) -> str:
    """Short for a section's text, to see that it is still the same."""
    return content_hash(text)[:16]


def read_form(sent: QueryDict) -> Sent:
    """Whatever does not belong to the form is left out: nothing here can be wrong, only absent."""
    button = sent.get("viec", "luu")
    paragraphs = [
        (number, Arranged(str(sent[f"{PARAGRAPH}{number}"]), _numbers(sent.get(f"{SOURCES}{number}", ""))))
        for number in range(MOST)
        if f"{PARAGRAPH}{number}" in sent
    ]
    merged = {number for number, _ in paragraphs if f"{MERGE}{number}" in sent}
    arranged = tuple(_pressed(button, paragraphs, merged))
    new = sent.get(NEW, "")
    return Sent(
        stood=sent.get("luc-mo", ""),
        paragraphs=(*arranged, Arranged(new)) if new.strip() else arranged,
        picks=tuple(_picks(sent)),
        as_one=button == "lay-gop",
        button=button,
    )


def _pressed(button: str, paragraphs: Sequence[tuple[int, Arranged]], merged: set[int]) -> list[Arranged]:
    """The paragraphs after `gop` (merge the ticked ones), `len:3` (up), `xuong:3` (down), `bo:3` (leave out), `lai:7,8` (put back)."""
    act, _, place = button.partition(":")
    items = [each for number, each in paragraphs if not (act == "bo" and str(number) == place)]
    if act == "gop" and len(merged) > 1:
        chosen = [each for number, each in paragraphs if number in merged]
        one = Arranged(" ".join(each.text.strip() for each in chosen), tuple(source for each in chosen for source in each.sources))
        first = min(merged)
        return [one if number == first else each for number, each in paragraphs if number == first or number not in merged]
    index = next((index for index, (number, _) in enumerate(paragraphs) if str(number) == place), None)
    other = index if index is None else index + {"len": -1, "xuong": 1}.get(act, 0)
    if index is not None and other is not None and act in ("len", "xuong") and 0 <= other < len(items):
        items[index], items[other] = items[other], items[index]
    return items


def put_back(button: str, left: Mapping[tuple[int, ...], str]) -> Arranged | None:
    """The paragraph that `lai:7,8` asks for, of those that left the section: their sources and their words."""
    act, _, place = button.partition(":")
    sources = _numbers(place)
    return Arranged(left[sources], sources) if act == "lai" and sources in left else None


def _picks(sent: QueryDict) -> list[Pick]:
    """`lay-<revision>-<paragraph>` ticks one, `ca-<revision>` with their places as value (`0,2`) ticks several; in the page's order."""
    section, found = sent.get("muc", ""), []
    for name in sent:
        if name.startswith(PICK):
            revision, _, paragraph = name.removeprefix(PICK).partition("-")
            found.append(Pick(number_of(revision), section, number_of(paragraph)))
        elif name.startswith(WHOLE):
            found += [Pick(number_of(name.removeprefix(WHOLE)), section, place) for place in _numbers(str(sent[name]))[:MOST]]
    return found


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(number_of(each) for each in text.split(",") if each)


def wanted_of(asked: QueryDict, section: str, sections: Sequence[str]) -> Wanted:
    """Which texts of the units below are looked at: `muc`, `tim`, `loc`, `dai`, `trang`."""
    of = asked.get("muc", section)
    return Wanted(
        section=of if of in sections else section,
        search=asked.get("tim", "").strip(),
        used=USED.get(asked.get("loc", "")),
        page=asked.get("trang"),
        is_short=LENGTHS.get(asked.get("dai", "")),
    )


def next_page(wanted: Wanted, button: str) -> Wanted:
    """A filter begins with its first page; `trang:3` turns to the third."""
    act, _, place = button.partition(":")
    return replace(wanted, page=place if act == "trang" else None if act == "loc" else wanted.page)


def as_query(wanted: Wanted) -> str:
    """For the address of the page."""
    word = next((word for word, used in USED.items() if used == wanted.used), "")
    length = next((word for word, is_short in LENGTHS.items() if is_short == wanted.is_short), "")
    asked = {"muc": wanted.section, "tim": wanted.search, "loc": word, "dai": length, "trang": wanted.page or ""}
    return urlencode({key: value for key, value in asked.items() if value})
