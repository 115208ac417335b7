"""Figures below have changed since a unit sent its report: it learns what and whose, and decides. What was sent stays as sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.reports.actions import Done, Refusal, accept_report, keep_as_sent, revise_report
from kheo.reports.models import KeptAsSent, Report
from kheo.reports.queries.changed_below import ChangedBelow, changed_below, units_to_decide
from kheo.reports.queries.verifying import faults
from tests.web.accepting import accept
from tests.world import GOOD, World, fill, head_of, later, submit


@pytest.fixture
def sent(world: World) -> World:
    """D1 has sent its report on the strength of G1; the federation has accepted it."""
    accept(world, "G1", B02=10)
    submit(world, "D1", at=later(days=1))
    accept_report(world.obligation("D1").pk, version=world.report("D1").version, by=world.person("bich"), at=later(days=2))
    return world


def amend(world: World, code: str, day: int = 3, **figures: int) -> None:
    """A unit below adds a supplement, and it is accepted."""
    owed, head = world.obligation(code), head_of(world, code)
    assert isinstance(revise_report(owed.pk, reason="Sót Tổ 3.", version=world.report(code).version, by=head, at=later(days=day)), Done)
    accept(world, code, at=later(days=day, minutes=5), **{"B02": 10, **figures})


def changed(world: World) -> ChangedBelow | None:
    return changed_below(world.obligation("D1"), world.report("D1"))


def keep(world: World, who: str = "dung", reason: str = "Báo cáo năm sẽ tính.", seal: str = "") -> Done | Refusal:
    found = changed(world)
    seal = seal or (found.seal if found else "")
    return keep_as_sent(world.obligation("D1").pk, reason=reason, seal=seal, by=world.person(who), at=later(days=5))


def test_nothing_is_told_while_nothing_changed(sent: World) -> None:
    assert changed(sent) is None
    assert units_to_decide(with_obligation(sent)) == frozenset()


def with_obligation(world: World) -> list[Report]:
    return list(Report.objects.select_related("latest", "obligation__cycle"))


def test_the_parent_is_told_what_changed_by_how_much_and_whose_it_was(sent: World) -> None:
    amend(sent, "G1", B02=13)
    found = changed(sent)
    assert found is not None
    assert [(each.key, each.then, each.now, each.difference) for each in found.open] == [("B02", 10, 13, 3)]
    (cause,) = found.causes
    assert (cause.unit_name, cause.number, cause.reason, cause.is_new) == ("Công đoàn cơ sở Một", 2, "Sót Tổ 3.", False)
    assert [(each.key, each.difference) for each in cause.changes] == [("B02", 3)]
    assert units_to_decide(with_obligation(sent)) == {sent.report("D1").pk}


def test_a_report_that_comes_later_counts_as_a_change(sent: World) -> None:
    accept(sent, "G2", at=later(days=3), B02=2)
    found = changed(sent)
    assert found is not None
    assert (found.reported_then, found.reported_now, found.causes_in_all) == (1, 2, 1)
    assert found.causes[0].is_new
    assert ("B02", 10, 12) in [(each.key, each.then, each.now) for each in found.open]


def test_its_own_supplement_is_no_change_below(sent: World) -> None:
    amend_own = {"B02": 50}
    owed, head = sent.obligation("D1"), head_of(sent, "D1")
    revise_report(owed.pk, reason="Sót.", version=sent.report("D1").version, by=head, at=later(days=3))
    submit(sent, "D1", {**GOOD, **amend_own}, at=later(days=3))
    assert changed(sent) is None


def test_of_walled_figures_no_number_is_told(sent: World) -> None:
    amend(sent, "G1", C501=4)
    found = changed(sent)
    assert found is not None
    assert (found.open, found.covered) == ((), ("C501",))
    assert [each.changes for each in found.causes] == [()]


def test_what_was_sent_stays_as_sent(sent: World) -> None:
    before = sent.report("D1").latest
    assert before is not None
    amend(sent, "G1", B02=13)
    after = sent.report("D1").latest
    assert after is not None
    assert (after.hash, after.below["values"]["B02"]) == (before.hash, 10)
    assert list(faults()) == []


def test_the_unit_keeps_what_it_sent_until_the_next_change(sent: World) -> None:
    amend(sent, "G1", B02=13)
    assert isinstance(keep(sent), Done)
    found = changed(sent)
    assert found is not None
    assert found.kept is not None
    assert (found.kept.reason, found.kept.decided_by) == ("Báo cáo năm sẽ tính.", "Phạm Văn Dũng")
    assert units_to_decide(with_obligation(sent)) == frozenset()
    assert isinstance(keep(sent), Done)
    assert KeptAsSent.objects.count() == 1
    accept(sent, "G2", at=later(days=6))
    again = changed(sent)
    assert again is not None
    assert again.kept is None
    assert units_to_decide(with_obligation(sent)) == {sent.report("D1").pk}
    assert list(faults()) == []


def test_a_word_about_older_sums_is_refused(sent: World) -> None:
    amend(sent, "G1", B02=13)
    seen = changed(sent)
    assert seen is not None
    accept(sent, "G2", at=later(days=4))
    assert keep(sent, seal=seen.seal) == Refusal("Số liệu cấp dưới vừa thay đổi thêm. Hãy xem lại rồi quyết định.")
    assert KeptAsSent.objects.count() == 0


def test_it_needs_a_reason_and_a_change_and_the_head(sent: World) -> None:
    assert isinstance(keep(sent, seal="x"), Refusal)
    amend(sent, "G1", B02=13)
    assert keep(sent, reason=" ") == Refusal("Hãy ghi vì sao không gửi bổ sung.")
    for who in ("bich", "binh", "an", "kien"):
        assert isinstance(keep(sent, who=who), Refusal)
    assert KeptAsSent.objects.count() == 0


def test_a_supplement_of_the_parent_carries_the_new_sums_and_ends_the_question(sent: World) -> None:
    amend(sent, "G1", B02=13)
    owed = sent.obligation("D1")
    revise_report(owed.pk, reason="Cấp dưới bổ sung.", version=sent.report("D1").version, by=sent.person("dung"), at=later(days=4))
    assert changed(sent) is None
    submit(sent, "D1", at=later(days=4))
    latest = sent.report("D1").latest
    assert latest is not None
    assert (latest.number, latest.below["values"]["B02"]) == (2, 13)
    assert changed(sent) is None


def test_a_leaf_has_nothing_below(world: World) -> None:
    accept(world, "G1")
    assert changed_below(world.obligation("G1"), world.report("G1")) is None


def test_asking_for_many_reports_costs_as_much_as_for_one(sent: World) -> None:
    amend(sent, "G1", B02=13)
    one = [each for each in with_obligation(sent) if each.obligation_id == sent.obligation("D1").pk]
    with CaptureQueriesContext(connection) as first:
        assert units_to_decide(one) == {one[0].pk}
    accept(sent, "G4")
    submit(sent, "D2", at=later(days=4))
    accept(sent, "G5", at=later(days=5))
    fill(sent, "LDLD", GOOD, by=sent.person("minh"), at=later(days=5))
    many = with_obligation(sent)
    expected = {sent.report("D1").pk, sent.report("D2").pk}
    with CaptureQueriesContext(connection) as all_of_them:
        assert units_to_decide(many) == expected
    assert len(all_of_them) == len(first)


def test_a_word_changed_in_the_tables_is_found(sent: World) -> None:
    amend(sent, "G1", B02=13)
    keep(sent)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE reports_kept_as_sent DISABLE TRIGGER USER")
        cursor.execute("UPDATE reports_kept_as_sent SET reason = 'Khác'")
    assert [fault.split(" không như")[0] for fault in faults()] == ["Quyết định giữ bản đã gửi"]
