"""What a table of names would bring on a day: which units it means, which it would create. A fixed number of queries for any table."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db import connection

from kheo.core.chain import content_hash
from kheo.core.matching import CERTAINTY_NAMES, Certainty, NamedRow, in_full, written_out
from kheo.core.reorganising import CODE_SCHEME, Decision, Established, Place
from kheo.core.text import name_key
from kheo.core.unit_import import (
    NEW,
    SKIP,
    USUAL,
    WHY,
    Candidate,
    Codes,
    Item,
    Outcome,
    Sibling,
    differs_by_number,
    key_of,
    kind_said,
    near,
    picked,
    rare_words,
)
from kheo.core.unit_kinds import KINDS, Line
from kheo.org.models import Relation, UnitCode, UnitKind, UnitName, in_force
from kheo.org.queries.matching import Match, match_names

NEAR_BY = "không có tên này, có tên gần giống"
PROPOSED = 5  # times that codes are proposed anew when some are taken by units elsewhere
# What was chosen, by `key_of`: `new`, `skip` or `unit:ID`, and for a new one its kind and code where they were changed.
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Understood:
    """Every unit above that the table names, then every row."""

    above: tuple[Item, ...]
    rows: tuple[Item, ...]

    @property
    def mark(self) -> str:
        """The hash of exactly what would be created."""
        created = [item for item in self.rows if item.outcome is Outcome.CREATE]
        return content_hash([[item.key, item.name, item.kind, item.code, item.parent] for item in created])

    def events(self, line: Line, on: date, decision: Decision) -> list[Established]:
        """Units to create, as events; those of the table under each other by their negative ids."""
        return [
            Established(
                day=on,
                unit=-(place + 1),
                decision=decision,
                row=item.row.row,
                name=item.name,
                kind=item.kind,
                code=item.code,
                places=(Place(line, item.parent),),
            )
            for place, item in enumerate(self.rows)
            if item.outcome is Outcome.CREATE
        ]


def understand(rows: Sequence[NamedRow], on: date, line: Line, top: int | None, choices: Choices) -> Understood:
    """Each row with the unit it means, surely or by choice, or with what has to be chosen; `top`: where a row stands that says nothing."""
    above = _aboves(rows, on, line, choices)
    by_key = {item.key: item for item in above}
    known = {item.key: item.unit for item in above if item.unit}
    said = [replace(row, above=known[key].name if (key := _above_key(row)) in known else row.above) for row in rows]
    matches = match_names(said, on, line, suggests=False)
    parents = {unit.id for unit in known.values()} | ({top} if top else set())
    reading = _Reading(on, line, top, _siblings(parents, on, line), choices, by_key, _table_parents(rows), _saying_above(rows))
    items = tuple(reading.item(place, row, match) for place, (row, match) in enumerate(zip(rows, matches, strict=True)))
    return Understood(above, _completed(items, reading))


def _above_key(row: NamedRow) -> str:
    return key_of(NamedRow(0, row.above, "", ""))


def _saying_above(rows: Sequence[NamedRow]) -> frozenset[str]:
    return frozenset(row.sheet for row in rows if row.above)


def _table_parents(rows: Sequence[NamedRow]) -> dict[str, int]:
    """By its name the first row of that name: units above may be in the table themselves."""
    found: dict[str, int] = {}
    for place, row in enumerate(rows):
        found.setdefault(name_key(in_full(row.name)), place)
    return found


def _aboves(rows: Sequence[NamedRow], on: date, line: Line, choices: Choices) -> tuple[Item, ...]:
    """The units above that rows name, each text once, that are no rows of the table themselves."""
    own = {name_key(in_full(row.name)) for row in rows}
    texts = {_above_key(row): row.above for row in rows if row.above}
    matches = match_names([NamedRow(0, text, "", "") for text in texts.values()], on, line)
    found = (_above(key, match, choices.get(key, {})) for key, match in zip(texts, matches, strict=True))
    return tuple(item for item in found if item.unit or item.candidates or name_key(in_full(item.row.name)) not in own)


def _above(key: str, match: Match, choice: Mapping[str, str]) -> Item:
    candidates = _candidates(match)
    chosen = choice.get("what", "")
    unit = picked(chosen, candidates)
    is_sure = match.certainty in (Certainty.SURE, Certainty.TWICE)  # two spellings of one unit above are no doubt
    if unit is None and is_sure:
        unit = candidates[0]
    outcome = Outcome.SAME if unit else Outcome.OPEN if candidates else Outcome.WRONG
    why = NEAR_BY if candidates and match.certainty is Certainty.UNKNOWN else CERTAINTY_NAMES[match.certainty]
    return Item(key, match.row, outcome, why, () if is_sure else candidates, chosen if unit and not is_sure else "", unit)


def _candidates(match: Match) -> tuple[Candidate, ...]:
    """Without those that a search found whose numbers differ: `Quận 10` is not what `Quận 1` may mean."""
    found = (each for each in match.units if match.certainty is not Certainty.UNKNOWN or not differs_by_number(match.row.name, each.name))
    return tuple(Candidate(each.id, each.code, each.name, each.above, WHY[match.certainty]) for each in found)


@dataclass(frozen=True)
class _Reading:
    """What is known while rows are understood."""

    on: date
    line: Line
    top: int | None
    siblings: Sequence[Sibling]
    choices: Choices
    above: Mapping[str, Item]
    table: Mapping[str, int]
    says_above: frozenset[str]  # sheets in which some rows name a unit above: there a row that names none is not meant for the top

    def item(self, place: int, row: NamedRow, match: Match) -> Item:
        """A row as it stands: sure, chosen, to be chosen, or new."""
        key = key_of(row)
        choice = self.choices.get(key, {})
        chosen = choice.get("what", "")
        candidates = _candidates(match) if match.units else self._near(row)
        told = CERTAINTY_NAMES[match.certainty] if match.units or not candidates else NEAR_BY
        plain = Item(key, row, Outcome.OPEN, told, candidates, chosen)
        unit = picked(chosen, candidates)
        if match.certainty is Certainty.SURE:
            return replace(plain, outcome=Outcome.SAME, unit=candidates[0], candidates=(), chosen="")
        if unit:
            return replace(plain, outcome=Outcome.SAME, unit=unit)
        if chosen == SKIP:
            return replace(plain, outcome=Outcome.LEFT, why="anh/chị chọn bỏ qua")
        if chosen == NEW or not candidates:
            return self._new(place, plain, choice)
        return replace(plain, chosen="")

    def _near(self, row: NamedRow) -> tuple[Candidate, ...]:
        parent, _ = self._parent(row)
        own = self._under.get(parent, ((), {}))
        names = {each.id: each.name for each in self.siblings}
        return tuple(
            Candidate(each.id, each.code, each.name, names.get(each.parent or 0, ""), f"giống {round(ratio * 100)}%")
            for ratio, each in near(row.name, *own)
        )

    @cached_property
    def _under(self) -> Mapping[int | None, tuple[Sequence[Sibling], Mapping[str, Sequence[int]]]]:
        grouped: dict[int | None, list[Sibling]] = defaultdict(list)
        for each in self.siblings:
            grouped[each.parent].append(each)
        return {parent: (units, rare_words(units)) for parent, units in grouped.items()}

    def _parent(self, row: NamedRow) -> tuple[int | None, str]:
        """The unit above: one that stands, or minus (its place in the table + 1); and what is wrong."""
        if not row.above and row.sheet in self.says_above:
            return None, "Ô đơn vị cấp trên để trống, trong khi các dòng khác có ghi: hãy ghi vào bảng rồi gửi lại."
        if not row.above:
            return self.top, "" if self.top else "Chưa rõ đơn vị cấp trên: bảng không ghi."
        item = self.above.get(_above_key(row))
        if item and item.unit:
            return item.unit.id, ""
        place = self.table.get(name_key(in_full(row.above)))
        if item is None and place is not None:
            return -(place + 1), ""
        told = "hãy chọn." if item and item.candidates else "không tìm thấy. Hãy sửa tên trong bảng rồi gửi lại."
        return None, f"Chưa rõ đơn vị cấp trên “{row.above}”: {told}"

    def _new(self, place: int, item: Item, choice: Mapping[str, str]) -> Item:
        parent, wrong = self._parent(item.row)
        if parent == -(place + 1):
            wrong = "Đơn vị ghi chính mình là cấp trên."
        kind = choice.get("kind", "") or kind_said(item.row, self.line) or self._usual(parent)
        if item.row.kind and not choice.get("kind") and not kind_said(replace(item.row, name=""), self.line):
            kind = ""  # not guessed: what is shown as chosen would look as if there were nothing to choose
            wrong = wrong or f"Không rõ loại “{item.row.kind}”: hãy chọn loại đơn vị."
        elif kind not in KINDS:
            wrong = wrong or "Chưa rõ loại đơn vị: hãy chọn."
        code = choice.get("code", "").strip() or item.row.code
        why = wrong or item.why
        outcome = Outcome.WRONG if wrong else Outcome.CREATE
        return replace(item, outcome=outcome, why=why, name=self._name(item.row, parent), kind=kind, code=code, parent=parent)

    def _name(self, row: NamedRow, parent: int | None) -> str:
        """How a new unit is called: written out, unless its neighbours are kept shortened in the same way."""
        first = f"{row.name.split()[0]} "
        units, _ = self._under.get(parent, ((), {}))
        return row.name if any(each.name.startswith(first) for each in units) else written_out(row.name)

    def _usual(self, parent: int | None) -> str:
        counts = Counter(each.kind for each in self.siblings if each.parent == parent)
        return counts.most_common(1)[0][0] if counts else USUAL.get(self.line, "")


def _siblings(parents: Iterable[int], on: date, line: Line) -> list[Sibling]:
    """The units under these on the day, and these themselves: four queries."""
    wanted = set(parents)
    rows = list(
        Relation.objects.filter(in_force(on), line=line, parent__in=wanted).order_by("child_id").values_list("child_id", "parent_id")
    )
    units = {child for child, _ in rows} | wanted
    names = dict(UnitName.objects.filter(in_force(on), unit__in=units).values_list("unit_id", "name"))
    kinds = dict(UnitKind.objects.filter(in_force(on), unit__in=units).values_list("unit_id", "kind"))
    codes = dict(UnitCode.objects.filter(in_force(on), scheme=CODE_SCHEME, unit__in=units).values_list("unit_id", "value"))
    placed = dict(rows)
    return [Sibling(each, codes.get(each, ""), names.get(each, ""), kinds.get(each, ""), placed.get(each)) for each in sorted(units)]


def _completed(items: Sequence[Item], reading: _Reading) -> tuple[Item, ...]:
    """New units with their codes, none of which any unit has or had. Told besides: two of one name under one unit, codes that are taken."""
    wanted = {item.code for item in items if item.outcome is Outcome.CREATE and item.code}
    names = {each.id: (each.name, each.code) for each in reading.siblings}
    used = {item.parent for item in items if item.outcome is Outcome.CREATE and item.parent is not None and item.parent > 0}
    codes = Codes(reading.siblings)
    last = _last_numbers({codes.pattern(parent, names.get(parent, ("", ""))[1])[0] for parent in used})
    taken = _known_codes(wanted)
    for _ in range(PROPOSED):
        codes = Codes(reading.siblings)
        codes.taken |= taken | wanted
        codes.last |= last
        seen: dict[tuple[int | None, str], int] = {}
        given: dict[str, int] = {}
        done: dict[int, Item] = {}
        for place in _outer_first(items):
            done[place] = _complete(items[place], done, names, codes, taken, seen, given)
        clash = _known_codes({item.code for item in done.values() if item.outcome is Outcome.CREATE} - wanted)
        if not clash:
            break
        taken |= clash
    return tuple(done[place] for place in range(len(items)))


# The characters that begin a code's number are those before the colon: a span of the index by letters, not every code.
LAST_NUMBERS = """
SELECT asked.prefix, max(substring(code.value FROM length(asked.prefix) + 1)::bigint)
FROM unnest(%(prefixes)s::text[]) AS asked(prefix)
JOIN org_unit_code AS code ON code.scheme = %(scheme)s AND code.value ~>=~ asked.prefix AND code.value ~<~ (asked.prefix || ':')
WHERE substring(code.value FROM length(asked.prefix) + 1) ~ '^[0-9]{1,9}$'
GROUP BY asked.prefix
"""


def _last_numbers(prefixes: Iterable[str]) -> dict[str, int]:
    """The greatest number behind each of these beginnings, among the codes that any unit has, had or will have: one query."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_NUMBERS, {"prefixes": sorted(prefixes), "scheme": CODE_SCHEME})
        return dict(cursor.fetchall())


