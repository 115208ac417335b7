"""A book of a year as its paper form, on a page, in Word and Excel, and its electronic fields."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from kheo.directives.actions import cancel_arrival
from kheo.directives.models import Arrival
from tests.directives.papers import MORNING, arrive, issue
from tests.web.visits import enter, queries_of, text_of
from tests.world import World


@pytest.fixture
def kept(world: World) -> World:
    arrive(world, handler="Ban Tuyên giáo")
    struck = arrive(world, full_number="=HYPERLINK(1)/X", subject="dài " * 200)
    cancel_arrival(struck.pk, reason="ghi hai lần", version=1, by=world.person("an"), at=MORNING)
    issue(world, "G1", who="hoa")
    return world


def at(world: World, kind: str, file: str = "") -> str:
    unit = [world.units["G1"], kind, 2023]
    return reverse("book_file", args=[*unit, file]) if file else reverse("printed_book", args=unit)


def test_the_page_shows_every_number_the_cancelled_ones_as_well(kept: World) -> None:
    told = text_of(enter(kept, "an").get(at(kept, "den")).content)
    assert "Sổ đăng ký văn bản đến, năm 2023" in told
    assert "(10)" in told
    assert "Huỷ số: ghi hai lần" in told
    assert "Số đến 2: Trích yếu nội dung (Subject) dài 799 ký tự, tối đa 500." in told


@pytest.mark.parametrize("kind", ["den", "di"])
def test_the_columns_of_a_printed_book_share_the_sheet_and_a_day_has_room_in_its_own(kept: World, kind: str) -> None:
    page = enter(kept, "an").get(at(kept, kind)).content.decode()
    shares = [int(each) for each in re.findall(r'<col width="(\d+)%">', page)]
    titles = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert 97 <= sum(shares) <= 103
    assert all(share >= 6 for title, share in zip(titles, shares, strict=True) if title.startswith(("Ngày", "Thời hạn")))
    assert "kheo/book-sheet.css" in page


def test_word_has_a_cover_and_the_columns_of_the_form(kept: World) -> None:
    word = Document(io.BytesIO(enter(kept, "an").get(at(kept, "den", "so.docx")).content))
    cover = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert cover[:4] == ["LIÊN ĐOÀN LAO ĐỘNG QUẬN 1", "CÔNG ĐOÀN CƠ SỞ MỘT", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2023"]
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [len(row) for row in rows] == [10] * 4
    assert rows[2][:4] == ["03/04/2023", "1", "Liên đoàn Lao động Thành phố", "199/LĐLĐ-TG"]


def test_excel_never_calculates_what_somebody_typed(kept: World) -> None:
    sheet = load_workbook(io.BytesIO(enter(kept, "an").get(at(kept, "den", "so.xlsx")).content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]] == [f"({number})" for number in range(1, 11)]
    assert (sheet["D6"].value, sheet["D6"].data_type) == ("=HYPERLINK(1)/X", "s")


def test_fields_go_out_whole_with_their_dictionary(kept: World) -> None:
    client = enter(kept, "an")
    rows = list(csv.reader(io.StringIO(client.get(at(kept, "den", "truong.csv")).content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["OrganId", "FileCatalog", "FileNotation"]
    assert rows[1][rows[0].index("CodeNotation")] == "LĐLĐ-TG"
    assert len(rows[2][rows[0].index("Subject")]) == 799
    book = load_workbook(io.BytesIO(client.get(at(kept, "di", "truong.xlsx")).content))
    assert book.sheetnames == ["Dữ liệu", "Từ điển", "Chỗ quá dài"]
    assert book["Dữ liệu"]["F2"].value == "01"


def test_a_paper_to_follow_keeps_its_place_in_the_dossier(world: World) -> None:
    """Of two papers of one dossier only the second is followed: it stays the second."""
    for due in (None, date(2023, 4, 20)):
        Arrival.objects.filter(pk=arrive(world).pk).update(file_code="01/TG", due_on=due)
    address, client = at(world, "theo-doi", "truong.csv"), enter(world, "an")
    head, *rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    assert [(row[head.index("FileNotation")], row[head.index("DocOrdinal")], row[head.index("ArrivalNumber")]) for row in rows] == [
        ("01/TG", "2", "2")
    ]


@pytest.mark.parametrize("kind", ["den", "di"])
def test_a_longer_book_is_printed_with_as_many_questions(kept: World, kind: str) -> None:
    client = enter(kept, "an")
    one = queries_of(client, at(kept, kind))
    for _ in range(3):
        arrive(kept), issue(kept, "G1", who="hoa")
    assert queries_of(client, at(kept, kind)) == one


def test_a_book_or_file_that_is_not_one_is_not_there(kept: World) -> None:
    client = enter(kept, "an")
    assert client.get(at(kept, "khac")).status_code == 404
    assert client.get(at(kept, "den", "so.exe")).status_code == 404
    assert client.get(reverse("printed_book", args=[kept.units["G1"], "den", 2999])).status_code == 404
