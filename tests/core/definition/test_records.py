"""Indicators that are counted from records: what their rule must fit."""

from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition
from kheo.core.registers.counted import counting_problems, rule_in_words
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Options

FILES = Path(__file__).resolve().parents[2] / "files"
MINI = (FILES / "mini.yaml").read_text(encoding="utf-8")
NEW = "{register_code: so-nho, fact: entered, states: [da_gui, cho], once: true"
BELOW = "{register_code: so-nho, fact: in_state, states: [xong], measure: units_below}"
BY_FIELD, KEPT = NEW + ", by: linh_vuc}", "{register_code: so-nho, fact: in_state, states: [xong]}"


def counted(b01: str = BY_FIELD, b02: str = KEPT, ratio: str = "") -> str:
    text = MINI.replace("breakdown: fields, source: CV 1}", f"breakdown: fields, source: CV 1, records: {b01}}}")
    text = text.replace(
        "aggregation: last, content: chung, source: CV 1}", f"aggregation: last, content: chung, source: CV 1, records: {b02}}}"
    )
    return text.replace("denominator: C201, source: CV 2}", f"denominator: C201, source: CV 2, records: {ratio}}}") if ratio else text


def definition(text: str) -> Definition:
    loaded = load_definition(text, "mini.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def register() -> RegisterDefinition:
    loaded = load_register((FILES / "so-nho.yaml").read_bytes(), "so-nho.yaml", campaign=definition(MINI)).definition
    assert loaded is not None
    return loaded


def test_an_indicator_may_be_counted_from_records() -> None:
    assert definition(counted()).indicator("B01").records is not None
    assert list(counting_problems(definition(counted()), {"so-nho": register()})) == []


def test_what_is_counted_by_links_from_another_register_needs_that_link_there() -> None:
    followed = NEW + ", by: linh_vuc, followed: {days: 30, link: LINK, from_register: so-nho}}"
    assert list(counting_problems(definition(counted(b01=followed.replace("LINK", "hoc_theo"))), {"so-nho": register()})) == []
    found = list(counting_problems(definition(counted(b01=followed.replace("LINK", "hoc_teo"))), {"so-nho": register()}))
    assert [(code, said.partition(":")[2].partition(";")[0]) for code, said in found] == [
        ("B01", " sổ “Sổ nhỏ” không có loại liên kết “hoc_teo”")
    ]
    missing = followed.replace("LINK, from_register: so-nho", "hoc_theo, from_register: so-hai")
    assert list(counting_problems(definition(counted(b01=missing)), {"so-nho": register()})) == [
        ("B01", "Không có sổ “so-hai”; có phải là “so-nho”?")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (counted(b01=NEW + "}"), "tách theo danh mục nên cần khóa by"),
        (counted(b02=KEPT[:-1] + ", by: loai}"), "không tách theo danh mục nên không có khóa by"),
        (counted(b01=KEPT[:-1] + ", by: linh_vuc}"), "không đếm số đang có"),
        (counted(b02=NEW + "}"), "đếm số đang có (in_state)"),
        (counted(ratio=KEPT), "đếm hồ sơ ở hai chỉ tiêu ấy"),
        (counted(b02="{register_code: so-nho, fact: in_state}"), "in_state cần khóa states"),
        (counted(b02=KEPT[:-1] + ", line: chi}"), "in_state cần khóa states"),
        (counted(b02=KEPT[:-1] + ", measure: sum}"), "Khóa of đi cùng measure: sum"),
        (counted(b02=KEPT[:-1] + ", outcome: late}"), "outcome chỉ dùng với fact: due"),
        (counted(b02=KEPT[:-1] + ", units: all}"), "Khóa units, kinds chỉ dùng với measure: units_below"),
        (counted(b02=KEPT[:-1] + ", kinds: [grassroots_union]}"), "Khóa units, kinds chỉ dùng với measure: units_below"),
        (counted(b01=BELOW[:-1] + ", by: linh_vuc}"), "thì không chia phần"),
        (counted(b02=BELOW[:-1] + ", units: some}"), "units"),
        (counted(b02=BELOW[:-1] + ", at: start, units: all}"), "Khóa units: all đếm số đơn vị đang có"),
        (counted(b02=BELOW[:-1] + ", kinds: [grassroot_union]}"), "“grassroot_union” trên tuyến công đoàn; có phải là “grassroots_union”?"),
        (counted(b02=BELOW[:-1] + ", kinds: [ward]}"), "Không có loại đơn vị “ward” trên tuyến công đoàn"),
        (counted(b02=NEW + ", measure: units_below}"), "đếm số đang có (in_state)"),
    ],
)
def test_a_rule_that_does_not_fit_its_indicator_is_refused(text: str, said: str) -> None:
    assert any(said in str(each) for each in load_definition(text, "mini.yaml").problems)


