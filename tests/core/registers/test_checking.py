"""Relations between the fields of an entry, patterns of texts, choices offered no more: declared in the file, asked alike everywhere."""

import re
import time
from pathlib import Path

import pytest

from kheo.core.registers.checking import failed_checks, left_choices
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.patterns import fits_pattern
from kheo.core.registers.rebasing import Edition, changed_answers
from kheo.core.registers.values import FieldProblem, Kept, Options, misfits, read_value

BOOKS = Path(__file__).parents[3] / "campaigns/registers"
SMALL = (Path(__file__).parents[2] / "files/so-nho.yaml").read_text(encoding="utf-8")
NOTHING = Options({})


def shipped(code: str) -> RegisterDefinition:
    definition = load_register((BOOKS / f"{code}.yaml").read_text(encoding="utf-8"), code).definition
    assert definition is not None
    return definition


def small(*changes: tuple[str, str]) -> RegisterDefinition:
    text = SMALL
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    loaded = load_register(text, "so-nho.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def told(definition: RegisterDefinition, state: str, **values: Kept) -> list[tuple[str, str]]:
    return [(each.key, each.message) for each in failed_checks(definition, {}, values, state, NOTHING)]


def test_a_meeting_has_no_more_answers_than_questions_and_is_done_when_all_are() -> None:
    meetings = shipped("doi-thoai")
    assert told(meetings, "da_hop", so_y_kien=6, tra_loi_ngay=4) == []
    assert told(meetings, "da_hop", so_y_kien=6, tra_loi_ngay=8, da_giai_quyet=7) == [
        ("tra_loi_ngay", "Trả lời ngay 8 kiến nghị, nhiều hơn 6 kiến nghị nêu ra."),
        ("da_giai_quyet", "Đã giải quyết 7 kiến nghị, nhiều hơn 6 kiến nghị nêu ra."),
        ("da_giai_quyet", "Đã giải quyết 7 kiến nghị, ít hơn 8 kiến nghị đã trả lời ngay tại chỗ."),
    ]
    assert told(meetings, "da_hop", so_y_kien=6, da_giai_quyet=5) == []  # work is left; that is what the state says
    assert [key for key, _ in told(meetings, "hoan_tat", so_y_kien=6, da_giai_quyet=5)] == ["da_giai_quyet"]


@pytest.mark.parametrize(
    ("book", "state", "values", "at"),
    [
        ("mo-hinh", "da_dang_ky", {"bat_dau": "2023-05-02", "du_kien_xong": "2023-05-01"}, "du_kien_xong"),
        ("kiem-tra", "ket_luan", {"ngay": "2023-05-02", "han_khac_phuc": "2023-04-30"}, "han_khac_phuc"),
        ("kien-nghi-giam-sat", "da_gui", {"ngay_gui": "2023-05-02", "han_tra_loi": "2023-05-01"}, "han_tra_loi"),
    ],
)
def test_nothing_ends_before_it_begins(book: str, state: str, values: dict[str, Kept], at: str) -> None:
    assert [key for key, _ in told(shipped(book), state, **values)] == [at]
    assert told(shipped(book), state, **dict.fromkeys(values, "2023-05-02")) == []


CHECK = 'checks: [{left: so_nguoi, operator: "<=", right: dien_tich, message: "{left} lớn hơn {right}."}]\nstates:\n'


def test_numbers_are_compared_by_what_they_are_not_by_how_they_are_kept() -> None:
    """An area of 12,50 is kept as 1250; 13 people are still more than it."""
    definition = small(("states:\n", CHECK))
    assert told(definition, "nhap", so_nguoi=12, dien_tich=1250) == []
    assert told(definition, "nhap", so_nguoi=13, dien_tich=1250) == [("so_nguoi", "13 lớn hơn 12,50.")]


def test_it_is_told_where_it_was_changed_and_not_asked_of_what_nobody_can_mend() -> None:
    definition = small(("states:\n", CHECK.replace("so_nguoi", "ket_qua")))
    held: dict[str, Kept] = {"ket_qua": 5, "dien_tich": 500}
    found = failed_checks(definition, held, {**held, "dien_tich": 400}, "nhap", NOTHING)
    assert [each.key for each in found] == ["dien_tich"]
    frozen = small(("at_least: 0}", "at_least: 0, frozen_from: xong}"), ("states:\n", CHECK.replace("so_nguoi", "ket_qua")))
    wrong: dict[str, Kept] = {"ket_qua": 5, "dien_tich": 400}
    assert failed_checks(frozen, wrong, wrong, "xong", NOTHING) == ()
    assert failed_checks(frozen, wrong, wrong, "da_gui", NOTHING) != ()


def test_an_open_entry_that_a_new_edition_finds_wrong_is_flagged() -> None:
    old, new = small(), small(("states:\n", CHECK))
    flags = changed_answers(Edition(old, NOTHING), Edition(new, NOTHING), {"ten": "A", "so_nguoi": 13, "dien_tich": 1250}, "nhap")
    assert [(each.key, each.why, each.message) for each in flags] == [("so_nguoi", "misfit", "“Số người”: 13 lớn hơn 12,50.")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("left: so_nguoi", "left: so_ngoi"), "Không có trường “so_ngoi”"),
        (("right: dien_tich", "right: cach_lam"), "kiểu long_text không so lớn bé được"),
        (("right: dien_tich", "right: tu_ngay"), "Không so integer (“so_nguoi”) với day (“tu_ngay”) được"),
        (("right: dien_tich", "right: so_nguoi"), "không so với chính nó"),
        (("message:", "from_state: xng, message:"), "Không có trạng thái “xng”"),
        (("{left}", "{so_nguoi}"), "chỉ dùng {left} và {right}"),
        (("{left}", "{left"), "viết sai"),
        (('"<="', '"=<"'), "checks"),
    ],
)
def test_a_check_that_cannot_be_asked_is_told_when_the_file_is_read(change: tuple[str, str], said: str) -> None:
    text = SMALL.replace("states:\n", CHECK.replace(*change, 1), 1)
    problems = [str(each) for each in load_register(text, "so-nho.yaml").problems]
    assert any(said in each for each in problems), problems


