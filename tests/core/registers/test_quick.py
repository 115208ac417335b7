"""From what was asked in the field to a whole entry."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.quick import completed, quick_columns, said_at, told_where_asked
from kheo.core.registers.values import FieldProblem, Options

SMALL = Path(__file__).resolve().parents[2] / "files/so-nho.yaml"
NOW = datetime(2023, 4, 2, 3, 0, tzinfo=UTC)
OPTIONS = Options({"kinds": {"MH": "Mô hình", "CT": "Công trình"}, "sources": {"NS": "Ngân sách", "XHH": "Xã hội hóa"}})


@pytest.fixture(scope="module")
def small() -> RegisterDefinition:
    definition = load_register(SMALL.read_text(encoding="utf-8"), "so-nho.yaml").definition
    assert definition is not None
    return definition


def test_the_place_is_asked_first_then_the_fields_in_the_order_of_the_face(small: RegisterDefinition) -> None:
    assert [each.key for each in quick_columns(small, OPTIONS)] == ["vi_tri", "loai", "dip", "dien_tich"]
    assert quick_columns(small.model_copy(update={"quick": None}), OPTIONS) == ()


def test_the_day_is_that_of_vietnam_when_the_button_was_pressed_and_texts_are_put_together(small: RegisterDefinition) -> None:
    late_in_the_evening = datetime(2023, 4, 1, 17, 30, tzinfo=UTC)  # half past midnight of the second
    whole = completed(small, OPTIONS, {"loai": "CT", "dien_tich": 1250}, said=late_in_the_evening)
    assert whole.values == {"loai": "CT", "dien_tich": 1250, "tu_ngay": "2023-04-02", "ten": "Công trình, 12,50 m²"}
    assert whole.problems == ()


def test_a_text_is_not_put_together_from_half_of_its_parts(small: RegisterDefinition) -> None:
    assert "ten" not in completed(small, OPTIONS, {"loai": "CT"}, said=NOW).values


def test_a_text_that_becomes_too_long_is_told_at_the_field_that_was_asked(small: RegisterDefinition) -> None:
    quick = small.quick
    assert quick is not None
    long = small.model_copy(update={"quick": quick.model_copy(update={"fills": {"ten": "{loai}" * 40 + "{dien_tich}"}})})
    (problem,) = completed(long, OPTIONS, {"loai": "CT", "dien_tich": 1}, said=NOW).problems
    assert problem.key == "dien_tich"
    assert problem.message == "“Tên” ghép lại: Dài 404 ký tự; tối đa 250."


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(hours=5), NOW - timedelta(hours=5)),
        (timedelta(0), NOW),
        (timedelta(days=366), NOW - timedelta(days=366)),
        (timedelta(days=366, seconds=1), None),
        (timedelta(milliseconds=-1), None),
        (None, None),
    ],
)
def test_what_a_clock_that_was_set_meanwhile_tells_is_not_believed(age: timedelta | None, said: datetime | None) -> None:
    assert said_at(age, now=NOW) == said


def test_what_follows_from_others_is_told_once_where_it_was_asked(small: RegisterDefinition) -> None:
    missing = FieldProblem("ten", "Chưa điền “Tên”.")
    size = FieldProblem("dien_tich", "Chưa điền “Diện tích”.")
    assert told_where_asked(small, [missing]) == (FieldProblem("dien_tich", "Chưa điền “Tên”."),)
    assert told_where_asked(small, [missing, size, size]) == (size,)