def asking(left: str, severity: str = "error") -> str:
    """A check of `left` against B01, which is counted, that asks where both are."""
    check = (
        f'{{id: x, left: {left}, operator: "<=", right: B01, message: "{{left}} {{right}}", severity: {severity}, asks_if_counted: true}}'
    )
    return counted().replace("checks:\n", f"checks:\n  - {check}\n")


def test_only_a_check_that_forbids_and_is_counted_on_both_sides_asks_instead() -> None:
    assert definition(asking("B02")).checks[0].asks_if_counted
    for text, said in (
        (asking("B02", "question"), "vốn chỉ hỏi lại"),
        (asking("B02 + C201"), "Chỉ tiêu C201 không đếm từ sổ (records)"),
    ):
        assert [said in str(each) for each in load_definition(text, "mini.yaml").problems] == [True]


@pytest.mark.parametrize(
    ("b02", "said"),
    [
        ("{register_code: so-lon, fact: in_state, states: [xong]}", "Không có sổ “so-lon”"),
        ("{register_code: so-nho, fact: in_state, states: [xongg]}", "không có trạng thái “xongg”; có phải là “xong”?"),
        ("{register_code: so-nho, fact: line, line: thu, window: ever}", "không có loại dòng “thu”"),
        ("{register_code: so-nho, fact: due, clock: tra, window: ever}", "không có thời hạn “tra”"),
        (KEPT[:-1] + ", measure: sum, of: ten}", "Không cộng được trường “ten”"),
        (KEPT[:-1] + ", where: [{field: mau, equals: 1}]}", "không có trường “mau”"),
        (KEPT[:-1] + ", where: [{field: loai, at_least: 1}]}", "không so lớn bé được"),
    ],
)
def test_what_the_registers_do_not_have_is_named(b02: str, said: str) -> None:
    found = list(counting_problems(definition(counted(b02=b02)), {"so-nho": register()}))
    assert [code for code, _ in found] == ["B02"]
    assert said in found[0][1]


def test_parts_are_counted_by_a_field_of_the_same_list() -> None:
    found = list(counting_problems(definition(counted(b01=NEW + ", by: loai}")), {"so-nho": register()}))
    assert found == [("B01", "Danh mục của “loai” có mục mà “fields” không có: CT, MH.")]


def test_a_rule_is_said_in_words() -> None:
    rule = definition(counted(b02=KEPT[:-1] + ", where: [{field: loai, equals: MH}]}")).indicator("B02").records
    assert rule is not None
    options = Options({"kinds": {"MH": "Mô hình", "CT": "Công trình"}})
    assert rule_in_words(rule, register(), options) == "Số hồ sơ đang ở “Đã xong” lúc chốt số liệu; loại là Mô hình"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "Số đơn vị trực thuộc có hồ sơ đang ở “Đã xong” lúc chốt số liệu"),
        (", kinds: [grassroots_union]", "Số đơn vị trực thuộc (Công đoàn cơ sở) có hồ sơ đang ở “Đã xong” lúc chốt số liệu"),
        (", units: all", "Số đơn vị trực thuộc dù đã có hay chưa có hồ sơ đang ở “Đã xong” lúc chốt số liệu"),
    ],
)
def test_a_rule_that_counts_units_below_is_said_in_words(more: str, said: str) -> None:
    rule = definition(counted(b02=f"{BELOW[:-1]}{more}}}")).indicator("B02").records
    assert rule is not None
    assert rule_in_words(rule, register(), Options({})) == said


def test_a_register_that_hides_small_numbers_counts_no_units_below() -> None:
    hiding = register().model_copy(update={"small_hidden": True})
    found = list(counting_problems(definition(counted(b02=BELOW)), {"so-nho": hiding}))
    assert [code for code, _ in found] == ["B02"]
    assert "vì con số nói rằng đơn vị nào có hồ sơ" in found[0][1]
