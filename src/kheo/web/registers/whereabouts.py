"""Where an entry lies, in words and as a small picture: nobody reads a place from two numbers."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.place_picture import HEIGHT, WIDTH, border_path, box_shown, holds, view_around, view_of
from kheo.core.places import Spot
from kheo.org.queries import Box, DrawnBorder, borders_within
from kheo.registers.access import ReachedEntry
from kheo.web.registers.map_views import is_mapped


@dataclass(frozen=True)
class Whereabouts:
    """`unit`: in whose border it lies, as far as borders are known; `map_url`: what else lies around; `drawing`: none without borders."""

    unit: str
    map_url: str
    drawing: SafeString | str


def whereabouts(reached: ReachedEntry, today: date) -> Whereabouts | None:
    """Of the entry's own place, where it has one and this person sees it: three queries, none without a place."""
    entry, field = reached.entry, reached.book.definition.field_of("place")
    if field is None or entry.latitude is None or entry.longitude is None or (field.personal and not reached.sees_personal):
        return None
    spot = Spot(entry.latitude, entry.longitude)
    box = box_shown(spot)
    borders = borders_within(Box(box.west, box.south, box.east, box.north), today)
    inside = sorted((each for each in borders if holds(each.polygons, spot)), key=_breadth)
    address = f"{reverse('entries_map', args=[reached.book.register.code])}?gan={entry.pk}" if is_mapped(reached.book) else ""
    return Whereabouts(inside[0].name if inside else "", address, _drawing(borders, spot, inside[0] if inside else None))


def _breadth(border: DrawnBorder) -> int:
    """The smaller of two that hold a place says more."""
    across = [x for polygon in border.polygons for x, _ in polygon[0]]
    return int(max(across) - min(across))


def _drawing(borders: list[DrawnBorder], spot: Spot, inside: DrawnBorder | None) -> SafeString | str:
    view = view_of(inside.polygons) if inside else view_around(spot)
    paths = [path for each in borders if (path := border_path(each.polygons, view))]
    if not paths:
        return ""
    words = escape(f"Bản đồ nhỏ: vị trí {f'trong ranh giới {inside.name}' if inside else 'của hồ sơ'}")
    lines = "".join(f'<path d="{path}"/>' for path in paths)
    x, y = view.at(spot.latitude, spot.longitude)
    mark = f'<circle cx="{round(x)}" cy="{round(y)}" r="7"/>'
    text = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}">{lines}{mark}</svg>'
    return mark_safe(text)  # noqa: S308  # numbers of ours, and the text in it is escaped
