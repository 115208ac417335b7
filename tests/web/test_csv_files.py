"""A CSV that a spreadsheet opens holds texts, whatever separates its cells there and whatever the texts begin with."""

import csv
import io

import pytest

from kheo.web.csv_files import csv_bytes, plain_cell

TRIGGERS = "=+-@|＝＋－＠"


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\n", "Tổ A;", "Tổ A; ", 'Tổ A;"', "Tổ A,", "Tổ A\n", "Tổ A\t", "Tổ A;'", 'Tổ A; " '])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_like_a_formula_whatever_the_reader_takes_for_a_separator(trigger: str, before: str, separator: str) -> None:
    """Excel parts at semicolons where a comma stands before decimals, as in Vietnam."""
    text = csv_bytes(("Đơn vị", "Số"), [(f'{before}{trigger}HYPERLINK("http://x")', "1")]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    naive = [cell for line in text.splitlines() for cell in line.split(separator)]
    for cell in (*cells, *naive):
        assert not cell.lstrip(' "').startswith(tuple(TRIGGERS)), cell


def test_ordinary_words_are_left_alone() -> None:
    for text in ("Công đoàn cơ sở 5 - Quận 1", "A; B, C", "3-5", "an@co-quan.vn", "tăng 5 % + 3", "12/2023"):
        assert plain_cell(text) == text


def test_without_the_care_a_semicolon_opens_a_formula() -> None:
    """Negative control: the apostrophe at the beginning alone."""
    cells = next(csv.reader(io.StringIO("'=1,Tổ A;=1+1"), delimiter=";"))
    assert cells[1].startswith("=")
