"""Reading the text of a definition: what YAML may hold, where problems stand, and that one mistake hides no other."""

import json

import pytest

from kheo.core.definition import load_calendar, load_definition
from tests.core.definition.sample import problems_of, small

YAML_AS_BYTES = "name: Khéo\n".encode()


def messages(content: str | bytes) -> list[str]:
    return [str(problem) for problem in load_definition(content, "tệp.yaml").problems]


@pytest.mark.parametrize("content", ["", "   \n\n", "# chỉ có chú thích\n", "~\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_so(content: str | bytes) -> None:
    assert messages(content) == ["tệp.yaml: Tệp trống."]


@pytest.mark.parametrize("content", ["chỉ là một câu", "- a\n- b\n", "42"])
def test_a_file_that_is_no_mapping_is_told_so(content: str) -> None:
    assert messages(content) == ["tệp.yaml:1: Tệp phải là một nhóm “khóa: giá trị”, bắt đầu từ schema_version: 1."]


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    assert messages(YAML_AS_BYTES + b"campaign: \xff\n") == ["tệp.yaml:2: Tệp không phải mã UTF-8; hãy lưu lại tệp với mã UTF-8."]


def test_a_control_character_is_told_with_its_line() -> None:
    assert messages("name: a\ncampaign: b\x00\n") == ["tệp.yaml:2: Có ký tự điều khiển không nhìn thấy (mã 0000)."]


@pytest.mark.parametrize(("escape", "code"), [("\\0", "0000"), ("\\x07", "0007"), ("\\ud800", "D800")])
def test_a_control_character_written_as_an_escape_is_refused_too(escape: str, code: str) -> None:
    assert f"tệp.yaml:1: name: Có ký tự điều khiển không nhìn thấy (mã {code})." in messages(f'name: "a{escape}b"\n')


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = json.dumps(small(), indent=1).replace("\n", "\r\n")
    assert load_definition(b"\xef\xbb\xbf" + text.encode(), "x").problems == ()
    assert load_definition("\ufeff" + text, "x").problems == ()


def test_more_than_a_mebibyte_is_refused_before_it_is_parsed() -> None:
    assert messages("a: " + "x" * (1024 * 1024)) == ["tệp.yaml: Tệp lớn quá 1 MiB (đang có 1,0 MiB)."]


def test_a_mebibyte_is_still_read() -> None:
    comment = "#" + "x" * 1022 + "\n"
    assert messages(comment * 1023) == ["tệp.yaml: Tệp trống."]


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_nesting_is_bounded(opening: str) -> None:
    (message,) = messages("a: " + opening * 5000)
    assert message.endswith("Lồng nhau quá 20 tầng.")


def test_the_number_of_entries_is_bounded() -> None:
    (message,) = messages("a:\n" + "- b\n" * 20_000)
    assert message == "tệp.yaml:19999: a: Tệp có quá nhiều mục (tối đa 20.000)."


def test_twenty_levels_are_read() -> None:
    assert "Lồng nhau" not in "".join(messages("a: " + "[" * 19 + "]" * 19))
    assert "Lồng nhau" in "".join(messages("a: " + "[" * 20 + "]" * 20))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n\tb: 2", "2: Dòng có dấu tab; hãy thụt lề bằng dấu cách."),
        ("a: 1\nb: [1,\nc: 2", "2: Dấu ngoặc vuông mở ở dòng này chưa được đóng."),
        ("a: 1\nb: 'x\nc: 2", "2: Dấu nháy mở ở dòng này chưa được đóng."),
        (
            "a: 1\nb: lưu ý: hai chấm",
            "2: Dấu hai chấm sai chỗ: thụt lề chưa đúng, hoặc câu có “: ” mà chưa đặt trong dấu nháy kép.",
        ),
        ("a:\n  - b\n - c", "3: Thụt lề của dòng này không khớp với các dòng trên."),
        ("a: 1\nb: @c", "2: Ký tự đầu của giá trị không hợp lệ; hãy đặt cả câu trong dấu nháy kép."),
        ("a: 1\n---\nb: 2", "2: Tệp có nhiều tài liệu (dòng ---); chỉ để một."),
        ("? [a]\n: 1", "1: Khóa phải là một từ."),
        ("%YAML 9.9\n---\na: 1", "1: Không đúng cú pháp YAML ở dòng này."),
    ],
)
def test_a_text_that_is_no_yaml_gives_one_problem(text: str, message: str) -> None:
    assert messages(text) == [f"tệp.yaml:{message}"]


def test_a_wrong_key_hides_no_wrong_code_and_no_wrong_formula() -> None:
    data = small()
    data["indicators"][0]["uint"] = "cuộc"
    data["indicators"][1]["content"] = "N7"
    data["checks"][0]["right"] = "A99"
    assert problems_of(data) == [
        ("checks[0].right", "Không có chỉ tiêu mã “A99”; hiện có: A01, A02, A03, A04, A05."),
        ("indicators[0].uint", "Không có khóa “uint” ở đây; có phải là “unit”?"),
        ("indicators[1].content", "Không có nội dung mã “N7”; hiện có: N1, N5."),
    ]


def test_an_item_that_cannot_be_read_makes_no_reference_unknown() -> None:
    data = small()
    data["contents"][0]["id"] = "N 1"
    data["indicators"][0]["code"] = 101
    data["regime"]["periods"][0]["id"] = "kỳ năm"
    assert [key for key, _ in problems_of(data)] == ["contents[0].id", "indicators[0].code", "regime.periods[0].id"]


@pytest.mark.parametrize("key", ["contents", "indicators", "regime"])
def test_a_missing_part_is_one_problem_and_not_many(key: str) -> None:
    data = small()
    del data[key]
    (problem,) = problems_of(data)
    assert problem[0] == key
    assert problem[1].startswith(f"Thiếu khóa “{key}”. ")


@pytest.mark.parametrize("key", ["contents", "indicators", "outline", "checks", "documents", "lists", "list_names", "regime"])
@pytest.mark.parametrize("wrong", ["chữ", 5, None, [None], [[]], {"a": 1}, {"a": {"b": []}}, True])
def test_no_data_however_strange_breaks_the_loader(key: str, wrong: object) -> None:
    data = small()
    data[key] = wrong
    assert problems_of(data) != []


def test_the_calendar_is_checked_only_when_the_caller_knows_them() -> None:
    data = small()
    data["regime"]["calendar"] = "mars"
    assert problems_of(data) == [("regime.calendar", "Không có lịch ngày nghỉ “mars”; hiện có: vn.")]
    assert load_definition(json.dumps(data), "x").problems == ()


def test_text_is_read_in_one_form_however_it_is_composed() -> None:
    data = small()
    data["name"] = "  Phong tra\u0300o\n thu\u031b\u0309\u00a0 "
    definition = load_definition(json.dumps(data), "x").definition
    assert definition is not None
    assert definition.name == "Phong trào thử"


def test_a_calendar_file_is_read_the_same_way() -> None:
    text = "schema_version: 1\nname: Lịch\nyears:\n  - year: 2023\n    daysoff: []\n"
    assert [str(problem) for problem in load_calendar(text, "lich.yaml").problems] == [
        "lich.yaml:4: years[0].days_off: Thiếu khóa “days_off”. Các ngày nghỉ, ngoài thứ Bảy và Chủ nhật.",
        "lich.yaml:5: years[0].daysoff: Không có khóa “daysoff” ở đây; có phải là “days_off”?",
    ]
