"""How the order of the campaign comes down: from the Party's board to the city, to the districts, to the unions, over some days.

The days of the first two steps are those of the seed: issued 28/02, arrived 09/3, passed on 15/3/2023.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT
from kheo.demo.plan.chance import stream
from kheo.demo.plan.hours import clock
from kheo.demo.plan.tree import DemoTree, PlannedUnit

RELAYING, ACKNOWLEDGING = 3, 12  # districts that pass it on, and unions below each that acknowledge
SENT_ON = date(2023, 3, 15)
CITY_LETTER = 199  # the number that the city's letter bears; those before it were taken on paper
_DAYS = [date(2023, 3, day) for day in (16, 17, 20, 21, 22, 23, 24, 27, 28, 29, 30, 31)]


class OrderDeed(StrEnum):
    """What a unit does with a paper."""

    RECEIVE = "receive"
    PASS_DOWN = "pass_down"  # noqa: S105  # not a password
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One act at an instant. `to`: the units that are sent the paper, by code. `paper`: which of the `PAPERS` is received.

    `first_number`: at which the unit's book of outgoing papers goes on, where numbers before it were taken on paper.
    """

    at: datetime
    unit: str
    deed: OrderDeed
    to: tuple[str, ...] = ()
    paper: str = ""
    first_number: int = 0


@dataclass(frozen=True)
class InventedPaper:
    """A paper that comes from outside of the tree. All but the first are invented."""

    facts: dict[str, object]
    handler: str
    due_on: date | None


PAPERS = {
    "guidance": InventedPaper(
        {
            "full_number": "11-HD/BDVTU",
            "issuer": "Ban Dân vận Thành ủy",
            "superior": "Thành ủy Thành phố Hồ Chí Minh",
            "issued_on": date(2023, 2, 28),
            "kind": "Hướng dẫn",
            "subject": "thực hiện “5 không” của phong trào thi đua “Dân vận khéo”",
        },
        "Ban Tuyên giáo",
        date(2023, 3, 15),
    ),
    "ward": InventedPaper(
        {
            "full_number": "312/UBND-VX",
            "issuer": "Ủy ban nhân dân phường Bến Nghé",
            "issued_on": date(2023, 10, 27),
            "kind": "Công văn",
            "subject": "phối hợp ra quân tổng vệ sinh tuyến kênh quý IV năm 2023",
            "signer": "Lê Minh Tâm",
            "signer_title": "Phó Chủ tịch",
            "pages": 2,
        },
        "Ban Chấp hành công đoàn cơ sở",
        date(2023, 11, 7),
    ),
    "dialogue": InventedPaper(
        {
            "full_number": "58/KH-LĐLĐ",
            "issuer": "Liên đoàn Lao động quận 1",
            "issued_on": date(2023, 10, 31),
            "kind": "Kế hoạch",
            "subject": "tổ chức hội nghị đối thoại cuối năm",
            "urgency": "Khẩn",
            "pages": 4,
        },
        "Trần Thị Hoa",
        date(2023, 11, 13),
    ),
}


def order_steps(tree: DemoTree, seed: int) -> list[OrderStep]:
    """Every act, in no order."""
    city = tree.federation
    under = [unit for unit in tree.children.get(city.code, ()) if not unit.is_new]
    steps = [
        OrderStep(clock(date(2023, 3, 9), 10), city.code, OrderDeed.RECEIVE, paper="guidance"),
        OrderStep(clock(SENT_ON, 15), city.code, OrderDeed.PASS_DOWN, tuple(unit.code for unit in under), first_number=CITY_LETTER),
        OrderStep(clock(date(2023, 10, 30), 9), AN_UNIT, OrderDeed.RECEIVE, paper="ward"),
        OrderStep(clock(date(2023, 11, 2), 14), AN_UNIT, OrderDeed.RECEIVE, paper="dialogue"),
    ]
    # The last one has not acknowledged it to this day.
    steps += [OrderStep(_moment(unit, seed, 0, 4), unit.code, OrderDeed.ACKNOWLEDGE) for unit in under[:-1]]
    for unit in _relaying(tree, under):
        steps += _relayed(tree, unit, seed)
    return steps


def _relaying(tree: DemoTree, under: Sequence[PlannedUnit]) -> list[PlannedUnit]:
    """An's district first, then others that have unions below them."""
    inner = [unit for unit in under[:-1] if unit.code in tree.children]
    return sorted(inner, key=lambda unit: unit.code != AN_DISTRICT)[:RELAYING]


def _relayed(tree: DemoTree, unit: PlannedUnit, seed: int) -> list[OrderStep]:
    below = [each.code for each in tree.children[unit.code] if not each.is_new]
    told = sorted(below, key=lambda code: code != AN_UNIT)[:ACKNOWLEDGING]
    steps = [OrderStep(_moment(unit, seed, 5, 8), unit.code, OrderDeed.PASS_DOWN, tuple(below))]
    return steps + [OrderStep(_moment(tree.by_code[code], seed, 9, 11), code, OrderDeed.ACKNOWLEDGE) for code in told]


def _moment(unit: PlannedUnit, seed: int, first: int, last: int) -> datetime:
    chance = stream(seed, "order", unit.code, str(first))
    return clock(_DAYS[chance.randint(first, last)], chance.randint(8, 16), chance.randint(0, 59))
