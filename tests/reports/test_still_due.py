"""A digest is looked through once more just before it leaves: nobody is told by mail to do what is done."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from kheo.core.days import ZONE, due_instant, local_day
from kheo.core.reminders import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.notices.actions import Event, Happening, deliver, tell, write_digests
from kheo.notices.channels import Message, Outcome
from kheo.notices.models import Delivery, Digest, Notice, Preferences
from kheo.notices.queries.reading import news_of
from kheo.org.actions import appoint
from kheo.org.models import Post
from kheo.reports.actions import Done, Extended, accept_report, extend_due
from kheo.reports.actions.reminding import remind
from kheo.reports.models import Obligation
from kheo.reports.queries.reminding import Almanac, errands_of
from kheo.reports.queries.still_due import still_due
from tests.core.calendars import vn
from tests.world import FIRST_DAY, GOOD, OPENING, World, fill, reviewer_of, small_world, submit

pytestmark = pytest.mark.django_db
ALMANAC = Almanac(lambda _name: vn(), vn())
MORNING = datetime(2023, 5, 10, 7, tzinfo=ZONE)
NOON = datetime(2023, 5, 10, 12, tzinfo=ZONE)
SITE = "https://kheo.example.vn"


class Recorder:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, message: Message) -> Outcome:
        self.messages.append(message)
        return Outcome("sent")

    def close(self) -> None:
        """Nothing was opened."""


@pytest.fixture
def world() -> World:
    """Everything is due today; An, Hoa and Binh want mail, and the digests of the day are written."""
    made = small_world()
    made.cycle.obligations.update(due_at=due_instant(local_day(MORNING)))
    for who in ("an", "hoa", "binh"):
        confirmed = {"email": f"{who}@example.vn", "email_verified_at": MORNING}
        Preferences.objects.create(person=made.users[who], by_email=True, updated_at=MORNING, **confirmed)
    return made


def wrote(world: World) -> None:
    remind(ALMANAC, channels=["email"], at=MORNING)
    assert Delivery.objects.filter(state="queued", person=world.users["an"]).count() == 1


def sent(at: datetime = NOON) -> dict[str, str]:
    """What left, by address."""
    recorder = Recorder()
    check = lambda person, lines, when: still_due(person, lines, ALMANAC, when)  # noqa: E731
    deliver({"email": recorder}, site=SITE, now=lambda: at, still_due=check)
    return {message.to: message.letter.text for message in recorder.messages}


def state(world: World, who: str) -> tuple[str, str]:
    row = Delivery.objects.get(person=world.users[who])
    return row.state, row.reason


def news(world: World, text: str, read_at: datetime | None = None) -> None:
    """Something that An's digest tells besides."""
    an = world.users["an"]
    digest = Digest.objects.get(person=an)
    Notice.objects.create(person=an, kind="accepted", key=text, text=text, page="home", told_at=MORNING, read_at=read_at, digest=digest)


def test_what_still_stands_leaves_as_it_is(world: World) -> None:
    wrote(world)
    assert "Công đoàn cơ sở Một: chưa bắt đầu" in sent()["an@example.vn"]
    assert state(world, "an") == ("sent", "")


def test_a_report_sent_meanwhile_is_in_nobody_s_mail(world: World) -> None:
    wrote(world)
    submit(world, "G1", at=NOON)
    assert set(sent()) & {"an@example.vn", "hoa@example.vn"} == set()
    assert state(world, "an") == ("dropped", "mọi việc đã xong trước khi gửi")
    assert Delivery.objects.get(person=world.users["an"]).sent_at is None
    assert Digest.objects.filter(person=world.users["an"]).count() == 1, "what was told on the page stays there"


def test_without_the_recheck_it_would_have_left(world: World) -> None:
    """Negative control."""
    wrote(world)
    submit(world, "G1", at=NOON)
    recorder = Recorder()
    deliver({"email": recorder}, site=SITE, now=lambda: NOON)
    assert "an@example.vn" in {message.to for message in recorder.messages}


def test_the_words_are_those_of_now_and_what_the_officer_has_finished_is_the_head_s(world: World) -> None:
    wrote(world)
    fill(world, "G1", GOOD, by=world.person("an"))
    found = sent()
    assert "đã đủ số liệu, chờ anh/chị ký nộp" in found["hoa@example.vn"]
    assert "an@example.vn" not in found


def test_only_what_is_done_is_left_out_and_the_row_says_how_much(world: World) -> None:
    an = world.users["an"]
    Post.objects.create(unit_id=world.units["G2"], user=an, role="officer", starts=date(2023, 1, 1))
    wrote(world)
    submit(world, "G2", at=NOON)
    text = sent()["an@example.vn"]
    assert "Công đoàn cơ sở Một" in text
    assert "Công đoàn cơ sở Hai" not in text
    assert state(world, "an") == ("sent", "đã bỏ 1 việc không còn phải làm")


def test_more_time_given_meanwhile_ends_the_reminding(world: World) -> None:
    wrote(world)
    done = extend_due(
        [world.obligation("G1").pk], until=date(2023, 5, 29), reason="Mưa bão", by=world.person("binh"), at=NOON, is_meant=True
    )
    assert isinstance(done, Extended), done
    text = sent().get("an@example.vn", "")
    assert "chưa bắt đầu" not in text


