"""Sheets of ours that ask nothing (cover, checks) are looked over and known by their signature; their cells are laid out by nobody."""

from dataclasses import replace

import pytest

from kheo.documents.grid.opening import open_book
from kheo.documents.grid.raw import FRAMES, RawBook, from_json, to_json
from kheo.documents.unit_workbook import make_workbook, validate
from kheo.documents.unit_workbook.layout import CHECKS, COVER, FIGURES, NARRATIVE
from tests.documents.unit_workbook.books import GOOD, TEXTS, good, mini, order, past
from tests.documents.unit_workbook.editing import SHEET2, with_shared_texts, with_xml

COVER_PART, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
BEFORE_MARK = r'(<c r="A1"[^>]*><is><t>)kheo-bang'


def template() -> bytes:
    """As the product makes it, the answers of the tests in it."""
    return make_workbook(order(mini(), past=past(mini()), figures=GOOD, narrative=TEXTS))


def frames(book: RawBook) -> dict[str, bool]:
    assert book.refusal is None
    return {sheet.name: sheet.is_frame for sheet in book.sheets}


@pytest.mark.parametrize("make", [template, good], ids=["as the product makes it", "as another program saves it"])
def test_of_the_cover_and_the_checks_only_the_signature_is_read(make: object) -> None:
    book = open_book(make())  # type: ignore[operator]
    assert frames(book) == {COVER: True, FIGURES: False, NARRATIVE: False, CHECKS: True}
    for role, name in FRAMES.items():
        sheet = next(each for each in book.sheets if each.name == name)
        assert (sheet.rows, sheet.odd, sheet.marks) == ({}, {}, (order(mini()).address.signed(role),))  # type: ignore[arg-type]
    assert from_json(to_json(book)) == book


def test_the_same_is_read_where_they_are_laid_out_as_well() -> None:
    """Another program keeps texts in a table: then the signature is not plain to see, and every sheet is read."""
    plain, shared = open_book(template()), open_book(with_shared_texts(template()))
    assert not any(frames(shared).values())
    assert all(sheet.rows for sheet in shared.sheets)
    laid_out = [sheet for sheet in shared.sheets if not plain.sheets[shared.sheets.index(sheet)].is_frame]
    assert laid_out == [sheet for sheet in plain.sheets if not sheet.is_frame]
    assert validate(plain, mini()) == validate(shared, mini())
    assert (validate(plain, mini()).figures, validate(plain, mini()).narrative) == (GOOD, TEXTS)


@pytest.mark.parametrize(
    ("part", "pattern", "replacement"),
    [
        pytest.param(WORKBOOK, 'name="Bìa"', 'name="Ghi thêm"', id="called otherwise"),
        pytest.param(COVER_PART, r"\|bia\|", "|so-lieu|", id="signed as the sheet to fill in"),
        pytest.param(COVER_PART, r"\|bia\|", "|kiem-tra|", id="signed as another of them"),
        pytest.param(COVER_PART, BEFORE_MARK, r"\1 kheo-bang", id="the first cell holds something else"),
        pytest.param(COVER_PART, r"</sheetData>", "<!-- kheo --></sheetData>", id="something veiled"),
        pytest.param(
            COVER_PART,
            "</sheetData>",
            '<row r="90"><c r="A90" t="inlineStr"><is><t>kheo-bang|1|bia|x|x|x|x|00000000</t></is></c></row></sheetData>',
            id="a second signature",
        ),
    ],
)
def test_a_sheet_of_which_that_is_not_plain_is_read_as_any_other(part: str, pattern: str, replacement: str) -> None:
    book = open_book(with_xml(template(), part, pattern, replacement))
    cover = book.sheets[0]
    assert not cover.is_frame
    assert len(cover.rows) > 10


def test_a_sheet_to_fill_in_is_never_taken_for_one_of_them() -> None:
    """Even where somebody gives it the cover's signature: it goes by its name as well."""
    book = open_book(with_xml(template(), SHEET2, r"\|so-lieu\|", "|bia|"))
    assert frames(book)[FIGURES] is False
    assert book.sheets[1].rows[11]


def test_a_changed_signature_of_the_cover_is_still_told() -> None:
    book = open_book(with_xml(template(), COVER_PART, r"\|G1\|", "|G2|"))
    assert frames(book)[COVER]
    assert [problem.message for problem in validate(book, mini()).problems] == ["Ký hiệu nhận dạng ở dòng đầu (dòng ẩn) đã bị sửa."]


def test_a_cover_that_is_no_xml_is_still_refused() -> None:
    assert open_book(with_xml(template(), COVER_PART, "</sheetData>", "</row></sheetData>")).refusal == "broken"


def test_a_frame_that_hid_answers_would_be_found_out() -> None:
    """Negative control: the comparison above, when the sheet to fill in is passed over too."""
    book = open_book(template())
    hidden = replace(book, sheets=tuple(replace(sheet, rows={}, is_frame=True) for sheet in book.sheets))
    assert validate(hidden, mini()) != validate(open_book(with_shared_texts(template())), mini())
