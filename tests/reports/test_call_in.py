"""The letter that calls in late units: whom it is about is kept, told and written down; made once however often it is clicked."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kheo.core.days import due_instant
from kheo.core.workflow import Role
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.notices.models import Digest, Notice
from kheo.reports.actions import Refusal, make_call_in
from kheo.reports.actions.calling import CalledIns
from kheo.reports.models import CalledIn, CallIn
from kheo.reports.queries.calling import late_reports, letter_of, letters_of
from kheo.reports.queries.story import story
from tests.world import World, fill, head_of, later, submit

DUE = due_instant(date(2023, 5, 8))
AFTER = DUE + timedelta(days=2, hours=9)
MOMENT = timedelta(microseconds=1)


def call(world: World, who: str = "binh", code: str = "D1", *, at: object = AFTER) -> CalledIns | Refusal:
    return make_call_in(world.cycle.pk, world.units[code], by=world.person(who), at=at)  # type: ignore[arg-type]


def made(outcome: CalledIns | Refusal) -> CalledIns:
    assert isinstance(outcome, CalledIns), outcome
    return outcome


def test_a_letter_names_every_unit_that_is_late_and_no_other(world: World) -> None:
    submit(world, "G1")
    fill(world, "G2", {"B02": 5}, by=head_of(world, "G2"))
    letter = letter_of(world.cycle, world.units["D1"], made(call(world)).letter_id)
    assert letter is not None
    assert (letter.expected, letter.made_at) == (3, AFTER)
    told = [(each.unit.code, each.state, each.due_on, each.days, each.reminded) for each in letter.units]
    assert told == [("G3", "not_started", date(2023, 5, 8), 3, ""), ("G2", "draft", date(2023, 5, 8), 3, "")]


def test_nobody_is_late_before_the_day_is_over(world: World) -> None:
    assert isinstance(call(world, at=DUE - MOMENT), Refusal)
    assert len(late_reports(world.cycle, world.units["D1"], DUE)) == 3
    assert made(call(world, at=DUE)).units == 3


def test_refuses_a_letter_about_nobody(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        submit(world, code)
    assert call(world) == Refusal("Không có đơn vị nào quá hạn mà chưa gửi báo cáo, nên không cần công văn đôn đốc.")
    assert not CallIn.objects.exists()


@pytest.mark.parametrize("who", ["dung", "an", "kien", "quan", "lan", "chi"])
def test_only_reviewers_and_the_office_of_the_recipient_make_one(world: World, who: str) -> None:
    refused = call(world, who)
    assert isinstance(refused, Refusal)
    assert "cán bộ tổng hợp" in refused.message
    assert not CallIn.objects.exists()


def test_a_double_click_makes_one_letter_and_the_next_day_another(world: World) -> None:
    first, again = made(call(world)), made(call(world, at=AFTER + timedelta(seconds=1)))
    assert (again.letter_id, first.is_repeat, again.is_repeat) == (first.letter_id, False, True)
    assert made(call(world, at=AFTER + timedelta(days=1))).letter_id != first.letter_id
    assert CallIn.objects.count() == 2


def test_when_one_has_sent_meanwhile_the_next_letter_is_another(world: World) -> None:
    first = made(call(world))
    submit(world, "G1", at=AFTER + timedelta(minutes=1))
    second = made(call(world, at=AFTER + timedelta(minutes=2)))
    assert (first.units, second.units, second.is_repeat) == (3, 2, False)
    assert [(each.units, each.came_since) for each in letters_of(world.cycle, world.units["D1"])] == [(2, 0), (3, 1)]


def test_what_a_letter_said_stays_as_it_was_said(world: World) -> None:
    letter_id = made(call(world)).letter_id
    before = letter_of(world.cycle, world.units["D1"], letter_id)
    submit(world, "G1", at=AFTER + timedelta(days=1))
    assert letter_of(world.cycle, world.units["D1"], letter_id) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        CalledIn.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallIn.objects.update(made_by="ai đó")


def test_a_letter_of_another_recipient_is_not_there(world: World) -> None:
    letter_id = made(call(world)).letter_id
    assert letter_of(world.cycle, world.units["LDLD"], letter_id) is None
    assert letters_of(world.cycle, world.units["LDLD"]) == []


def test_each_report_s_history_and_the_people_of_its_unit_are_told(world: World) -> None:
    letter_id = made(call(world)).letter_id
    (event,) = story(world.obligation("G1"), world.definition, frozenset())
    assert (event.words, event.who) == ("lập công văn đôn đốc vì quá hạn", "Lê Văn Bình")
    told = sorted(Notice.objects.filter(kind="called_in").values_list("person__username", "text"))
    words = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một đã quá hạn, nơi nhận đã lập công văn đôn đốc. Nộp ngay khi xong."
    assert told == [("an", words), ("hoa", words)]
    rows = JournalEntry.objects.filter(act="call_in").order_by("number")
    assert [(row.unit_id, row.detail) for row in rows] == [
        (world.units[code], {"letter": letter_id, "units": 3}) for code in ("G3", "G2", "G1")
    ]
    assert broken_link() is None


def test_a_letter_says_who_was_reminded_before_and_when(world: World) -> None:
    lines = [{"text": "…", "page": "report", "args": [world.obligation("G1").pk]}, {"text": "…", "page": "board", "args": [1]}]
    for name in ("an", "hoa"):
        told = lines if name == "an" else [{**lines[0], "page": "submit_report"}]
        Digest.objects.create(person=world.users[name], day=date(2023, 5, 7), lines=told, written_at=DUE - timedelta(days=1))
    Digest.objects.create(person=world.users["an"], day=date(2023, 5, 5), lines=lines, written_at=DUE - timedelta(days=3))
    first = letter_of(world.cycle, world.units["D1"], made(call(world)).letter_id)
    second = letter_of(world.cycle, world.units["D1"], made(call(world, at=AFTER + timedelta(days=1))).letter_id)
    assert first is not None
    assert second is not None
    reminded = "nhắc ngày 07/05/2023: Nguyễn Thị An, Trần Thị Hoa"
    assert [each.reminded for each in first.units] == ["", "", reminded]
    called = "đôn đốc ngày 11/05/2023"
    assert [each.reminded for each in second.units] == [called, called, f"{reminded}; {called}"]


def test_the_party_board_calls_in_the_federation(world: World) -> None:
    outcome = made(make_call_in(world.cycle.pk, world.units["BDV"], by=world.person("phuc"), at=later(days=90)))
    assert (outcome.units, Role.REVIEWER in world.person("phuc").roles_at(world.units["BDV"])) == (1, True)
