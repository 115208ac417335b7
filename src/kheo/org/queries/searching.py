"""Finding a unit by how it is or was called, or by its code: in one country among hundreds of thousands, a few statements each time.

Every name that a unit ever had is looked at, so that somebody finds where an old ward is now; codes are used again over time, so each
comes with the days on which it was the unit's.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.core.matching import spelled_out
from kheo.core.text import fold, name_key, without_zeros, words, written
from kheo.core.unit_kinds import Line
from kheo.org.models import Suspension, UnitName, in_force

MOST = 50  # on one page
LOOKED_AT = 200  # names, in each way of finding

# Ways of finding, surest first; a way is asked only until enough have been found.
# The words are an index (migration 0007): the same expression, or it is not used.
_LINES = "place.line = ANY(%(lines)s)"
_WORDS = "array_to_tsvector(array_remove(regexp_split_to_array(folded, '[^a-z0-9]+'), ''))"
_NAMED = f"""
SELECT unit_id FROM org_unit_name AS name
WHERE starts IS DISTINCT FROM ends AND EXISTS (SELECT 1 FROM org_relation AS place WHERE place.child_id = name.unit_id AND {_LINES})
"""  # noqa: S608  # constants of ours
# The inner query stands by itself (OFFSET 0): the limit outside would have the planner walk all names and cut each into words, hoping
# to meet enough soon; of common words that never stand together it meets none.
_WORDED = f"""
SELECT unit_id FROM (
  SELECT unit_id FROM org_unit_name WHERE starts IS DISTINCT FROM ends AND {_WORDS} @@ %({{query}})s::tsquery OFFSET 0
) AS name
WHERE EXISTS (SELECT 1 FROM org_relation AS place WHERE place.child_id = name.unit_id AND {_LINES})
"""  # noqa: S608  # constants of ours
# “Phường 14, Quận 10”: a unit of the first words, that stood under one of the others.
_UNDER = f"""
SELECT name.unit_id FROM org_unit_name AS name
JOIN org_relation AS place ON place.child_id = name.unit_id AND {_LINES} AND place.starts IS DISTINCT FROM place.ends
WHERE name.starts IS DISTINCT FROM name.ends AND name.folded = ANY(%(heads)s) AND EXISTS (
  SELECT 1 FROM org_unit_name AS above WHERE above.unit_id = place.parent_id AND above.folded = ANY(%(tails)s))
"""  # noqa: S608  # constants of ours
FIND = f"""
SELECT unit_id FROM (
  ({_UNDER} LIMIT %(most)s)
  UNION ALL (SELECT unit_id FROM org_unit_code AS code
    WHERE scheme = 'kheo' AND value = ANY(%(codes)s) AND starts IS DISTINCT FROM ends
    AND EXISTS (SELECT 1 FROM org_relation AS place WHERE place.child_id = code.unit_id AND {_LINES}) LIMIT %(most)s)
  UNION ALL ({_NAMED} AND folded LIKE %(beginning)s ORDER BY folded USING ~<~ LIMIT %(most)s)
  UNION ALL ({_WORDED.format(query="whole")} LIMIT %(most)s)
  UNION ALL ({_WORDED.format(query="begun")} LIMIT %(most)s)
) AS found LIMIT %(most)s
"""  # noqa: S608  # constants of ours


@dataclass(frozen=True)
class Heir:
    """A unit of the day that followed one that has ended."""

    id: int
    name: str


@dataclass(frozen=True)
class Ending:
    """By what a unit ended: the kind of event, its day and its decision."""

    kind: str
    day: date
    decision_number: str


@dataclass(frozen=True)
class Found:
    """A unit that was looked for, as of a day.

    `name`: on the day, or the last before its end, or its first where it is still to begin. `matched`: the other name by which it was
    found. `begins`, `ends`: days between which it exists, as far as recorded. `is_meant`: exactly this was asked for, by a whole name (with
    the unit above or without) or by its code.
    """

    id: int
    name: str
    matched: str
    code: str
    kind: str
    above: str
    line: Line
    begins: date
    ends: date | None
    is_suspended: bool
    is_there: bool
    ending: Ending | None
    heirs: tuple[Heir, ...]
    is_meant: bool = False


@dataclass(frozen=True)
class _Called:
    name: str
    folded: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Hits:
    """Everything that a search found, ranked, of which a page at a time is told. `is_cut`: more are called so than are looked at."""

    text: str
    ranked: tuple[int, ...]
    is_cut: bool
    names: Mapping[int, Sequence["_Called"]]
    on: date
    lines: Collection[Line]

    def told(self, start: int = 0, most: int = MOST) -> list[Found]:
        """Some of them, from `start` on: a fixed number of queries."""
        return _told(self, self.ranked[start : start + most])


def look_for(text: str, on: date, lines: Collection[Line]) -> Hits:
    """Units of these lines whose name or code is meant, surest first.

    Shortened kinds (`P.14 Q.10`) are written out, unless that finds none.
    """
    plain = written(text)
    units, meant = {}, plain
    for meant in dict.fromkeys((spelled_out(plain), plain)):
        units = _candidates(meant, plain, lines)
        if units:
            break
    names = _names(units)
    ranked = sorted(names, key=lambda unit: _rank(meant, unit, names[unit], on, units))
    return Hits(meant, tuple(ranked), len(units) >= LOOKED_AT, names, on, lines)


def search(text: str, on: date, lines: Collection[Line]) -> tuple[list[Found], bool]:
    """The first `MOST` of what is found; and whether there are more than those."""
    hits = look_for(text, on, lines)
    return hits.told(), len(hits.ranked) > MOST or hits.is_cut


def _candidates(text: str, code: str, lines: Collection[Line]) -> dict[int, int]:
    """Units found, each with the place at which it was found first."""
    folded, parts = fold(text), words(text)
    if not parts:
        return {}
    quoted = [_either(word) for word in parts]
    heads, tails = _halves(parts)
    values: dict[str, Any] = {
        "lines": [line.value for line in lines],
        "heads": heads,
        "tails": tails,
        "codes": sorted({code.strip(), code.strip().upper()}),
        "beginning": folded.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%",
        "whole": " & ".join(quoted),
        "begun": " & ".join([*quoted[:-1], f"'{parts[-1]}':*"]),
        "most": LOOKED_AT,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND, values)
        found: dict[int, int] = {}
        for place, (unit,) in enumerate(cursor.fetchall()):
            found.setdefault(unit, place)
        return found


def _numbers(word: str) -> list[str]:
    """A word, or a number with a zero before it and without: lists of different years write `Phường 01` and `Phường 1`."""
    return [word] if not word.isdigit() else sorted({word, word.lstrip("0") or "0", word.lstrip("0").zfill(2)})


def _either(word: str) -> str:
    """The same as a question for an index of words."""
    return "(" + " | ".join(f"'{each}'" for each in _numbers(word)) + ")"


def _halves(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Every way to read the words as a unit and the one above it: `phuong 14`, `quan 10` is one of them."""
    cuts = range(1, len(parts))
    written_so = [parts, *([_numbers(word)[place] for word in parts] for place in (0, -1))]
    heads = dict.fromkeys(" ".join(each[:cut]) for each in written_so for cut in cuts)
    tails = dict.fromkeys(" ".join(each[cut:]) for each in written_so for cut in cuts)
    return list(heads), list(tails)


