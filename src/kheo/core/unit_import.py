"""What a table of units, with names instead of codes, would bring: what each row means, what is new, what has to be chosen. Pure."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kheo.core.matching import Certainty, NamedRow, in_full
from kheo.core.text import fold, words
from kheo.core.unit_kinds import KINDS, Line

NEW, SKIP, UNIT, CODE = "new", "skip", "unit:", "code:"  # what can be chosen for a row; a unit by its number or its code
NEAR = 0.84  # how alike folded names are that may be one name with a slip
SUGGESTED = 5
# How the name of a unit tells its kind, on the line where that kind is at home; the first that fits.
_TELLING = (
    ("ward_union", r"cong doan (phuong|xa|dac khu)\b"),
    ("district_federation", r"(lien doan lao dong|ldld) (quan|huyen|thi xa|thanh pho thu duc)\b"),
    ("provincial_federation", r"(lien doan lao dong|ldld) (tinh|thanh pho|tp)\b"),
    ("sector_union", r"cong doan (nganh|vien chuc|tong cong ty|cac khu|khu |so |giao duc|y te)"),
    ("area_team", r"to (cong tac|dia ban)"),
    ("grassroots_union", r"(cong doan co so|cdcs)\b"),
    ("municipality", r"thanh pho (ha noi|ho chi minh|hai phong|da nang|can tho|hue)$"),
    ("province", r"tinh\b"),
    ("urban_district", r"quan\b"),
    ("rural_district", r"huyen\b"),
    ("town", r"thi xa\b"),
    ("township", r"thi tran\b"),
    ("ward", r"phuong\b"),
    ("commune", r"xa\b"),
    ("special_zone", r"dac khu\b"),
    ("city", r"thanh pho\b"),
    ("party_board", r"(ban|van phong)\b"),
    ("party_committee", r"(dang uy|chi bo|dang bo|thanh uy|tinh uy)\b"),
)
_KIND_OF = tuple((kind, re.compile(pattern)) for kind, pattern in _TELLING)
USUAL = {Line.UNION: "grassroots_union", Line.PARTY: "party_committee", Line.AREA_TEAM: "area_team"}


class Outcome(StrEnum):
    """What becomes of a row."""

    SAME = "same"
    OPEN = "open"
    CREATE = "create"
    LEFT = "left"
    WRONG = "wrong"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.SAME: "đã có",
    Outcome.OPEN: "cần chọn",
    Outcome.CREATE: "sẽ tạo mới",
    Outcome.LEFT: "bỏ qua",
    Outcome.WRONG: "chỗ sai",
}


@dataclass(frozen=True)
class Candidate:
    """A unit that a row may mean, and why it is named."""

    id: int
    code: str
    name: str
    above: str
    why: str


@dataclass(frozen=True)
class Sibling:
    """A unit that stands under one of those that the table names."""

    id: int
    code: str
    name: str
    kind: str
    parent: int | None


@dataclass(frozen=True)
class Item:
    """A row (or, with `row.row` 0, a unit above that rows name) and what becomes of it.

    `unit`: the one that it means. For a new one `name`, `kind`, `code` and `parent`: a unit, minus (the place of a row + 1) for one that
    the table creates as well, None where it is not known. `why`: in words.
    """

    key: str
    row: NamedRow
    outcome: Outcome
    why: str
    candidates: tuple[Candidate, ...] = ()
    chosen: str = ""
    unit: Candidate | None = None
    name: str = ""
    kind: str = ""
    code: str = ""
    parent: int | None = None
    parent_name: str = ""

    @property
    def is_above(self) -> bool:
        """Whether it stands for a unit above and not for a row."""
        return self.row.row == 0


def picked(chosen: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The unit that was chosen among those that may be meant; no other can be."""
    return next((each for each in candidates if chosen in (f"{UNIT}{each.id}", f"{CODE}{each.code}")), None)


def key_of(row: NamedRow) -> str:
    """The name under which a choice for a row is kept."""
    return f"{row.sheet}!{row.row}" if row.row else f"^{fold(in_full(row.name))}"


