"""Workbooks over the API."""

import io
import json
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from kheo.reports.models import WorkbookBatch
from tests.api.asking import program
from tests.reports.workbooks import filled, hand_in
from tests.world import GOOD, World


def body(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def file(data: bytes, name: str = "tep.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_workbook_is_stored_and_its_result_can_be_asked_for_again(world: World) -> None:
    an = program(world, "an")
    sent = an.upload("/workbooks", file(filled(world, "G1")))
    assert sent.status_code == 201
    found = body(sent)
    assert (found["left"], found["counts"], found["files"][0]["outcome"]) == (0, {"stored": 1}, "stored")
    assert found["files"][0]["report"] == world.obligation("G1").pk
    assert world.report("G1").figures == GOOD
    assert WorkbookBatch.objects.get().channel == "api"
    assert body(an.get(f"/workbooks/{found['id']}")) == found
    assert program(world, "binh").get(f"/workbooks/{found['id']}").status_code == 404


def test_a_zip_and_a_faulty_file_at_once(world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", filled(world, "G1"))
        archive.writestr("b.xlsx", filled(world, "G2", {**GOOD, "B02": "năm"}))
    found = body(program(world, "binh").upload("/workbooks", file(out.getvalue(), "tat-ca.zip"), file(b"x", "x.txt")))
    assert [each["outcome"] for each in found["files"]] == ["stored", "refused", "refused"]
    assert found["files"][1]["problems"][0]["message"]


def test_a_batch_that_is_not_done_is_read_on(world: World) -> None:
    files = hand_in(world, "binh", filled(world, "G1"), read=False)
    answer = program(world, "binh").send("POST", f"/workbooks/{files[0].batch_id}/read", "")
    assert (answer.status_code, body(answer)["left"], body(answer)["counts"]) == (200, 0, {"stored": 1})


def test_without_a_file_nothing_begins(world: World) -> None:
    assert program(world, "an").upload("/workbooks").status_code == 422
    assert not WorkbookBatch.objects.exists()


def test_who_hands_in_nothing_finds_no_such_place(world: World) -> None:
    assert program(world, "kien").upload("/workbooks", file(b"x")).status_code == 404
    assert not WorkbookBatch.objects.exists()
