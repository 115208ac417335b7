"""A draft with what a person typed: fields replaced, periods, tiers and sections added or left out, what was looked at asked no more."""

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kheo.core.drafting.fields import ADDED_ROWS, NO, PLANS_FIELD, YES, Field, fields_of, not_understood, understood
from kheo.core.drafting.notes import Notes, Open, Path
from kheo.core.drafting.plans import WHY
from kheo.core.drafting.proposing import CampaignDraft
from kheo.core.drafting.regime import added_period
from kheo.core.text import fold

_BY_A_PERSON = "do người sửa"
_SOURCE = "Văn bản không nêu; do đơn vị triển khai đề xuất."
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WALL = re.compile(r"contents\.(\d{1,3})\.walled")


@dataclass(frozen=True)
class Corrected:
    """The draft with the corrections; what could not be understood, by key.

    `fields`, `asked`: fields and open places as a page shows them, by the turns that rows had before any was left out or moved;
    `turns`: of the lists that have lost or moved rows, by their path with dots, those turns in the order of the draft.
    """

    draft: CampaignDraft
    wrong: dict[str, str]
    fields: list[Field]
    asked: list[Open]
    turns: Mapping[str, list[int]]


def walled_by_hand(typed: Mapping[str, str]) -> dict[int, bool]:
    """What a person decided of the walls of contents, by their turn: it is known before tasks are offered indicators."""
    said = {form[1]: text for key, text in typed.items() if (form := _WALL.fullmatch(key))}
    return {int(turn): fold(text) == fold(YES) for turn, text in said.items() if fold(text) in (fold(YES), fold(NO))}


def open_key(item: Open) -> str:
    """By which an open place is known from one reading to the next."""
    return f"{'.'.join(map(str, item.path))}~{zlib.crc32(item.words.encode()):08x}"


def corrected(draft: CampaignDraft, typed: Mapping[str, str], seen: Collection[str]) -> Corrected:
    """`typed`: by the key of a field what a person wrote; `seen`: keys of open places that a person looked at (`open_key`).

    Periods come first: whether a tier has a day for one depends on them. Rows that are left out keep their turn, so keys stay keys.
    """
    wrong: dict[str, str] = {}
    _apply(draft, {key: text for key, text in typed.items() if key == "regime.asked"}, wrong)
    _add_rows(draft, typed)
    _apply(draft, {key: text for key, text in typed.items() if key != "regime.asked"}, wrong)
    fields = fields_of(draft)
    notes = _without(draft.notes, seen)
    asked = list(notes.left_open)
    regime, outline = draft.data["regime"], draft.data["outline"]
    kept = {
        "regime.tiers": [*_kept(regime["tiers"], added=True), *_kept(regime["tiers"], added=False)],
        "outline": sorted(_kept(outline), key=lambda turn: section_order(outline[turn]["id"])),
    }
    regime["tiers"] = _arranged(regime["tiers"], kept["regime.tiers"], ("regime", "tiers"), notes)
    draft.data["outline"] = _arranged(outline, kept["outline"], ("outline",), notes)
    return Corrected(replace(draft, notes=notes), wrong, fields, asked, kept)


def _apply(draft: CampaignDraft, typed: Mapping[str, str], wrong: dict[str, str]) -> None:
    known = {field.key: field for field in fields_of(draft)}
    frequencies = {each["id"]: each.get("frequency", "year") for each in draft.data["regime"]["periods"]}
    for key, text in typed.items():
        field = known.get(key)
        if field is None or (not text.strip() and not field.value):  # nothing was there, nothing is
            continue
        frequency = next((frequencies[part] for part in key.split(".") if part in frequencies), "year")
        value = understood(field, text, frequency)
        if value is None:
            wrong[key] = not_understood(field, text, frequency)
        else:
            _put(draft, key, value)


def _put(draft: CampaignDraft, key: str, value: Any) -> None:
    data, path = draft.data, _path(key)
    if key == PLANS_FIELD:
        return None if value else _without_plans(data, draft.notes)
    if key == "regime.asked":
        _ask(data["regime"], value, draft.notes)
        return draft.notes.say(("regime", "periods"), _BY_A_PERSON)
    if path[:2] == ("regime", "periods"):
        return _window(data["regime"], str(path[2]), str(path[3]), value, draft.notes)
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part]
    if value is False or (path[-1] == "content" and value == ""):
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value
    return draft.notes.say(path[:2] if path[0] in ("outline", "contents") else path[:3], _BY_A_PERSON)


def _without_plans(data: dict[str, Any], notes: Notes) -> None:
    """No task asked for who has a plan, and a person does not either."""
    kept = [turn for turn, each in enumerate(data["indicators"]) if each["source"] != WHY]
    notes.rearrange(("indicators",), kept)
    data["indicators"] = [data["indicators"][turn] for turn in kept]


