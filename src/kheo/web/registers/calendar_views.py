"""A register as a month: the list as it is filtered, each entry on the day that a field names or on which it falls due."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.campaigns.queries import working_calendar
from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day
from kheo.core.definition.conditions import Condition
from kheo.core.months import WEEKDAYS, Month, month_of, read_month
from kheo.core.numbers import format_int
from kheo.core.registers.columns import Asked as Word
from kheo.org.access import Unreachable
from kheo.registers.access import book_to_read
from kheo.registers.queries.by_day import OfDay, by_day
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.showing import title_shown
from kheo.web.home.rows import Tag
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.grounds import grounds_context
from kheo.web.registers.list_drawing import cards_drawn
from kheo.web.registers.list_page import Asked, asked_of, page_of, without
from kheo.web.registers.shown import card_columns, rows_of, state_tag

ON_A_DAY = 3
DUE = "han"
MONTH, DAY, BY = "thang", "ngay", "theo"
OWN = (MONTH, DAY, BY, Word.PAGE)


@dataclass(frozen=True)
class Line:
    """An entry on its day."""

    title: str
    code: str
    url: str
    tag: Tag


@dataclass(frozen=True)
class Day:
    """A day of the grid; `holiday`: why it is no working day, where the calendar of working days names it, or that it is one after all."""

    number: int
    iso: str
    words: str
    url: str
    lines: tuple[Line, ...]
    more: str
    count: int
    holiday: str
    is_outside: bool
    is_today: bool
    is_chosen: bool
    is_off: bool


@signed_in
@require_safe
def entries_calendar(request: PageRequest, code: str) -> HttpResponseBase:
    """`thang` is the month, `theo` the field (or `han`, the day it falls due), `ngay` the day whose entries are all listed below."""
    book = book_to_read(request.person, code)
    if "calendar" not in book.definition.faces:
        raise Unreachable
    asked = asked_of(book, request.GET, request.person)
    by = chosen_field(book, request.GET.get(BY, ""))
    chosen = read_day(request.GET.get(DAY, ""))
    month = read_month(request.GET.get(MONTH, "")) or month_of(chosen or asked.today)
    weeks = month.weeks()
    held = by_day(asked.found, by, weeks[0][0], weeks[-1][-1], ON_A_DAY)
    filters, lists = without(request.GET, *OWN), reverse("entries", args=[code])
    return render(request, "registers/calendar.html", {
        "book": book,
        "month": month,
        "weekdays": WEEKDAYS,
        "weeks": [[_day(asked, each, month, held.get(each), chosen, request) for each in week] for week in weeks],
        "before": f"?{without(request.GET, DAY, Word.PAGE, thang=month.before.code)}".rstrip("&"),
        "next": f"?{without(request.GET, DAY, Word.PAGE, thang=month.next.code)}".rstrip("&"),
        "now": f"?{without(request.GET, MONTH, DAY, Word.PAGE)}".rstrip("&") if month != month_of(asked.today) else "",
        "fields": [(key, words, key == (by or DUE)) for key, words in day_fields(book)],
        "kept": [(key, each) for key in request.GET if key not in OWN for each in request.GET.getlist(key)],
        "whole": sum(one.count for day, one in held.items() if month_of(day) == month),
        "is_filtered": bool(without(request.GET, *OWN, *([Word.SCOPE] if asked.wanted.on_ground else []))),
        "list_url": f"{lists}?{filters}".rstrip("?&"),
        "problems": [{"message": each.message, "anchor": ""} for each in asked.wanted.problems],
        **grounds_context(asked),
        **(_of_day(asked, by, chosen, request) if chosen else {}),
        "trail": [
            {"label": "Sổ", "url": reverse("registers")},
            {"label": book.definition.short, "url": lists},
            {"label": "Lịch", "url": ""},
        ],
    })  # fmt: skip


def day_fields(book: Book) -> list[tuple[str, str]]:
    """Every day by which entries can stand in the calendar: the register's own first, then its other days, then the day it falls due."""
    days = [field for field in book.definition.asked if field.type == "day" and not field.personal]
    days.sort(key=lambda field: field.key != book.definition.calendar)
    return [*((field.key, field.label) for field in days), *([(DUE, "Hạn xử lý")] if book.definition.clocks else [])]


def chosen_field(book: Book, wanted: str) -> str | None:
    """The field that is asked for, the register's own for anything that is no such field; None for the day it falls due."""
    keys = [key for key, _ in day_fields(book)]
    key = wanted if wanted in keys else keys[0]
    return None if key == DUE else key


def read_day(text: str) -> date | None:
    """The day that an address names; None for anything else, and for one that lies in no month that can be shown."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and read_month(month_of(day).code) else None


def _day(asked: Asked, day: date, month: Month, held: OfDay | None, chosen: date | None, request: PageRequest) -> Day:
    entries, count = (held.entries, held.count) if held else ((), 0)
    off, why = _off(working_calendar("vn"), day)
    return Day(
        number=day.day,
        iso=day.isoformat(),
        words=f"{WEEKDAYS[day.weekday()]} {format_day(day)}",
        url=f"?{without(request.GET, Word.PAGE, thang=month.code, ngay=day.isoformat())}".rstrip("&") + "#ngay",
        lines=tuple(
            Line(
                title_shown(asked.book.definition, each, asked.looking.sees_personal(each)),
                each.code,
                reverse("entry", args=[each.pk]),
                state_tag(asked.book, each.state),
            )
            for each in entries
        ),
        more=format_int(count - len(entries)) if count > len(entries) else "",
        count=count,
        holiday=why,
        is_outside=month_of(day) != month,
        is_today=day == asked.today,
        is_chosen=day == chosen,
        is_off=off,
    )


def _off(calendar: WorkingCalendar | None, day: date) -> tuple[bool, str]:
    """Whether nobody works, and what is told of it; of a year of which nothing is known only that it is a weekend."""
    weekend = day.weekday() > 4
    try:
        works = calendar.is_working(day) if calendar else not weekend
    except UncoveredYearError:
        return weekend, ""
    name = calendar.names.get(day, "") if calendar else ""
    if works:
        return False, (name or "Làm bù") if weekend else ""
    return True, name or ("" if weekend else "Nghỉ lễ")


def _of_day(asked: Asked, by: str | None, day: date, request: PageRequest) -> dict[str, object]:
    """Every entry of the day that was chosen, a page at a time."""
    iso = day.isoformat()
    wanted = replace(asked.wanted, due_on=day) if by is None else replace(asked.wanted, conditions=(
        *asked.wanted.conditions,
        Condition.model_validate({"field": by, "at_least": iso}),
        Condition.model_validate({"field": by, "at_most": iso}),
    ))  # fmt: skip
    found = EntryList(asked.book, wanted)
    page = page_of(found.count(), request.GET.get(Word.PAGE, ""))
    rows = rows_of(asked.book, found.page(page.number), card_columns(asked.book), asked.looking, asked.today)
    return {
        "chosen": f"{WEEKDAYS[day.weekday()]} {format_day(day)}",
        "cards": cards_drawn(rows, shows_state=True),
        "page": page,
        "query": without(request.GET, Word.PAGE),
    }
