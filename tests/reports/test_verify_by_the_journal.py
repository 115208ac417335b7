"""`kheo verify` holds the tables against the journal: what was changed with all its hashes and totals counted anew is found too."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from kheo.core.chain import link_hash
from kheo.core.figures import to_vector
from kheo.core.rollup import pack
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import accept_report, rebuild_rollups, remark, return_report, revise_report
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, fill, later, submit

TABLES = (
    "reports_revision",
    "reports_report",
    "reports_obligation",
    "reports_decision",
    "reports_cell_note",
    "org_snapshot_unit",
    "campaigns_cycle",
)


@pytest.fixture
def lived(world: World) -> World:
    """G1 was remarked on, returned, sent again, accepted and reopened; G2 waits; G3 is being written."""
    binh, hoa = world.person("binh"), world.person("hoa")
    submit(world, "G1")
    waiting = world.obligation("G1").pk
    remark(waiting, target="B02", text="Xem lại.", version=world.report("G1").version, by=binh, at=later(minutes=1))
    remark(waiting, target="section:I", text="Viết rõ.", version=world.report("G1").version, by=binh, at=later(minutes=2))
    remark(waiting, target="section:I", text="", version=world.report("G1").version, by=binh, at=later(minutes=3))
    return_report(waiting, reason="B02 nhầm.", version=world.report("G1").version, by=binh, at=later(minutes=4))
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(minutes=5))
    submit(world, "G1", {**GOOD, "B02": 6}, at=later(minutes=6))
    accept_report(waiting, version=world.report("G1").version, by=binh, at=later(days=1))
    revise_report(waiting, reason="Bổ sung.", version=world.report("G1").version, by=hoa, at=later(days=2))
    fill(world, "G1", {"B02": None}, by=world.person("an"), at=later(days=2))
    submit(world, "G2")
    return world


def tampered(sql: str, *values: object) -> list[str]:
    """What verify says after somebody with the database's own password wrote this, triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; " + "; ".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES))
        cursor.execute(sql, values or None)
        assert cursor.rowcount > 0, "nothing was changed: the test would prove nothing"
    return list(faults())


def test_every_act_leaves_the_tables_as_the_journal_tells(lived: World) -> None:
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE reports_report SET received_at = received_at - interval '9 days' WHERE received_at IS NOT NULL", "Giờ nhận"),
        ("UPDATE reports_report SET accepted_at = accepted_at - interval '1 day' WHERE accepted_at IS NOT NULL", "Lần nộp được tính"),
        ("UPDATE reports_report SET state = 'returned' WHERE state = 'submitted'", "Trạng thái"),
        ("UPDATE reports_report SET figures = figures || '{\"B02\": 7}' WHERE state = 'draft'", "Bản đang soạn"),
        ("UPDATE reports_report SET narrative = '{}' WHERE state = 'draft'", "Bản đang soạn"),
        ("UPDATE reports_decision SET decided_at = decided_at - interval '1 day'", "Quyết định"),
        ("UPDATE reports_decision SET decided_by = 'Ai đó'", "Quyết định"),
        ("UPDATE reports_decision SET reason = 'Khác.' WHERE act = 'return'", "Quyết định"),
        ("DELETE FROM reports_decision WHERE act = 'return'", "Quyết định"),
        ("UPDATE reports_cell_note SET text = 'Tốt.'", "Nhận xét"),
        ("UPDATE reports_cell_note SET target = 'C201'", "Nhận xét"),
    ],
)
def test_a_report_changed_beside_the_journal_is_named(lived: World, sql: str, said: str) -> None:
    found = tampered(sql)
    named = [fault for fault in found if fault.startswith(f"{said} không như nhật ký ghi: Công đoàn cơ sở")]
    assert named, found


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE reports_obligation SET due_at = due_at + interval '30 days' WHERE tier = 'co_so'", "hạn nộp đã bị sửa"),
        ("UPDATE reports_obligation SET recipient_id = unit_id WHERE tier = 'co_so'", "nơi nhận"),
        ("UPDATE campaigns_cycle SET cutoff = cutoff + 10", "Các ngày của kỳ"),
        ("UPDATE org_snapshot_unit SET name = 'Tên khác' WHERE code = 'G2'", "Cây đơn vị đã chốt"),
        ("UPDATE org_snapshot_unit SET kind = 'district_federation' WHERE code = 'G2'", "Cây đơn vị đã chốt"),
        ("UPDATE org_snapshot_unit SET parent_id = NULL WHERE code = 'D2'", "Cây đơn vị đã chốt"),
        ("UPDATE org_snapshot_unit SET ancestors = '{}' WHERE code = 'G2'", "Chỗ của Công đoàn cơ sở Hai trong cây đơn vị"),
        ("UPDATE org_snapshot_unit SET ends_at = ends_at + 1 WHERE code = 'D1'", "Chỗ của Liên đoàn Lao động Quận 1 trong cây đơn vị"),
    ],
)
def test_a_cycle_changed_after_it_was_opened_is_named(lived: World, sql: str, said: str) -> None:
    found = tampered(sql)
    assert any(said in fault for fault in found), found


