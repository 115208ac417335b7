"""The API on reports: the same rules as the pages, for programs."""

import io
import json
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse

from kheo.core.days import local_day
from kheo.core.reorganising import Absorbed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.actions import Done, hand_over
from kheo.reports.models import Report, Revision
from tests.api.asking import program
from tests.web.visits import day
from tests.world import FIRST_DAY, GOOD, World, fill, later, submit

CELLS = {key: {"before": "", "after": value} for key, value in GOOD.items()}


def body(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def path(world: World, code: str = "G1", tail: str = "") -> str:
    return f"/reports/{world.obligation(code).pk}{tail}"


def test_my_obligations(world: World) -> None:
    (owed,) = body(program(world, "an").get("/obligations"))
    assert (owed["id"], owed["cycle"], owed["state"]) == (world.obligation("G1").pk, "2023-6T", "not_started")
    assert {"save", "submit"} & set(owed["may"]) == {"save"}
    assert body(program(world, "kien").get("/obligations")) == []


def test_a_report_that_was_handed_over_is_listed_for_the_successor_alone(world: World) -> None:
    at = later(days=20)
    absorbed = Absorbed(unit=world.units["G4"], day=local_day(at), into=world.units["G1"])
    assert not record_events([absorbed], by=SYSTEM, at=at).problems
    owed, own = world.obligation("G4").pk, world.obligation("G1").pk
    decider = User.objects.create_user("duyet2", "Người duyệt Hai")
    appoint(decider, world.units["D2"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=at)
    with day(at):
        chi = program(world, "chi", at=at)
        assert isinstance(hand_over(owed, to=world.units["G1"], reason="Sáp nhập.", by=person(decider, at), at=at), Done)
        listed = {each["id"]: (each["unit"], each["filler"]) for each in body(program(world, "hoa", at=at).get("/obligations"))}
        assert listed == {owed: (world.units["G4"], world.units["G1"]), own: (world.units["G1"], None)}
        assert body(chi.get("/obligations")) == []
        assert chi.get(f"/reports/{owed}").status_code == 404


def test_a_report_is_filled_read_submitted_and_its_receipt_fetched(world: World) -> None:
    an, hoa = program(world, "an"), program(world, "hoa")
    sections = {"I": {"before": "", "after": "Đã triển khai tốt."}}
    saved = an.send("PATCH", path(world, tail="/draft"), {"cells": CELLS, "sections": sections})
    assert (saved.status_code, body(saved)["version"], body(saved)["conflicts"]) == (200, 1, [])
    report = body(an.get(path(world)))
    assert (report["figures"], report["narrative"], report["unanswered"], report["hidden"]) == (GOOD, {"I": "Đã triển khai tốt."}, [], [])
    assert report["totals"] == {"B01": 3}
    assert an.send("POST", path(world, tail="/submit"), {"version": 1}).status_code == 409
    receipt = hoa.send("POST", path(world, tail="/submit"), {"version": 1})
    assert (receipt.status_code, body(receipt)["number"]) == (200, "2023-6T/G1/1")
    again = hoa.send("POST", path(world, tail="/submit"), {"version": 1})
    assert body(again) == body(receipt) == body(an.get(path(world, tail="/receipts/1")))
    assert Revision.objects.count() == 1
    entry = JournalEntry.objects.get(act="save_draft")
    assert (entry.actor_name, entry.post) == ("Nguyễn Thị An", "Cán bộ nhập liệu, Công đoàn cơ sở Một")


def test_a_cell_that_somebody_else_changed_comes_back_as_a_conflict(world: World) -> None:
    fill(world, "G1", {"B02": 3}, by=world.person("hoa"))
    answer = program(world, "an").send("PATCH", path(world, tail="/draft"), {"cells": {"B02": {"before": "", "after": 8}}})
    assert body(answer)["conflicts"] == [{"place": "B02", "current": 3, "by": "Trần Thị Hoa"}]
    assert world.report("G1").figures == {"B02": 3}


def test_every_fault_is_told_with_its_place_and_nothing_is_stored(world: World) -> None:
    cells = {"X9": {"before": "", "after": 1}, "B02": {"before": "", "after": "1.5"}, "B01": {"before": "", "after": 1}}
    answer = program(world, "an").send(
        "PATCH", path(world, tail="/draft"), {"cells": cells, "sections": {"ZZ": {"before": "", "after": "a"}}}
    )
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [each["place"] for each in body(answer)["problems"]] == ["cells.X9", "cells.B02", "cells.B01", "sections.ZZ"]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status", "place"),
    [
        ({"cells": {}, "note": 1}, 422, "note"),
        ({"cells": {"B02": {"before": "", "after": 1, "by": "x"}}}, 422, "cells.B02.by"),
        ({"cells": {"B02": {"before": "", "after": 1.5}}}, 422, "cells.B02.after"),
        ({"cells": {"B02": {"before": "", "after": True}}}, 422, "cells.B02.after"),
        ({"cells": [1]}, 422, "cells"),
        ({"sections": {"I": {"before": "", "after": "a" * 20_001}}}, 422, "sections.I.after"),
    ],
)
def test_what_is_not_of_the_agreed_shape_is_refused(world: World, sent: Any, status: int, place: str) -> None:
    answer = program(world, "an").send("PATCH", path(world, tail="/draft"), sent)
    assert answer.status_code == status
    assert any(each["place"].startswith(place) for each in body(answer)["problems"]), body(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("sent", ["{", "[1", '{"cells": {"B02": {"before": "", "after": NaN}}}', b"\xff\xfe", ""])
def test_what_cannot_be_read_is_refused(world: World, sent: Any) -> None:
    answer = program(world, "an").send("PATCH", path(world, tail="/draft"), sent)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_too_much_is_refused(world: World) -> None:
    answer = program(world, "an").send("PATCH", path(world, tail="/draft"), " " * (6 * 1024 * 1024))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


def test_a_refused_submission_says_what_is_missing(world: World) -> None:
    fill(world, "G1", {**GOOD, "C202": 11}, by=world.person("an"))
    answer = program(world, "hoa").send("POST", path(world, tail="/submit"), {"version": 1})
    assert answer.status_code == 409
    assert "C202" in [each["place"] for each in body(answer)["problems"]] or body(answer)["problems"][0]["place"].startswith("C20")


def test_from_above_a_walled_number_is_not_told(world: World) -> None:
    submit(world, "G1")
    seen = body(program(world, "lan").get(path(world)))
    assert "C501" in seen["hidden"]
    assert "C501" not in seen["figures"]
    assert seen["figures"]["B02"] == 5
    assert body(program(world, "binh").get(path(world)))["figures"]["C501"] == 1


def test_the_workbook_is_that_of_the_page(world: World) -> None:
    answer = program(world, "an").get(path(world, tail="/workbook"))
    assert answer.status_code == 200
    assert "Số liệu" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


@pytest.mark.parametrize(
    ("method", "tail", "sent"),
    [
        ("GET", "", None),
        ("PATCH", "/draft", {}),
        ("POST", "/answers", {"place": "B02", "text": "Đúng như sổ."}),
        ("POST", "/submit", {"version": 1}),
        ("GET", "/receipts/1", None),
        ("GET", "/workbook", None),
    ],
)
def test_not_yours_is_not_there(world: World, method: str, tail: str, sent: Any) -> None:
    submit(world, "G1")
    asking = program(world, "chi")
    theirs = asking.send(method, path(world, tail=tail), sent)
    absent = asking.send(method, f"/reports/987654321{tail}", sent)
    assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content)
    assert theirs.status_code == 404
    assert program(world, "an").send(method, path(world, tail=tail), sent).status_code != 404


@pytest.mark.parametrize("address", ["/khong-co", "/reports/abc", "/reports/1/", ""])
def test_an_address_that_is_none_is_told_in_the_one_shape(world: World, address: str) -> None:
    for answer in (program(world, "an").get(address), program(world, "an").send("POST", address, {})):
        assert (answer.status_code, answer["Content-Type"], body(answer)["status"]) == (404, "application/problem+json", 404)


def test_a_method_that_an_address_does_not_take_is_told_in_the_one_shape(world: World) -> None:
    answer = program(world, "an").send("DELETE", "/obligations", {})
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "GET")
    assert body(answer)["title"] == "Địa chỉ này chỉ nhận GET."
