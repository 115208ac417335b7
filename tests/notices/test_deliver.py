"""Every message is sent once: whatever is retried, whoever else is sending, wherever the clock goes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from kheo.core.days import ZONE, due_instant
from kheo.core.reminders import Line
from kheo.notices.actions import deliver, delivering, write_digests
from kheo.notices.channels import Channel, EmailChannel, MailServer, Message, Outcome
from kheo.notices.models import Check, Delivery, Digest, Notice, Preferences, Round
from kheo.people.models import User
from kheo.reports.actions.reminding import Reminded, remind
from kheo.reports.queries.reminding import Almanac
from tests.core.calendars import vn
from tests.notices.mail_server import mail_server
from tests.world import small_world

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2023, 11, 13, 1, tzinfo=UTC)
SITE = "https://kheo.example.vn"


class Recorder:
    """A channel of the test: keeps what it is given, answers as told."""

    def __init__(self, *outcomes: Outcome, before: Callable[[], None] = lambda: None) -> None:
        self.outcomes, self.messages, self.before, self.closed = list(outcomes), [], before, 0
        self.messages: list[Message] = []

    def send(self, message: Message) -> Outcome:
        self.before()
        self.messages.append(message)
        return self.outcomes.pop(0) if self.outcomes else Outcome("sent")

    def close(self) -> None:
        self.closed += 1


def somebody(name: str, **chosen: object) -> User:
    user = User.objects.create(username=name, full_name=f"Nguyễn {name}")
    confirmed = {"email": f"{name}@example.vn", "email_verified_at": NOW, "by_email": True, "updated_at": NOW}
    Preferences.objects.create(person=user, **{**confirmed, **chosen})
    return user


def digest_for(*users: User, at: datetime = NOW) -> None:
    lines = [Line("Báo cáo năm 2023 của CĐCS Một: chưa bắt đầu.", "report", (12,)), Line("Việc <khác>", "home")]
    write_digests({user.pk: lines for user in users}, channels=["email", "zalo"], at=at)


def send(channel: Channel, at: datetime = NOW) -> dict[str, int]:
    return deliver({"email": channel}, site=SITE, now=lambda: at).counts


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "tries", "reason"))


def test_a_digest_is_sent_with_its_lines_and_full_links() -> None:
    an = somebody("an")
    Notice.objects.create(
        person=an, kind="accepted", key="k", text="Báo cáo 6T đã được chấp nhận.", page="report", args=[5], told_at=NOW - timedelta(days=1)
    )
    digest_for(an)
    recorder = Recorder()
    assert send(recorder) == {"sent": 1}
    (message,) = recorder.messages
    assert message.to == "an@example.vn"
    assert message.letter.subject == "Khéo: 2 việc cần làm, ngày 13/11/2023"
    assert message.letter.text == (
        "Chào anh/chị Nguyễn an,\n\nViệc cần làm:\n- Báo cáo năm 2023 của CĐCS Một: chưa bắt đầu.\n  https://kheo.example.vn/bao-cao/12/\n"
        "- Việc <khác>\n  https://kheo.example.vn/\n\nTin mới:\n- Báo cáo 6T đã được chấp nhận.\n  https://kheo.example.vn/bao-cao/5/\n\n"
        "Mở Khéo: https://kheo.example.vn/\n\n"
        "Anh/chị nhận thư này vì đã chọn nhận nhắc việc qua thư. Đổi hoặc tắt: https://kheo.example.vn/thong-bao/cach-nhan/\n"
    )
    assert "Việc &lt;khác&gt;" in message.letter.html
    assert "<khác>" not in message.letter.html
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, recorder.closed) == ("sent", NOW, 1)


def test_it_arrives_over_smtp() -> None:
    with mail_server() as server:
        digest_for(somebody("an"), somebody("hoa"))
        assert send(EmailChannel(MailServer("127.0.0.1", server.port, "none"), sender="Khéo <kheo@co-quan.vn>")) == {"sent": 2}
        assert [to for to, _ in server.letters] == ["an@example.vn", "hoa@example.vn"]


def test_a_second_run_sends_nothing() -> None:
    digest_for(somebody("an"))
    send(Recorder())
    again = Recorder()
    assert (send(again), again.messages) == ({}, [])


def test_what_surely_did_not_leave_is_tried_again_with_growing_pauses_and_then_given_up() -> None:
    digest_for(somebody("an"))
    Delivery.objects.update(expires_at=NOW + timedelta(days=3))
    busy = Recorder(*[Outcome("later", "máy chủ thư bận")] * 9)
    at, waited = NOW, []
    while Delivery.objects.get().state == "queued":
        send(busy, at)
        after = Delivery.objects.get().next_try_at
        waited.append(round((after - at).total_seconds() / 60))
        at = after
    assert waited == [1, 5, 15, 60, 180, 180]
    assert states() == [("failed", 6, "máy chủ thư bận")]


def test_a_channel_s_own_wish_for_a_pause_is_kept() -> None:
    digest_for(somebody("an"))
    send(Recorder(Outcome("later", "bận", timedelta(minutes=40))))
    assert Delivery.objects.get().next_try_at == NOW + timedelta(minutes=40)


def test_a_channel_that_is_away_is_not_tried_for_everybody() -> None:
    digest_for(*(somebody(f"u{number}") for number in range(4)))
    away = Recorder(Outcome("later", "không nối được", is_down=True))
    assert (send(away), len(away.messages)) == ({"later": 1}, 1)
    assert send(Recorder(), NOW + timedelta(minutes=1)) == {"sent": 4}


def test_a_digest_whose_day_is_over_is_not_sent() -> None:
    digest_for(somebody("an"))
    recorder = Recorder()
    send(recorder, NOW + timedelta(days=1))
    assert (recorder.messages, states()) == ([], [("expired", 0, "")])


def test_what_nobody_knows_is_not_sent_again() -> None:
    digest_for(somebody("an"))
    send(Recorder(Outcome("unclear", "mất kết nối")))
    again = Recorder()
    send(again, NOW + timedelta(hours=1))
    assert (again.messages, states()) == ([], [("unclear", 1, "mất kết nối")])


def test_a_server_that_died_while_sending_leaves_it_open_not_twice() -> None:
    digest_for(somebody("an"))
    Delivery.objects.update(state="sending", tries=1, claimed_at=NOW)
    again = Recorder()
    send(again, NOW + timedelta(minutes=9))
    assert states() == [("sending", 1, "")]
    send(again, NOW + timedelta(minutes=11))
    assert (again.messages, states()) == ([], [("unclear", 1, "máy chủ dừng khi đang gửi")])


def test_a_clock_stepped_forward_while_sending_does_not_send_twice_and_the_truth_is_kept() -> None:
    digest_for(somebody("an"))
    other = Recorder()
    slow = Recorder(before=lambda: [send(other, NOW + timedelta(hours=3)), None][1])
    assert send(slow) == {"sent": 1}
    assert (other.messages, states()) == ([], [("sent", 1, "máy chủ dừng khi đang gửi")]) or states() == [("sent", 1, "")]


def test_a_clock_stepped_back_waits_and_sends_once() -> None:
    digest_for(somebody("an"))
    recorder = Recorder()
    assert send(recorder, NOW - timedelta(hours=2)) == {}
    assert send(recorder, NOW) == {"sent": 1}
    assert send(recorder, NOW - timedelta(hours=2)) == {}


@pytest.mark.parametrize("change", [{"by_email": False}, {"by_email": False, "email": "", "email_verified_at": None}])
def test_an_address_taken_back_meanwhile_gets_nothing(change: dict[str, object]) -> None:
    digest_for(somebody("an"))
    Preferences.objects.update(**change)
    recorder = Recorder()
    assert send(recorder) == {"failed": 1}
    assert (recorder.messages, states()) == ([], [("failed", 1, "kênh này đã tắt hoặc địa chỉ đã xoá")])


def test_a_closed_account_gets_nothing_more() -> None:
    """Its digest was written while it was open."""
    digest_for(somebody("an"))
    User.objects.update(is_active=False)
    recorder = Recorder()
    assert (send(recorder), recorder.messages) == ({"failed": 1}, [])


def test_a_code_goes_to_the_address_that_asks_to_be_confirmed() -> None:
    an = somebody("an")
    Check.objects.create(person=an, channel="email", address="moi@example.vn", asked_at=NOW)
    Delivery.objects.create(
        person=an, channel="email", kind="code", next_try_at=NOW, created_at=NOW, expires_at=NOW + timedelta(minutes=30)
    )
    recorder = Recorder()
    send(recorder)
    assert recorder.messages[0].to == "moi@example.vn"
    assert f"{SITE}/thong-bao/cach-nhan/" in recorder.messages[0].letter.text


def test_a_channel_that_breaks_down_keeps_nobody_else_s_message_back(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Recorder):
        def send(self, message: Message) -> Outcome:
            if message.to == "an@example.vn":
                raise ArithmeticError(message.to)
            return super().send(message)

    digest_for(somebody("an"), somebody("hoa"))
    assert send(Broken()) == {"unclear": 1, "sent": 1}
    assert states() == [("unclear", 1, "kênh gửi gặp lỗi"), ("sent", 1, "")]
    assert "an@example.vn" not in caplog.text
    assert "ArithmeticError" in caplog.text


def test_a_digest_that_cannot_be_looked_through_waits_and_keeps_nobody_else_s_back(caplog: pytest.LogCaptureFixture) -> None:
    an, hoa = somebody("an"), somebody("hoa")
    digest_for(an, hoa)
    recorder = Recorder()

    def still_due(person: int, lines: Sequence[Line], _at: datetime) -> Sequence[Line]:
        if person == an.pk:
            raise KeyError("an@example.vn")
        return lines

    assert deliver({"email": recorder}, site=SITE, now=lambda: NOW, still_due=still_due).counts == {"later": 1, "sent": 1}
    assert [message.to for message in recorder.messages] == ["hoa@example.vn"]
    assert "KeyError" in caplog.text
    assert "example.vn" not in caplog.text
    assert send(recorder, NOW + timedelta(minutes=2)) == {"sent": 1}


def test_it_stops_between_messages_when_asked() -> None:
    digest_for(*(somebody(f"u{number}") for number in range(4)))
    recorder = Recorder()
    counts = deliver({"email": recorder}, site=SITE, now=lambda: NOW, should_stop=lambda: len(recorder.messages) == 2).counts
    assert (counts, recorder.closed) == ({"sent": 2}, 1)
    assert Delivery.objects.filter(state="queued").count() == 2


def at_once(act: Callable[[], object], number: int = 4) -> None:
    """The same act in threads that start together, on connections of their own."""
    barrier, faults = Barrier(number), list[Exception]()

    def run() -> None:
        try:
            barrier.wait(timeout=20)
            act()
        except Exception as fault:  # told to the main thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []


def test_four_senders_at_once_send_every_message_once() -> None:
    digest_for(*(somebody(f"u{number}") for number in range(25)))
    recorder = Recorder()
    at_once(lambda: deliver({"email": recorder}, site=SITE, now=lambda: NOW))
    assert len(recorder.messages) == 25
    assert len({message.reference for message in recorder.messages}) == 25
    assert {state for state, *_ in states()} == {"sent"}


def test_without_the_lock_two_senders_send_the_same_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: claim without locking, and let both read before either writes."""
    both_have_read = Barrier(2)

    def unlocked(channels: set[str], at: datetime) -> Delivery | None:
        found = Delivery.objects.filter(state="queued").first()
        if found is None:
            return None
        both_have_read.wait(timeout=20)
        Delivery.objects.filter(pk=found.pk).update(state="sending")
        return found

    digest_for(somebody("an"))
    monkeypatch.setattr(delivering, "_claim", unlocked)
    recorder = Recorder()
    at_once(lambda: deliver({"email": recorder}, site=SITE, now=lambda: NOW), number=2)
    assert len(recorder.messages) == 2


