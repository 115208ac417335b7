"""The board's filters as they stand in its address, or in a list that was saved under a name."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from kheo.core.oddness import Kind
from kheo.core.unit_kinds import KINDS as UNIT_KINDS
from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.boards import COLUMNS, ORDERS, TIMINGS, WITH_REPLIES, WITHOUT_REPLIES, Sieve

LONGEST_SEARCH = 100
TIMING_NAMES = {"dung-han": "Nộp đúng hạn", "gia-han": "Được gia hạn", "nop-tre": "Nộp trễ", "qua-han": "Quá hạn, chưa nộp"}
ODD_WORDS: Mapping[str, Kind] = {"kiem-tra": "question", "khac-ky-truoc": "change", "khac-don-vi-khac": "distance", "chiem-lon": "share"}
ODD_NAMES = {
    "kiem-tra": "Có phép kiểm tra cần hỏi lại",
    "khac-ky-truoc": "Khác nhiều so với kỳ trước",
    "khac-don-vi-khac": "Khác nhiều so với đơn vị cùng loại",
    "chiem-lon": "Chiếm hơn nửa một tổng",
}
REPLY_NAMES = {WITH_REPLIES: "Có câu trả lời chờ xem", WITHOUT_REPLIES: "Không có câu trả lời"}
ORDER_NAMES = {
    "": "Quan trọng nhất trước",
    "cho-lau": "Chờ lâu nhất trước",
    "tre-nhat": "Trễ nhất trước",
    "ten": "Theo tên",
    "cay": "Theo cây đơn vị",
}
Choice = tuple[str, str, bool]


def sieve_of(query: QueryDict) -> Sieve:
    """What is asked for; words that mean nothing ask for nothing."""
    state, timing, replies = query.get("trang-thai", ""), query.get("han", ""), query.get("tra-loi", "")
    kind, order = query.get("loai", ""), query.get("sap-xep", "")
    return Sieve(
        search=query.get("tim", "").strip()[:LONGEST_SEARCH],
        state=State(state) if state in set(COLUMNS) else None,
        timing=timing if timing in TIMINGS else "",
        odd=ODD_WORDS.get(query.get("ly-do", "")),
        replies=replies if replies in REPLY_NAMES else "",
        kind=kind if kind in UNIT_KINDS else "",
        order=order if order in ORDERS else "",
    )


def query_of(sieve: Sieve) -> str:
    """The filters as `a=b&`, for links to other pages of the same list and for saving it."""
    asked = {
        "tim": sieve.search,
        "trang-thai": sieve.state or "",
        "han": sieve.timing,
        "ly-do": next((word for word, kind in ODD_WORDS.items() if kind == sieve.odd), ""),
        "tra-loi": sieve.replies,
        "loai": sieve.kind,
        "sap-xep": sieve.order,
    }
    return "".join(f"{urlencode({name: value})}&" for name, value in asked.items() if value)


def choices(sieve: Sieve, kinds: Sequence[str]) -> dict[str, list[Choice]]:
    """(value, words, chosen) of the lists to choose from; `kinds` of units are those of the board."""
    return {
        "states": [(state.value, STATE_NAMES[state], state == sieve.state) for state in COLUMNS],
        "timings": _chosen(TIMING_NAMES, sieve.timing),
        "odd": [(word, name, ODD_WORDS[word] == sieve.odd) for word, name in ODD_NAMES.items()],
        "replies": _chosen(REPLY_NAMES, sieve.replies),
        "kinds": [(kind, UNIT_KINDS[kind].name, kind == sieve.kind) for kind in kinds if kind in UNIT_KINDS] if len(kinds) > 1 else [],
        "orders": _chosen(ORDER_NAMES, sieve.order),
    }


def _chosen(names: Mapping[str, str], value: str) -> list[Choice]:
    return [(word, name, word == value) for word, name in names.items()]


def is_narrow(sieve: Sieve) -> bool:
    """Whether one of the rarer filters is set: then they are shown unfolded."""
    return bool(sieve.odd or sieve.replies or sieve.kind or sieve.order)
