"""The papers as pages: converted by LibreOffice, a program that is not ours and not the one that wrote them, without repair."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from kheo.documents.annex_workbook import annex_workbook
from tests.documents.reading import as_pages
from tests.documents.sample import LETTER, consolidated, definition, paper_of

DATA = consolidated()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return as_pages(paper_of(definition(), DATA, LETTER), "bao-cao.docx", tmp_path_factory.mktemp("report"))


def test_the_report_is_a_letter_with_two_annexes(pages: list[str]) -> None:
    assert 10 <= len(pages) <= 20
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert [sum(f"Phụ lục {number}\n" in page for page in pages) for number in ("I", "II", "III")] == [1, 1, 0]
    assert all(page.strip() for page in pages)


def test_page_numbers_start_on_the_second_page_and_again_in_every_annex(pages: list[str]) -> None:
    firsts = [page.lstrip("\n").split("\n", 1)[0].strip() for page in pages]
    starts = [0, *(index for index, page in enumerate(pages) if re.search(r"^\s*Phụ lục I+$", page, re.MULTILINE)), len(pages)]
    for start, end in pairwise(starts):
        assert not firsts[start].isdigit()
        assert firsts[start + 1 : end] == [str(number) for number in range(2, end - start + 1)]


def test_signature_and_recipients_stand_on_the_last_page_of_the_letter(pages: list[str]) -> None:
    last = next(index for index, page in enumerate(pages) if "Phụ lục I\n" in page) - 1
    assert "Nơi nhận:" in pages[last]
    assert "PHÓ CHỦ TỊCH" in pages[last]


def test_no_number_is_broken_over_two_lines(pages: list[str]) -> None:
    text = "\n".join(pages)
    wanted = [f"{total.value:,}".replace(",", ".") for code, total in DATA.figures.items() if code in ("B08", "C102", "C105")]
    assert all(text.count(number) >= 2 for number in wanted)


def test_the_workbook_prints_its_numbers_the_vietnamese_way(tmp_path: Path) -> None:
    pages = as_pages(annex_workbook(definition(), DATA), "phu-luc.xlsx", tmp_path)
    total = DATA.figures["B08"].value
    assert f"{total:,}".replace(",", ".") in "\n".join(pages)
    assert 6 <= len(pages) <= 12
