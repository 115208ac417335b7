"""How a model spread, as SVG inside the page: classes only, no inline style, so that the strict policy of the pages holds."""

from collections.abc import Iterator, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.days import format_day
from kheo.core.spread_picture import Dot, Picture

RADIUS = 6


def svg(picture: Picture, words: str, addresses: Mapping[int, str]) -> SafeString:
    """The picture; `words` say what it shows to those who do not see it; `addresses`: where a name leads."""
    inside = "".join(_parts(picture, addresses))
    text = f'<svg viewBox="0 0 {picture.width} {picture.height}" role="img" aria-label="{escape(words)}">{inside}</svg>'
    return mark_safe(text)  # noqa: S308  # numbers of ours, and every text in it is escaped


def _parts(picture: Picture, addresses: Mapping[int, str]) -> Iterator[str]:
    yield f'<path class="axis" d="M{picture.left} {picture.base}H{picture.width}"/>'
    for x, day in picture.ticks:
        yield f'<path class="gridline" d="M{x} 0V{picture.base}"/>'
        yield f'<text class="middle" x="{x}" y="{picture.base + 20}">{format_day(day)}</text>'
    for dot in picture.dots:
        if dot.bend:
            yield f'<path {_classes("bend", dot)} d="{dot.bend}"/>'
    for dot in picture.dots:
        yield from _dot(dot, addresses.get(dot.id, ""))


def _dot(dot: Dot, address: str) -> Iterator[str]:
    name = f'<text class="value" x="{dot.name_x}" y="{dot.y + 5}">{escape(dot.name)}</text>'
    yield f'<a href="{escape(address)}">{name}</a>' if address else name
    yield f'<circle {_classes("mark", dot)} cx="{dot.x}" cy="{dot.y}" r="{RADIUS}"/>'
    yield f'<text x="{dot.x + RADIUS + 5}" y="{dot.y + 5}">{format_day(dot.day)}</text>'


def _classes(name: str, dot: Dot) -> str:
    """Of a mark or a bend: another look where it is only claimed."""
    return f'class="{name}"' if dot.is_verified else f'class="{name} is-claimed"'
