"""How far reports follow their registers: counted over the units, told cell by cell, with why left to the report."""

import itertools
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.counted_cells import CountedCell, differing
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.actions import Change, Receipt, save_draft, submit_report
from kheo.reports.models import Revision
from kheo.reports.queries.discipline.following import BY_CHILD, OTHER, SENT, Followed, OtherNumber, followed_below, other_numbers
from kheo.reports.queries.drift import counted_as_sent
from tests.counted import FOLLOWED, counting_world, three_sent
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, fill, later, submit


@pytest.fixture
def sent(db: None) -> World:
    """G1 keeps its register and sends one other number with a reason, and "not applicable" where nothing is counted; G2 keeps none."""
    world, found = counting_world()
    three_sent(world, found)
    fill(world, "G1", {**FOLLOWED, "B01.KT": 5, "B02": "na"}, by=world.person("an"))
    why = {"B01.KT": Change("", "Ba mô hình chưa ghi vào sổ.")}
    save_draft(world.obligation("G1").pk, cells={}, sections={}, explanations=why, by=world.person("an"), at=later(2))
    done = submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(3))
    assert isinstance(done, Receipt), done
    submit(world, "G2", GOOD)
    return world


def top(world: World, code: str = "D1") -> SnapshotUnit:
    return snapshot_units(world.cycle.snapshot_id, [world.units[code]])[world.units[code]]


def test_cells_that_follow_and_those_that_do_not(sent: World) -> None:
    g1, g2 = sent.units["G1"], sent.units["G2"]
    assert followed_below(sent.cycle, top(sent)).below == {g1: Followed(1, 1, 3, 1), g2: Followed(1, 0, 0, 0)}
    assert followed_below(sent.cycle, top(sent, "LDLD")).below == {sent.units["D1"]: Followed(2, 1, 3, 1)}
    assert followed_below(sent.cycle, top(sent)).first == [sent.report("G1").latest_id]
    assert other_numbers(followed_below(sent.cycle, top(sent))) == [OtherNumber(g1, "B01.KT", 2, "5")]
    assert other_numbers(followed_below(sent.cycle, top(sent, "D2"))) == []


def test_what_was_answered_without_a_number_is_told_as_it_was_answered(db: None) -> None:
    world, found = counting_world()
    three_sent(world, found)
    fill(world, "G1", {**FOLLOWED, "B01.KT": None, "B01.VH": "na"}, by=world.person("an"))
    why = dict.fromkeys(("B01.KT", "B01.VH"), Change("", "Chưa rõ."))
    save_draft(world.obligation("G1").pk, cells={}, sections={}, explanations=why, by=world.person("an"), at=later(2))
    submit(world, "G1", {}, at=later(3))
    own = world.units["G1"]
    others = [OtherNumber(own, "B01.KT", 2, None), OtherNumber(own, "B01.VH", 1, "na")]
    assert other_numbers(followed_below(world.cycle, top(world))) == others


def test_the_unit_s_own_report_stands_under_itself_before_those_below(sent: World) -> None:
    submit(sent, "D1")
    own, g1, g2 = (sent.units[code] for code in ("D1", "G1", "G2"))
    found = followed_below(sent.cycle, top(sent))
    assert list(found.below.items()) == [(own, Followed(1, 0, 0, 0)), (g2, Followed(1, 0, 0, 0)), (g1, Followed(1, 1, 3, 1))]
    assert followed_below(sent.cycle, top(sent, "LDLD")).below == {own: Followed(3, 1, 3, 1)}


def test_what_was_sent_last_is_known_from_indexes_alone(sent: World) -> None:
    """The rows of reports hold every draft: of a city they are a hundred megabytes, read for three numbers of each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = off")
        unit = top(sent)
        bounds = {"snapshot": sent.cycle.snapshot_id, "unit": unit.unit_id, "cycle": sent.cycle.pk, "start": unit.position, "most": 1}
        cursor.execute("EXPLAIN (COSTS OFF) " + SENT + BY_CHILD, bounds)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    for index in ("report_standing", "revision_follows"):
        assert f"Index Only Scan using {index}" in plan, plan


def test_the_page_tells_both_numbers_and_keeps_the_reason_in_the_report(sent: World) -> None:
    address = reverse("discipline", args=[sent.cycle.pk, sent.units["LDLD"]]) + "?xem=so-voi-so"
    with day(later(days=1)):
        for who in ("bich", "phuc"):
            told = text_of(enter(sent, who).get(address).content)
            assert "1 trên 2 báo cáo có số từ sổ; 1 trên 3 ô ghi khác sổ (33,3 %)." in told
            assert "CĐCS Một B01 Mô hình đăng ký – Kinh tế 5 2" in told
            assert "chưa ghi vào sổ" not in told


def test_where_no_cell_differs_no_empty_list_of_them_is_shown(sent: World) -> None:
    address = reverse("discipline", args=[sent.cycle.pk, sent.units["G2"]]) + "?xem=so-voi-so"
    with day(later(days=1)):
        assert "Chưa có gì để đếm" not in text_of(enter(sent, "bich").get(address).content)


def test_as_many_queries_for_one_report_as_for_two_and_for_the_whole_city(sent: World) -> None:
    client = enter(sent, "bich")
    with day(later(days=1)):
        costs = [
            queries_of(client, reverse("discipline", args=[sent.cycle.pk, sent.units[code]]) + "?xem=so-voi-so")
            for code in ("G1", "G2", "D1", "LDLD")
        ]
    assert len(set(costs)) == 1, costs


def test_the_two_numbers_that_the_server_keeps_are_those_of_what_was_sent_and_are_counted_without_reading_it(sent: World) -> None:
    kept = {each.report.obligation.unit_id: (each.counted_cells, each.other_cells) for each in Revision.objects.all()}
    told = {}
    for each in Revision.objects.all():
        counted = counted_as_sent(each)
        cells = {key: CountedCell(key, as_sent.number, "so-nho", "", "") for key, as_sent in counted.items()}
        told[each.report.obligation.unit_id] = (len(counted), len(differing(cells, each.figures)))
    assert kept == told == {sent.units["G1"]: (3, 1), sent.units["G2"]: (0, 0)}
    with CaptureQueriesContext(connection) as captured:
        followed_below(sent.cycle, top(sent, "LDLD"))
    assert [each for each in captured if "enclosures" in each["sql"] or "figures" in each["sql"]] == []


@pytest.mark.django_db
def test_a_cell_is_another_number_by_the_very_rule_by_which_the_server_counts_them() -> None:
    figures = ({}, {"A": None}, {"A": "na"}, {"A": 0}, {"A": 3}, {"A": "3"}, {"A": ""})
    with connection.cursor() as cursor:
        for held, counted in itertools.product(figures, (0, 3)):
            rule = OTHER.format(figure="figures->'A'", number="counted->'A'->'number'")
            cursor.execute(
                f"SELECT {rule}, reports_other_cells(jsonb_build_object('counted', counted), figures) = 1"
                " FROM (SELECT %s::jsonb AS figures, %s::jsonb AS counted) AS cell",
                [json.dumps(held), json.dumps({"A": {"number": counted}})],
            )
            ((told, kept),) = cursor.fetchall()
            assert told is kept, (held, counted)


def test_the_cells_themselves_are_found_without_calling_the_server_s_function_for_each(sent: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert len(other_numbers(followed_below(sent.cycle, top(sent)))) == 1
    assert [each for each in captured if "reports_other_cells" in each["sql"]] == []
