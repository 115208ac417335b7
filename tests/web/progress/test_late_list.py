"""The list of units that have sent nothing, as a file: whole, openable in a spreadsheet, and nobody else's."""

import csv
import io

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.web.visits import enter
from tests.world import World, submit


def downloaded(world: World, who: str, code: str, **query: object) -> HttpResponse:
    address = reverse("progress", args=[world.cycle.pk, world.units[code]])
    answer: HttpResponse = enter(world, who).get(address, {"tep": "csv", **query})
    return answer


def names(answer: HttpResponse) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return [row["Đơn vị"] for row in rows]


def test_the_file_lists_every_unit_of_the_subtree_that_has_sent_nothing(world: World) -> None:
    submit(world, "G1")
    answer = downloaded(world, "binh", "D1")
    assert answer.status_code == 200
    assert names(answer) == ["Liên đoàn Lao động Quận 1", "Công đoàn cơ sở Ba", "Công đoàn cơ sở Hai"]


def test_the_file_is_a_download_with_its_vietnamese_name(world: World) -> None:
    headers = downloaded(world, "binh", "D1").headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"].startswith('attachment; filename="chua-nop-2023-6t-')
    assert "filename*=UTF-8''chua-nop%202023-6T%20" in headers["Content-Disposition"]


def test_one_unit_below_can_be_asked_for(world: World) -> None:
    answer = downloaded(world, "lan", "LDLD", **{"don-vi": world.units["D2"]})
    assert names(answer) == ["Liên đoàn Lao động Quận 2", "Công đoàn cơ sở Bốn", "Công đoàn cơ sở Năm"]


def test_a_unit_that_is_not_below_widens_nothing(world: World) -> None:
    answer = downloaded(world, "binh", "D1", **{"don-vi": world.units["G4"]})
    assert "Công đoàn cơ sở Bốn" not in names(answer)


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_to_everybody_else_there_is_no_file(world: World, who: str) -> None:
    assert downloaded(world, who, "D1").status_code == 404
