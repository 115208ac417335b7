"""What happened is told to those it concerns, in the transaction in which it happens."""

from datetime import date

import pytest
from django.db import transaction

from kheo.core.days import local_day
from kheo.core.reminders import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.notices.actions import Event, Happening, tell, write_digests
from kheo.notices.models import Digest, Notice
from kheo.notices.queries.reading import news_of
from kheo.org.actions import appoint
from kheo.org.models import Post
from kheo.reports.actions import Done, Extended, accept_report, ask_extension, extend_due, refuse_extension, return_report
from tests.world import FIRST_DAY, OPENING, World, later, small_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def told(*kinds: str) -> list[tuple[str, str, str, list[int]]]:
    """(who, what, page, numbers), without the people made on demand."""
    rows = Notice.objects.exclude(person__username__contains="-").order_by("pk")
    return sorted((row.person.username, row.text, row.page, row.args) for row in rows if not kinds or row.kind in kinds)


def test_a_returned_report_is_told_to_officer_and_head(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1")
    done = return_report(owed.pk, reason="Sai", version=world.report("G1").version, by=world.person("binh"), at=later(1))
    assert isinstance(done, Done)
    words = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một bị trả lại. Mở ra xem nhận xét và sửa."
    assert told() == [("an", words, "report", [owed.pk]), ("hoa", words, "report", [owed.pk])]
    assert set(Notice.objects.values_list("told_at", "read_at")) == {(later(1), None)}


def test_an_accepted_report_is_told_and_the_refused_second_click_is_not(world: World) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    for _ in range(2):
        accept_report(owed, version=version, by=binh, at=later(1))
    words = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một đã được chấp nhận."
    assert told() == [("an", words, "report", [owed]), ("hoa", words, "report", [owed])]


def test_an_extension_is_asked_of_reviewers_and_answered_to_the_unit(world: World) -> None:
    owed, binh = world.obligation("G1").pk, world.person("binh")
    asked = ask_extension(owed, until=date(2023, 6, 1), reason="Mưa bão", by=world.person("hoa"), at=later(1))
    assert isinstance(asked, Done), asked
    assert told() == [
        ("binh", "Công đoàn cơ sở Một xin gia hạn báo cáo 6 tháng đầu năm 2023 đến hết ngày 01/06/2023.", "review_report", [owed])
    ]
    refused = refuse_extension(owed, reason="Không kịp", by=binh, at=later(2))
    assert isinstance(refused, Done), refused
    extended = extend_due([owed], until=date(2023, 5, 9), reason="Đồng ý một ngày", by=binh, at=later(3), is_meant=True)
    assert isinstance(extended, Extended), extended
    title = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một"
    assert told("refused", "extended") == [
        (who, words, "report", [owed])
        for who in ("an", "hoa")
        for words in (f"{title} không được gia hạn. Hạn nộp giữ nguyên.", f"{title} được gia hạn đến hết ngày 09/05/2023.")
    ]


def test_the_words_of_a_moment_take_the_posts_of_that_day(world: World) -> None:
    Post.objects.filter(user=world.users["an"]).update(ends=local_day(later(days=1)))
    submit(world, "G1")
    version = world.report("G1").version
    assert isinstance(
        return_report(world.obligation("G1").pk, reason="Sai", version=version, by=world.person("binh"), at=later(days=1)), Done
    )
    assert [who for who, *_ in told()] == ["hoa"]


def test_an_act_that_is_undone_was_never_told(world: World) -> None:
    submit(world, "G1")
    with transaction.atomic():
        accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(1))
        assert len(told()) == 2
        transaction.set_rollback(True)
    assert told() == []


def test_whoever_did_it_is_not_told(world: World) -> None:
    happening = Happening(world.obligation("G1").pk, world.units["G1"], world.units["G1"], 1)
    tell(Event.ACCEPTED, [happening], cycle="Năm 2023", actor=world.users["hoa"].pk, at=later())
    assert [who for who, *_ in told()] == ["an"]


def test_many_reports_are_told_in_one_statement(world: World, django_assert_num_queries: object) -> None:
    happenings = [Happening(world.obligation(code).pk, world.units[code], world.units[code], 1) for code in ("G1", "G4", "D1")]
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        assert tell(Event.ACCEPTED, happenings, cycle="Năm 2023", actor=0, at=later()) == 4
    assert tell(Event.ACCEPTED, happenings, cycle="Năm 2023", actor=0, at=later()) == 0, "told already"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_a_transaction(world: World) -> None:
    with pytest.raises(RuntimeError, match="in the transaction"):
        tell(Event.ACCEPTED, [], cycle="Năm 2023", actor=0, at=later())


def test_the_extension_of_a_whole_tier_is_told_once_to_everybody_it_concerns_and_stands_in_one_digest(world: World) -> None:
    """Dung also officers G2 and G3 beside D1: one notice for each report of the tier that is theirs, one digest with all of them."""
    dung = world.users["dung"]
    for code in ("G2", "G3"):
        appoint(dung, world.units[code], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    owed = [world.obligation(code) for code in ("G1", "G2", "G3")]
    binh, numbers = world.person("binh"), [each.pk for each in owed]
    for minute in (1, 2):  # a double click tells nobody twice
        extend_due(numbers, until=date(2023, 5, 9), reason="Bão", by=binh, at=later(minute), is_meant=True)
    words = "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở {} được gia hạn đến hết ngày 09/05/2023."
    assert told("extended") == sorted(
        [("an", words.format("Một"), "report", [numbers[0]]), ("hoa", words.format("Một"), "report", [numbers[0]])]
        + [("dung", words.format(name), "report", [number]) for name, number in (("Hai", numbers[1]), ("Ba", numbers[2]))]
    )
    assert not Notice.objects.filter(person__username__in=["binh", "bich", "lan", "chi", "minh", "kien"]).exists()
    morning = later(days=1)
    write_digests({dung.pk: [Line("Việc", "home")], world.users["an"].pk: [Line("Việc", "home")]}, channels=[], at=morning)
    write_digests({dung.pk: [Line("Việc", "home")]}, channels=[], at=morning)
    digest = Digest.objects.get(person=dung)
    assert sorted(notice.text for notice in news_of(digest, morning)) == sorted(words.format(name) for name in ("Hai", "Ba"))
    assert [notice.text for notice in news_of(Digest.objects.get(person=world.users["an"]), morning)] == [words.format("Một")]
    assert Digest.objects.count() == 2
    later_digest = write_digests({dung.pk: [Line("Việc", "home")]}, channels=[], at=later(days=2))
    assert later_digest == [dung.pk]
    assert news_of(Digest.objects.filter(person=dung).latest("day"), later(days=2)) == [], "what one digest told, the next does not"


def test_a_report_of_the_tier_that_has_come_already_is_not_told_of(world: World) -> None:
    appoint(world.users["dung"], world.units["G2"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    submit(world, "G1", at=later(days=1))
    numbers = [world.obligation(code).pk for code in ("G1", "G2", "G3")]
    extend_due(numbers, until=date(2023, 5, 9), reason="Bão", by=world.person("binh"), at=later(days=2), is_meant=True)
    assert [(who, args) for who, _, _, args in told("extended")] == [("dung", [numbers[1]])]
