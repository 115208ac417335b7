"""Not yours and not there look alike, over the API too: every address × everybody × (own, other, absent), by the pages' own policy."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from kheo.reports.models import Report
from tests.api.asking import BASE, Program, token_of
from tests.api.registers import test_access as registers
from tests.web.test_access_matrix import ABSENT, API, CARRY, EVERYBODY, FILL, READ, SENT, names, sent_workbook
from tests.world import GOOD, World, fill, submit

# Address with {} for the object's number: its policy, and what is sent.
POLICY: dict[tuple[str, str, str], tuple[dict[str, set[str]], Any]] = {
    ("report", "GET", "/reports/{}"): (READ, None),
    ("save", "PATCH", "/reports/{}/draft"): (FILL, {}),
    ("keep", "POST", "/reports/{}/answers"): (FILL, {"place": "B02", "text": "Đúng như sổ."}),
    ("submit", "POST", "/reports/{}/submit"): (FILL, {"version": 0}),
    ("receipt", "GET", "/reports/{}/receipts/1"): (READ, None),
    ("workbook", "GET", "/reports/{}/workbook"): (CARRY, None),
    ("counted", "GET", "/reports/{}/counted"): (READ, None),
    ("result", "GET", "/workbooks/{}"): (SENT, None),
    ("read_on", "POST", "/workbooks/{}/read"): (SENT, None),
}
# Of registers: tests/api/registers/test_access.py. What a cell counts: tests/api/test_counted.py.
OF_REGISTERS = set(registers.POLICY) | registers.WITHOUT_OBJECT
COUNTED = {"facts"}
# About nobody's report: one's own list, one's own files, and the description of the API, which anybody may read.
WITHOUT_OBJECT = {"obligations", "send"}
OPEN = {"openapi-json", "api-root"}


@pytest.fixture
def sent(world: World) -> World:
    """G1 and D1 have been sent; LDLD and G4 are being written."""
    for code in ("G1", "D1"):
        submit(world, code)
    for code in ("LDLD", "G4"):
        fill(world, code, GOOD, by=world.person("minh" if code == "LDLD" else "chi"))
    return world


@pytest.fixture
def programs(sent: World) -> dict[str, Program]:
    return {who: Program(token_of(sent, who)) for who in EVERYBODY if who in sent.users}


def test_every_address_has_its_row() -> None:
    found = {name.removeprefix(API) for name in names(get_resolver()) if name.startswith(API)}
    assert found == {name for name, _, _ in POLICY} | WITHOUT_OBJECT | OPEN | OF_REGISTERS | COUNTED


def number(world: World, name: str, unit: str) -> int:
    return sent_workbook(world, unit).batch_id if name in ("result", "read_on") else world.obligation(unit).pk


@pytest.mark.parametrize("row", list(POLICY), ids=lambda row: row[0])
def test_not_yours_is_not_there(sent: World, programs: dict[str, Program], row: tuple[str, str, str]) -> None:
    name, method, path = row
    policy, body = POLICY[row]
    wrong: list[str] = []
    for who, program in programs.items():
        absent = program.send(method, path.format(ABSENT), body)
        if absent.status_code != 404:
            wrong.append(f"{who}: absent → {absent.status_code}")
        for unit, allowed in policy.items():
            if name == "receipt" and unit in ("LDLD", "G4"):
                continue  # nothing was sent there
            answer = program.send(method, path.format(number(sent, name, unit)), body)
            if (answer.status_code == 404) == (who in allowed) or answer.status_code >= 500:
                wrong.append(f"{who}: {unit} → {answer.status_code}")
            elif answer.status_code == 404 and answer.content != absent.content:
                wrong.append(f"{who}: {unit}: another body than for an absent one")
    assert wrong == []


@pytest.mark.parametrize("row", list(POLICY), ids=lambda row: row[0])
def test_without_a_token_nobody_learns_whether_it_exists(sent: World, row: tuple[str, str, str]) -> None:
    name, method, path = row
    session = Client()
    session.force_login(sent.users["hoa"])
    answers: list[HttpResponse] = []
    for client in (Client(), session):
        for unit in ("G1", None):
            address = BASE + path.format(number(sent, name, unit) if unit else ABSENT)
            answers.append(client.generic(method, address, json.dumps(POLICY[row][1]), "application/json"))
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}


def test_reading_changes_nothing(sent: World, programs: dict[str, Program]) -> None:
    before = list(Report.objects.order_by("pk").values_list("version", "state", "figures"))
    for name, method, path in POLICY:
        if method == "GET":
            for program in programs.values():
                program.get(path.format(number(sent, name, "G1")))
    assert list(Report.objects.order_by("pk").values_list("version", "state", "figures")) == before


def test_the_description_is_open_and_holds_nothing_of_anybody(sent: World) -> None:
    answer = Client().get(f"{BASE}/openapi.json")
    assert answer.status_code == 200
    paths = {path.replace("{obligation}", "{}").replace("{batch}", "{}").replace("{number}", "1") for path in answer.json()["paths"]}
    of_others = {path for path in paths if path.startswith((f"{BASE}/registers", f"{BASE}/entries", f"{BASE}/attachments"))}
    of_others |= {f"{BASE}/reports/{{}}/counted/{{cell}}"}
    assert {BASE + path for _, _, path in POLICY} | {f"{BASE}/obligations", f"{BASE}/workbooks"} | of_others == paths
    assert "Công đoàn" not in answer.content.decode()
