"""The digests of a day: who gets one, what it says, and that nobody gets two."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from kheo.core.days import ZONE, due_instant
from kheo.core.quiet import Quiet
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.notices.actions import choose
from kheo.notices.models import Delivery, Digest, Notice, Preferences, Round
from kheo.org.actions import appoint
from kheo.people.models import User
from kheo.reports.actions import (
    Done,
    Extended,
    accept_report,
    extend_due,
    recall_report,
    return_report,
    revise_report,
    submit_report,
)
from kheo.reports.actions.reminding import Reminded, remind, would_remind
from kheo.reports.models import Obligation
from kheo.reports.queries.reminding import Almanac
from tests.core.calendars import vn
from tests.two_recipients import two_recipients
from tests.world import GOOD, World, fill, later, small_world, submit

pytestmark = pytest.mark.django_db
ALMANAC = Almanac(lambda _name: vn(), vn())
MICRO = timedelta(microseconds=1)
CAST = ("an", "hoa", "binh", "dung", "bich", "lan", "minh", "phuc", "chi")


@pytest.fixture
def world() -> World:
    """The cycle is due in May: G units on Monday 08/05/2023."""
    return small_world()


def at(month: int, day: int, hour: int = 7, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


def due(world: World, day: date) -> None:
    """Everything is due at the end of that day."""
    world.cycle.obligations.update(due_at=due_instant(day))


def told(day: date) -> dict[str, list[str]]:
    """The lines of that day's digests, by user name."""
    rows = Digest.objects.filter(day=day).select_related("person")
    return {row.person.username: [line["text"] for line in row.lines] for row in rows}


def by_email(world: World, **more: time) -> None:
    """Chi has chosen e-mail."""
    confirmed = {"email": "chi@example.vn", "email_verified_at": at(5, 1)}
    Preferences.objects.create(person=world.users["chi"], by_email=True, updated_at=at(5, 1), **confirmed, **more)


def run(instant: datetime) -> int:
    """One look of the worker at the clock; how many digests were written."""
    done = remind(ALMANAC, channels=["email"], at=instant)
    assert not done.was_busy
    return done.digests


def digests_of(month: int, day: int) -> dict[str, list[str]]:
    """The digests of a day at seven o'clock, by person."""
    run(at(month, day))
    return told(date(2023, month, day))


def owing_no_report() -> World:
    """The small world on which nobody owes a report: what digests tell is of something else alone."""
    made_here = small_world()
    Obligation.objects.update(closed_at=later())
    return made_here


def test_on_the_day_everybody_who_must_act_gets_one_digest(world: World) -> None:
    due(world, date(2023, 5, 10))
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    run(at(5, 10))
    title = "Báo cáo 6 tháng đầu năm 2023"
    today = "Hạn hôm nay, 10/05/2023."
    found = told(date(2023, 5, 10))
    assert {who: lines for who, lines in found.items() if who in CAST} == {
        "hoa": [f"{title} của Công đoàn cơ sở Một: đã đủ số liệu, chờ anh/chị ký nộp. {today}"],
        "dung": [f"{title} của Liên đoàn Lao động Quận 1: chưa bắt đầu. {today}"],
        "minh": [f"{title} của Liên đoàn Lao động Thành phố: chưa bắt đầu. {today}"],
        "chi": [f"{title} của Công đoàn cơ sở Bốn: chưa bắt đầu. {today}"],
        "binh": [f"{title}: 1 báo cáo chờ Liên đoàn Lao động Quận 1 duyệt, lâu nhất từ 01/04/2023."],
    }, "An is done, only the signature is missing; Lan need not review where there is a reviewer; nobody else has anything to do"


@pytest.mark.parametrize(
    ("instant", "is_told"),
    [
        (at(5, 10) - MICRO, False),
        (at(5, 10), True),  # seven days before, at the end of the quiet hours
        (at(5, 17, 20, 59), True),
        (at(5, 17, 23, 59), True),  # quiet, but tomorrow it would be too late
        (at(5, 18, 0) - MICRO, True),
        (at(5, 18, 0), False),
        (at(5, 18) - MICRO, False),
        (at(5, 18), True),  # overdue, the next working day
    ],
)
def test_the_rule_and_the_quiet_hours_to_the_microsecond(world: World, instant: datetime, is_told: bool) -> None:
    due(world, date(2023, 5, 17))
    run(instant)
    assert ("chi" in told(instant.astimezone(ZONE).date())) is is_told