def test_four_writers_at_once_write_one_digest() -> None:
    an = somebody("an")
    at_once(lambda: digest_for(an))
    assert (Digest.objects.count(), Delivery.objects.count(), Notice.objects.count()) == (1, 1, 1)


@pytest.fixture
def no_unique_digest() -> Iterator[None]:
    """The table without its key."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_digest DROP CONSTRAINT one_digest_a_day")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notices_digest CASCADE")
        cursor.execute("ALTER TABLE notices_digest ADD CONSTRAINT one_digest_a_day UNIQUE (person_id, day)")


def test_without_the_key_somebody_is_reminded_twice(no_unique_digest: None) -> None:
    """Negative control: it is the key, not luck."""
    an = somebody("an")
    for _ in range(2):
        digest_for(an)
    assert Digest.objects.filter(person=an, day=date(2023, 11, 13)).count() == 2


def test_two_workers_at_once_write_the_day_s_round_once() -> None:
    world = small_world()
    now = datetime(2023, 5, 10, 8, tzinfo=ZONE)
    world.cycle.obligations.update(due_at=due_instant(now.date()))
    done: list[Reminded] = []
    at_once(lambda: done.append(remind(Almanac(lambda _name: vn(), vn()), channels=[], at=now)), number=3)
    assert sum(each.digests for each in done) == Digest.objects.count() == Notice.objects.filter(kind="digest").count() > 3
    assert (Round.objects.count(), sum(each.digests > 0 for each in done)) == (1, 1)
