"""Filled workbooks come in: one file, many, or a zip."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from kheo.api.answers import ProblemOut, problem
from kheo.api.asking import holder, instant
from kheo.reports.access import batch_files, sending_unit, workbook_batch
from kheo.reports.actions.reading_in import MOST, read_next
from kheo.reports.actions.receiving import Upload, receive_workbooks, unpacked
from kheo.reports.models import WorkbookBatch, WorkbookFile
from kheo.reports.queries.workbook_batches import batch_counts

router = Router(tags=["tệp Excel"])
Refused: dict[int, Any] = dict.fromkeys((400, 401, 404, 413, 422, 429), ProblemOut)
PAGE = 200


class FileProblem(Schema):
    """One thing that is wrong in a file."""

    sheet: str
    cell: str
    message: str
    expected: str
    severity: str


class FileOut(Schema):
    """What became of one file: `stored`, `same`, `decide`, `refused`, `declined`, or still `waiting`."""

    id: int
    number: int
    name: str
    outcome: str
    need: str
    report: int | None
    sha256: str
    message: str
    cells: int
    problems: list[FileProblem]


class BatchOut(Schema):
    """Files sent together; `left` wait to be read. At most 200 files are listed, from `after` on."""

    id: int
    left: int
    counts: dict[str, int]
    files: list[FileOut]


@router.post("/workbooks", response={201: BatchOut, **Refused}, summary="Gửi tệp Excel đã điền: một, nhiều, hoặc một tệp .zip")
def send(request: HttpRequest, files: File[list[UploadedFile]]) -> Any:
    """Each file finds its report by what is written in it. The first 50 are read at once, the others by `…/read`."""
    person = holder(request)
    sending_unit(person)
    uploads = (Upload(each.name or "", each.size or 0, each.file) for each in files)  # type: ignore[arg-type]  # an opened file
    batch = receive_workbooks(unpacked(uploads), channel=WorkbookBatch.API, by=person, at=instant(request))
    if batch is None:
        return problem(422, "Không có tệp nào trong phần gửi lên.", [{"place": "files", "message": "thiếu"}])
    read_next(batch.pk, by=person, at=instant(request), most=MOST)
    return Status(201, _out(request, batch, 0))


@router.get("/workbooks/{int:batch}", response={200: BatchOut, **Refused}, summary="Kết quả một lần gửi")
def result(request: HttpRequest, batch: int, after: int = 0) -> dict[str, Any]:
    """Only for who sent it."""
    return _out(request, workbook_batch(holder(request), batch), after)


@router.post("/workbooks/{int:batch}/read", response={200: BatchOut, **Refused}, summary="Đọc tiếp 50 tệp")
def read_on(request: HttpRequest, batch: int) -> dict[str, Any]:
    """Until `left` is 0."""
    found = workbook_batch(holder(request), batch)
    read_next(found.pk, by=holder(request), at=instant(request), most=MOST)
    return _out(request, found, 0)


def _out(request: HttpRequest, batch: WorkbookBatch, after: int) -> dict[str, Any]:
    counts = batch_counts(batch)
    seen = batch_files(holder(request), batch, after=after, most=PAGE)
    return {"id": batch.pk, "left": counts.get("waiting", 0), "counts": counts, "files": [_file(each) for each in seen]}


def _file(file: WorkbookFile) -> dict[str, Any]:
    return {
        "id": file.pk,
        "number": file.number,
        "name": file.name,
        "outcome": file.outcome,
        "need": file.need,
        "report": file.obligation_id,
        "sha256": file.stored.blob.sha256 if file.stored else "",
        "message": file.message,
        "cells": file.cells,
        "problems": file.problems,
    }