def test_asked_again_all_day_nobody_gets_a_second_one(world: World) -> None:
    due(world, date(2023, 5, 10))
    first = run(at(5, 10))
    assert first > 0
    assert [run(at(5, 10, hour, minute)) for hour in range(7, 24) for minute in (1, 31)] == [0] * 34
    assert Digest.objects.count() == first
    assert Notice.objects.filter(kind="digest").count() == first


def test_after_two_days_without_a_server_there_is_one_digest_and_it_is_of_today(world: World) -> None:
    """The reminder three days before fell into them."""
    due(world, date(2023, 5, 12))
    run(at(5, 5))
    assert "chi" in told(date(2023, 5, 5))
    run(at(5, 11, 9))
    assert told(date(2023, 5, 11))["chi"] == [
        "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Bốn: chưa bắt đầu. Hạn ngày mai, 12/05/2023."
    ]
    assert Digest.objects.filter(person=world.users["chi"]).count() == 2


def test_nothing_between_reminders(world: World) -> None:
    due(world, date(2023, 5, 12))
    run(at(5, 5))
    run(at(5, 8))
    assert told(date(2023, 5, 8)) == {}
    assert Round.objects.count() == 2, "thought of, and nothing to say"


def test_on_days_off_only_what_ends_that_day(world: World) -> None:
    saturday, later_on = date(2023, 11, 18), date(2023, 11, 19)
    due(world, later_on)
    world.cycle.obligations.filter(unit=world.units["G4"]).update(due_at=due_instant(saturday))
    run(datetime(2023, 11, 18, 8, tzinfo=ZONE))
    assert {who for who in told(saturday) if who in CAST} == {"chi"}
    run(datetime(2023, 11, 19, 8, tzinfo=ZONE))
    assert {who for who in told(later_on) if who in CAST} == {"an", "hoa", "dung", "minh"}


def test_over_tet_everybody_is_left_in_peace_and_told_after(world: World) -> None:
    due(world, date(2024, 2, 16))
    for day in range(8, 15):
        run(datetime(2024, 2, day, 9, tzinfo=ZONE))
    assert Digest.objects.count() == 0
    run(datetime(2024, 2, 15, 9, tzinfo=ZONE))
    assert told(date(2024, 2, 15))["chi"][0].endswith("Hạn ngày mai, 16/02/2024.")


def test_somebody_who_wants_it_hears_on_days_off_too(world: World) -> None:
    chi = world.users["chi"]
    choose(chi.pk, by_email=False, by_zalo=False, quiet=Quiet(time(22), time(9), on_days_off=False), by=SYSTEM, at=at(5, 1))
    due(world, date(2023, 11, 19))
    run(datetime(2023, 11, 18, 8, 59, tzinfo=ZONE))
    assert "chi" not in told(date(2023, 11, 18)), "her day opens at nine"
    run(datetime(2023, 11, 18, 9, tzinfo=ZONE))
    assert {who for who in told(date(2023, 11, 18)) if who in CAST} == {"chi"}


def test_an_extension_after_the_date_ends_the_reminding_of_what_is_late(world: World) -> None:
    due(world, date(2023, 5, 10))
    run(at(5, 11))
    assert told(date(2023, 5, 11))["an"][0].endswith("Quá hạn 1 ngày (hạn 10/05/2023).")
    owed, binh = world.obligation("G1").pk, world.person("binh")
    moved = extend_due([owed], until=date(2023, 6, 20), reason="Bão", by=binh, at=at(5, 11, 9), is_meant=True)
    assert isinstance(moved, Extended), moved
    run(at(5, 12))
    assert "an" not in told(date(2023, 5, 12))
    run(at(6, 13))
    assert told(date(2023, 6, 13))["an"][0].endswith("Hạn 20/06/2023 · còn 7 ngày.")


