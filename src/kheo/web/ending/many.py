"""The page that lists what an office has to decide on because units have ended: what is suggested for each, and filters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.numbers import format_int
from kheo.core.suggesting import Way
from kheo.core.text import fold
from kheo.core.workflow import STATE_NAMES
from kheo.org.queries import names_around
from kheo.reports.actions.deciding_many import AsShown
from kheo.reports.queries.waiting import WaitingReport, waiting_at
from kheo.web.numbers import NEVER, number_of
from kheo.web.reach import PageRequest
from kheo.web.wording import report_title

PAGE = 50
MOST_PICKED = 5000
LONGEST_SEARCH = 100
WAYS: Mapping[Way, str] = {
    Way.HAND_OVER: "Giao đơn vị kế thừa nộp thay",
    Way.BOTH: "Giao đơn vị kế thừa, chuyển nơi nhận",
    Way.REROUTE: "Chuyển nơi nhận",
    Way.CLOSE: "Thôi thu",
    Way.CHOOSE: "Anh/chị phải chọn",
    Way.REVIEW: "Duyệt như thường",
}
DEEDS: Mapping[str, str] = {
    "de-xuat": "Theo đề xuất của từng báo cáo",
    "giao": "Giao đơn vị kế thừa nộp thay…",
    "chuyen": "Chuyển cho nơi nhận khác…",
    "thoi": "Thôi thu",
}
SUGGESTED, HAND_OVER, REROUTE, CLOSE = DEEDS
Names = Mapping[int, str]


@dataclass(frozen=True)
class Sieve:
    """The filters: of a unit's name, of what is suggested, of the day from which units are no more."""

    search: str = ""
    way: Way | None = None
    day: date | None = None

    def query(self) -> str:
        """As `a=b&`."""
        asked = {"tim": self.search, "de-xuat": self.way or "", "ngay": self.day.isoformat() if self.day else ""}
        return "".join(f"{urlencode({name: value})}&" for name, value in asked.items() if value)


def sieve_of(query: QueryDict) -> Sieve:
    """What is asked for; words that mean nothing ask for nothing."""
    way, day = query.get("de-xuat", ""), query.get("ngay", "")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        on = None
    return Sieve(query.get("tim", "").strip()[:LONGEST_SEARCH], Way(way) if way in set(Way) else None, on)


def passing(found: Iterable[WaitingReport], sieve: Sieve, on: date) -> list[WaitingReport]:
    """Those that the filters let through. Names are looked up only for a search."""
    rows = [each for each in found if sieve.way in (None, each.suggestion.way) and sieve.day in (None, each.day)]
    if not sieve.search:
        return rows
    names, wanted = names_of(rows, on), fold(sieve.search)
    return [each for each in rows if any(wanted in fold(names.get(unit, "")) for unit in units_of(each))]


def units_of(row: WaitingReport) -> set[int]:
    """The units that a row tells of."""
    return {row.obligation.unit_id, row.ended, row.obligation.recipient_id, row.suggestion.filler, row.suggestion.recipient} - {0}


def names_of(rows: Iterable[WaitingReport], on: date) -> Names:
    """The names of all units that these rows tell of: one query."""
    return names_around({unit for row in rows for unit in units_of(row)}, on)


def listing(request: PageRequest, unit: int) -> dict[str, Any]:
    """For `ending/waiting.html`."""
    on, sieve = request.person.on, sieve_of(request.GET)
    found = waiting_at(request.cycle, unit, on)
    rows = passing(found, sieve, on)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    names = names_around({unit} | {each for row in page.object_list for each in units_of(row)}, on)
    days = sorted({row.day for row in found if row.day})
    return {
        "cycle": request.cycle,
        "unit": unit,
        "name": names.get(unit, ""),
        "title": report_title(request.cycle.name),
        "total": format_int(len(found)),
        "passing": len(rows),
        "sieve": sieve,
        "is_open": sieve == Sieve(),
        "ways": _ways(found, sieve),
        "days": [(day.isoformat(), format_day(day), day == sieve.day) for day in days] if len(days) > 1 or sieve.day else [],
        "deeds": list(DEEDS.items()),
        "rows": [_row(each, names) for each in page.object_list],
        "page": page,
        "query": sieve.query(),
        "trail": [{"label": "Việc của tôi", "url": reverse("home")}, {"label": "Báo cáo của đơn vị cũ", "url": ""}],
    }


def _ways(found: Sequence[WaitingReport], sieve: Sieve) -> list[tuple[str, str, bool]]:
    counts = Counter(row.suggestion.way for row in found)
    return [(way.value, f"{words} ({format_int(counts[way])})", way is sieve.way) for way, words in WAYS.items() if counts[way]]


def _row(each: WaitingReport, names: Names) -> dict[str, Any]:
    owed = each.obligation
    day = f"từ {format_day(each.day)}" if each.day else ""
    return {
        "id": owed.pk,
        "value": f"{owed.pk}.{each.seen}",
        "name": names.get(owed.unit_id, ""),
        "state": each.state.value,
        "state_name": STATE_NAMES[each.state],
        "due": format_day(due_day(owed.due_at)),
        "ended": f"{_ended(each, names)} kết thúc {day}".strip(),
        "suggestion": words_of(as_suggested(each), owed.unit_id, names) or each.suggestion.why,
        "is_open": each.suggestion.way in (Way.CHOOSE, Way.REVIEW),
        "is_reviewed": each.suggestion.way is Way.REVIEW,
    }


def _ended(each: WaitingReport, names: Names) -> str:
    if each.ended == each.obligation.unit_id:
        return "Đơn vị"
    name = names.get(each.ended, "")
    return f"Nơi nhận {name}" if each.ended == each.obligation.recipient_id else f"Đơn vị nộp thay {name}"


def as_suggested(each: WaitingReport) -> AsShown:
    """What is suggested, to be done; nothing of it is set where nothing is suggested."""
    made = each.suggestion
    return AsShown(each.obligation.pk, each.seen, made.filler, made.recipient, closes=made.way is Way.CLOSE)


def words_of(asked: AsShown, unit: int, names: Names) -> str:
    """`Giao … nộp thay, gửi …`; empty where nothing is to be done."""
    if asked.closes:
        return "Thôi thu"
    to = names.get(asked.recipient, "")
    if asked.filler:
        handed = "Trả về cho đơn vị tự nộp" if asked.filler == unit else f"Giao {names.get(asked.filler, '')} nộp thay"
        return f"{handed}, gửi {to}" if asked.recipient else handed
    return f"Gửi {to}" if asked.recipient else ""


def value_of(asked: AsShown) -> str:
    """As it stands in a form."""
    return f"{asked.obligation}.{asked.seen}.{asked.filler}.{asked.recipient}.{int(asked.closes)}"


def read_picks(form: QueryDict) -> list[AsShown]:
    """What was ticked (`pick`, one each: `id.seen`; `chon`, many in one field, each with what is to be done); anything else is no pick."""
    found: dict[int, AsShown] = {}
    for text in (*form.getlist("pick"), *form.get("chon", "").split()):
        numbers = [number_of(part) for part in text.split(".")]
        if len(numbers) in (2, 5) and NEVER not in numbers:
            owed, seen, filler, recipient, closes = (*numbers, 0, 0, 0)[:5]
            found[owed] = AsShown(owed, seen, filler, recipient, closes=closes == 1)
    return list(found.values())[:MOST_PICKED]
