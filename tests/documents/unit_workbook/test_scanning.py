"""The quick look at a sheet is sure only of what is written plainly; everything else goes to the slow and exact count."""

import pytest

from kheo.documents.unit_workbook.scanning import is_plain, scan

HEAD = b'<worksheet xmlns="x"><sheetData>'
ROW = b'<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="s"><v>0</v></c></row>'
PLAIN = HEAD + ROW + b"</sheetData></worksheet>"


def test_a_plain_sheet_is_counted_by_patterns() -> None:
    assert is_plain(PLAIN)
    assert scan(PLAIN, b"").counts == {0: 2}


@pytest.mark.parametrize(
    "xml",
    [
        PLAIN.replace(b"</worksheet>", b'<c r="C7"><v>9</v></c></worksheet>'),
        HEAD + b'<row r="1"><c r="AAA1"><v>5</v></c></row></sheetData></worksheet>',
        HEAD + b'<row r="100000"><c r="A100000"><v>5</v></c></row></sheetData></worksheet>',
        HEAD + b'<row r="1"><c r="A1" t="s"><v>mot</v></c></row></sheetData></worksheet>',
        HEAD + b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v></v></c></row></sheetData></worksheet>',
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t/></is></c></row></sheetData></worksheet>',
        PLAIN.replace(b"<worksheet", b"<x:worksheet"),
    ],
    ids=["a cell behind the data", "a far column", "a far row", "no number of a text", "one of two texts", "an empty text", "a prefix"],
)
def test_what_the_patterns_do_not_know_goes_to_the_exact_count(xml: bytes) -> None:
    assert not is_plain(xml)
