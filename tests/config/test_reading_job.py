"""Workbooks that were sent many at once are read on by the worker, turn by turn, each file once."""

import json

import pytest
from django.db import connection

from kheo.config.jobs import reading
from kheo.config.jobs.reading import read_workbooks
from kheo.journal.models import JournalEntry
from kheo.reports.actions import receiving
from kheo.reports.actions.receiving import Incoming, receive_workbooks
from kheo.reports.models import WorkbookBatch
from tests.reports.workbooks import filled, hand_in
from tests.world import World, later, small_world

ORDERED = "SELECT args FROM procrastinate_jobs WHERE task_name = 'read_workbooks' ORDER BY id"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def ordered() -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(ORDERED)
        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def test_a_turn_reads_some_and_orders_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TURN", 2)
    files = hand_in(world, "binh", filled(world, "G1"), filled(world, "G2"), filled(world, "G3"), read=False)
    batch = files[0].batch_id
    read_workbooks(batch=batch)
    assert (ordered(), JournalEntry.objects.filter(act="enter_draft").count()) == ([{"batch": batch}], 2)
    read_workbooks(batch=batch)
    read_workbooks(batch=batch)
    assert (ordered(), JournalEntry.objects.filter(act="enter_draft").count()) == ([{"batch": batch}], 3)
    assert WorkbookBatch.objects.get().finished_at


def test_what_is_not_there_is_nothing_to_do(world: World) -> None:
    read_workbooks(batch=987_654_321)
    assert ordered() == []


def test_an_account_closed_meanwhile_hands_in_nothing(world: World) -> None:
    files = hand_in(world, "an", filled(world, "G1"), read=False)
    type(world.users["an"]).objects.filter(pk=world.users["an"].pk).update(is_active=False)
    read_workbooks(batch=files[0].batch_id)
    files[0].refresh_from_db()
    assert (files[0].outcome, JournalEntry.objects.filter(act="save_draft").exists()) == ("refused", False)


@pytest.mark.parametrize(("count", "jobs"), [(2, 0), (3, 1)])
def test_more_files_than_one_request_reads_are_ordered_from_the_worker(
    world: World, monkeypatch: pytest.MonkeyPatch, count: int, jobs: int
) -> None:
    monkeypatch.setattr(receiving, "MOST", 2)
    incoming = [Incoming(f"{number}.xlsx", b"x") for number in range(count)]
    assert receive_workbooks(incoming, channel=WorkbookBatch.PAGE, by=world.person("an"), at=later())
    assert len(ordered()) == jobs
