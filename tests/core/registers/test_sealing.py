"""What one side scores first is sealed from those who score after it: by the rules of the file, and of an entry by its state and side."""

from collections.abc import Callable

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.sealing import is_sealed, sealed_fields
from kheo.core.registers.words import Scope
from tests.core.registers.test_freezing import campaign, read, text_of

BOOK = "kiem-tra"
SEALED_FIELD = "frozen_from: tu_cham, sealed_until: doan_cham,\n     in_list: true"
SEALED_LINES = "by: [{scope: handler, roles: [officer, head]}], frozen_from: tu_cham,\n     sealed_until: doan_cham"
TELLS = "“diem_tu_cham” kín (sealed_until): chỗ này ai cũng đọc, sẽ nói ra con số."
EARLY = "“Đơn vị tự chấm” kín đến “Đoàn đã chấm, trao đổi chênh lệch”: chỉ tính ở các trạng thái từ đó trở đi."


def told(old: str, new: str) -> list[str]:
    """What is said of the book of inspections with some words of its file changed."""
    text = text_of(BOOK)
    assert text.count(old) == 1, old
    return [str(each) for each in load_register(text.replace(old, new), "so.yaml", campaign=campaign()).problems]


def says(found: list[str], *words: str) -> bool:
    return any(all(word in each for word in words) for each in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by: [{scope: handler, roles: [head]}], asks: [diem_tu_cham]", "by: [{scope: own, roles: [head]}], asks: [diem_tu_cham]"),
        ("asks: [diem_tu_cham], needs: [diem_tu_cham],\n     lines: [tu_cham]", "lines: [tu_cham]"),
    ],
    ids=["asked of those who edit the entry", "asked by nobody"],
)
def test_a_sealed_field_is_written_by_acts_of_a_side_that_does_not_edit(old: str, new: str) -> None:
    words = "“Đơn vị tự chấm” kín (sealed_until) thì chỉ thao tác của bên không sửa hồ sơ ghi nó (asks)."
    assert says(told(old, new), ".sealed_until: ", words)


@pytest.mark.parametrize(
    "by",
    ["", "by: [{scope: own, roles: [officer]}], ", "by: [{scope: handler, roles: [officer]}, {scope: own, roles: [office]}], "],
    ids=["whoever edits", "those who edit", "both"],
)
def test_sealed_lines_are_written_by_a_side_that_does_not_edit(by: str) -> None:
    found = told(SEALED_LINES, f"{by}frozen_from: tu_cham, sealed_until: doan_cham")
    assert says(found, "lines[0].sealed_until: ", "Dòng “Bản tự chấm” kín (sealed_until) thì chỉ bên không sửa hồ sơ được ghi (by).")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("at_most: 6000,", "at_most: 6000, shown_if: [{field: diem_tu_cham, at_least: 50}],", ".shown_if"),
        ("states: [doan_cham, trao_doi], days: 30}",
         "states: [doan_cham], where: [{field: diem_tu_cham, at_least: 50}]}", "ready[2].where"),
        ("checks:\n", 'checks:\n  - {left: diem_tu_cham, operator: ">=", right: diem, message: "Hơn."}\n', "checks[0]"),
        ("checks:\n", 'checks:\n  - {left: diem, operator: "<=", right: diem_tu_cham, message: "Hơn."}\n', "checks[0]"),
        ("\nlist_names:", "\ntitle_from: \"{ten}: {diem_tu_cham}\"\nlist_names:",
         "title_from"),
    ],
    ids=["condition of a field", "ready list", "left of a check", "right of a check", "title"],
)  # fmt: skip
def test_nothing_that_all_read_asks_of_a_sealed_field(old: str, new: str, where: str) -> None:
    assert says(told(old, new), where, TELLS)