def test_a_returned_report_is_repeated_until_it_is_sent_again(world: World) -> None:
    due(world, date(2023, 5, 31))
    submit(world, "G1", at=at(5, 2))
    owed, binh = world.obligation("G1").pk, world.person("binh")
    return_report(owed, reason="Sai", version=world.report("G1").version, by=binh, at=at(5, 5, 15))  # a Friday
    run(at(5, 6))
    assert "an" not in told(date(2023, 5, 6))
    run(at(5, 8))
    line = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một: bị trả lại từ 05/05/2023, cần sửa rồi nộp lại."
    assert told(date(2023, 5, 8))["an"] == [line]
    digest = Digest.objects.get(person=world.users["an"], day=date(2023, 5, 8))
    assert [notice.kind for notice in digest.notices.order_by("pk")] == ["returned", "digest"], "what happened on Friday is repeated in it"
    fill(world, "G1", {"B02": 9}, by=world.person("an"), at=at(5, 8, 9))
    run(at(5, 9))
    assert told(date(2023, 5, 9))["hoa"] == ["Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một: đã sửa xong, chờ anh/chị ký nộp lại."]
    assert "an" not in told(date(2023, 5, 9))
    submit_report(owed, version=world.report("G1").version, by=world.person("hoa"), at=at(5, 9, 9))
    run(at(5, 10))
    assert not {"an", "hoa"} & set(told(date(2023, 5, 10)))


def test_what_a_unit_recalled_is_its_own_to_do_again_and_a_supplement_is_nobody_s_errand(world: World) -> None:
    due(world, date(2023, 5, 10))
    submit(world, "G1", at=at(5, 2))
    owed, hoa, binh = world.obligation("G1").pk, world.person("hoa"), world.person("binh")
    return_report(owed, reason="Sai", version=world.report("G1").version, by=binh, at=at(5, 4))
    submit(world, "G1", {**GOOD, "B02": 9}, at=at(5, 5))
    recalled = recall_report(owed, reason="Nhầm", version=world.report("G1").version, by=hoa, at=at(5, 8))
    assert isinstance(recalled, Done), recalled
    run(at(5, 10))
    assert told(date(2023, 5, 10))["hoa"][0].endswith("đã đủ số liệu, chờ anh/chị ký nộp. Hạn hôm nay, 10/05/2023.")
    submit(world, "G1", {**GOOD, "B02": 8}, at=at(5, 10, 9))
    accept_report(owed, version=world.report("G1").version, by=binh, at=at(5, 10, 10))
    revised = revise_report(owed, reason="Thiếu một tổ", version=world.report("G1").version, by=hoa, at=at(5, 10, 11))
    assert isinstance(revised, Done), revised
    run(at(5, 11))
    assert not {"an", "hoa"} & set(told(date(2023, 5, 11)))


def test_the_recipient_hears_once_a_day_how_many_are_late(world: World) -> None:
    due(world, date(2023, 5, 10))
    submit(world, "G2", at=at(5, 9))
    accept_report(world.obligation("G2").pk, version=world.report("G2").version, by=world.person("binh"), at=at(5, 9))
    run(at(5, 11))
    assert told(date(2023, 5, 11))["binh"] == [
        "Báo cáo 6 tháng đầu năm 2023: 2 đơn vị gửi Liên đoàn Lao động Quận 1 đã quá hạn mà chưa nộp."
    ]


def test_the_reminding_ends_after_the_rule_s_limit(world: World) -> None:
    due(world, date(2023, 5, 10))
    days = [date(2023, 5, 11) + timedelta(days=offset) for offset in range(30)]
    for day in days:
        run(datetime.combine(day, time(8), ZONE))
    late = [day for day in days if "chi" in told(day)]
    assert (len(late), late[0], late[-1]) == (10, date(2023, 5, 11), date(2023, 5, 24))
    assert told(days[-1]) == {}, "recipients neither"


def test_whoever_has_left_hears_nothing(world: World) -> None:
    due(world, date(2023, 5, 10))
    User.objects.filter(username="chi").update(is_active=False)
    run(at(5, 10))
    assert "chi" not in told(date(2023, 5, 10))