def test_a_figure_forged_with_its_hash_its_vector_and_every_total_is_found(lived: World) -> None:
    report = lived.report("G2")
    revision = report.latest
    assert revision is not None
    accept_report(report.obligation_id, version=report.version, by=lived.person("binh"), at=later(days=3))
    revision.figures["B02"] = 999
    digest = link_hash(revision.previous_hash, revision.hashed_record(lived.obligation("G2")))
    forged = (json.dumps(revision.figures), pack(to_vector(lived.definition, revision.figures)), digest, revision.pk)
    tampered("UPDATE reports_revision SET figures = %s, vector = %s, hash = %s WHERE id = %s", *forged)
    rebuild_rollups(lived.cycle, by=SYSTEM, at=later(days=4))
    place = f"Công đoàn cơ sở Hai, kỳ 2023-6T (report {report.pk})"
    assert list(faults()) == [f"Các lần nộp không như nhật ký ghi: {place}."]


def test_a_submission_taken_back_without_a_trace_is_found(lived: World) -> None:
    report = lived.report("G2")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET latest_id = NULL, state = 'draft', received_at = NULL WHERE id = %s", [report.pk])
    found = tampered("DELETE FROM reports_revision WHERE report_id = %s", report.pk)
    assert [fault.split(" không như")[0] for fault in found] == ["Các lần nộp", "Giờ nhận", "Trạng thái"]


def test_a_report_taken_away_whole_is_found(lived: World) -> None:
    fill(lived, "G4", {"B02": 1}, by=lived.person("chi"))
    found = tampered("DELETE FROM reports_report WHERE id = %s", lived.report("G4").pk)
    assert found == [f"Nhật ký có báo cáo nhưng không thấy báo cáo: kỳ 2023-6T (obligation {lived.obligation('G4').pk})."]


def test_figures_that_are_none_of_the_form_are_named_not_stumbled_over(lived: World) -> None:
    found = tampered("UPDATE reports_revision SET figures = figures || '{\"LẠ\": 1}'")
    assert any(fault.startswith("Dãy số dùng để cộng không khớp số liệu đã nộp") for fault in found)


def test_a_vector_of_another_length_is_named_not_stumbled_over(lived: World) -> None:
    found = tampered("UPDATE reports_revision SET vector = substr(vector, 9)")
    assert any(fault.startswith("Không cộng lại được các tổng của kỳ 2023-6T") for fault in found)


def test_a_deadline_moved_by_a_microsecond_is_found(lived: World) -> None:
    obligation = lived.obligation("G1")
    assert any(
        "hạn nộp" in fault
        for fault in tampered(
            "UPDATE reports_obligation SET due_at = %s WHERE id = %s", obligation.due_at + timedelta(microseconds=1), obligation.pk
        )
    )