SCORE = "counts: {fact: entered, states: [ket_luan, dong], once: true, measure: sum, of: diem},"
COUNT = "counts: {fact: entered, states: [doan_cham], once: true}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SCORE, "counts: {fact: in_state, states: [tu_cham, dong], measure: sum, of: diem_tu_cham},"),
        (COUNT, "counts: {fact: in_state, states: [tu_cham, doan_cham], where: [{field: diem_tu_cham, at_least: 50}]}"),
        ("{fact: due, clock: khac_phuc, outcome: met}", "{fact: due, clock: tu_cham, where: [{field: diem_tu_cham, at_least: 50}]}"),
    ],
    ids=["added up", "a condition", "of another fact than a state"],
)  # fmt: skip
def test_a_figure_counts_from_a_sealed_field_only_where_all_its_states_have_unsealed_it(old: str, new: str) -> None:
    assert says(told(old, new), EARLY)


def test_a_figure_counts_from_a_field_once_it_is_unsealed() -> None:
    assert not says(told(COUNT, "counts: {fact: in_state, states: [doan_cham, dong], where: [{field: diem_tu_cham, at_least: 50}]}"), EARLY)


def test_sealed_lines_are_never_added_up() -> None:
    counted = "counts: {fact: line, line: tu_cham, measure: sum, of: quantity}"
    words = "Dòng “Bản tự chấm” kín đến “doan_cham”: không cộng được, vì danh sách sau con số sẽ nói ra."
    assert says(told(COUNT, counted), words)
    assert not says(told(SEALED_LINES, SEALED_LINES.split(",\n")[0]), words), "lines that are not sealed are not spoken of"


@pytest.mark.parametrize("old", [SEALED_FIELD, SEALED_LINES], ids=["field", "lines"])
def test_a_seal_until_a_state_that_is_not_there_is_told_by_that_name_alone(old: str) -> None:
    found = told(old, old.replace("sealed_until: doan_cham", "sealed_until: doancham"))
    assert says(found, ".sealed_until: ", "Không có trạng thái “doancham”")
    assert not says(found, "kín đến")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: integer, concept: diem_tu_cham, at_least: 0, at_most: 100, required_from: tu_cham", "type: text, required_from: tu_cham",
         "sealed_until chỉ dùng cho trường số không có column."),
        ("in_list: true, section: Chấm}\n  - {key: diem,", "filter: true, section: Chấm}\n  - {key: diem,", "không lọc, không sắp xếp"),
        ("in_list: true, section: Chấm}\n  - {key: diem,", "public: true, section: Chấm}\n  - {key: diem,", "không công khai"),
    ],
    ids=["words", "filter", "public"],
)  # fmt: skip
def test_only_a_number_that_no_list_asks_for_is_sealed(old: str, new: str, said: str) -> None:
    assert says(told(old, new), said)


def lines_sealed(book: RegisterDefinition, state: str, side: Scope) -> bool:
    return is_sealed(book, book.by_line["tu_cham"], state, {side})


def field_sealed(book: RegisterDefinition, state: str, side: Scope) -> bool:
    return sealed_fields(book, state, {side}) == {"diem_tu_cham"}


@pytest.mark.parametrize("sealed", [lines_sealed, field_sealed], ids=["lines", "field"])
def test_only_the_side_that_writes_it_sees_it_until_the_state_is_come_to(sealed: Callable[[RegisterDefinition, str, Scope], bool]) -> None:
    book = read(BOOK)
    until = next(place for place, state in enumerate(book.states) if state.code == "doan_cham")
    for place, state in enumerate(book.states):
        assert not sealed(book, state.code, Scope.HANDLER)
        for side in set(Scope) - {Scope.HANDLER}:
            assert sealed(book, state.code, side) is (place < until), (state.code, side)
    assert sealed(book, "da_bo_tu_lau", Scope.OWN), "in a state that this edition does not have nothing is told"


def test_what_holds_from_a_state_on_holds_in_it_and_after_it_and_never_where_none_is_named() -> None:
    book = read(BOOK)
    assert [state.code for state in book.states if book.has_come_to("ket_luan", state.code)] == ["ket_luan", "da_bao", "dong", "huy"]
    assert not any(book.has_come_to(since, state.code) for since in (None, "khong_co") for state in book.states)
    assert not book.has_come_to("lich", "khong_co"), "a state that it does not have is before every other"
