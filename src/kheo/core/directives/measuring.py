"""How well papers are read: what was told against annotations of the same form, field by field.

Compared as `shared/data/directives/README.md` says: without regard to case, white space and where a tone mark is written. Entries
marked `ambiguous` are not counted on either side; what an annotation lists as `…_alternatives` of a field is right too.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kheo.core.directives.months import last_day
from kheo.core.text import name_key

SINGLE = (
    "number",
    "symbol",
    "full_number",
    "date",
    "place",
    "issuer",
    "issuer_superior",
    "doc_type",
    "subject",
    "signer_name",
    "signer_title",
    "top_level_items",
)
_COMPARED = {"type", "number", "date", "name", "year", "month_day", "month", "quarter", "period", "to"}  # of the entries of a list
LISTS = ("recipients", "distribution", "cited_documents", "deadlines")
Told = dict[str, Any]


@dataclass
class Score:
    """Counts of one field. `wrong`: lines for a person who wants to see why."""

    right: int = 0
    told: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was told, the share that is right; 1 where nothing was told."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Of what was wanted, the share that was told; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(papers: Iterable[tuple[str, Told, Told]]) -> dict[str, Score]:
    """Scores by field over papers of (name, told, wanted). `exact` of a single field is right / papers: see `share`."""
    scores = {name: Score() for name in (*SINGLE, *LISTS)}
    for name, told, wanted in papers:
        for key in SINGLE:
            _single(scores[key], name, told.get(key), wanted.get(key), wanted.get(f"{key}_alternatives") or [])
        for key in LISTS:
            _row(scores[key], name, told.get(key) or [], wanted.get(key) or [], _KEYS[key])
    return scores


def is_told_in(field: str, told: object, wanted: list[Any]) -> bool:
    """Whether one thing that was told of a field is among those that were wanted."""
    key = _KEYS.get(field, _plain)
    return any(_agree(key(told), key(form)) for each in wanted if each is not None for form in _forms(each))


def _single(score: Score, name: str, told: object, wanted: object, others: list[object]) -> None:
    same = _plain(told) in [_plain(each) for each in (wanted, *others)]
    score.told += told is not None
    score.wanted += wanted is not None
    score.right += same and wanted is not None
    if not same:
        score.wrong.append(f"{name}: {told!r} thay cho {wanted!r}")


def _row(score: Score, name: str, told: list[Any], wanted: list[Any], key: Callable[[Any], object]) -> None:
    doubtful = [[key(form) for form in _forms(each)] for each in wanted if isinstance(each, dict) and each.get("ambiguous")]
    left = [[key(form) for form in _forms(each)] for each in wanted if not (isinstance(each, dict) and each.get("ambiguous"))]
    score.wanted += len(left)
    for mine in (key(each) for each in told):
        same = next((one for one in sorted(left, key=lambda one: not _shares_a_day(mine, one[0])) if _agrees_with_one(mine, one)), None)
        if same is not None:
            left.remove(same)
            score.right += 1
        elif any(_agrees_with_one(mine, one) for one in doubtful):
            continue  # right or not: nobody can tell
        else:
            score.wrong.append(f"{name}: thừa {mine}")
        score.told += 1
    score.wrong += [f"{name}: thiếu {each[0]}" for each in left]


def _forms(each: Any) -> list[Any]:
    """An entry as it is annotated, and with each value that the annotation calls also right: `to_alternatives` are other forms of `to`,
    `alternatives` other forms of the whole entry, whose values may be combined.
    """
    if not isinstance(each, dict):
        return [each]
    others: dict[str, list[Any]] = {}
    for key, values in each.items():
        if key.endswith("_alternatives") and isinstance(values, list):
            others.setdefault(key.removesuffix("_alternatives"), []).extend(values)
    for other in each.get("alternatives") or ():
        for key in _COMPARED & other.keys():
            others.setdefault(key, []).append(other[key])
    forms = [each]
    for key, values in others.items():
        told = [value for index, value in enumerate(values) if value != each.get(key) and value not in values[:index]]
        forms += [{**form, key: value} for form in forms for value in told]
    return forms


def _agrees_with_one(mine: object, forms: list[object]) -> bool:
    return any(_agree(mine, form) for form in forms)


def _agree(one: object, other: object) -> bool:
    """Whether two entries say the same; of two ways of saying a day one has to be shared."""
    if not (isinstance(one, tuple) and isinstance(other, tuple) and isinstance(one[0], frozenset) and isinstance(other[0], frozenset)):
        return one == other
    return bool(one[0] & other[0]) and one[1:] == other[1:]


def _shares_a_day(one: object, other: object) -> bool:
    """Whether both tell the same day: then they belong together before those that agree by telling none."""
    days = [each[0] for each in (one, other) if isinstance(each, tuple) and isinstance(each[0], frozenset)]
    return len(days) == 2 and bool((days[0] & days[1]) - {None})


def _plain(value: object) -> object:
    if not isinstance(value, str):
        return value
    return name_key(re.sub(r"\s+", " ", value.replace("*", "")).strip(" .;,"))


def _cited(each: Told) -> object:
    if each.get("number"):
        return _plain(each.get("type")), _plain(each["number"]), each.get("date")
    # A year is a year as a number, as a word or at the end of the name (`Luật Tiếp công dân năm 2013`).
    ended = re.fullmatch(r"(.+?)\s+năm\s+(\d{4})", str(each.get("name") or ""))
    name, year = (ended[1], each.get("year") or ended[2]) if ended else (each.get("name"), each.get("year"))
    return _plain(each.get("type")), _plain(name), each.get("date") or (str(year) if year else None)


def _due(each: Told) -> object:
    """`trong tháng 6/2024` may be told without a day or as the month's last, and one counted from the paper's own day
    with the day it comes to; periods that the set has no word for are none."""
    days = {each.get("date")}
    month = each.get("month") or each.get("quarter")
    last = last_day(str(month)) if month else None
    if last:
        days |= {None, last.isoformat()}
    if each.get("reckoned"):
        days |= {None, each["reckoned"]}
    period = None if each.get("period") in ("day", "week") else each.get("period")
    return frozenset(days), each.get("month_day"), period, _plain(each.get("to"))


_KEYS: dict[str, Callable[[Any], object]] = {"recipients": _plain, "distribution": _plain, "cited_documents": _cited, "deadlines": _due}