def _names(units: Collection[int]) -> dict[int, list[_Called]]:
    spans: dict[int, list[_Called]] = defaultdict(list)
    rows = UnitName.objects.filter(unit__in=units).order_by("starts", "pk").values_list("unit_id", "name", "folded", "starts", "ends")
    for unit, name, folded, starts, ends in rows:
        if starts != ends:
            spans[unit].append(_Called(name, folded, starts, ends))
    return spans


def _on(names: Sequence[_Called], on: date) -> _Called | None:
    return next((each for each in names if each.starts <= on and (each.ends is None or on < each.ends)), None)


def _rank(text: str, unit: int, names: Sequence[_Called], on: date, order: dict[int, int]) -> tuple[Any, ...]:
    """Surest first; among equally sure ones units of the day before those that ended, a name of the day before an old one."""
    bare = without_zeros(text)
    key, folded, now = name_key(bare), fold(bare), _on(names, on)
    same = min(_likeness(key, folded, each) for each in names)
    length = min(len(each.folded.split()) for each in names if _likeness(key, folded, each) == same)
    place = order[unit] if same == ONLY_WORDS else 0
    return same, now is None, now is not None and folded not in now.folded, place, length, names[-1].folded, unit


ONLY_WORDS = 4


def _likeness(key: str, folded: str, name: _Called) -> int:
    """0: the same name; 1: its words with their tones; 2: the same without tones; 3: its words in their order; 4: only its words."""
    own = name_key(without_zeros(name.name))
    if own == key or key in own:
        return 0 if own == key else 1
    spelt = without_zeros(name.folded)
    return 2 if spelt == folded else 3 if folded in spelt else ONLY_WORDS


