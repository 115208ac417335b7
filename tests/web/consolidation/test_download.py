"""The papers from the web: the right type, a name that every browser keeps, and only for those who read the unit."""

import pytest
from django.urls import reverse

from tests.documents.reading import lines_of
from tests.reports.test_arrange_section import HOUSES, arrange, pick, send
from tests.web.accepting import accept
from tests.web.visits import enter
from tests.world import World

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(world: World, name: str, code: str = "D1") -> str:
    return reverse("download", args=[world.cycle.pk, world.units[code], name])


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("bao-cao.docx", WORD, b"PK"),
        ("bao-cao.pdf", "application/pdf", b"%PDF-"),
        ("phu-luc.xlsx", EXCEL, b"PK"),
        ("tong-hop.json", "application/json; charset=utf-8", b"{\n"),
    ],
)
def test_a_paper_is_a_file_of_its_kind(world: World, name: str, kind: str, begins: bytes) -> None:
    accept(world, "G1")
    answer = enter(world, "binh").get(address(world, name))
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, kind, "nosniff")
    assert answer.content.startswith(begins)
    stem, ending = name.split(".")
    plain, whole = f"{stem}-2023-6t-ldld-quan-1.{ending}", f"{stem}%202023-6T%20L%C4%90L%C4%90%20Qu%E1%BA%ADn%201.{ending}"
    assert answer["Content-Disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"


@pytest.mark.parametrize("name", ["bao-cao.odt", "..%2F..%2Fetc%2Fpasswd", "bao-cao.docx ", "BAO-CAO.DOCX"])
def test_no_other_name_is_there(world: World, name: str) -> None:
    assert enter(world, "binh").get(address(world, name)).status_code == 404


def test_the_table_offers_every_paper(world: World) -> None:
    base = reverse("consolidated", args=[world.cycle.pk, world.units["D1"]])
    page = enter(world, "binh").get(base).content.decode()
    for name in ("bao-cao.docx", "bao-cao.pdf", "phu-luc.xlsx", "tong-hop.json"):
        assert f'href="tai/{name}"' in page
        assert address(world, name) == f"{base}tai/{name}"
    for name in ("bao-cao.docx", "bao-cao.pdf"):
        assert f'href="tai/{name}?nguon=khong"' in page


def test_a_report_for_a_reader_outside_has_no_annex_of_sources(world: World) -> None:
    send(world, "G1", HOUSES)
    arrange(world, pick(world, "G1"))
    client = enter(world, "binh")
    inside = lines_of(client.get(address(world, "bao-cao.docx")).content)
    outside = lines_of(client.get(address(world, "bao-cao.docx"), {"nguon": "khong"}).content)
    assert "NGUỒN CỦA TỪNG ĐOẠN" in inside
    assert not any("nguồn của từng đoạn" in line.lower() for line in outside)
    assert HOUSES in outside