def kind_said(row: NamedRow, line: Line) -> str:
    """The kind that a row says in its column, or by its name; empty where neither does."""
    said = fold(row.kind)
    names = {code: fold(kind.name) for code, kind in KINDS.items()}
    told = next((code for code, name in names.items() if said and said in (code, name, *name.split(", "))), "")
    if told:
        return told
    name = fold(in_full(row.name))
    return next((kind for kind, pattern in _KIND_OF if KINDS[kind].line is line and pattern.match(name)), "")


def near(name: str, siblings: Sequence[Sibling], index: Mapping[str, Sequence[int]]) -> list[tuple[float, Sibling]]:
    """Those whose names differ by a slip of the pen, the likest first. `index` from `rare_words`."""
    said = fold(in_full(name))
    shared = Counter(place for word in set(words(said)) for place in index.get(word, ()))
    alike = []
    for place, _ in shared.most_common(3 * SUGGESTED):
        other = fold(in_full(siblings[place].name))
        ratio = difflib.SequenceMatcher(None, _own(said), _own(other)).ratio()
        if ratio >= NEAR and not differs_by_number(said, other):
            alike.append((ratio, siblings[place]))
    return sorted(alike, key=lambda each: (-each[0], each[1].name))[:SUGGESTED]


def _own(folded: str) -> str:
    """A name without the words of its kind, which a hundred others share: `cong doan co so may 10` is `may 10`."""
    ends = (found.end() for _, pattern in _KIND_OF if (found := pattern.match(folded)) and found.end() < len(folded))
    return folded[max(ends, default=0) :].strip()


def differs_by_number(one: str, other: str) -> bool:
    """`May 10` and `May 11` are two unions, and `Phường 1` is not a slip for `Phường 11`."""
    first, second = ([each.lstrip("0") for each in words(name) if each.isdigit()] for name in (one, other))
    return first != second


def rare_words(siblings: Sequence[Sibling]) -> dict[str, list[int]]:
    """Where each word stands that tells units apart: one that a tenth of them share does not, where there are many."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, sibling in enumerate(siblings):
        for word in set(words(in_full(sibling.name))):
            found[word].append(place)
    most = max(len(siblings) // 10, 20)
    return {word: places for word, places in found.items() if len(places) <= most}


class Codes:
    """Codes for new units: the next number after those of their neighbours, never one that any unit has or had."""

    def __init__(self, siblings: Iterable[Sibling]) -> None:
        self.taken: set[str] = set()
        self.patterns: dict[int | None, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.last: dict[str, int] = defaultdict(int)
        for each in siblings:
            found = re.fullmatch(r"(.*?[^0-9])([0-9]{1,9})", each.code)
            if found:
                self.patterns[each.parent][found[1], len(found[2])] += 1

    def pattern(self, parent: int | None, parent_code: str) -> tuple[str, int]:
        """How codes under a unit begin, and with how many digits they end."""
        usual = self.patterns[parent].most_common(1)
        return usual[0][0] if usual else (f"{parent_code}-" if parent_code else "DV-", 3)

    def next(self, parent: int | None, parent_code: str) -> str:
        """A code under a unit, remembered as taken."""
        prefix, digits = self.pattern(parent, parent_code)
        number = self.last[prefix] + 1
        while f"{prefix}{number:0{digits}d}" in self.taken:
            number += 1
        self.last[prefix] = number
        self.taken.add(f"{prefix}{number:0{digits}d}")
        return f"{prefix}{number:0{digits}d}"


WHY: Mapping[Certainty, str] = {
    Certainty.SURE: "đúng tên này",
    Certainty.SEVERAL: "cùng tên",
    Certainty.TONES: "chỉ khác dấu",
    Certainty.ELSEWHERE: "đúng tên, nhưng thuộc đơn vị khác",
    Certainty.OLD_NAME: "mang tên này ở ngày khác",
    Certainty.ENDED: "kế thừa đơn vị mang tên này",
    Certainty.TWICE: "đúng tên này, nhưng bảng có hai dòng",
    Certainty.UNKNOWN: "tên gần giống",
}