PLACES = """
SELECT DISTINCT ON (place.child_id) place.child_id, coalesce(above.name, ''), place.line
FROM org_relation AS place
LEFT JOIN LATERAL (
  SELECT name FROM org_unit_name WHERE unit_id = place.parent_id AND starts <= greatest(%(on)s, place.starts)
  ORDER BY starts DESC LIMIT 1
) AS above ON true
WHERE place.child_id = ANY(%(units)s) AND place.line = ANY(%(lines)s) AND place.starts IS DISTINCT FROM place.ends
ORDER BY place.child_id, (place.starts <= %(on)s AND (place.ends IS NULL OR place.ends > %(on)s)) DESC, place.starts DESC
"""
LAST_FACT = """
SELECT DISTINCT ON (unit_id) unit_id, {column} FROM {table} AS fact
WHERE unit_id = ANY(%(units)s) AND starts IS DISTINCT FROM ends {more}
ORDER BY unit_id, (starts <= %(on)s) DESC, starts DESC
"""
CODES = LAST_FACT.format(column="value", table="org_unit_code", more="AND scheme = 'kheo'")
KINDS = LAST_FACT.format(column="kind", table="org_unit_kind", more="")
# Through as many successions as there were, as far as they hold on the day; whoever lives on the day is where a way ends.
HEIRS = """
WITH RECURSIVE gone (first, unit) AS (
  SELECT unit, unit FROM unnest(%(units)s::bigint[]) AS unit
  UNION
  SELECT gone.first, next.successor_id FROM gone
  JOIN org_succession AS next ON next.predecessor_id = gone.unit
  JOIN org_unit_event AS event ON event.id = next.event_id AND event.day <= %(on)s
  WHERE NOT EXISTS (SELECT 1 FROM org_unit_event AS back WHERE back.annuls_id = event.id AND back.day <= %(on)s)
    AND NOT EXISTS (SELECT 1 FROM org_unit_name AS name
      WHERE name.unit_id = gone.unit AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s))
)
SELECT gone.first, gone.unit, name.name FROM gone
JOIN org_unit_name AS name ON name.unit_id = gone.unit AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s)
WHERE gone.first <> gone.unit ORDER BY gone.first, name.sort_key COLLATE "C"
"""
ENDINGS = """
SELECT DISTINCT ON (ended.unit) ended.unit, event.kind, event.day, event.decision_number
FROM (
  SELECT unit_id AS unit, id FROM org_unit_event WHERE unit_id = ANY(%(units)s) AND kind IN ('absorbed', 'closed', 'split')
  UNION SELECT predecessor_id, event_id FROM org_succession WHERE predecessor_id = ANY(%(units)s)
) AS ended
JOIN org_unit_event AS event ON event.id = ended.id AND event.day <= %(on)s
WHERE NOT EXISTS (SELECT 1 FROM org_unit_event AS back WHERE back.annuls_id = event.id AND back.day <= %(on)s)
ORDER BY ended.unit, event.day DESC, event.id DESC
"""


def _asked(statement: str, units: Sequence[int], on: date, lines: Collection[Line]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"units": list(units), "on": on, "lines": [line.value for line in lines]})
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def heirs_of_many(units: Sequence[int], on: date) -> dict[int, tuple[Heir, ...]]:
    """The units of a day that the past of each of these went to; nothing for one that lives on the day: one query."""
    found: dict[int, list[Heir]] = defaultdict(list)
    for first, unit, name in _asked(HEIRS, units, on, ()):
        found[first].append(Heir(unit, name))
    return {unit: tuple(heirs) for unit, heirs in found.items()}


def endings(units: Sequence[int], on: date) -> dict[int, Ending]:
    """The last event by a day that ended each of these, or took a part from it: one query."""
    return {unit: Ending(*rest) for unit, *rest in _asked(ENDINGS, units, on, ())}


def _told(hits: Hits, units: Sequence[int]) -> list[Found]:
    text, names, on = hits.text, hits.names, hits.on
    places = {unit: (above, Line(line)) for unit, above, line in _asked(PLACES, units, on, hits.lines)}
    codes, kinds = dict(_asked(CODES, units, on, ())), dict(_asked(KINDS, units, on, ()))
    heirs, ended = heirs_of_many(units, on), endings(units, on)
    paused = set(Suspension.objects.filter(in_force(on), unit__in=units).values_list("unit_id", flat=True))
    found = []
    for unit in units:
        spans = names[unit]
        now = _on(spans, on)
        shown = now or next((each for each in reversed(spans) if each.starts <= on), spans[0])
        above, line = places[unit]
        found.append(
            Found(
                id=unit,
                name=shown.name,
                matched=_matched(text, spans, shown),
                code=codes.get(unit, ""),
                kind=kinds.get(unit, ""),
                above=above,
                line=line,
                begins=spans[0].starts,
                ends=spans[-1].ends,
                is_suspended=unit in paused,
                is_there=now is not None,
                ending=ended.get(unit) if now is None else None,
                heirs=heirs.get(unit, ()),
                is_meant=_is_meant(text, spans, above, codes.get(unit, "")),
            )
        )
    return found


def _is_meant(text: str, names: Sequence[_Called], above: str, code: str) -> bool:
    """Whether a whole name was asked for, alone or with that of the unit above, or the code; tones count where they were typed."""
    asked, upper = words(without_zeros(text)), words(without_zeros(above))
    spelt = [(each, words(without_zeros(each.name))) for each in names]
    has_tones = name_key(text) != fold(text)
    return text.strip().upper() == code.upper() != "" or any(
        own + upper == asked or (own == asked and (not has_tones or _likeness(name_key(without_zeros(text)), "", each) == 0))
        for each, own in spelt
    )


def _matched(text: str, names: Sequence[_Called], shown: _Called) -> str:
    """Another name by which the unit was found, when it was not the one shown."""
    parts = words(text)

    def meant(each: _Called) -> bool:
        return all(any(word.startswith(part) for word in words(each.name)) for part in parts)

    if meant(shown):
        return ""
    return next((each.name for each in names if meant(each)), "")
