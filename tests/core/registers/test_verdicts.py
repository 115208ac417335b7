"""Who is judged does not write the verdict: what an act of others asks is asked by no form, in every register, by its definition alone."""

import pytest
import yaml

from kheo.core.registers.columns import form_columns
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Options
from tests.core.registers.test_load_register import SHIPPED, SMALL, campaign, problems

BOOKS = {file.stem: file.read_text(encoding="utf-8") for file in SHIPPED}
PROPOSED = "type: integer, frozen_from: xong, proposed: true}"


def asked_of_others(text: str) -> set[str]:
    """From the file itself: what an act asks that nobody may do who may edit. A correction asks what the form held before."""
    data = yaml.safe_load(text)
    writers = {(doer["scope"], role) for doer in data["edit"] for role in doer["roles"]}
    told = (act for act in data["acts"] if not act.get("corrects"))
    acts = (act for act in told if not any((doer["scope"], role) in writers for doer in act["by"] for role in doer["roles"]))
    return {key for act in acts for key in act.get("asks", ())}


def loaded(text: str, file: str = "campaigns/5-khong.yaml") -> RegisterDefinition:
    found = load_register(text, "so.yaml", campaign=campaign(file))
    assert found.problems == ()
    assert found.definition is not None
    return found.definition


def in_form(definition: RegisterDefinition) -> set[str]:
    return {column.key for column in form_columns(definition, Options({}))}


@pytest.mark.parametrize("code", BOOKS)
def test_no_form_of_a_book_asks_what_an_act_of_others_asks(code: str) -> None:
    """But what the writer may propose first, until it is frozen."""
    book = loaded(BOOKS[code])
    assert in_form(book) & asked_of_others(BOOKS[code]) == {field.key for field in book.fields if field.proposed}


def test_the_books_in_which_others_judge_are_these() -> None:
    assert {code: asked_of_others(text) for code, text in BOOKS.items() if asked_of_others(text)} == {
        "hien-ke": {"diem", "don_vi_tham_dinh", "muc_tiep_thu", "noi_dung"},
        "kiem-tra": {"diem_tu_cham"},
        "mo-hinh": {"ngay_kiem_lai", "ngay_xac_minh", "quyet_dinh"},
        "phan-anh": {"van_ban", "chuc_vu_ky"},
        "tuyen-duong": {"diem", "quyet_dinh"},
        "viec-khac-phuc": {"da_lam"},
    }


def test_a_new_register_keeps_the_rule_without_saying_so() -> None:
    """Only where the file says that the writer may propose it first does the form ask it, until it is frozen."""
    assert "ket_qua" in in_form(loaded(SMALL, "tests/files/mini.yaml"))
    assert "ket_qua" not in in_form(loaded(SMALL.replace(PROPOSED, "type: integer}"), "tests/files/mini.yaml"))


def test_an_act_of_the_writers_that_only_needs_a_verdict_takes_none() -> None:
    """The writer's act waits for the verdict; it is no other way to write it."""
    sends = "- {code: gui, name: Gửi, states: [nhap], to: da_gui,"
    text = SMALL.replace(PROPOSED, "type: integer}").replace(sends, f"{sends} needs: [ten, ket_qua],")
    definition = loaded(text, "tests/files/mini.yaml")
    assert definition.asked_by(definition.by_act["gui"]) == ("ten",)
    assert definition.asked_by(definition.by_act["duyet"]) == ("ket_qua",)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (PROPOSED, "type: integer, required_from: nhap}", "chỉ do “Duyệt” ghi, không bắt buộc ngay lúc mới ghi được"),
        (PROPOSED, "type: integer, proposed: true}", "cần frozen_from, để người ghi thôi sửa"),
        (PROPOSED, "type: integer, frozen_from: huy, proposed: true}", "frozen_from còn để người ghi sửa sau đó"),
        ("label: Có ảnh, type: yes_no}", "label: Có ảnh, type: yes_no, proposed: true}", "bỏ proposed"),
        ("label: Có ảnh, type: yes_no}", "label: Có ảnh, type: yes_no, for_judges: false}", "phải là personal: true"),
        ("column: subject_name, personal: true}", "column: subject_name, personal: true, for_judges: false}", "không có ai là người chấm"),
        ("- {code: gui, name: Gửi,", "- {code: gui, name: Gửi, consented: true,", "sổ không có trường nào có consent: true"),
        (
            "sources: sources, amount: Số tiền}",
            "sources: sources, amount: Số tiền, by: [{scope: own, roles: [officer]}, {scope: above, roles: [reviewer]}]}",
            "tách thành hai loại dòng",
        ),
        ("fields: [loai, dip, dien_tich]", "fields: [loai, dien_tich, ket_qua]", "Không có trường “ket_qua” để hỏi"),
    ],
)
def test_a_definition_that_contradicts_it_is_refused(before: str, after: str, said: str) -> None:
    assert SMALL.count(before) == 1
    text = SMALL.replace(before, after)
    text = text.replace(PROPOSED, "type: integer}") if before != PROPOSED and "ket_qua" in after else text
    assert any(said in each for each in problems(text)), problems(text)
