"""The API keeps to its own description, whatever it is asked: schemathesis over WSGI, a bounded number of cases, the same each time."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance

from kheo.api.room import api
from tests.api.asking import BASE, token_of
from tests.api.registers.test_access import numbers
from tests.world import GOOD, World, fill, submit

CASES = 20
CHECKED = [not_a_server_error, status_code_conformance]
OPERATIONS = (
    "GET /obligations",
    "GET /reports/{obligation}",
    "PATCH /reports/{obligation}/draft",
    "POST /reports/{obligation}/answers",
    "POST /reports/{obligation}/submit",
    "GET /reports/{obligation}/receipts/{number}",
    "GET /reports/{obligation}/workbook",
    "POST /workbooks",
    "GET /workbooks/{batch}",
    "POST /workbooks/{batch}/read",
    "GET /reports/{obligation}/counted",
    "GET /reports/{obligation}/counted/{cell}",
    "GET /registers",
    "GET /registers/{code}",
    "GET /registers/{code}/entries",
    "GET /entries/{entry}",
    "GET /attachments/{attachment}",
    "POST /registers/{code}/entries",
    "PATCH /entries/{entry}",
    "POST /entries/{entry}/acts/{act}",
    "POST /entries/{entry}/lines",
    "PUT /entries/{entry}/lines/{number}",
    "DELETE /entries/{entry}/lines/{number}",
    "POST /entries/{entry}/links",
    "POST /entries/{entry}/links/{link}/verify",
    "DELETE /entries/{entry}/links/{link}",
    "POST /entries/{entry}/attachments",
    "DELETE /attachments/{attachment}",
)


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """As Django's own test client does: the end of a request does not end the test's connection."""
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


def described(leave_out: str = "") -> dict[str, Any]:
    """Every operation by `METHOD /path`; one status may be left out of all their descriptions."""
    raw = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    for operations in raw["paths"].values():
        for operation in operations.values():
            operation["responses"].pop(leave_out, None)
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = WSGIHandler()
    found = [each.ok() for each in schema.get_all_operations()]
    return {f"{each.method.upper()} {each.path.removeprefix(BASE)}": each for each in found}


def test_every_operation_is_asked(world: World) -> None:
    assert set(described()) == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_case_breaks_it_or_gets_an_answer_that_is_not_described(world: World, name: str) -> None:
    """Every other case about a report, register or entry is about one that is there and the holder's own."""
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "D1")
    token = token_of(world, "hoa")
    own = {"obligation": world.obligation("G1").pk, "code": "so-nho"}
    own |= dict(zip(("entry", "attachment"), map(int, numbers(world, "entry_file")), strict=True)) | {"act": "huy"}
    own |= {name: int(numbers(world, page)[1]) for name, page in (("number", "take_line_back"), ("link", "verify_link"))}
    if "receipts" in name:
        del own["number"]
    asked: list[int] = []

    @settings(max_examples=CASES, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=described()[name].as_strategy())
    def check(case: Any) -> None:
        if len(asked) % 2:
            case.path_parameters |= {name: own[name] for name in case.path_parameters or {} if name in own}
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        asked.append(answer.status_code)
        case.validate_response(answer, checks=CHECKED)

    check()
    assert len(asked) >= (1 if name in ("GET /obligations", "GET /registers") else 5)
    assert 401 not in asked


def test_a_fault_would_be_seen(world: World) -> None:
    """Control: the same check on an operation that does not describe what it answers."""
    operation = described(leave_out="404")["GET /reports/{obligation}"]
    case = operation.Case(path_parameters={"obligation": 987_654_321})
    answer = case.call(headers={"Authorization": f"Bearer {token_of(world, 'hoa')}"})
    assert answer.status_code == 404
    with pytest.raises(BaseException, match="Undocumented"):
        case.validate_response(answer, checks=CHECKED)
