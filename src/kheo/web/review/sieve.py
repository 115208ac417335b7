"""The board's filters as they stand in its address."""

from urllib.parse import urlencode

from django.http import QueryDict

from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.boards import COLUMNS, TIMINGS, Sieve

LONGEST_SEARCH = 100
TIMING_NAMES = {"dung-han": "Nộp đúng hạn", "gia-han": "Được gia hạn", "nop-tre": "Nộp trễ", "qua-han": "Quá hạn, chưa nộp"}


def sieve_of(query: QueryDict) -> Sieve:
    """What is asked for; words that mean nothing ask for nothing."""
    state = query.get("trang-thai", "")
    timing = query.get("han", "")
    return Sieve(
        search=query.get("tim", "").strip()[:LONGEST_SEARCH],
        state=State(state) if state in set(COLUMNS) else None,
        timing=timing if timing in TIMINGS else "",
    )


def query_of(sieve: Sieve) -> str:
    """The filters as `a=b&`, for links to other pages of the same list."""
    asked = {"tim": sieve.search, "trang-thai": sieve.state or "", "han": sieve.timing}
    return "".join(f"{urlencode({name: value})}&" for name, value in asked.items() if value)


def choices(sieve: Sieve) -> dict[str, list[tuple[str, str, bool]]]:
    """(value, words, chosen) of the two lists to choose from."""
    states = [(state.value, STATE_NAMES[state], state == sieve.state) for state in COLUMNS]
    timings = [(value, words, value == sieve.timing) for value, words in TIMING_NAMES.items()]
    return {"states": states, "timings": timings}
