"""What OCR read wrongly is proposed beside what stands there, and nothing in the paper is changed."""

from pathlib import Path

import pytest

from kheo.core.directives.paper import Paper
from kheo.core.directives.slips import slips
from tests.core.directives.papers import INVENTED, directive, pairs


def proposed(text: str) -> list[tuple[str, str]]:
    return [(each.value.original, each.value.proposed) for each in slips(Paper(text))]


def test_the_slips_of_the_directive_of_the_first_campaign_are_proposed(shared_dir: Path) -> None:
    text = (shared_dir / "data" / "directives" / "dev-02.txt").read_text(encoding="utf-8")
    assert proposed(text) == [
        ("chính quyền", "chỉnh đốn"),
        ("khôn", "không"),
        ("nghề", ""),
        ("nhúng nhỉnh", "nhũng nhiễu"),
        ("Phần đầu", "Phấn đấu"),
        ("công", "cổng"),
    ]


def test_a_mark_lost_once_is_proposed_from_how_the_paper_writes_otherwise() -> None:
    said = "Kế hoạch này; kế hoạch năm; theo kế hoạch; kế hoạch đã giao. Thực hiện kê hoạch đúng hạn."
    assert proposed(said) == [("kê hoạch", "kế hoạch")]


def test_another_word_with_the_same_letters_is_left_alone() -> None:
    assert proposed("tổ chức này; tổ chức kia; tổ chức nọ; tổ chức Hội. Ông giữ tờ chức gì?") == []
    assert proposed("số liệu; số liệu; số liệu; số liệu. Xin sổ liệu này.") == []


def test_letters_in_a_date_are_proposed_as_digits() -> None:
    assert proposed("trước ngày 3O/9/2O25") == [("3O/9/2O25", "30/9/2025")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("trưóc", "trước"),  # no rime has ư before o
        ("hưóng", "hướng"),
        ("thựe", "thực"),  # one letter taken for another, put in, left out
        ("tnhân", "nhân"),
        ("nghiêẹp", "nghiệp"),
        ("thưc", "thực"),  # what ends in c has a tone
        ("nghiêp", "nghiệp"),
        ("khôgn", None),  # two letters away
        ("phưc", None),  # the paper has no such word
    ],
)
def test_a_word_that_is_no_syllable_is_proposed_as_what_the_paper_has_one_letter_away(wrong: str, right: str | None) -> None:
    said = f"Các đơn vị thực hiện nhiệm vụ, nhân dân và doanh nghiệp phấn khởi. Việc {wrong} xong."
    assert proposed(said) == ([(wrong, right)] if right else [])


@pytest.mark.parametrize("word", ["email", "fanpage", "online", "zalo", "khuỷu", "nghiêng", "quốc", "giữ", "thuở", "ướt", "khéo²"])
def test_a_syllable_a_foreign_word_or_a_note_is_left_alone(word: str) -> None:
    assert proposed(f"Các đơn vị gửi {word} về Sở; khéo, mai, on, phân.") == []


def test_letters_in_a_figure_are_proposed_as_digits() -> None:
    assert proposed("Hỗ trợ 2O hộ, 1OO% số xã, 7.5OO đồng; 3o6 người.") == [
        ("2O", "20"),
        ("1OO", "100"),
        ("7.5OO", "7.500"),
        ("3o6", "306"),
    ]
    assert proposed("Nhiệt độ 37o C, tổ 2A, Quyết định số 12/QĐ-UBND, 100 OCOP, điểm O, 5 O.") == []


def test_what_is_right_is_not_touched_in_the_invented_papers() -> None:
    found = {name: proposed(text) for name, text, _ in pairs(INVENTED)}
    assert {name: each for name, each in found.items() if each} == {
        "w-25": [("Khôi", "Khối")],
        "w-39": [("tac", "tác"), ("28/6/2O25", "28/6/2025"), ("3O/9/2025", "30/9/2025"), ("nhât", "nhất")],
    }


def test_the_paper_itself_stays_as_it_was() -> None:
    text = "Số: 1/KH-UBND\nKẾ HOẠCH\nPhần đầu và duy trì tỷ lệ\n"
    found = directive(text)
    assert found.slips[0].value.proposed == "Phấn đấu"
    assert found.paper.text == text
    assert found.subject is not None
    assert found.subject.value == "Phần đầu và duy trì tỷ lệ"
