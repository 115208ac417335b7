"""The worker: jobs ordered in a transaction are done in the background, once, and nothing is left behind."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kheo.config.jobs import worker
from kheo.config.jobs.reminding import REMIND, TAKE_EFFECT
from kheo.config.jobs.worker import working
from kheo.core.days import ZONE, due_instant
from kheo.notices.models import Delivery, Digest, Preferences
from tests.web.visits import day
from tests.world import small_world

pytestmark = pytest.mark.django_db(transaction=True)
BEATS = "'take_effect', 'remind', 'compare', 'keep_milestones', 'look_at_pages', 'purge'"
JOBS = f"SELECT task_name, status::text, attempts FROM procrastinate_jobs WHERE task_name NOT IN ({BEATS}) ORDER BY id"

ORDERED = "SELECT last_value FROM procrastinate_jobs_id_seq"


def rows(query: str = JOBS) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """procrastinate's tables are not among those that Django empties after a test."""
    yield
    rows("DELETE FROM procrastinate_jobs RETURNING 1")
    rows("DELETE FROM procrastinate_workers RETURNING 1")


@pytest.fixture
def signal() -> Iterator[Callable[[], threading.Event]]:
    """Orders a job of the test's own, and hands out what it sets when it is done."""
    done = threading.Event()

    @app.task(name="test_signal")
    def set_it() -> None:
        done.set()

    def order() -> threading.Event:
        app.configure_task("test_signal").defer()
        return done

    yield order
    del app.tasks["test_signal"]


def test_a_job_is_done_and_leaves_no_row(signal: Callable[[], threading.Event]) -> None:
    with working():
        assert signal().wait(timeout=30)
    assert rows() == []


def test_a_job_ordered_before_the_worker_came_is_done_too(signal: Callable[[], threading.Event]) -> None:
    done = signal()
    assert rows() == [("test_signal", "todo", 0)]
    with working():
        assert done.wait(timeout=30)


def test_the_job_of_an_act_that_was_undone_is_not_there(signal: Callable[[], threading.Event]) -> None:
    with transaction.atomic():
        signal()
        assert rows() == [("test_signal", "todo", 0)]
        transaction.set_rollback(True)
    assert rows() == []


def test_the_worker_leaves_no_thread_and_no_entry_behind(signal: Callable[[], threading.Event]) -> None:
    with working():
        assert signal().wait(timeout=30)
        assert "kheo-worker" in {thread.name for thread in threading.enumerate()}
        assert len(rows("SELECT id FROM procrastinate_workers")) == 1
    assert "kheo-worker" not in {thread.name for thread in threading.enumerate()}
    assert rows("SELECT id FROM procrastinate_workers") == []


def test_a_job_in_the_hands_of_a_dead_worker_is_taken_up_by_the_next(signal: Callable[[], threading.Event]) -> None:
    done = signal()
    rows("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id")
    rows("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers) RETURNING id")
    with working():
        assert done.wait(timeout=30)
    assert rows() == []


def test_a_job_in_living_hands_is_left_there(signal: Callable[[], threading.Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: only the missing sign of life makes the difference."""
    done = signal()
    rows("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
    rows("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers) RETURNING id")
    beaten = threading.Event()
    monkeypatch.setattr(worker, "BEAT", 0.05)
    monkeypatch.setattr(app.tasks[REMIND], "func", lambda _context: beaten.set())
    with working():
        assert beaten.wait(timeout=30)
    assert not done.is_set()


def test_reminders_go_out_also_when_what_takes_effect_today_cannot_be_told(
    signal: Callable[[], threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    beaten, failed = threading.Event(), threading.Event()

    def fail(**_at: object) -> int:
        failed.set()
        raise ArithmeticError("on purpose")

    monkeypatch.setattr("kheo.reports.actions.taking_effect.tell_taken_effect", fail)
    monkeypatch.setattr("kheo.reports.actions.reminding.remind", lambda *_almanac, **_how: beaten.set())
    app.configure_task(TAKE_EFFECT, queueing_lock=TAKE_EFFECT).defer()
    app.configure_task(REMIND, queueing_lock=REMIND).defer()
    with working():
        assert failed.wait(timeout=30)
        assert beaten.wait(timeout=30)


def test_the_beat_is_ordered_once_however_many_workers_beat() -> None:
    app.configure_task(REMIND, queueing_lock=REMIND).defer()
    with pytest.raises(AlreadyEnqueued):
        app.configure_task(REMIND, queueing_lock=REMIND).defer()
    assert rows("SELECT task_name, status::text FROM procrastinate_jobs") == [(REMIND, "todo")]


def test_a_job_that_breaks_down_does_not_stop_the_next(signal: Callable[[], threading.Event]) -> None:
    @app.task(name="test_broken")
    def break_down() -> None:
        raise ArithmeticError("on purpose")

    try:
        app.configure_task("test_broken").defer()
        with working():
            assert signal().wait(timeout=30)
    finally:
        del app.tasks["test_broken"]
    assert rows() == [("test_broken", "failed", 1)]


def test_the_beat_writes_the_digest_and_sends_it_in_the_background() -> None:
    """The whole way: a report is due, the worker beats, a letter lies in the folder; no second one however often it beats."""
    world = small_world()
    now = datetime(2023, 5, 10, 8, tzinfo=ZONE)
    world.cycle.obligations.update(due_at=due_instant(now.date()))
    chi = world.users["chi"]
    Preferences.objects.create(person=chi, by_email=True, email="chi@example.vn", email_verified_at=now, updated_at=now)
    folder = Path(settings.MAIL_DIR)
    shutil.rmtree(folder, ignore_errors=True)
    with day(now), pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "BEAT", 0.05)
        with working():
            assert waited_for(lambda: Delivery.objects.filter(state="sent").exists())
            (before,) = rows(ORDERED)[0]
            assert waited_for(lambda: int(str(rows(ORDERED)[0][0])) > int(str(before)) + 4), "it beats on"
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.iterdir()]
    told = [(letter["To"], letter["Subject"].strip()) for letter in letters]
    assert told == [("chi@example.vn", "Khéo: 1 việc cần làm, ngày 10/05/2023")]
    assert Digest.objects.filter(person=chi).count() == 1


def waited_for(holds: Callable[[], bool], seconds: float = 40) -> bool:
    """Whether something comes to hold, looked at again and again."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
    return holds()