def test_a_clock_set_back_an_hour_writes_nothing_anew_and_a_day_back_waits(world: World) -> None:
    due(world, date(2023, 5, 10))
    written = run(at(5, 10, 8))
    assert run(at(5, 10, 7)) == 0
    assert run(at(5, 9, 8)) == 0
    assert told(date(2023, 5, 9)) == {}
    run(at(5, 11, 8))
    assert len(told(date(2023, 5, 10))) == written
    assert "chi" in told(date(2023, 5, 11))


def test_a_clock_that_was_a_year_ahead_by_mistake_silences_nobody(world: World) -> None:
    due(world, date(2023, 5, 10))
    run(datetime(2024, 5, 9, 8, tzinfo=ZONE))
    run(at(5, 10, 8))
    assert "chi" in told(date(2023, 5, 10))


def test_messages_are_queued_for_the_channels_that_were_chosen(world: World) -> None:
    due(world, date(2023, 5, 10))
    Preferences.objects.create(
        person=world.users["chi"],
        by_email=True,
        email="chi@example.vn",
        email_verified_at=at(5, 1),
        quiet_starts=time(20),
        updated_at=at(5, 1),
    )
    run(at(5, 10))
    (delivery,) = Delivery.objects.all()
    assert (delivery.person.username, delivery.channel, delivery.kind, delivery.state) == ("chi", "email", "digest", "queued")
    assert delivery.expires_at == at(5, 10, 20), "not into the quiet hours"


def test_what_had_to_be_told_in_quiet_hours_is_tried_until_midnight(world: World) -> None:
    due(world, date(2023, 5, 10))
    by_email(world)
    run(at(5, 10, 22))
    assert Delivery.objects.get().expires_at == at(5, 11, 0)


def test_a_channel_that_is_off_here_gets_nothing(world: World) -> None:
    due(world, date(2023, 5, 10))
    by_email(world)
    assert remind(ALMANAC, channels=[], at=at(5, 10)).digests > 0
    assert not Delivery.objects.exists()


def test_asking_what_would_be_told_writes_nothing(world: World) -> None:
    due(world, date(2023, 5, 10))
    asked = dict(would_remind(ALMANAC, at=at(5, 10)))
    assert not Digest.objects.exists()
    assert not Round.objects.exists()
    run(at(5, 10))
    assert {person: [line.text for line in lines] for person, lines in asked.items()} == {
        digest.person_id: [line["text"] for line in digest.lines] for digest in Digest.objects.all()
    }


def test_the_number_of_queries_does_not_grow_with_people(world: World, django_assert_max_num_queries: Callable[..., object]) -> None:
    due(world, date(2023, 5, 10))
    run(at(5, 10))
    with django_assert_max_num_queries(31) as captured:
        run(at(5, 11))
    few = len(captured)  # type: ignore[arg-type]
    for number in range(40):
        user = User.objects.create(username=f"more-{number}", full_name=f"Người {number}")
        appoint(user, world.units["G4"], Role.OFFICER, on=date(2023, 5, 12), by=SYSTEM, at=at(5, 11, 9))
    with django_assert_max_num_queries(31) as captured:
        assert run(at(5, 12)) > 40
    assert len(captured) == few  # type: ignore[arg-type]


def test_nothing_to_do_is_nothing_written(world: World) -> None:
    due(world, date(2023, 9, 1))
    assert remind(ALMANAC, channels=[], at=at(5, 2)) == Reminded(rounds=1, digests=0)
    assert not Digest.objects.exists()


def test_where_a_report_goes_to_several_its_line_says_to_whom_and_elsewhere_not() -> None:
    world = two_recipients()
    due(world, date(2023, 5, 10))
    run(at(5, 10))
    found = told(date(2023, 5, 10))
    title = "Báo cáo 6 tháng đầu năm 2023 của"
    line = f"{title} Liên đoàn Lao động Quận 1, gửi Liên đoàn Lao động Thành phố: chưa bắt đầu. Hạn hôm nay, 10/05/2023."
    assert line in found["dung"]
    assert found["an"] == [f"{title} Công đoàn cơ sở Một: chưa bắt đầu. Hạn hôm nay, 10/05/2023."]
