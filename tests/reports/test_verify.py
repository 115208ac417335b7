"""`kheo verify`: a figure changed behind its back in the database turns it red and names the row."""

import pytest
from django.db import connection

from kheo.journal.actions import SYSTEM
from kheo.reports.actions import accept_report, rebuild_rollups
from kheo.reports.models import Revision, Rollup
from kheo.reports.queries.verifying import faults
from tests.world import World, later, submit


@pytest.fixture
def accepted(world: World) -> World:
    submit(world, "G1")
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(days=1))
    return world


def tamper(table: str, sql: str) -> None:
    """What somebody with the database's own password could do: triggers off, write, triggers on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {sql}")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_untouched_database_is_green(accepted: World) -> None:
    assert list(faults()) == []


def test_a_changed_figure_is_found_by_hash_and_by_vector(accepted: World) -> None:
    tamper("reports_revision", "figures = jsonb_set(figures, '{B02}', '500')")
    place = f"Công đoàn cơ sở Một, kỳ 2023-6T, lần nộp 1 (revision {Revision.objects.get().pk})"
    assert list(faults()) == [f"Báo cáo đã bị sửa sau khi nộp: {place}.", f"Dãy số dùng để cộng không khớp số liệu đã nộp: {place}."]


def test_a_changed_vector_is_found_in_the_revision_and_in_every_total_above(accepted: World) -> None:
    tamper("reports_revision", "vector = overlay(vector placing '\\xf401000000000000'::bytea from 25)")
    found = list(faults())
    assert [fault.split(":")[0] for fault in found] == [
        "Dãy số dùng để cộng không khớp số liệu đã nộp",
        "Tổng đã cộng của B02 là 5, đếm lại được 500",
        "Tổng đã cộng của B02 là 5, đếm lại được 500",
    ]
    assert "Liên đoàn Lao động Thành phố" in found[1]
    assert "Liên đoàn Lao động Quận 1" in found[2]


def test_a_changed_total_is_found_and_rebuilt(accepted: World) -> None:
    Rollup.objects.filter(unit=accepted.units["D1"]).update(reported=2)
    tamper("reports_rollup", "tally[1] = 99 WHERE reported = 2")
    assert [fault.split(":")[0] for fault in faults()] == [
        "Số báo cáo đã cộng là 2, đếm lại được 1",
        "Tổng đã cộng của B01 là 99, đếm lại được 3",
    ]
    assert rebuild_rollups(accepted.cycle, by=SYSTEM, at=later(days=2)) == 1
    assert list(faults()) == []


def test_a_total_that_was_taken_away_or_expects_another_number_is_found_and_rebuilt(accepted: World) -> None:
    Rollup.objects.filter(unit=accepted.units["D1"]).delete()
    Rollup.objects.filter(unit=accepted.units["LDLD"]).update(expected=7)
    assert [fault.split(" (rollup")[0] for fault in faults()] == [
        "Phạm vi của các tổng không khớp cây tổ chức và số báo cáo phải gửi: Liên đoàn Lao động Thành phố, kỳ 2023-6T",
        "Thiếu các tổng đã cộng: Liên đoàn Lao động Quận 1, kỳ 2023-6T.",
    ]
    assert rebuild_rollups(accepted.cycle, by=SYSTEM, at=later(days=2)) == 2
    assert list(faults()) == []


def test_a_changed_submission_time_is_found(accepted: World) -> None:
    tamper("reports_revision", "submitted_at = submitted_at - interval '1 day'")
    assert [fault.split(":")[0] for fault in faults()] == ["Báo cáo đã bị sửa sau khi nộp"]


def test_a_report_pointed_at_another_revision_is_found(accepted: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET accepted_id = NULL, state = 'submitted'")
    assert any(fault.startswith("Báo cáo được tính không phải lần nộp đã được chấp nhận") for fault in faults())


def test_an_edition_changed_after_publication_is_found(accepted: World) -> None:
    tamper("campaigns_edition", "definition = jsonb_set(definition, '{name}', '\"Tên khác\"')")
    assert list(faults()) == [f"Bản 1 của phong trào mini (edition {accepted.cycle.edition_id}) đã bị sửa sau khi công bố."]
