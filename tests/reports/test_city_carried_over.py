"""A year of reports on the tree of 2023 of Ho Chi Minh City, Bình Dương and Bà Rịa – Vũng Tàu, read in the one city of July 2025."""

import csv
import random
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest

from kheo.campaigns.actions import publish
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import FigureTotal
from kheo.core.figures import Figure
from kheo.core.reorganising import Detached
from kheo.core.restructuring import Structure
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import change_units, load_units, record_events
from kheo.org.models import SnapshotUnit
from kheo.org.queries import edges, unit_by_code, units_by_code
from kheo.reports.actions import open_cycle
from kheo.reports.models import Obligation, Revision
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_report import ReadBy, restructured_report
from tests.web.accepting import accept
from tests.world import CALENDAR, FILES, FIRST_DAY, OPENING, World

pytestmark = pytest.mark.django_db

PROVINCES = ("74", "77", "79")
YEAR_END, JULY = date(2023, 12, 31), date(2025, 7, 1)
HALF, NOW = datetime(2023, 4, 1, 3, tzinfo=OPENING.tzinfo), datetime(2025, 8, 1, tzinfo=OPENING.tzinfo)
REPORTS = 90  # of some 530 units and for each of the two periods: each costs the test a tenth of a second


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_file(rows: list[dict[str, str]]) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def below(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the three provinces."""
    inside = set(PROVINCES)
    while True:
        more = {row["code"] for row in rows if row["parent_code"] in inside} - inside
        if not more:
            return [row for row in rows if row["code"] in inside]
        inside |= more


def load(data: Path) -> None:
    """The three provinces of 2023, on the line of the administration and, for the campaign, on that of the union under one top."""
    official = [{name: (row[name] or "").strip() for name in row} for row in below(rows_of(data / "admin_units_2023.csv"))]
    assert not load_units(as_file(official), "2023.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.ADMIN).problems
    top = {"code": "TOP", "name": "Ba tỉnh thành", "kind": "provincial_federation", "parent_code": ""}
    under = [top, *({**row, "parent_code": row["parent_code"] or "TOP"} for row in official)]
    assert not load_units(as_file(under), "union.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.UNION).problems
    party = "code,name,kind,parent_code\nBDV,Ban Dân vận,party_board,\nTOP,Ba tỉnh thành,provincial_federation,BDV\n"
    assert not load_units(party.encode(), "party.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.PARTY).problems


def campaign() -> str:
    """The tiny campaign with tiers of the administration."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    text = text.replace("[grassroots_union]", "[ward, commune, township]")
    return text.replace("[district_federation]", "[urban_district, rural_district, municipal_city, city, town, municipality, province]")


def reform(data: Path) -> None:
    """What the files say of the three provinces: changes up to March 2025, then the reform of July.

    Units of the administration leave the union's line before, where they stand for this test only.
    """
    leaving = [Detached(day=YEAR_END, unit=edge.child, line=Line.UNION) for edge in edges(YEAR_END, Line.UNION)]
    assert not record_events(leaving, by=SYSTEM, at=OPENING).problems
    earlier = [row for row in rows_of(data / "admin_changes_2023-2025.csv") if row["province_code"] in PROVINCES]
    assert not change_units(as_file(earlier), "2023-2025.csv", by=SYSTEM, at=OPENING).problems
    codes = {row["code"] for row in below(rows_of(data / "admin_units_2025-03.csv"))}
    july = [row for row in rows_of(data / "admin_changes_2025.csv") if row["old_code"] in codes]
    assert not change_units(as_file(july), "2025.csv", by=SYSTEM, at=OPENING).problems


def year(count: int) -> tuple[World, World]:
    """Two periods with `count` accepted reports each, by units drawn at random."""
    publish(campaign(), "mini.yaml", by=SYSTEM, at=OPENING)
    chance = random.Random(2025)
    found = []
    for code in ("2023-6T", "2023-N"):
        opened = open_cycle("mini", code, calendar=CALENDAR, by=SYSTEM, at=OPENING)
        assert opened.cycle, opened.problems
        world = World(opened.cycle, definition_of(opened.cycle.edition_id), units_by_code(FIRST_DAY), {})
        owing = set(Obligation.objects.filter(cycle=opened.cycle).values_list("unit_id", flat=True))
        codes = sorted(each for each, unit in world.units.items() if unit in owing)
        for each in chance.sample(codes, min(count, len(codes))):
            accept(world, each, **figures(chance))
        found.append(world)
    return found[0], found[1]


def figures(chance: random.Random) -> dict[str, Figure]:
    asked = chance.randint(0, 500)
    return {
        "B01_KT": chance.choice([None, 0, chance.randint(1, 50)]),
        "B01_VH": chance.choice(["na", 0, chance.randint(1, 50)]),
        "B02": chance.randint(100, 200),
        "C201": asked,
        "C202": chance.randint(0, asked),
        "C501": chance.choice([0, chance.randint(5, 90)]),
    }


def sent() -> list[tuple[object, ...]]:
    """Everything that was ever sent or done."""
    return [
        *Revision.objects.order_by("pk").values_list("pk", "hash"),
        *JournalEntry.objects.order_by("number").values_list("number", "hash"),
    ]


def test_both_totals_are_equal_for_every_indicator_and_the_remainder_is_listed(shared_dir: Path) -> None:
    load(shared_dir / "data")
    worlds = year(REPORTS)
    before = sent()
    reform(shared_dir / "data")
    assert set(before) <= set(sent())
    for world in worlds:
        assert_equal(world)


def assert_equal(world: World) -> dict[str, int]:
    """As reported, and in the structure of 1 July 2025; the remainders are told with how many there are of which kind."""
    top = SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, parent_id=None)
    reported = consolidated(world.cycle, top, at=NOW)
    reading = Restructured(world.cycle, Structure(Line.ADMIN, JULY))
    (city,) = reading.roots
    assert (city.code, city.unit_id) == ("79", unit_by_code("79", JULY))
    report = restructured_report(reading, city, at=NOW, by=ReadBy(outside=reading.outside()))
    assert report.outside == ()
    assert report.obligations == reported.obligations
    for code, total in report.figures.items():
        if isinstance(total, FigureTotal) and not total.is_hidden:
            assert total == reported.figures[code], code
            lines = [line.figures[code] for line in report.children]
            assert sum(value for value in lines if isinstance(value, int)) == (total.value or 0), code
        elif not total.is_hidden:
            assert total == reported.figures[code], code
    new = {line.unit.code for line in report.children if not line.remainder and not line.is_own}
    assert len(new) == 168
    remainders = [line for line in report.children if line.remainder]
    assert all("không chia được: thuộc" in line.remainder or "kết thúc" in line.remainder or "không có chỗ" in line.remainder
               for line in remainders)  # fmt: skip
    return dict(Counter(line.remainder.split(":")[0].split("(")[0].strip() for line in remainders))
