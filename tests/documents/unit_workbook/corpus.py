"""Bad workbooks, each made from a good one by one thing that people or their programs do. Files that bite are in `hostile.py`."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from kheo.documents.unit_workbook import make_workbook
from tests.documents.unit_workbook.books import GOOD, TEXTS, filled, mini, order, past
from tests.documents.unit_workbook.books import good as make_good
from tests.documents.unit_workbook.editing import SHEET2, edited, with_cells, with_raw_cell, with_xml

BAD: dict[str, Callable[[], bytes]] = {}
Maker = Callable[[], bytes]


def bad(name: str) -> Callable[[Maker], Maker]:
    def put(maker: Maker) -> Maker:
        assert name not in BAD
        BAD[name] = maker
        return maker

    return put


good = cache(make_good)


def typed(name: str, cells: dict[str, Any], sheet: str = "Số liệu") -> None:
    """A workbook in which somebody typed these."""
    BAD[name] = lambda: with_cells(good(), cells, sheet)


# What people type where a number belongs (E9 B01.KT, E10 B01.VH, E11 B02, E12 C201, E13 C202, E17 C501).
typed("text with a dot between thousands is a number", {"E12": "1.000"})
typed("text with a blank between thousands is a number", {"E12": "1 000"})
typed("text with a comma is a fraction", {"E12": "11,5"})
typed("a comma between thousands is asked about", {"E12": "1,000"})
typed("a real fraction", {"E12": 10.5})
typed("a real fraction that may be thousands", {"E12": 1.234})
typed("a negative number", {"E11": -5})
typed("a number too large", {"E12": 10**13})
typed("a number with its unit", {"E11": "5 mô hình"})
typed("several numbers", {"E11": "5; 6"})
typed("words that mean nothing known", {"E11": "chưa rõ"})
typed("an emoji", {"E11": "5👍"})
typed("full-width digits", {"E12": "１２"})
typed("blanks and invisible marks around", {"E12": "\u200b 12 \ufeff"})
typed("an apostrophe in front", {"E12": "'12"})
typed("the signs of statistical tables", {"E11": "-", "E12": "…", "E13": "x"})
typed("a date instead of a number", {"E12": date(2023, 5, 10)})
typed("true instead of a number", {"E12": True})
typed("three words typed into the number", {"E11": "không phát sinh", "E12": "Không áp dụng", "E13": "CHƯA CÓ SỐ LIỆU"})
typed("a number typed into the choice", {"E12": None, "F12": 10})
typed("a number and a choice", {"F11": "không áp dụng"})
typed("a number and a choice that say the same", {"E11": 0, "F11": "không phát sinh"})
typed("a choice that is none of the three", {"E11": None, "F11": "đang làm"})
typed("an answer taken away", {"E12": None})
typed("a check that does not hold", {"E13": 11})
typed("a check that only asks", {"E11": 2})
typed("a zero where others counted", {"E12": 0, "E13": 0})

# Where nothing is to be typed.
typed("a total typed over, wrong", {"E8": 7})
typed("a total typed over, right", {"E8": 3})
typed("a total typed over with text", {"E8": "bảy"})
typed("a ratio typed over", {"E14": 0.9})
typed("what the system counts typed over", {"E15": 1})
typed("last period typed over", {"D11": 8})
typed("last period taken away", {"D11": None})
typed("a name changed", {"B11": "Mô hình còn duy trì"})
typed("a unit of measure changed", {"C11": "cái"})
typed("a choice at a total", {"F8": "không áp dụng"})
typed("a note at a walled content", {"G17": "Ông A và bà B tham gia."})
typed("a note too long", {"G11": "dài " * 300})
typed("an unknown code with a value", {"A30": "B99", "E30": 12})
typed("an unknown code with a note only", {"A30": "B99", "G30": "ghi chú"})
typed("a value in a row without a code", {"E30": 12})
typed("remarks under the table", {"B30": "Người lập biểu: Nguyễn Thị An"})
typed("a value beside the table", {"N12": 10})
typed("a heading written over", {"A7": "Nội dung khác"})
typed("remarks in the column of checks", {"H12": "số này đã hỏi lại quận"})
typed("remarks above the table", {"E3": "người lập: An"})
typed("a code in small letters", {"A11": "b02"})
typed("a code with blanks", {"A11": "  B02 "})
typed("a code overwritten", {"A11": "B03"})
typed("the same code twice with the same number", {"A30": "B02", "E30": 5})
typed("the same code twice with two numbers", {"A30": "B02", "E30": 6})

# The narrative (C6 I, C7 II).
typed("a required section left empty", {"C6": None}, "Lời văn")
typed("a section too long", {"C6": "a" * 501}, "Lời văn")
typed("a section longer than can be kept", {"C6": "a" * 20_001}, "Lời văn")
typed("a text in a section that is none", {"A12": "IX", "C12": "Một đoạn nữa."}, "Lời văn")
typed("a text in a row without a section", {"C12": "Một đoạn nữa."}, "Lời văn")
typed("a number as narrative", {"C7": 5}, "Lời văn")
typed("two texts for one section", {"A12": "II", "C12": "Khác."}, "Lời văn")


def of_sheet(book: openpyxl.Workbook) -> Any:
    return book["Số liệu"]


@bad("a sheet renamed and put last")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book["Số liệu"].title = "So lieu 6 thang"
        book.move_sheet("So lieu 6 thang", 2)

    return edited(good(), change)


@bad("rows in another order")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = of_sheet(book)
        for one, other in ((9, 17), (11, 13)):
            for column in range(1, 12):
                first, second = sheet.cell(one, column), sheet.cell(other, column)
                first.value, second.value = second.value, first.value

    return edited(good(), change)


@bad("a row put in")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).insert_rows(10))


@bad("a row taken out")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).delete_rows(11))


@bad("the head taken out")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).delete_rows(6))


@bad("a column put in before the numbers")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).insert_cols(5))


@bad("the column of numbers doubled")
def _() -> bytes:
    return with_cells(good(), {"L6": "Số liệu kỳ này", "L12": 11})


@bad("the column of numbers taken out")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).delete_cols(5))


@bad("answers of two rows merged")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).merge_cells("E12:E13"))


@bad("last period and number merged")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).merge_cells("D12:E12"))


@bad("number and choice merged")
def _() -> bytes:
    return edited(good(), lambda book: of_sheet(book).merge_cells("E12:F12"))


@bad("a hidden row with a number")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book).row_dimensions[12].hidden = True

    return edited(good(), change)


@bad("the column of numbers hidden")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book).column_dimensions["E"].hidden = True

    return edited(good(), change)


@bad("the sheet hidden")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book).sheet_state = "hidden"

    return edited(good(), change)


@bad("a sheet of one's own")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Nháp")["B2"] = 12

    return edited(good(), change)


@bad("a copy of the sheet of figures")
def _() -> bytes:
    return edited(good(), lambda book: book.copy_worksheet(of_sheet(book)))  # type: ignore[arg-type,return-value]


@bad("the sheet of figures taken out")
def _() -> bytes:
    return edited(good(), lambda book: book.remove(of_sheet(book)))


@bad("the narrative taken out")
def _() -> bytes:
    return edited(good(), lambda book: book.remove(book["Lời văn"]))


@bad("every signature taken out")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for sheet in book:
            sheet["A1"] = None

    return edited(good(), change)


@bad("a signature changed")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book)["A1"] = of_sheet(book)["A1"].value.replace("|G1|", "|G2|")

    return edited(good(), change)


@bad("a sheet from another unit's workbook")
def _() -> bytes:
    other = order(mini(), unit_code="G2", unit_name="Công đoàn cơ sở Hai")

    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book)["A1"] = other.address.signed("so-lieu")

    return edited(good(), change)


@bad("another unit's workbook")
def _() -> bytes:
    return filled(make_workbook(order(mini(), unit_code="G2")), mini(), GOOD, TEXTS)


@bad("another cycle's workbook")
def _() -> bytes:
    return filled(make_workbook(order(mini(), cycle_code="2023-N")), mini(), GOOD, TEXTS)


@bad("an edition that nobody knows")
def _() -> bytes:
    return filled(make_workbook(order(mini(), edition_hash="0" * 64)), mini(), GOOD, TEXTS)


@bad("an empty workbook")
def _() -> bytes:
    return make_workbook(order(mini(), past=past(mini())))


@bad("a formula never reckoned")
def _() -> bytes:
    return with_cells(good(), {"E12": "=4+6"})


@bad("a formula with its value")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<f>4+6</f><v>10</v>")


@bad("a formula that gives words")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<f>A1</f><v>mười</v>", ' t="str"')


@bad("an error value")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<f>#REF!+1</f><v>#REF!</v>", ' t="e"')


@bad("an error value without a formula")
def _() -> bytes:
    return with_raw_cell(good(), "E12", "<v>#N/A</v>", ' t="e"')


@bad("a percentage")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        of_sheet(book)["E12"].number_format = "0%"
        of_sheet(book)["E12"] = 1

    return edited(good(), change)


@bad("a date in the choice and a date as note")
def _() -> bytes:
    return with_cells(good(), {"E12": None, "F12": date(2023, 5, 10), "G12": date(2023, 5, 11)})


@bad("a dimension that says one cell")
def _() -> bytes:
    return with_xml(good(), SHEET2, r'<dimension ref="[^"]*"', '<dimension ref="A1"')


@bad("a thousand rows below")
def _() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for row in range(1000, 1003):
            of_sheet(book)[f"{get_column_letter(5)}{row}"] = row

    return edited(good(), change)


@bad("fractions of a float are as typed")
def _() -> bytes:
    return with_cells(good(), {"E12": 9.999999999999999999, "E13": 9.000000000000002})
