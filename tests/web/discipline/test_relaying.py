"""How long each office takes to hand on, by office and by tier. Counted by hand beside the database."""

import csv
import io
from datetime import datetime
from decimal import Decimal

from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Done, accept_report, open_cycle
from kheo.reports.queries.discipline.relaying import OfficeRelay, Relay, office_relays, relays
from tests.web.accepting import accept
from tests.web.discipline.asking import NOW, address, get, row
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, World, later, reviewer_of, submit


def accepted(world: World, code: str, sent: datetime, decided: datetime) -> None:
    """Sent at one instant, accepted at another."""
    submit(world, code, at=sent)
    done = accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=decided)
    assert isinstance(done, Done), done


def relayed(world: World) -> None:
    """D1 was sent reports on days 2, 4 and 30, accepted the first two on 6 and 12, and sent its own on day 20. D2 only has G4, of day 8."""
    accepted(world, "G1", later(days=2), later(days=6))
    accepted(world, "G2", later(days=4), later(days=12))
    submit(world, "G4", at=later(days=8))
    submit(world, "D1", at=later(days=20))
    submit(world, "G3", at=later(days=30))


def by_office(world: World, code: str = "LDLD") -> dict[str, OfficeRelay]:
    names = {number: unit for unit, number in world.units.items()}
    return {names[each.unit_id]: each for each in office_relays([world.cycle], row(world, code))}


def test_each_office_counts_from_what_it_was_sent_before_it_sent_its_own(world: World) -> None:
    """Accepted on 6 and 12, handed on at 20: 14 and 8 days, so 11 in the middle; 18 days from the first, 16 from the last before."""
    relayed(world)
    d1, d2, city = (world.units[code] for code in ("D1", "D2", "LDLD"))
    cycle = world.cycle.pk
    assert by_office(world) == {
        "D1": OfficeRelay(cycle, d1, 1, 1, Decimal("6.0"), Decimal("11.0"), Decimal("18.0"), Decimal("16.0")),
        "D2": OfficeRelay(cycle, d2, 1, 0, None, None, None, None),
        "LDLD": OfficeRelay(cycle, city, 1, 0, None, None, None, None),
    }


def test_an_office_that_sent_before_anything_came_hands_on_nothing(world: World) -> None:
    submit(world, "D1", at=later(days=1))
    accept(world, "G1", at=later(days=2))
    found = by_office(world, "D1")["D1"]
    assert (found.sent, found.to_accept, found.to_go_up, found.from_first, found.from_last) == (1, Decimal("0.0"), None, None, None)


def test_a_report_that_comes_at_the_very_moment_counts(world: World) -> None:
    submit(world, "G1", at=later(days=3))
    submit(world, "D1", at=later(days=3))
    found = by_office(world)["D1"]
    assert (found.from_first, found.from_last) == (Decimal("0.0"), Decimal("0.0"))


def test_an_office_above_the_unit_looked_at_is_not_counted(world: World) -> None:
    relayed(world)
    assert set(by_office(world, "D1")) == {"D1"}
    assert by_office(world, "G1") == {}


def test_each_tier_tells_how_long_it_took_from_below(world: World) -> None:
    relayed(world)
    submit(world, "D2", at=later(days=9))
    found: dict[str, Relay] = {each.tier: each for each in relays([world.cycle], row(world, "LDLD"))}
    assert (found["cap_tren"].from_first, found["cap_tren"].from_last) == (Decimal("9.5"), Decimal("8.5")), "18 and 1, 16 and 1"
    assert (found["co_so"].from_first, found["co_so"].from_last, found["thanh_pho"].from_last) == (None, None, None)
    assert found["co_so"].to_go_up == Decimal("11.0")


def test_the_page_names_the_slowest_and_opens_each_unit_but_the_one_it_is_about(world: World) -> None:
    relayed(world)
    page = get(world, xem="chuyen").content
    words = text_of(page)
    assert "Từ lúc chấp nhận báo cáo cấp dưới đến lúc nộp lên, chậm nhất: LĐLĐ Quận 1, 11,0 ngày." in words
    assert "LĐLĐ Quận 1 1 1 6,0 11,0 18,0 16,0 Chính đơn vị 1 0 – – – – LĐLĐ Quận 2 1 0 – – – –" in words
    assert f'href="{address(world, "D1").rstrip("?")}?xem=chuyen">LĐLĐ Quận 1</a>' in page.decode()
    assert ">Chính đơn vị</a>" not in page.decode()
    assert "Không đơn vị nào ở đây nhận báo cáo cấp dưới." in text_of(get(world, "G1", "an", xem="chuyen").content)


def test_the_second_table_has_a_file_of_its_own_with_the_cycles_before(world: World) -> None:
    relayed(world)
    with day(NOW):
        year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=NOW).cycle
        assert year
        there = address(world, xem="chuyen", tep="csv", bang="2").replace(f"/{world.cycle.pk}/", f"/{year.pk}/")
        table = list(csv.reader(io.StringIO(enter(world, "lan").get(there).content.decode("utf-8-sig"))))
    assert table[0][-1] == "Chấp nhận → nộp lên kỳ 2023-6T"
    assert next(line for line in table if line[0] == "LĐLĐ Quận 1") == ["LĐLĐ Quận 1", "1", "0", "", "", "", "", "11,0"]


def test_the_number_of_queries_does_not_depend_on_the_offices(world: World) -> None:
    client = enter(world, "kien")
    with day(NOW):
        none = queries_of(client, address(world, xem="chuyen"))
        relayed(world)
        assert queries_of(client, address(world, xem="chuyen")) == none
