"""Rows of the tree as links that work alone; `tree.js` makes a tree for the keyboard of them.

Written as text: a page holds a hundred of them, and a template takes five times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.numbers import format_int
from kheo.core.unit_kinds import kind_name
from kheo.org.queries import Placed
from kheo.web.tree.asked import Asked

PAGE = 100


@dataclass(frozen=True)
class Page:
    """A page of the units directly below one: where it starts among all of them, how many there are, how deep they stand."""

    units: Sequence[Placed]
    parent: int | None
    start: int
    total: int
    level: int


def rows(page: Page, chosen: Asked) -> SafeString:
    """List items, the last of them leading to the next page (which `tree.js` reads by itself)."""
    text = "".join(_row(unit, page, page.start + index + 1, chosen) for index, unit in enumerate(page.units))
    return mark_safe(text + _more(page, chosen))  # noqa: S308  # every text in it is escaped


def _row(unit: Placed, page: Page, place: int, chosen: Asked) -> str:
    name = escape(unit.name)
    facts = [escape(kind_name(unit.kind)), escape(unit.code)] + (["tạm ngừng hoạt động"] if unit.is_suspended else [])
    said = " · ".join(fact for fact in facts if fact)
    opened = ""
    if unit.below:
        here, branch = escape(chosen.tree(unit.id)), escape(chosen.branch(unit.id, page.level + 1))
        words = f'{format_int(unit.below)} đơn vị trực thuộc<span class="visually-hidden"> của {name}</span>'
        opened = f'<a class="node-open" href="{here}" data-branch="{branch}">{words}</a>'
    return (
        f'<li data-level="{page.level}" data-place="{place}" data-of="{page.total}"><div class="node">'
        f'<a class="node-name" href="{escape(chosen.unit(unit.id))}">{name}</a>'
        f'<span class="node-facts">{said}</span>{opened}</div></li>'
    )


def _more(page: Page, chosen: Asked) -> str:
    shown = page.start + len(page.units)
    left = page.total - shown
    if left <= 0:
        return ""
    words = f"Xem {format_int(min(left, PAGE))} đơn vị tiếp theo (còn {format_int(left)})"
    here = escape(chosen.tree_page(page.parent, shown // PAGE + 1))
    return (
        f'<li data-level="{page.level}" data-place="{shown + 1}" data-of="{page.total}"><div class="node">'
        f'<a class="node-more" href="{here}">{words}</a></div></li>'
    )