@pytest.mark.parametrize("lost", [lambda rows: rows.update(ends=local_day(MORNING)), lambda rows: rows.delete()])
def test_whoever_lost_the_post_is_told_nothing(world: World, lost: Callable[..., object]) -> None:
    wrote(world)
    news(world, "Tin cũ")
    lost(Post.objects.filter(user=world.users["an"]))
    assert "an@example.vn" not in sent()
    assert state(world, "an") == ("dropped", "người nhận không còn giữ nhiệm vụ nào")


def test_news_that_was_read_is_no_news_and_news_alone_is_sent(world: World) -> None:
    wrote(world)
    news(world, "Tin a", read_at=NOON)
    news(world, "Tin b")
    submit(world, "G1", at=NOON)
    text = sent()["an@example.vn"]
    assert "Tin b" in text
    assert "Tin a" not in text


def test_a_reviewer_s_lines_go_when_everything_has_been_looked_at(world: World) -> None:
    submit(world, "G1", at=datetime(2023, 5, 9, 9, tzinfo=ZONE))
    line = Line("chờ duyệt", "board", (world.cycle.pk, world.units["D1"]))
    binh = world.users["binh"].pk
    kept = still_due(binh, [line], ALMANAC, NOON)
    assert kept is not None
    assert "1 báo cáo chờ" in "".join(each.text for each in kept)
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=NOON)
    assert "1 báo cáo chờ" not in "".join(each.text for each in still_due(binh, [line], ALMANAC, NOON) or ())


def test_asked_about_one_person_it_says_what_it_says_in_the_round_for_everybody(world: World) -> None:
    """Whatever the digests of a morning say, asked for each person by itself the errands are the same."""
    submit(world, "G2", at=datetime(2023, 5, 9, 9, tzinfo=ZONE))
    fill(world, "G1", GOOD, by=world.person("an"))
    remind(ALMANAC, channels=[], at=MORNING)
    digests = list(Digest.objects.select_related("person"))
    assert len(digests) > 3
    for digest in digests:
        lines = [Line(each["text"], each["page"], tuple(each["args"])) for each in digest.lines]
        assert still_due(digest.person_id, lines, ALMANAC, MORNING) == lines, digest.person
    assert errands_of(0, ALMANAC, datetime(2023, 5, 10, tzinfo=UTC)) is None


def test_what_was_handed_to_a_successor_stays_in_the_digest_of_its_people(world: World) -> None:
    """Their own unit owes nothing here any more: what they answer instead is asked about as theirs."""
    Obligation.objects.filter(unit=world.units["G2"]).update(closed_at=MORNING)
    Obligation.objects.filter(unit=world.units["G1"]).update(filler=world.units["G2"])
    Post.objects.filter(user=world.users["an"]).update(unit=world.units["G2"])
    Obligation.objects.exclude(unit=world.units["G1"]).update(due_at=due_instant(date(2023, 6, 1)))
    wrote(world)
    assert "Công đoàn cơ sở Một: chưa bắt đầu" in sent()["an@example.vn"]


def test_news_of_a_unit_where_the_post_is_lost_is_left_out_and_of_the_others_told(world: World) -> None:
    """Hoa heads G1 and G2; both are accepted yesterday, and before the mail leaves she is no longer at G1."""
    hoa = world.users["hoa"]
    appoint(hoa, world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    for code in ("G1", "G2", "G3"):
        submit(world, code, at=MORNING - timedelta(days=1))
    for code in ("G1", "G2"):
        version = world.report(code).version
        done = accept_report(world.obligation(code).pk, version=version, by=reviewer_of(world, code), at=MORNING - timedelta(hours=20))
        assert isinstance(done, Done), done
    write_digests({hoa.pk: [Line("Việc của hôm nay", "home")]}, channels=["email"], at=MORNING)
    Post.objects.filter(user=hoa, unit=world.units["G1"]).update(ends=local_day(MORNING))
    recorder = Recorder()
    deliver({"email": recorder}, site=SITE, now=lambda: NOON)
    (text,) = [message.letter.text for message in recorder.messages if message.to == "hoa@example.vn"]
    assert "Công đoàn cơ sở Hai đã được chấp nhận" in text
    assert "Công đoàn cơ sở Một" not in text


def test_news_heard_by_two_posts_is_told_while_one_of_them_is_held(world: World) -> None:
    an = world.users["an"]
    appoint(an, world.units["G2"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    owed = world.obligation("G1")
    with transaction.atomic():
        listeners = [Happening(owed.pk, owed.unit_id, world.units[code], 1) for code in ("G1", "G2")]
        assert tell(Event.ACCEPTED, listeners, cycle="6 tháng", actor=0, at=MORNING - timedelta(hours=1)) == 2, "An once, Hoa once"
    heard = Notice.objects.get(person=an)
    assert heard.heard_at == sorted(world.units[code] for code in ("G1", "G2"))
    write_digests({an.pk: [Line("Việc", "home")]}, channels=["email"], at=MORNING)
    digest = Digest.objects.get(person=an)
    Post.objects.filter(user=an, unit=world.units["G1"]).update(ends=local_day(MORNING))
    assert news_of(digest, NOON) == [heard]
    Post.objects.filter(user=an).update(ends=local_day(MORNING))
    assert news_of(digest, NOON) == []
    assert news_of(digest, MORNING - timedelta(days=1)) == [heard], "the day before, both posts were held"
