"""Not yours and not there look alike, in registers too: every address × everybody, by the policy of the pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kheo.registers.models import Deed, Entry
from tests.api.asking import BASE, Program, token_of
from tests.registers.test_attachments import photo
from tests.web.registers.whose import GET, OF_REGISTERS, POST, register_address
from tests.web.test_access_matrix import ABSENT, EVERYBODY
from tests.world import World

READERS = OF_REGISTERS["entries", GET]["G1"]
WRITERS, OWN = OF_REGISTERS["new_entry", POST]["G1"], OF_REGISTERS["edit_entry", POST]["G1"]
SEEN = "2023-04-01T00:00:00Z"
KEY = {"idempotency-key": "mot-lan-1"}


def numbers(world: World, page: str) -> list[str]:
    """Of the objects that the page's address names, made once for each world."""
    return [part for part in register_address(world, page, "G1", ABSENT).split("/") if part.isdigit()]


def of_entry(world: World) -> str:
    return f"/entries/{numbers(world, 'entry')[0]}"


def of_file(world: World) -> str:
    return f"/attachments/{numbers(world, 'entry_file')[1]}"


def of_book(world: World) -> str:
    numbers(world, "entry")
    return "/registers/so-nho"


def of_line(world: World) -> str:
    numbers_ = numbers(world, "take_line_back")
    return f"/entries/{numbers_[0]}/lines/{numbers_[1]}"


def of_link(world: World) -> str:
    numbers_ = numbers(world, "verify_link")
    return f"/entries/{numbers_[0]}/links/{numbers_[1]}"


# By the name of the address: how it is asked, what it is about, what is not there, who reaches it, what is sent.
Row = tuple[str, Callable[[World], str], str, str, set[str], Any]
POLICY: dict[str, Row] = {
    "register": ("GET", of_book, "/registers/khong-co", "", READERS, None),
    "entries": ("GET", of_book, "/registers/khong-co", "/entries", READERS, None),
    "one": ("GET", of_entry, f"/entries/{ABSENT}", "", OF_REGISTERS["entry", GET]["G1"], None),
    "attachment": ("GET", of_file, f"/attachments/{ABSENT}", "", OF_REGISTERS["entry_file", GET]["G1"], None),
    "create": ("POST", of_book, "/registers/khong-co", "/entries", WRITERS, {"unit": 0}),
    "edit": ("PATCH", of_entry, f"/entries/{ABSENT}", "", OWN, {"version": 1, "values": {}}),
    "act": ("POST", of_entry, f"/entries/{ABSENT}", "/acts/hoi_lai", OF_REGISTERS["act_on_entry", POST]["G1"], {"version": 0}),
    "add_line": ("POST", of_entry, f"/entries/{ABSENT}", "/lines", OWN, {"line": "chi"}),
    "change_line": ("PUT", of_line, f"/entries/{ABSENT}/lines/1", "", OWN, {"line": "chi", "seen": SEEN}),
    "drop_line": ("DELETE", of_line, f"/entries/{ABSENT}/lines/1", f"?seen={SEEN}", OWN, None),
    "add_link": ("POST", of_entry, f"/entries/{ABSENT}", "/links", OWN, {"link": "hoc_theo", "code": "SN-2023-9999"}),
    "verify": ("POST", of_link, f"/entries/{ABSENT}/links/1", "/verify", OF_REGISTERS["verify_link", POST]["G1"], None),
    "remove_link": ("DELETE", of_link, f"/entries/{ABSENT}/links/1", "", OF_REGISTERS["drop_link", POST]["G1"], None),
    "attach": ("FILES", of_entry, f"/entries/{ABSENT}", "/attachments", OF_REGISTERS["add_entry_files", POST]["G1"], None),
    "detach": ("DELETE", of_file, f"/attachments/{ABSENT}", "", OF_REGISTERS["remove_entry_file", POST]["G1"], None),
}
# One's own books: who keeps none is not told of any.
WITHOUT_OBJECT = {"registers"}


def ask(client: Client, method: str, path: str, body: Any) -> HttpResponse:
    """As a program does; FILES: a form with a photograph that has been there before, in a role of its own."""
    address = BASE + path
    if method == "FILES":
        form = {"role": "sau", "files": [SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]}
        return client.post(address, form)
    return client.generic(method, address, json.dumps(body), "application/json", headers=KEY)


@pytest.fixture
def programs(world: World) -> dict[str, Program]:
    return {who: Program(token_of(world, who)) for who in EVERYBODY if who in world.users}


@pytest.mark.parametrize("name", list(POLICY))
def test_not_yours_is_not_there(world: World, programs: dict[str, Program], name: str) -> None:
    method, there, absent, rest, allowed, body = POLICY[name]
    wrong: list[str] = []
    for who, program in programs.items():
        gone = ask(program.client, method, absent + rest, body)
        if gone.status_code != 404:
            wrong.append(f"{who}: absent → {gone.status_code}")
        answer = ask(program.client, method, there(world) + rest, body)
        if (answer.status_code == 404) == (who in allowed) or answer.status_code >= 500:
            wrong.append(f"{who}: {answer.status_code}")
        elif answer.status_code == 404 and answer.content != gone.content:
            wrong.append(f"{who}: another body than for an absent one")
    assert wrong == []


@pytest.mark.parametrize("name", list(POLICY))
def test_without_a_token_nobody_learns_whether_it_exists(world: World, name: str) -> None:
    method, there, absent, rest, _, body = POLICY[name]
    session = Client()
    session.force_login(world.users["an"])
    answers: list[HttpResponse] = [
        ask(client, method, path + rest, body) for client in (Client(), session) for path in (there(world), absent)
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}


def test_who_keeps_no_books_has_none(world: World, programs: dict[str, Program]) -> None:
    of_book(world)
    answers = {who: program.get("/registers").status_code for who, program in programs.items()}
    assert {who for who, status in answers.items() if status == 200} == READERS & programs.keys()


def test_reading_changes_nothing(world: World, programs: dict[str, Program]) -> None:
    there = {name: row[1](world) + row[3] for name, row in POLICY.items() if row[0] == "GET"}
    before = (list(Entry.objects.order_by("pk").values()), Deed.objects.count())
    for path in there.values():
        for program in programs.values():
            program.get(path)
    assert (list(Entry.objects.order_by("pk").values()), Deed.objects.count()) == before


def test_the_api_names_no_page(world: World) -> None:
    """Control: the numbers above are those of the page."""
    assert of_entry(world).removeprefix("/entries/") in reverse("entry", args=[Entry.objects.get(owner=world.units["G1"]).pk])
