"""Recording what happens to units, and taking it back: the database as of any day."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from kheo.core.chain import content_hash
from kheo.core.reorganising import (
    Absorbed,
    Closed,
    CodeChanged,
    Decision,
    Established,
    Event,
    Merged,
    Place,
    Renamed,
    Split,
    Succession,
    Suspended,
    Transferred,
)
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import person
from kheo.org.actions import Reorganised, annul_events, appoint, load_units, record_events
from kheo.org.models import EventBatch, Post, SpanChange, Unit, UnitCode, UnitEvent
from kheo.org.models import Succession as SuccessionRow
from kheo.org.queries import (
    Frozen,
    event_faults,
    events_of_batch,
    events_told,
    listed,
    passages_to,
    posts_of,
    tree,
    unit_by_code,
    units_by_code,
)
from kheo.org.queries.events import event_record
from kheo.people.models import User
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db

DAY, BEFORE, LATER = date(2025, 7, 1), date(2025, 6, 30), date(2026, 1, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))


@pytest.fixture
def units() -> dict[str, int]:
    assert not load_units(UNITS.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    return units_by_code(FIRST_DAY)


def happen(*events: Event) -> Reorganised:
    return record_events(events, by=SYSTEM, at=OPENING)


def undo(*events: int, from_day: date | None = None, reason: str = "Ghi nhầm") -> Reorganised:
    return annul_events(events, reason=reason, by=SYSTEM, at=OPENING, from_day=from_day)


def merger(units: dict[str, int]) -> list[Event]:
    """G1 and G2 become a new union G12."""
    place = Place(Line.UNION, units["D1"])
    return [
        Established(day=DAY, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=(place,), decision=DECISION),
        Merged(day=DAY, unit=-1, predecessors=(units["G1"], units["G2"]), decision=DECISION),
    ]


def test_a_merger_recorded_today_takes_effect_by_itself_on_its_day(units: dict[str, int]) -> None:
    before = listed(BEFORE)
    done = happen(*merger(units))
    assert (done.problems, done.events, done.counts) == ((), 2, {"established": 1, "merged": 1})
    assert listed(BEFORE) == before
    codes = [code for code, *_ in listed(DAY)]
    assert codes == ["D1", "D2", "G3", "G4", "G5", "G12", "LDLD"]
    new = unit_by_code("G12", DAY)
    assert new is not None
    assert passed(BEFORE, DAY) == [
        Succession(units["G1"], new, Fraction(1)),
        Succession(units["G2"], new, Fraction(1)),
    ]
    assert passed(DAY, LATER) == []


def test_an_officer_of_a_dying_unit_loses_the_post_on_that_day(units: dict[str, int]) -> None:
    an = User.objects.create_user("an", "Nguyễn Thị An", "mot-mat-khau-thu")
    appoint(an, units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    appoint(an, units["G3"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    happen(*merger(units))
    assert [held.unit for held in posts_of(an.pk, BEFORE)] == [units["G1"], units["G3"]]
    assert [held.unit for held in posts_of(an.pk, DAY)] == [units["G3"]]


def test_the_day_of_an_event_begins_at_midnight_in_vietnam_whatever_was_recorded_when(units: dict[str, int]) -> None:
    """Recorded years before; the clock alone takes the post away, in the middle of somebody's evening elsewhere."""
    an = User.objects.create_user("an", "Nguyễn Thị An", "mot-mat-khau-thu")
    appoint(an, units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    happen(*merger(units))
    midnight = datetime(2025, 6, 30, 17, tzinfo=UTC)
    assert [post.unit for post in person(an, midnight - timedelta(seconds=1)).posts] == [units["G1"]]
    assert person(an, midnight).posts == ()


def test_nothing_else_changes_units_while_one_change_is_made_and_readers_go_on(units: dict[str, int]) -> None:
    happen(Renamed(day=DAY, unit=units["G1"], name="Tên mới"))  # this test's transaction is still open
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None, "context": None}) as other:
        assert other.execute("SELECT count(*) FROM org_relation").fetchone() is not None
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("LOCK TABLE org_relation IN SHARE ROW EXCLUSIVE MODE NOWAIT")


