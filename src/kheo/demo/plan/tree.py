"""The demo's tree of units: real down to the districts, invented below."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kheo.core.unit_file import COLUMNS
from kheo.demo.plan.chance import largest_remainder, stream
from kheo.demo.plan.naming import Invented, invent_units
from kheo.demo.plan.sources import source

# Every inner unit gets one grassroots union, the district in which the cast works a few more.
FEWEST, MOST = 30, 50_000
CAST_DISTRICT, CAST_SHARE = "LDLD-760", 4
# The city of Thủ Đức, whose federation is in the tree, exists since this day.
FIRST_DAY = date(2021, 1, 1)
NEWCOMERS_DAY = date(2023, 1, 1)
NEWCOMERS = 0.02


@dataclass(frozen=True)
class PlannedUnit:
    """A unit of the demo. `trade` is "federation" where others stand below; `is_new`: only since NEWCOMERS_DAY."""

    code: str
    name: str
    kind: str
    parent: str
    trade: str
    members: int
    is_new: bool = False

    @property
    def is_inner(self) -> bool:
        return self.trade == "federation"


@dataclass(frozen=True)
class DemoTree:
    """All units that report, parents before children, and the board above the federation on the Party's line."""

    units: tuple[PlannedUnit, ...]
    party_board: PlannedUnit

    @cached_property
    def by_code(self) -> Mapping[str, PlannedUnit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def children(self) -> Mapping[str, tuple[PlannedUnit, ...]]:
        """Units directly below, by code of the parent."""
        found: dict[str, list[PlannedUnit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent, []).append(unit)
        return {parent: tuple(units) for parent, units in found.items()}

    @cached_property
    def party_line(self) -> tuple[PlannedUnit, ...]:
        """Who stands under whom on the Party's line: the city's federation and each district's Party board under the city's board."""
        top, board = self.federation, self.party_board
        districts = [unit for unit in self.units if unit.kind == "district_federation"]
        boards = [PlannedUnit(_board_code(unit), _board_name(unit.name), "party_board", board.code, "", 0) for unit in districts]
        under = [replace(unit, parent=_board_code(unit)) for unit in districts]
        return (board, replace(top, parent=board.code), *boards, *under)

    @property
    def federation(self) -> PlannedUnit:
        return self.units[0]

    def recipient(self, unit: PlannedUnit) -> str:
        """Code of the unit that receives its reports."""
        return unit.parent or self.party_board.code

    def standing(self, on: date) -> tuple[PlannedUnit, ...]:
        """The units that exist on a day."""
        return tuple(unit for unit in self.units if not unit.is_new or on >= NEWCOMERS_DAY)


def _board_code(district: PlannedUnit) -> str:
    return district.code.replace("LDLD-", "BDV-")


def _board_name(federation: str) -> str:
    """`Liên đoàn Lao động quận 1` -> `Ban Dân vận Quận ủy quận 1`, as the committees of districts are called."""
    place = federation.removeprefix("Liên đoàn Lao động ")
    level = {"quận": "Quận ủy", "huyện": "Huyện ủy", "thành phố": "Thành ủy"}
    return next(f"Ban Dân vận {committee} {place}" for word, committee in level.items() if place.startswith(word))


def plan_tree(grassroots: int, seed: int) -> DemoTree:
    """The tree with so many grassroots unions, spread unevenly. Raises ValueError outside FEWEST … MOST."""
    if not FEWEST <= grassroots <= MOST:
        raise ValueError(f"{grassroots} grassroots unions, not {FEWEST} to {MOST}")
    data = source("tree")
    top = PlannedUnit(data["federation"]["code"], data["federation"]["name"], "provincial_federation", "", "federation", 60)
    board = PlannedUnit(data["party_board"]["code"], data["party_board"]["name"], "party_board", "", "", 0)
    below = [
        PlannedUnit(unit["code"], unit["name"], group["kind"], top.code, unit.get("trade", "federation"), unit.get("members", 40))
        for group in data["groups"]
        for unit in group["units"]
    ]
    inner = [unit for unit in below if unit.is_inner]
    counts = _spread(grassroots, [unit.code for unit in inner])
    leaves = [leaf for unit, count in zip(inner, counts, strict=True) for leaf in _grassroots(unit, count, seed)]
    return DemoTree((top, *below, *leaves), board)


def _spread(total: int, codes: list[str]) -> list[int]:
    weights = {unit["code"]: float(unit["weight"]) for group in source("tree")["groups"] for unit in group["units"] if "weight" in unit}
    least = [1 + CAST_SHARE * (code == CAST_DISTRICT) for code in codes]
    more = largest_remainder(total - sum(least), [weights[code] for code in codes])
    return [first + second for first, second in zip(least, more, strict=True)]


def _grassroots(parent: PlannedUnit, count: int, seed: int) -> Iterable[PlannedUnit]:
    """The first of each parent has always been there: the cast belongs to some of them."""
    chance = stream(seed, "units", parent.code)
    place = parent.code.removeprefix("LDLD-")
    named = {unit["code"]: Invented(unit["name"], unit["trade"], unit["members"]) for unit in source("tree")["cast_units"]}
    for number, invented in enumerate(invent_units(count, chance), start=1):
        is_new = chance.random() < NEWCOMERS and number > 1
        code = f"CS-{place}-{number:04d}"
        facts = named.get(code, invented)
        yield PlannedUnit(code, facts.name, "grassroots_union", parent.code, facts.trade, facts.members, is_new)


def unit_file(units: Iterable[PlannedUnit]) -> bytes:
    """The units as a file that `load_units` reads."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((unit.code, unit.name, unit.kind, unit.parent) for unit in units)
    return text.getvalue().encode()