def _outer_first(items: Sequence[Item]) -> list[int]:
    """Places in the order in which units can be told: whoever stands under another row comes after it."""
    depth: dict[int, int] = {}
    for place in range(len(items)):
        way, here = [], place
        while here not in depth and here not in way and (parent := items[here].parent) is not None and parent < 0:
            way.append(here)
            here = -parent - 1
        depth.setdefault(here, 0)
        for index, each in enumerate(reversed(way)):
            depth.setdefault(each, depth[here] + index + 1)
    return sorted(range(len(items)), key=lambda place: (depth[place], place))


def _complete(
    item: Item,
    done: Mapping[int, Item],
    names: Mapping[int, tuple[str, str]],
    codes: Codes,
    taken: set[str],
    seen: dict[tuple[int | None, str], int],
    given: dict[str, int],
) -> Item:
    if item.outcome is not Outcome.CREATE:
        return item
    parent, name, code = item.parent, "", ""
    if parent is not None and parent < 0:
        above = done.get(-parent - 1)
        if above is None or above.outcome not in (Outcome.CREATE, Outcome.SAME):
            return replace(item, outcome=Outcome.WRONG, why=f"Đơn vị cấp trên “{item.row.above}” là một dòng chưa được tạo.")
        name, code = above.row.name, above.code
        if above.unit:
            parent, name, code = above.unit.id, above.unit.name, above.unit.code
    elif parent is not None:
        name, code = names.get(parent, ("", ""))
    key = parent, name_key(in_full(item.row.name))
    if key in seen and item.chosen != NEW:
        return replace(item, outcome=Outcome.OPEN, why=f"trùng tên với dòng {seen[key]}", parent=parent, parent_name=name)
    seen.setdefault(key, item.row.row)
    if item.code and (item.code in taken or item.code in given):
        told = f"Mã “{item.code}” đã có ở dòng {given[item.code]}." if item.code in given else f"Mã “{item.code}” đã là của đơn vị khác."
        return replace(item, outcome=Outcome.WRONG, why=told, parent=parent, parent_name=name)
    own = item.code or codes.next(parent, code)
    given[own] = item.row.row
    return replace(item, code=own, parent=parent, parent_name=name)


def _known_codes(codes: Iterable[str]) -> set[str]:
    """Those of these that any unit has, had or will have."""
    return set(UnitCode.objects.filter(scheme=CODE_SCHEME, value__in=set(codes)).values_list("value", flat=True))