def test_verify_finds_an_event_that_was_changed_or_slipped_in(units: dict[str, int]) -> None:
    done = happen(*merger(units))
    undo(*events_of_batch(done.batch or 0))
    assert list(event_faults()) == []
    last = UnitEvent.objects.order_by("pk").last()
    assert last is not None
    UnitEvent.objects.filter(pk=last.pk).update(note="lý do khác")
    assert [fault.split(" (")[0] for fault in event_faults()] == [
        f"Các sự kiện của đơn vị trong đợt số {last.batch_id} đã bị sửa sau khi ghi"
    ]
    batch = EventBatch.objects.create(recorded_at=OPENING, recorded_by="ai đó")
    assert f"Đợt sự kiện số {batch.pk} không có trong nhật ký." in list(event_faults())


def test_nobody_is_appointed_beyond_the_end_of_a_unit(units: dict[str, int]) -> None:
    happen(Closed(day=DAY, unit=units["G1"]))
    an = User.objects.create_user("an", "Nguyễn Thị An", "mot-mat-khau-thu")
    appoint(an, units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert posts_of(an.pk, BEFORE) != ()
    assert posts_of(an.pk, DAY) == ()


def test_the_journal_has_one_row_with_the_hash_of_every_event(units: dict[str, int]) -> None:
    done = happen(*merger(units))
    row = JournalEntry.objects.order_by("number").last()
    events = list(UnitEvent.objects.order_by("pk"))
    assert row is not None
    assert (row.act, row.object_type, row.object_id) == ("reorganise", "event_batch", done.batch)
    assert row.detail["records"] == content_hash([event_record(event) for event in events])
    assert (row.detail["events"], row.detail["first"], row.detail["last"]) == (2, events[0].pk, events[1].pk)
    told = events_told(unit=units["G1"])
    assert [(each.words, each.unit_name, each.decision_number, each.decision_day) for each in told] == [
        ("hợp nhất", "Công đoàn Một Hai", "12/QĐ-LĐLĐ", date(2025, 6, 15))
    ]


def test_nothing_is_stored_when_one_event_is_wrong(units: dict[str, int]) -> None:
    counts = [model.objects.count() for model in (Unit, UnitEvent, SpanChange, SuccessionRow, JournalEntry)]
    done = happen(*merger(units), CodeChanged(day=DAY, unit=units["G3"], code="G4"))
    assert [problem.message[:24] for problem in done.problems] == ["Mã “G4” ngày 01/07/2025 "]
    assert done.batch is None
    assert [model.objects.count() for model in (Unit, UnitEvent, SpanChange, SuccessionRow, JournalEntry)] == counts


def test_a_counter_event_restores_every_day_and_deletes_nothing(units: dict[str, int]) -> None:
    an = User.objects.create_user("an", "Nguyễn Thị An", "mot-mat-khau-thu")
    appoint(an, units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    before = [listed(day) for day in (FIRST_DAY, BEFORE, DAY, LATER)]
    done = happen(*merger(units))
    assert done.batch is not None
    rows = set(UnitCode.objects.values_list("pk", flat=True))
    undone = undo(*events_of_batch(done.batch))
    assert undone.problems == ()
    assert [listed(day) for day in (FIRST_DAY, BEFORE, DAY, LATER)] == before
    assert rows < set(UnitCode.objects.values_list("pk", flat=True))
    assert [held.unit for held in posts_of(an.pk, LATER)] == [units["G1"]]
    assert passed(BEFORE, LATER) == []
    assert events_of_batch(done.batch) == []
    last = JournalEntry.objects.order_by("number").last()
    assert last is not None
    assert (last.act, last.detail["reason"], last.detail["annulled"]) == ("annul_events", "Ghi nhầm", sorted(units_events()))


def passed(after: date, until: date) -> list[Succession]:
    """What the tree of one day does not reflect and that of a later day does."""
    done = passages_to(Frozen(tree(after), after, OPENING), until).done
    rows = {(row.event_id, row.predecessor_id, row.successor_id): row for row in SuccessionRow.objects.all()}
    shares = [rows[each.event, each.old, each.new] for each in done]
    return [
        Succession(row.predecessor_id, row.successor_id, None if row.numerator is None else Fraction(row.numerator, row.denominator or 0))
        for row in shares
    ]


def units_events() -> list[int]:
    return list(UnitEvent.objects.exclude(kind="annulled").values_list("pk", flat=True))


def test_a_decision_withdrawn_later_leaves_what_was_in_force(units: dict[str, int]) -> None:
    happen(Renamed(day=DAY, unit=units["G1"], name="Tên mới"), Absorbed(day=DAY, unit=units["G2"], into=units["G3"]))
    assert undo(*units_events(), from_day=LATER).problems == ()
    names = [{code: name for code, name, *_ in listed(day)}.get("G1") for day in (BEFORE, DAY, LATER)]
    assert names == ["Công đoàn cơ sở Một", "Tên mới", "Công đoàn cơ sở Một"]
    assert [unit_by_code("G2", day) for day in (DAY, LATER)] == [None, units["G2"]]
    assert len(passed(BEFORE, DAY)) == 1
    assert passed(BEFORE, LATER) == []


def test_refuses_to_take_back_what_is_not_there_is_taken_back_or_has_no_reason(units: dict[str, int]) -> None:
    happen(Renamed(day=DAY, unit=units["G1"], name="Tên mới"))
    (event,) = units_events()
    assert [problem.message for problem in undo(event, reason=" ").problems] == ["Cần ghi lý do huỷ."]
    assert [problem.message for problem in undo(event, 999_999).problems] == ["Không có sự kiện số 999999."]
    assert undo(event).problems == ()
    assert [problem.message for problem in undo(event).problems] == [f"Sự kiện số {event} đã được huỷ bỏ rồi."]
    counter = UnitEvent.objects.get(kind="annulled").pk
    assert "hãy ghi lại sự kiện đã huỷ" in undo(counter).problems[0].message
    assert UnitEvent.objects.count() == 2


def test_refuses_to_take_back_what_a_later_event_builds_on(units: dict[str, int]) -> None:
    happen(Renamed(day=DAY, unit=units["G1"], name="Tên mới"))
    happen(Renamed(day=LATER, unit=units["G1"], name="Tên sau"))
    first, second = units_events()
    assert [problem.message for problem in undo(first).problems] == [
        f"Không huỷ được “đổi tên ngày 01/07/2025 (số {first})”: sự kiện sau dựa vào nó, "
        f"hãy huỷ trước: “đổi tên ngày 01/01/2026 (số {second})”."
    ]
    assert undo(second).problems == ()
    assert undo(first).problems == ()


def test_a_suspension_and_a_second_line_are_stored_and_taken_back(units: dict[str, int]) -> None:
    before = listed(LATER)
    happen(Suspended(day=DAY, unit=units["G1"]), Transferred(day=DAY, unit=units["LDLD"], place=Place(Line.PARTY, None)))
    assert len(listed(LATER, Line.PARTY)) == 1
    assert undo(*units_events()).problems == ()
    assert listed(LATER) == before


def test_a_share_is_kept_exactly(units: dict[str, int]) -> None:
    heirs = ((units["G2"], Fraction(1, 3)), (units["G3"], Fraction(2, 3)))
    assert happen(Split(day=DAY, unit=units["G1"], successors=heirs)).problems == ()
    assert [each.share for each in passed(BEFORE, DAY)] == [Fraction(1, 3), Fraction(2, 3)]
    row = SuccessionRow.objects.first()
    assert row is not None
    for above, below in ((4, 3), (0, 3), (1, None)):
        with pytest.raises(IntegrityError, match="a_share_is_a_fraction"), transaction.atomic():
            SuccessionRow.objects.filter(pk=row.pk).update(numerator=above, denominator=below)


def test_the_database_refuses_a_counter_event_of_nothing_and_two_suspensions_a_day(units: dict[str, int]) -> None:
    happen(Suspended(day=DAY, unit=units["G1"]))
    event = UnitEvent.objects.get()
    with pytest.raises(IntegrityError, match="a_counter_event_names_one"), transaction.atomic():
        UnitEvent.objects.filter(pk=event.pk).update(kind="annulled")
    with pytest.raises(IntegrityError, match="one_suspension_a_day"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO org_suspension (unit_id, starts) VALUES (%s, %s)", [units["G1"], LATER])


def test_a_span_may_be_empty_but_never_ends_before_it_starts(units: dict[str, int]) -> None:
    span = UnitCode.objects.get(value="G1")
    UnitCode.objects.filter(pk=span.pk).update(ends=span.starts)
    assert unit_by_code("G1", span.starts) is None
    with pytest.raises(IntegrityError, match="org_unit_code_span"), transaction.atomic():
        UnitCode.objects.filter(pk=span.pk).update(ends=date(2019, 12, 31))


def test_a_post_that_is_over_is_no_obstacle(units: dict[str, int]) -> None:
    an = User.objects.create_user("an", "Nguyễn Thị An", "mot-mat-khau-thu")
    appoint(an, units["G1"], Role.HEAD, on=FIRST_DAY, until=BEFORE, by=SYSTEM, at=OPENING)
    assert happen(Closed(day=DAY, unit=units["G1"])).problems == ()
    assert Post.objects.get().ends == BEFORE