def _path(key: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in key.split("."))


def _ask(regime: dict[str, Any], kept: Collection[str], notes: Notes) -> None:
    """These periods and no others: a new one with the days of the calendar, and of one that is left out no day stays."""
    turns = [turn for turn, each in enumerate(regime["periods"]) if each["id"] in kept]
    there = [regime["periods"][turn] for turn in turns]
    notes.rearrange(("regime", "periods"), turns)
    known = {each["id"] for each in there}
    regime["periods"] = there + [added_period(each, cumulative=each == "N" and "6T" in kept) for each in kept if each not in known]
    for tier in regime["tiers"]:
        tier["due"] = {period: rule for period, rule in tier["due"].items() if period in kept}


def _window(regime: dict[str, Any], period: str, which: str, rule: dict[str, Any], notes: Notes) -> None:
    """The first day, or the day of the cut-off; the next cycle begins where this one ends only if a person says so as well."""
    turn, row = next((turn, each) for turn, each in enumerate(regime["periods"]) if each["id"] == period)
    row[which] = rule
    if which == "cutoff":
        row["closes"] = _day_after(rule, row.get("frequency", "year"))
    notes.say(("regime", "periods", turn), _BY_A_PERSON)


def _day_after(rule: Mapping[str, Any], frequency: str) -> dict[str, Any]:
    if frequency != "year" or rule["day"] == "last":
        month = rule["month"] + (rule["day"] == "last")
        next_year = frequency == "year" and month > 12
        year = rule.get("year", 0) + next_year
        return {
            "day": 1 if rule["day"] == "last" else rule["day"] + 1,
            "month": 1 if next_year else month,
            **({"year": year} if year else {}),
        }
    last = date(2023 + rule.get("year", 0), rule["month"], rule["day"]) + timedelta(1)  # any year without a 29/2
    return {"day": last.day, "month": last.month, **({"year": last.year - 2023} if last.year != 2023 else {})}


def _add_rows(draft: CampaignDraft, typed: Mapping[str, str]) -> None:
    """Tiers and sections that a person named: as many rows as what was typed reaches to."""
    tiers, outline = draft.data["regime"]["tiers"], draft.data["outline"]
    for turn in _named(typed, "regime.tiers", len(tiers), ("name", "kinds")):
        row = {"id": f"tier_{turn + 1}", "name": "", "kinds": [], "line": "union", "due": {}, "proposed": True, "source": _SOURCE}
        tiers.append(row)
    for turn in _named(typed, "outline", len(outline), ("id", "title")):
        outline.append({"id": f"{turn + 1}", "title": "", "max_chars": 3000})


def _named(typed: Mapping[str, str], start: str, first: int, fields: Iterable[str]) -> range:
    """The turns from `first` on up to the last one of which something was typed."""
    last = first
    while any(typed.get(f"{start}.{turn}.{name}", "").strip() for turn in range(last, last + ADDED_ROWS) for name in fields):
        last += 1
    return range(first, last)


def _kept(rows: list[dict[str, Any]], *, added: bool | None = None) -> list[int]:
    """The turns of rows that are not left out, and of which something was said. `added`: those of a person, or the others.

    Tiers stand from below upwards; what no paper says is mostly the tier below those of which it speaks, so it comes first.
    """
    named = [turn for turn, row in enumerate(rows) if not row.get("gone") and (row.get("name") or row.get("title"))]
    return [turn for turn in named if added is None or bool(rows[turn].get("proposed")) == added]


def _arranged(rows: list[dict[str, Any]], turns: list[int], path: Path, notes: Notes) -> list[dict[str, Any]]:
    notes.rearrange(path, turns)
    for row in rows:
        row.pop("gone", None)
    return [rows[turn] for turn in turns]


def section_order(number: str) -> tuple[int, ...]:
    """`II.3` -> 2, 3: sections stand in the order of their numbers; what is no number stays behind."""
    return tuple(_number(part) for part in number.split("."))


def _number(part: str) -> int:
    if part.isdigit():
        return int(part[:6])
    values = [_ROMAN.get(letter, 0) for letter in part.upper()]
    if 0 in values:
        return 1000 + ord(part[0].lower()) if len(part) == 1 else 10_000
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _without(notes: Notes, seen: Collection[str]) -> Notes:
    done = {(each.path, each.words) for each in notes.left_open if open_key(each) in seen}
    said = {path: [each for each in lines if (path, each.removeprefix("CẦN XÁC NHẬN: ")) not in done] for path, lines in notes.said.items()}
    return Notes(said, [each for each in notes.left_open if (each.path, each.words) not in done])
