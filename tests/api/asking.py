"""Asking the API as a program with one of the cast's tokens."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kheo.journal.actions import SYSTEM
from kheo.people.actions import MadeToken, make_token
from tests.world import World, later

BASE = "/api/v1"


def token_of(world: World, who: str, days: int = 365, at: datetime | None = None) -> str:
    """A fresh token of one of the cast, made at the opening if nothing else is said."""
    made = make_token(world.users[who], name="Thử", days=days, by=SYSTEM, at=at or later())
    assert isinstance(made, MadeToken)
    return made.secret


class Program:
    """A program with a token, and without cookies."""

    def __init__(self, token: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str) -> HttpResponse:
        answer: HttpResponse = self.client.get(BASE + path)
        return answer

    def send(self, method: str, path: str, body: Any, **headers: str) -> HttpResponse:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        answer: HttpResponse = self.client.generic(method, BASE + path, text, "application/json", headers=headers)
        return answer

    def upload(self, path: str, *files: Any, **fields: str) -> HttpResponse:
        answer: HttpResponse = self.client.post(BASE + path, {"files": list(files), **fields})
        return answer


def program(world: World, who: str, at: datetime | None = None) -> Program:
    """One of the cast's programs, with a token made at `at`."""
    return Program(token_of(world, who, at=at))
