"""Asking the page Chấp hành on a day after everything was due."""

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse

from kheo.core.days import due_instant
from kheo.org.models import SnapshotUnit
from tests.web.visits import day, enter
from tests.world import World

DUE = due_instant(date(2023, 5, 8))
NOW = DUE + timedelta(days=9)


def address(world: World, code: str = "LDLD", **query: str) -> str:
    tail = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('discipline', args=[world.cycle.pk, world.units[code]])}?{tail}"


def get(world: World, code: str = "LDLD", who: str = "lan", at: datetime = NOW, **query: str) -> HttpResponse:
    with day(at):
        answer: HttpResponse = enter(world, who).get(address(world, code, **query))
    assert answer.status_code == 200
    return answer


def row(world: World, code: str) -> SnapshotUnit:
    return SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, code=code)
