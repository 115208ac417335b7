"""Papers from the web: each a file of its kind with a name to keep, offered where people look for it, and behind the wall."""

import io

import pypdf
import pytest
from django.urls import reverse

from kheo.documents.checker import check_paper
from kheo.documents.profiles import profile_named
from tests.documents.reading import rows_of
from tests.web.papers.conftest import AFTER
from tests.web.visits import enter, text_of
from tests.world import World, submit

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_address(world: World, name: str, code: str = "G1", number: int = 1) -> str:
    return reverse("report_paper", args=[world.obligation(code).pk, number, name])


def list_address(world: World, name: str, code: str = "D1") -> str:
    return reverse("recipient_paper", args=[world.cycle.pk, world.units[code], name])


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("bao-cao.docx", WORD, b"PK"),
        ("bao-cao.pdf", "application/pdf", b"%PDF-"),
        ("bien-nhan.docx", WORD, b"PK"),
        ("bien-nhan.pdf", "application/pdf", b"%PDF-"),
    ],
)
def test_a_submission_comes_as_report_and_receipt_in_word_and_pdf(world: World, name: str, kind: str, begins: bytes) -> None:
    submit(world, "G1")
    answer = enter(world, "an").get(report_address(world, name))
    assert (answer.status_code, answer["Content-Type"], answer.content[: len(begins)]) == (200, kind, begins)
    stem, ending = name.split(".")
    assert f'filename="{stem}-lan-1-2023-6t-cdcs-mot.{ending}"' in answer["Content-Disposition"]


def test_word_files_from_the_web_follow_the_profile_of_their_issuer(world: World) -> None:
    submit(world, "G1")
    union = profile_named("union1013")
    for address in (
        report_address(world, "bao-cao.docx"),
        report_address(world, "bien-nhan.docx"),
        list_address(world, "danh-sach-nop.docx"),
    ):
        assert check_paper(enter(world, "binh").get(address).content, union) == ()


def test_a_receipt_is_one_page(world: World) -> None:
    submit(world, "G1")
    content = enter(world, "an").get(report_address(world, "bien-nhan.pdf")).content
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1


@pytest.mark.parametrize("name", ["bao-cao.odt", "bien-nhan.xlsx", "bao-cao", ".docx", "BAO-CAO.docx", "..%2Fbao-cao.docx"])
def test_no_other_name_is_there(world: World, name: str) -> None:
    submit(world, "G1")
    assert enter(world, "an").get(report_address(world, "x").removesuffix("x") + name).status_code == 404


def test_a_submission_that_never_was_is_not_there(world: World) -> None:
    submit(world, "G1")
    assert enter(world, "an").get(report_address(world, "bao-cao.docx", number=2)).status_code == 404
    assert enter(world, "an").get(report_address(world, "bao-cao.docx", code="G4")).status_code == 404


@pytest.mark.parametrize(("who", "shown"), [("an", "1"), ("binh", "1"), ("lan", "ẩn"), ("kien", "ẩn")])
def test_the_wall_stands_on_paper_as_on_the_page(world: World, who: str, shown: str) -> None:
    submit(world, "G1")
    content = enter(world, who).get(report_address(world, "bao-cao.docx")).content
    assert {row[0]: row[-1] for row in rows_of(content, -1)}["C501"] == shown


def test_the_receipt_page_offers_its_papers_and_says_what_is_not_confirmed(world: World) -> None:
    submit(world, "G1")
    page = enter(world, "an").get(reverse("receipt", args=[world.obligation("G1").pk, 1])).content
    for name in ("bao-cao.docx", "bao-cao.pdf", "bien-nhan.docx", "bien-nhan.pdf"):
        assert f'href="{report_address(world, name)}"' in page.decode()
    assert "Thể thức: Văn bản công đoàn theo Quyết định 1013/QĐ-TLĐ và 1014/QĐ-TLĐ." in text_of(page)
    assert "Cần văn thư xác nhận." in text_of(page)


@pytest.mark.parametrize(
    ("name", "kind"), [("danh-sach-nop.docx", WORD), ("danh-sach-nop.pdf", "application/pdf"), ("danh-sach-nop.xlsx", EXCEL)]
)
def test_the_list_of_submissions_comes_in_three_forms(world: World, name: str, kind: str) -> None:
    answer = enter(world, "binh").get(list_address(world, name))
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert enter(world, "binh").get(list_address(world, "danh-sach-nop.csv")).status_code == 404


def test_the_papers_page_offers_them(world: World) -> None:
    page = enter(world, "kien").get(reverse("recipient_papers", args=[world.cycle.pk, world.units["D1"]])).content.decode()
    for name in ("danh-sach-nop.docx", "danh-sach-nop.pdf", "danh-sach-nop.xlsx"):
        assert f'href="{list_address(world, name)}"' in page
    assert AFTER.year == 2023
