"""What is typed into a field: read once, written back the same, refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kheo.core.registers.fields import FieldDef
from kheo.core.registers.patterns import wrong_parts
from kheo.core.registers.values import FieldProblem, Options, read_value, write_value

OPTIONS = Options({"kinds": {"MH": "Mô hình", "CT": "Công trình", "GP": "Giải pháp"}})


def field(**given: object) -> FieldDef:
    return FieldDef.model_validate({"key": "x", "label": "X", **given})


NUMBER, DECIMAL, DAY, TICK = (
    field(type="integer", at_least=1, at_most=5000),
    field(type="decimal", decimals=2),
    field(type="day"),
    field(type="yes_no"),
)
CHOICE, CHOICES, TEXT, PLACE = (
    field(type="choice", options="kinds"),
    field(type="choices", options="kinds"),
    field(type="text", at_most=5),
    field(type="place"),
)
PARTS = field(type="text", parts_of=100)


@pytest.mark.parametrize(
    ("asked", "typed", "kept"),
    [
        (NUMBER, "1.250", 1250),
        (NUMBER, "  7 ", 7),
        (DECIMAL, "1.234,5", 123450),
        (DAY, "15/11/2023", "2023-11-15"),
        (DAY, "2023-11-15", "2023-11-15"),
        (TICK, "Có", True),
        (TICK, "không", False),
        (CHOICE, "CT", "CT"),
        (CHOICE, "cong  trình", "CT"),
        (CHOICES, ["Công trình", "MH"], ["MH", "CT"]),
        (CHOICES, "MH; Giải pháp; MH", ["MH", "GP"]),
        (TEXT, " a   b ", "a b"),
        (PLACE, "10.776889, 106.700806", (10776889, 106700806)),
        (PLACE, "10.7,106", (10700000, 106000000)),
        (NUMBER, "   ", None),
        (CHOICES, [], None),
        (PARTS, "60+40", "60+40"),
        (PARTS, "100", "100"),
    ],
)
def test_reads_what_people_type(asked: FieldDef, typed: str | list[str], kept: object) -> None:
    assert read_value(asked, typed, OPTIONS) == kept


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        (PARTS, "60 + 30", "60 + 30 = 90, phải bằng 100."),
        (PARTS, "60 % + 40 %", "chưa đúng cách viết: các số nguyên từ 1, dấu cộng ở giữa, ví dụ 67 + 33."),
        (PARTS, "100 + 0", "chưa đúng cách viết"),
        (PARTS, "60 + 50", "60 + 50 = 110, phải bằng 100."),
        (PARTS, "60 + ٤٠", "chưa đúng cách viết"),
        (PARTS, "²⁰ + 80", "chưa đúng cách viết"),
        (PARTS, "99999 + 1", "chưa đúng cách viết"),
        (NUMBER, "0", "nhỏ quá; ít nhất là 1"),
        (NUMBER, "5.001", "lớn quá; nhiều nhất là 5.000"),
        (NUMBER, "1,5", "số nguyên"),
        (NUMBER, "mười", "không phải là một con số"),
        (DECIMAL, "1,234", "chưa rõ"),
        (DAY, "31/02/2023", "không phải là ngày"),
        (DAY, "15/11/0023", "có lẽ là viết nhầm"),
        (TICK, "có lẽ", "chưa rõ"),
        (CHOICE, "Khác", "Không có lựa chọn “Khác”; chọn một trong: Mô hình; Công trình; Giải pháp."),
        (CHOICES, ["MH", "Khác"], "Không có lựa chọn “Khác”"),
        (TEXT, "quá dài", "tối đa 5"),
        (PLACE, "106.700806, 10.776889", "bị đổi chỗ"),
        (PLACE, "48.85, 2.35", "ngoài Việt Nam"),
        (PLACE, "ở chợ", "không phải là vị trí"),
        (PLACE, "10.7", "không phải là vị trí"),
    ],
)
def test_refuses_with_a_reason_and_never_guesses(asked: FieldDef, typed: str | list[str], said: str) -> None:
    read = read_value(asked, typed, OPTIONS)
    assert isinstance(read, FieldProblem)
    assert said in read.message


KEPT = st.one_of(
    st.tuples(st.just(DECIMAL), st.integers(0, 10**12)),
    st.tuples(st.just(DAY), st.dates().filter(lambda day: 1900 <= day.year <= 2100).map(lambda day: day.isoformat())),
    st.tuples(st.just(TICK), st.booleans()),
    st.tuples(st.just(CHOICE), st.sampled_from(["MH", "CT", "GP"])),
    st.tuples(
        st.just(CHOICES),
        st.sets(st.sampled_from(["MH", "CT", "GP"]), min_size=1).map(lambda codes: [code for code in ("MH", "CT", "GP") if code in codes]),
    ),
    st.tuples(st.just(PLACE), st.tuples(st.integers(6_000_000, 24_000_000), st.integers(102_000_000, 118_000_000))),
)


@given(KEPT)
def test_what_is_written_is_read_back_the_same(case: tuple[FieldDef, object]) -> None:
    asked, kept = case
    assert read_value(asked, write_value(asked, kept, OPTIONS), OPTIONS) == kept  # type: ignore[arg-type]


@given(st.text(max_size=60), st.sampled_from([NUMBER, DECIMAL, DAY, TICK, CHOICE, CHOICES, TEXT, PLACE]))
def test_no_text_makes_reading_fail(text: str, asked: FieldDef) -> None:
    read = read_value(asked, text, OPTIONS)
    assert read is None or isinstance(read, FieldProblem) or write_value(asked, read, OPTIONS) != ""


@pytest.mark.parametrize("whole", [2, 3, 4, 5, 100, 1000])
def test_the_example_of_parts_is_itself_written_as_it_asks(whole: int) -> None:
    said = wrong_parts(whole, "chia đôi")
    assert said is not None
    assert wrong_parts(whole, said.rpartition("ví dụ ")[2].rstrip(".")) is None, said


@pytest.mark.parametrize(("kind", "further"), [("integer", {}), ("long_text", {}), ("text", {"pattern": "[0-9]+", "pattern_says": "Số."})])
def test_parts_of_a_whole_are_written_in_a_text_that_keeps_no_other_pattern(kind: str, further: dict[str, str]) -> None:
    assert field(type=kind, **further).parts_of is None
    with pytest.raises(ValidationError, match="parts_of chỉ dùng cho trường text không có pattern"):
        field(type=kind, parts_of=100, **further)


def test_a_text_that_is_no_parts_of_a_whole_is_asked_for_none() -> None:
    assert wrong_parts(None, "60 + 30") is None
