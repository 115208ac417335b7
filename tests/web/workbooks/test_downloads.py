"""The unit's own workbook, and those of a whole board in one zip."""

import io
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.documents.unit_workbook.layout import CODE, FIGURES, PAST, VALUE
from kheo.reports.queries import workbooks
from kheo.web.workbooks.downloads import zipped
from tests.web.visits import enter
from tests.world import World, fill, later


def cells(data: bytes, column: int) -> dict[str, object]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[FIGURES]
    return {str(row[CODE].value): row[column].value for row in sheet.iter_rows() if row[CODE].value}


def test_the_workbook_holds_the_answers_so_far_and_is_named_after_the_unit(world: World) -> None:
    fill(world, "G1", {"B02": 5}, by=world.person("an"))
    answer = enter(world, "an").get(reverse("unit_workbook", args=[world.obligation("G1").pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "filename*=UTF-8''G1%20" in answer["Content-Disposition"]
    found = cells(answer.content, VALUE)
    assert (found["B02"], found["C201"]) == (5, None)
    assert "B02" in cells(answer.content, PAST)


def test_a_board_gives_the_workbooks_of_all_its_units(world: World) -> None:
    answer = enter(world, "binh").get(reverse("unit_workbooks", args=[world.cycle.pk, world.units["D1"]]))
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]  # bytes, one after the other
    names = archive.namelist()
    assert [name.split(" ")[0] for name in names] == ["G3", "G2", "G1"]  # Ba, Hai, Một
    assert archive.testzip() is None
    assert all(name.endswith(" 2023-6T.xlsx") for name in names)
    assert {cells(archive.read(name), VALUE)["B02"] for name in names} == {None}


def test_names_of_files_can_do_no_harm(world: World) -> None:
    from kheo.org.models import SnapshotUnit

    unit = SnapshotUnit(code='../G1"\n', name="Công đoàn cơ sở ../../ <x> |" + "dài" * 200)
    name = workbooks.workbook_name(world.cycle, unit)
    assert len(name) < 130
    assert not set(name) & set('/\\<>:"|?*\n')


def test_a_zip_is_made_while_it_is_sent(world: World) -> None:
    """One workbook at a time: the first piece is there before the second unit was asked for."""
    orders = workbooks.workbook_orders(world.cycle, world.units["D1"], later())
    asked: list[str] = []

    def watched() -> object:
        for each in orders:
            asked.append(each.unit.code)
            yield each

    pieces = zipped(world.cycle, watched())  # type: ignore[arg-type]
    assert next(pieces).startswith(b"PK")
    assert asked == ["G3"]


@pytest.mark.parametrize("code", ["D1", "LDLD"])
def test_the_number_of_queries_does_not_grow_with_the_units(world: World, code: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert list(workbooks.workbook_orders(world.cycle, world.units[code], later()))
    assert len(captured) <= 5
