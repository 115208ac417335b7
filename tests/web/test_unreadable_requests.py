"""What cannot be read as a request gets an answer in Vietnamese with every header of safety, never a breakdown."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.web.visits import enter, text_of
from tests.world import World, fill, small_world

FORM = "application/x-www-form-urlencoded"
HEADERS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Permissions-Policy", "Referrer-Policy", "Cache-Control")


@pytest.fixture
def world(db: None) -> World:
    made = small_world()
    fill(made, "G1", {"B02": 5}, by=made.person("an"))
    return made


def sent(world: World, body: bytes, kind: str, name: str = "report") -> HttpResponse:
    """From An's open page, before the real guard against forged requests: it is the first to read a form."""
    client = enter(world, "an")
    client.handler.enforce_csrf_checks = True
    client.raise_request_exception = False
    client.get(reverse("report", args=[world.obligation("G1").pk]))
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    address = reverse(name, args=[world.obligation("G1").pk])
    answer: HttpResponse = client.post(address, data=body, content_type=kind, headers={"X-CSRFToken": token})
    return answer


@pytest.mark.parametrize("kind", [f"{FORM}; charset=utf-7", f"{FORM}; charset=utf-16", "multipart/form-data"])
@pytest.mark.parametrize("name", ["report", "save_report", "submit_report"])
def test_a_form_in_no_known_code_is_refused(world: World, kind: str, name: str) -> None:
    answer = sent(world, b"B02=7", kind, name)
    assert answer.status_code == 400
    assert "chưa lưu gì" in text_of(answer.content)


def test_a_form_that_is_too_large_says_so(world: World) -> None:
    answer = sent(world, b"a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), FORM)
    assert answer.status_code == 413
    assert "quá lớn" in text_of(answer.content)


def test_a_form_with_too_many_fields_says_so(world: World) -> None:
    answer = sent(world, b"&".join(b"k%d=1" % number for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)), FORM)
    assert answer.status_code == 413
    assert "quá lớn" in text_of(answer.content)


def test_a_form_sent_where_the_script_sends_its_own_kind_is_refused(world: World) -> None:
    address = reverse("save_report", args=[world.obligation("G1").pk])
    answer = enter(world, "an").post(address, {"cells": "1"})
    assert answer.status_code == 400
    assert "không đọc được" in answer.json()["message"]


@pytest.mark.parametrize("kind", [f"{FORM}; charset=utf-7", "multipart/form-data"])
def test_the_draft_stays_as_it_was(world: World, kind: str) -> None:
    before = world.report("G1")
    sent(world, b"B02=7", kind)
    after = world.report("G1")
    assert (after.figures, after.version) == (before.figures, before.version)


def test_an_unknown_host_is_refused_in_vietnamese(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": "la.example"})
    assert answer.status_code == 400
    assert "không đọc được" in text_of(answer.content)


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [("/", "la.example", 400), ("/khong-co", "localhost", 404), ("/", "localhost", 302), ("/static/kheo/favicon.svg", "localhost", 200)],
)
def test_every_answer_carries_the_headers_of_safety(db: None, address: str, host: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"host": host})
    answer.close()
    assert answer.status_code == status
    assert [name for name in HEADERS if name not in answer.headers] == []
