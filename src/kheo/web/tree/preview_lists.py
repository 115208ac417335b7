"""The lists under a preview: what was planned, and what the change touches, each from the beginning or a page at a time by itself."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.numbers import format_int
from kheo.org.access import Person
from kheo.reports.access.reorganising import reads_reports_of_all, unit_of_reorganiser
from kheo.reports.queries.previews import PAGE, Preview
from kheo.reports.queries.touched import PROVIDERS, Change, Provider, Touch
from kheo.web.numbers import number_in

FIRST = 10  # of each list, where all lists are shown
LONG = 50  # a preview with a longer list is kept: its pages are not planned again

# How the rows of a list are shown; what is touched, whatever its kind, has one shape.
SHAPES = {
    "cho-sai": "cho-sai",
    "xem-lai": "cho-sai",
    "su-kien": "su-kien",
    "chuc-danh": "chuc-danh",
    "chuc-danh-lai": "chuc-danh",
    "don-vi-lai": "don-vi",
    "don-vi-thoi": "don-vi",
}

Rows = Sequence[Mapping[str, Any]]


def counts_of(change: Change) -> list[dict[str, str]]:
    """Above the lists: how many of each kind are touched, but for reports, which are told more fully."""
    counts = [(each, each.count(change)) for each in PROVIDERS[1:]]
    return [{"title": each.title, "count": format_int(count)} for each, count in counts if count]


def lists_of(
    preview: Preview, change: Change, person: Person, own: Mapping[str, str], *, skip: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The beginning of every list that is not empty; what is touched is named only to somebody who reads reports."""
    wanted = [(name, title) for name, title in own.items() if name not in skip and preview.counts[name]]
    found = [_list(name, title, preview.counts[name], preview.rows(name, 1)[:FIRST]) for name, title in wanted]
    for each in PROVIDERS if _names_things(person) else ():
        rows = each.rows(change, person.on, 0, FIRST)
        count = len(rows) if len(rows) < FIRST else each.count(change)
        found += [_list(each.id, each.title, count, touch_rows(rows))] if rows else []
    return found


def asked_list(sent: QueryDict, preview: Preview, change: Change, person: Person, own: Mapping[str, str]) -> dict[str, Any] | None:
    """The one list that `?xem=` names, at the page `?trang=`; None for all of them."""
    name, number = sent.get("xem", ""), number_in(sent, "trang")
    if name in own:
        page = _page(preview.counts[name], number)
        return _list(name, own[name], preview.counts[name], preview.rows(name, page.number), page)
    provider = next((each for each in PROVIDERS if each.id == name), None)
    if provider is None or not _names_things(person):
        return None
    return _touched(provider, change, person, number)


def _touched(provider: Provider, change: Change, person: Person, number: int) -> dict[str, Any]:
    count = provider.count(change)
    page = _page(count, number)
    rows = provider.rows(change, person.on, PAGE * (page.number - 1), PAGE)
    return _list(provider.id, provider.title, count, touch_rows(rows), page)


def _names_things(person: Person) -> bool:
    return reads_reports_of_all(person, unit_of_reorganiser(person))


def _page(count: int, number: int) -> "Page[int]":
    return Paginator(range(count), PAGE).get_page(max(number, 1))


def _list(name: str, title: str, count: int, rows: Rows, page: "Page[int] | None" = None) -> dict[str, Any]:
    more = "" if page or count <= len(rows) else format_int(count)
    shown = {"id": name, "shape": SHAPES.get(name, "dung-den"), "title": title, "count": format_int(count)}
    return shown | {"rows": rows, "page": page, "more": more}


def touch_rows(touched: Sequence[Touch]) -> list[dict[str, Any]]:
    """What is touched, as the table shows it."""
    return [
        {
            "url": reverse(each.page, args=[each.key]) if each.page else "",
            "unit": each.unit,
            "what": each.what,
            "state": each.state,
            "state_name": each.state_name,
            "due": format_day(due_day(each.due_at)) if each.due_at else "",
            "then": each.then,
        }
        for each in touched
    ]
