"""Whatever people type is text on paper: never markup, a formula, a direction or a broken file."""

from dataclasses import replace

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

from kheo.core.consolidated import Consolidated, NarrativeText, UnitRef
from kheo.documents.annex_workbook import annex_workbook
from kheo.documents.consolidated_json import consolidated_json
from kheo.documents.printable import MARK, lower_first, one_line, paragraphs, tie_numbers, upper_first
from kheo.documents.word import NAMESPACE, run
from kheo.documents.workbook_cells import safe_text
from tests.documents.reading import by_calamine, by_openpyxl, formulas, lines_of, plain
from tests.documents.sample import CITY, LETTER, consolidated, definition, paper_of

TEXTS = st.text(st.characters(), max_size=80) | st.sampled_from(
    [
        "</w:t></w:r></w:p>",
        "<w:br/>&amp;<!--",
        "{{ 7*7 }}{% if %}",
        '=HYPERLINK("http://x","y")',
        "+84 28 3829",
        "-1+1|cmd",
        "@SUM(A1:A9)",
        "\t=1",
        "＝1+1",
        "\u202e321 gnốhk",
        "\u2067abc\u2069",
        "a\x00b\x08c\x1b[31m",
        "dòng 1\x0bdòng 2\r\ndòng 3",
        "\ud800 nửa ký tự",
        "\ufffe\uffff",
        "😀👩‍👩‍👧",
        "Hòa Bi\u0300nh",
        "  cách  đôi  ",
    ]
)
# A file that holds both `_x0041_` and its escape is read differently by the two readers; what we write is right (see the spec, §22.4.2.4).
UNESCAPED = TEXTS.filter(lambda text: "_x" not in text)
ASKED = definition().model_copy(
    update={"indicators": tuple(each for each in definition().indicators if each.code in ("A01", "A02", "B01"))}
)
SMALL = consolidated(3, missing=0)


def with_text(text: str) -> Consolidated:
    """The text as a unit's name and as its report, beside ordinary ones."""
    unit = UnitRef("H1", text, "district")
    children = (replace(SMALL.children[0], unit=unit), *SMALL.children[1:])
    late = replace(children[0], on_time=False)
    written = (NarrativeText("II.1", unit, text), NarrativeText("V", CITY, text))
    return replace(SMALL, children=(late, *children[1:]), missing_units=(unit,), narratives=written)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_report_shows_any_text_as_it_was_typed(text: str) -> None:
    lines = lines_of(paper_of(ASKED, with_text(text), replace(LETTER, issuer=f"LĐLĐ {text}", name=text)))
    joined = "\n".join(lines)
    for line in paragraphs(text):
        assert plain(line) in joined
    assert one_line(text) == "" or plain(one_line(text)) in joined


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(UNESCAPED)
def test_a_workbook_shows_any_text_as_text(text: str) -> None:
    content = annex_workbook(ASKED, with_text(text))
    shown = safe_text(text) or None
    assert formulas(content) == 0
    assert by_openpyxl(content, "Số liệu theo đơn vị")[7][2] == shown
    assert by_calamine(content, "Số liệu theo đơn vị")[7][2] == shown


@settings(max_examples=40)
@given(TEXTS)
def test_json_hands_over_the_text_unchanged(text: str) -> None:
    assert consolidated_json(ASKED, with_text(text))["children"][0]["name"] == text


@given(st.text(st.characters(), max_size=200))
@example("\x00")
@example("\ud800")
@example("]]>")
def test_a_run_is_always_well_formed(text: str) -> None:
    element = parse_xml(f'<w:p xmlns:w="{NAMESPACE}">{run(text)}</w:p>')
    assert "".join(node.text or "" for node in element.iter(qn("w:t"))).strip() == one_line(text)


@pytest.mark.parametrize("raw", ["\x00", "\x1b", "\ufffe", "</w:t>", "&"])
def test_without_the_care_taken_the_file_would_break(raw: str) -> None:
    """Negative control: the same texts put in as they are."""
    with pytest.raises((XMLSyntaxError, ValueError)):
        parse_xml(f'<w:t xmlns:w="{NAMESPACE}">{raw}</w:t>')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", f"a{MARK}b"),
        ("\u202e321", f"{MARK}321"),
        ("một\nhai\tba", "một hai ba"),
        ("  một   hai ", "một hai"),
        ("Hòa Bi\u0300nh", "Hòa Bình"),
        ("12\u00a0%", "12\u00a0%"),
    ],
)
def test_unfit_characters_are_shown_as_a_mark_and_blanks_are_folded(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_paragraphs_are_split_at_every_kind_of_line_end() -> None:
    assert paragraphs("một\r\nhai\x0bba\u2028\n\n bốn ") == ("một", "hai", "ba", "bốn")


@pytest.mark.parametrize(
    ("text", "inside"),
    [("Mô hình", "mô hình"), ("NLĐ mất việc", "NLĐ mất việc"), ("TTHC", "TTHC"), ("ĐV", "ĐV"), ("Đơn vị", "đơn vị"), ("A", "A"), ("", "")],
)
def test_a_name_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(text: str, inside: str) -> None:
    assert lower_first(text) == inside


def test_a_sentence_begins_with_a_capital() -> None:
    assert [upper_first(text) for text in ("đơn vị", "", "12 đơn vị")] == ["Đơn vị", "", "12 đơn vị"]


def test_a_number_is_tied_to_the_word_before_it() -> None:
    assert tie_numbers("Liên đoàn Lao động Quận 5; Quận 10") == "Liên đoàn Lao động Quận\u00a05; Quận\u00a010"
