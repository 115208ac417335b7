"""What has one concept is of one type, scale and unit in every register that is kept today."""

from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition
from kheo.core.definition.records import CountingRule
from kheo.core.registers.concepts import concept_problems
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition

BOOKS = Path(__file__).parents[3] / "campaigns" / "registers"
SMALL = (Path(__file__).parents[2] / "files" / "so-nho.yaml").read_text(encoding="utf-8")
PEOPLE = "{key: so_nguoi, label: Số người, type: integer, column: people_count, at_most: 100000}"
AREA = "type: decimal, decimals: 2, filter: true"


def small(people: str = "", area: str = "") -> RegisterDefinition:
    """The small register, its number of people and its area with some further keys."""
    text = SMALL.replace(PEOPLE, PEOPLE.replace("}", f"{people}}}")).replace(AREA, AREA + area)
    found = load_register(text, "so.yaml")
    assert found.definition is not None, found.problems
    return found.definition


def test_the_books_that_come_with_kheo_agree() -> None:
    found = [load_register(file.read_text(encoding="utf-8"), file.name).definition for file in sorted(BOOKS.glob("*.yaml"))]
    books = [each for each in found if each is not None]
    assert any(field.concept for each in books for field in each.fields)
    assert [words for place, each in enumerate(books) for words in concept_problems(each, books[:place])] == []


def shipped_books() -> list[RegisterDefinition]:
    found = [load_register(file.read_text(encoding="utf-8"), file.name).definition for file in sorted(BOOKS.glob("*.yaml"))]
    assert None not in found
    return [each for each in found if each is not None]


def counted_keys(book: RegisterDefinition, campaign: Definition) -> set[str]:
    """The fields that figures of the book, or indicators of the campaign, filter by, divide by or add."""
    rules: list[CountingRule] = [rule for each in book.figures for rule in (each.counts, each.among) if rule is not None]
    rules += [each.records for each in campaign.indicators if each.records and each.records.register_code == book.register_code]
    read = {key for rule in rules for key in (rule.by, rule.of, *(each.field for each in rule.where))}
    return {field.key for field in book.fields if field.key in read}


def test_what_is_counted_says_its_concept_in_every_book() -> None:
    """So that next year's book, or another's, is comparable whatever it calls the field."""
    campaign = load_definition((BOOKS.parent / "5-khong.yaml").read_bytes(), "5-khong.yaml").definition
    assert campaign is not None
    lacking = {
        (book.register_code, key) for book in shipped_books() for key in counted_keys(book, campaign) if book.by_key[key].concept is None
    }
    assert lacking == set()


def test_what_several_books_share_is_this() -> None:
    shared: dict[str, set[str]] = {}
    for book in shipped_books():
        for field in book.asked:
            if field.concept is not None:
                shared.setdefault(field.concept, set()).add(book.register_code)
    assert {concept: books for concept, books in shared.items() if len(books) > 1} == {
        "noi_dung_5_khong": {"hien-ke", "ke-hoach", "kiem-tra", "mo-hinh", "tin-bai"},
        "loai_chu_the": {"hien-ke", "mo-hinh", "phan-anh"},
        "ngay_gui": {"hien-ke", "kien-nghi-giam-sat"},
        "ngay_nhan": {"don-thu", "phan-anh"},
        "dong_y_gioi_thieu": {"hien-ke", "tin-bai"},
    }


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        (", concept: nguoi, unit: người", "là integer, tính bằng người, ở trường “so_nguoi” là integer:"),
        (", concept: nguoi", None),
        (", concept: khac, unit: người", None),
        (", unit: người", None),
        (", concept: nguoi, unit: người, status: retired", None),
    ],
)
def test_another_unit_of_one_concept_is_told(theirs: str, said: str | None) -> None:
    problems = list(concept_problems(small(", concept: nguoi"), [small(theirs)]))
    assert len(problems) == (1 if said else 0)
    assert said is None or said in problems[0]


def test_another_type_or_scale_of_one_concept_is_told() -> None:
    (problem,) = concept_problems(small(", concept: nguoi"), [small(area=", concept: nguoi")])
    assert "là decimal, 2 số lẻ, ở trường “so_nguoi” là integer:" in problem


def test_a_register_asks_one_concept_once() -> None:
    (problem,) = concept_problems(small(", concept: nguoi", ", concept: nguoi"), [])
    assert problem == "Trường “so_nguoi” và “dien_tich” cùng khái niệm “nguoi”: mỗi sổ chỉ một trường đang hỏi."