NOTATION = FieldDef.model_validate(
    {"key": "so", "label": "Số", "type": "text", "pattern": r"\d{1,4}/[A-ZĐ]{2,5}-[A-ZĐ]+", "pattern_says": "Viết như 12/QĐ-LĐLĐ."}
)


def test_a_text_is_as_its_pattern_says_from_end_to_end() -> None:
    assert read_value(NOTATION, "12/QĐ-LĐLĐ", NOTHING) == "12/QĐ-LĐLĐ"
    for wrong in ("12/QĐ", "số 12/QĐ-LĐLĐ", "12/QĐ-LĐLĐ nhé"):
        assert read_value(NOTATION, wrong, NOTHING) == FieldProblem("so", "Viết như 12/QĐ-LĐLĐ.")
    definition = small(("type: text, column: title,", r"type: text, column: title, pattern: '[A-Z].*', pattern_says: Viết hoa.,"))
    assert [each.message for each in misfits(definition, {"ten": "tổ"}, NOTHING)] == ["Viết hoa."]


def test_no_pattern_runs_for_ever_whatever_is_typed() -> None:
    """The engine of the standard library needs hours for this text; doubling each letter more would double that."""
    evil, text = "(a+)+b", "a" * 26
    begun = time.process_time()
    assert not fits_pattern(evil, "a" * 250)
    taken = time.process_time() - begun
    begun = time.process_time()
    assert re.fullmatch(evil, text[:18]) is None
    assert taken < max(0.05, time.process_time() - begun)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("pattern: '(', pattern_says: X", "pattern viết sai"),
        (r"pattern: '(a)\1', pattern_says: X", "pattern viết sai"),
        ("pattern: '(?=a)', pattern_says: X", "pattern viết sai"),
        ("pattern: '((a{1000}){1000}){1000}', pattern_says: X", "pattern viết sai"),
        ("pattern: 'a'", "đi cùng nhau"),
        ("pattern_says: X", "đi cùng nhau"),
    ],
)
def test_a_pattern_that_cannot_be_asked_is_told_when_the_file_is_read(key: str, said: str) -> None:
    problems = load_register(SMALL.replace("type: text, column: title,", f"type: text, column: title, {key},", 1), "so-nho.yaml").problems
    assert any(said in str(each) for each in problems), problems


def test_a_choice_that_is_offered_no_more_is_kept_and_not_taken_anew() -> None:
    definition = small(("{code: CT, name: Công trình}", "{code: CT, name: Công trình, status: retired}"))
    options = Options({"kinds": {"MH": "Mô hình", "CT": "Công trình"}}, {"kinds": frozenset({"CT"})})
    loai = definition.by_key["loai"]
    assert left_choices(definition, {"loai": "CT"}, {"loai": "CT", "ten": "B"}, options) == ()
    assert left_choices(definition, {}, {"loai": "CT"}, options) == (FieldProblem("loai", "“Công trình” đã thôi dùng; hãy chọn mục khác."),)
    assert (dict(options.offered(loai)), dict(options.offered(loai, ["CT"]))) == ({"MH": "Mô hình"}, dict(options.of(loai)))
    assert read_value(loai, "Công trình", options) == "CT"  # a file of old entries comes back


def test_nothing_writes_a_choice_that_is_offered_no_more() -> None:
    text = SMALL.replace("{code: CT, name: Công trình}", "{code: CT, name: Công trình, status: retired}", 1)
    text = text.replace(
        "to: da_gui, by: [{scope: own, roles: [officer, head]}]}",
        "to: da_gui, by: [{scope: own, roles: [officer, head]}], sets: {loai: CT}}",
        1,
    )
    assert any("đã thôi dùng" in str(each) for each in load_register(text, "so-nho.yaml").problems)
