"""The quick look at a sheet is sure only of what is written plainly; everything else goes to the slow and exact count."""

import pytest

from kheo.documents.grid.counting import count
from kheo.documents.grid.raw import Block, Places
from kheo.documents.grid.scanning import Scan, scan
from tests.documents.unit_workbook.books import good, read
from tests.documents.unit_workbook.editing import SHEET2, with_shared_texts, with_xml

HEAD = b'<worksheet xmlns="x"><sheetData>'
END = b"</sheetData></worksheet>"
ROW = b'<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="s"><v>0</v></c></row>'
PLAIN = HEAD + ROW + END
RICH = (
    b'<worksheet xmlns="x"><cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
    b'<row r="2" hidden="1"><c r="A2" s="1"/>'
    b'<c r="B2" t="inlineStr"><is><r><rPr><i/></rPr><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c></row>'
    b'<row r="3"/>'
    b'<row r="11"><c r="A11"><f>1+1</f><v>2</v></c><c r="B11"><f>B1</f></c><c r="C11" t="str" s="4"><f>"x"</f><v></v></c>'
    b'<c r="AB11"><f t="shared" si="0"/><v></v></c><c r="AC11" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="AD11" t="e"><v>#N/A</v></c></row>'
    b'</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells></worksheet>'
)
FOUND = Scan(
    counts={1: 1, 10: 1},
    formulas=Places.of([(10, 0), (10, 1), (10, 2), (10, 27), (10, 28)]),
    unreckoned=Places.of([(10, 1), (10, 27)]),
    errors={(10, 28): "#DIV/0!", (10, 29): "#N/A"},
    merged=(Block(1, 0, 2, 1),),
    hidden_rows=frozenset({1}),
    hidden_columns=frozenset({1, 2}),
)


def test_a_plain_sheet_is_counted_by_its_tags() -> None:
    assert scan([PLAIN], b"") == [Scan(counts={0: 2})]


def test_everything_that_needs_a_second_look_is_found() -> None:
    assert scan([RICH], b"") == [FOUND]


def test_an_empty_sheet_beside_others_is_empty() -> None:
    assert scan([PLAIN, HEAD + END, RICH], b"") == [Scan(counts={0: 2}), Scan(counts={}), FOUND]


def test_sheets_looked_over_together_are_kept_apart() -> None:
    assert scan([RICH, PLAIN, RICH], b"") == [FOUND, Scan(counts={0: 2}), FOUND]


def test_the_slow_count_finds_the_same() -> None:
    slow = count(RICH, frozenset()).scan()
    assert (slow.counts, slow.formulas, slow.unreckoned, slow.errors) == (FOUND.counts, FOUND.formulas, FOUND.unreckoned, FOUND.errors)
    assert (slow.merged, slow.hidden_rows, slow.hidden_columns) == (FOUND.merged, FOUND.hidden_rows, FOUND.hidden_columns)


@pytest.mark.parametrize(
    "xml",
    [
        PLAIN.replace(b"</worksheet>", b'<c r="C7"><v>9</v></c></worksheet>'),
        PLAIN.replace(b"</worksheet>", b'<row r="7"><c><v>9</v></c></row></worksheet>'),
        PLAIN.replace(b"</worksheet>", b'<x:row r="7"/></worksheet>'),
        PLAIN.replace(b"<sheetData>", b'<c r="C7"><v>9</v></c><sheetData>'),
        PLAIN.replace(b"</worksheet>", b'<sheetData><row r="7"><c r="A7"><v>9</v></c></row></sheetData></worksheet>'),
        HEAD + b'<row r="1"><c r="AAA1"><v>5</v></c></row>' + END,
        HEAD + b'<row r="100000"><c r="A100000"><v>5</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="s"><v>mot</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="s"><v>0x1</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="s"><v>0000000001</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v></v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="s" s="1"><v>mot</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t/></is></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"/></is></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t></t></is></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is></is></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is/></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><rPh sb="0" eb="1"><t>a</t></rPh></is></c></row>' + END,
        HEAD + b'<row r="1"><c r="A1"><v xml:space="preserve">5</v></c></row>' + END,
        HEAD + b'<row r="1"><c\nr="A1"><v>5</v></c></row>' + END,
        HEAD + b'<row r="1"><c><v>5</v></c></row>' + END,
        HEAD + b'<row r="1"><c r="a1"><v>5</v></c></row>' + END,
        HEAD + b"<row r='1'><c r='A1'><v>5</v></c></row>" + END,
        HEAD + b'<row r="1"><c r="A2"><f>1</f></c></row>' + END,
        HEAD + b'<row r="1"><c r="A11"><f>1</f></c></row>' + END,
        HEAD + b'<row><c r="A1"><v>5</v></c></row>' + END,
        HEAD + b'<c r="A1"><v>5</v></c><row r="1"/>' + END,
        PLAIN.replace(b"<worksheet", b"<x:worksheet"),
    ],
)
def test_what_is_not_written_plainly_goes_to_the_exact_count(xml: bytes) -> None:
    assert scan([xml], b"") is None
    assert scan([PLAIN, xml], b"") is None


@pytest.mark.parametrize("shared", [False, True], ids=["texts in cells", "texts in the table"])
@pytest.mark.parametrize(
    "hidden",
    [
        '</sheetData><c r="E40"><v>7</v></c>',
        '</sheetData><row r="40"><c r="E40"><v>7</v></c></row>',
        '</sheetData><sheetData><row r="40"><c r="E40"><v>7</v></c></row></sheetData>',
    ],
    ids=["a cell", "a row", "all over again"],
)
def test_a_cell_behind_the_data_is_never_passed_over(hidden: str, shared: bool) -> None:
    """The parser stops at the first end of the data; the file is refused, since the two counts differ."""
    data = with_shared_texts(good()) if shared else good()
    sound = read(data)
    assert sound.is_storable
    assert [problem.message[:32] for problem in read(with_xml(data, SHEET2, "</sheetData>", hidden)).problems] == [
        "Đếm hai cách ra hai kết quả khác"
    ]


def test_without_the_second_count_a_cell_behind_the_data_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the parser alone reads the file without a word."""
    from kheo.documents.grid import scanning

    data = with_xml(good(), SHEET2, "</sheetData>", '</sheetData><c r="E40"><v>7</v></c>')
    monkeypatch.setattr(scanning, "_CELLS", scanning.re.compile(b"(?!)"))
    assert read(data).is_storable
