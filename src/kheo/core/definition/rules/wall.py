"""The wall: what no definition may ask, and what a walled content may not take (design.md, "What it will not do")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.forbidden import find_forbidden, is_people
from kheo.core.definition.placing import Finding, Section
from kheo.core.definition.source import Path


@dataclass(frozen=True)
class _Text:
    path: Path
    text: str
    walled: bool = False


def _texts(draft: Draft) -> Iterator[_Text]:
    """Every text that says what is asked. Documents, source notes and titles of contents only quote a directive."""
    walled = {placed.item.id for placed in draft.contents.having("id", "walled") if placed.item.walled}
    if isinstance(draft.name, str):
        yield _Text(("name",), draft.name)
    yield from _list_texts(draft)
    for indicator in draft.indicators:
        is_walled = indicator.has("content") and indicator.item.content in walled
        for field in ("name", "unit", "hint"):
            if indicator.has(field):
                yield _Text((*indicator.path, field), getattr(indicator.item, field), is_walled)
    for check in draft.checks.having("message"):
        yield _Text((*check.path, "message"), check.item.message)
    yield from _outline_texts(draft, walled)
    for period in draft.periods.having("name"):
        yield _Text((*period.path, "name"), period.item.name)
    for tier in draft.tiers.having("name"):
        yield _Text((*tier.path, "name"), tier.item.name)
    yield from _copy_texts(draft)


def _copy_texts(draft: Draft) -> Iterator[_Text]:
    """What a further recipient is called, and how it calls the sections."""
    for _, copies in draft.copies:
        for copy in copies:
            if copy.has("name"):
                yield _Text((*copy.path, "name"), copy.item.name)
            for index, section in enumerate(copy.item.outline):
                if section.title:
                    yield _Text((*copy.path, "outline", index, "title"), section.title)


def _list_texts(draft: Draft) -> Iterator[_Text]:
    for key, name in draft.list_names.items():
        yield _Text(("list_names", key), name)
    for key, choices in draft.lists.items():
        yield _Text(("lists", key), key)
        for choice in choices:
            yield from (_Text((*choice.path, field), getattr(choice.item, field)) for field in ("code", "name") if choice.has(field))


def _outline_texts(draft: Draft, walled: set[str]) -> Iterator[_Text]:
    """A section may quote its content's title in its own title, and nowhere else: what holds a refused word is walled, or told itself.

    Only such a title is set aside: a harmless short one would take a word out of the middle of a refused phrase.
    """
    contents = {content.item.id: content.item for content in draft.contents.having("id", "name", "short")}
    for section in draft.outline:
        own = section.item.content if section.has("content") else None
        is_walled = own in walled
        title = section.item.title
        if own in contents:
            for quoted in (contents[own].name, contents[own].short):
                title = title.replace(quoted, "·") if find_forbidden(quoted, walled=True) else title
        if section.has("title"):
            yield _Text((*section.path, "title"), title, is_walled)
        if section.has("hint"):
            yield _Text((*section.path, "hint"), section.item.hint, is_walled)


def forbidden_dimensions(draft: Draft) -> Iterator[Finding]:
    """Nothing is asked about a person's opinions, faith, origin, gatherings, online life or identity."""
    for text in _texts(draft):
        for hit in find_forbidden(text.text, walled=text.walled):
            yield Finding(text.path, f"Khéo không thu thập số liệu về {hit.about}; hãy bỏ “{hit.written}”.")


def choices_that_name_peoples(draft: Draft) -> Iterator[Finding]:
    """A list of peoples is an ethnic breakdown, whatever it is called."""
    yield from peoples_in(draft.lists.values())


def peoples_in(lists: Iterable[Section[Any]]) -> Iterator[Finding]:
    """Choices that are the name of a people, in a campaign's lists or a register's."""
    for choices in lists:
        for choice in choices.having("name"):
            if is_people(choice.item.name):
                yield choice.finding("name", f"Khéo không thu thập số liệu về dân tộc; hãy bỏ “{choice.item.name}”.")


def open_contents_with_refused_titles(draft: Draft) -> Iterator[Finding]:
    """A content may carry a title of the directive that names a refused matter, but only behind the wall."""
    for content in draft.contents.having("walled"):
        for field in ("name", "short"):
            hits = find_forbidden(getattr(content.item, field)) if content.has(field) and not content.item.walled else ()
            if hits:
                yield content.finding(field, f"Tiêu đề có “{hits[0].written}” nên nội dung này phải được che: thêm walled: true.")


def breakdowns_behind_the_wall(draft: Draft) -> Iterator[Finding]:
    """A walled content takes one number per unit and period; parts would be small counts."""
    walled = {content.item.id for content in draft.contents.having("id", "walled") if content.item.walled}
    for indicator in draft.indicators.having("content", "breakdown"):
        if indicator.item.content in walled and indicator.item.breakdown is not None:
            yield indicator.finding("breakdown", "Nội dung được che (walled) chỉ nhận một con số; không tách theo danh mục.")


WALL_RULES: tuple[Rule, ...] = (
    forbidden_dimensions,
    choices_that_name_peoples,
    open_contents_with_refused_titles,
    breakdowns_behind_the_wall,
)
