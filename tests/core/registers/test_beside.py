"""What stands beside an entry is frozen from a state on: what a register's file may say of it, and what it means."""

import pytest

from kheo.core.registers.beside import BesideAct, is_frozen, why_not
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from tests.world import FILES

FILE = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
CHANGES = {
    "line": ("amount: Số tiền}", "amount: Số tiền, frozen_from: {}}}"),
    "link": ("other_unit: true,", "other_unit: true, frozen_from: {},"),
    "photo": ("name: Ảnh trước,", "name: Ảnh trước, frozen_from: {},"),
}


def problems(text: str) -> list[str]:
    return [each.message for each in load_register(text, "so-nho.yaml").problems]


def frozen(what: str, state: str) -> str:
    old, new = CHANGES[what]
    assert old in FILE
    return FILE.replace(old, new.format(state))


def read(text: str) -> RegisterDefinition:
    loaded = load_register(text, "so-nho.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_frozen_names_a_state_that_there_is_and_not_the_first(what: str) -> None:
    assert problems(frozen(what, "xong")) == []
    assert any("Không có trạng thái “xongg”" in each for each in problems(frozen(what, "xongg")))
    assert any("sẽ không bao giờ ghi được" in each for each in problems(frozen(what, "nhap")))


def test_no_act_needs_what_can_not_be_written_any_more_where_it_is_done() -> None:
    asked = frozen("line", "da_gui").replace("asks: [ket_qua], needs: [ket_qua]}", "asks: [ket_qua], needs: [ket_qua], lines: [chi]}")
    said = "“Duyệt” cần “Khoản chi” mà ở trạng thái “Đã gửi” không ghi được nữa (frozen_from)."
    assert said in problems(asked)
    assert problems(asked.replace("frozen_from: da_gui", "frozen_from: xong")) == []


def test_it_is_frozen_from_that_state_on_and_a_link_is_still_verified() -> None:
    definition = read(frozen("link", "xong"))
    kind, states = definition.by_link["hoc_theo"], [each.code for each in definition.states]
    assert [state for state in states if is_frozen(definition, kind, state)] == ["xong", "khong_dat", "huy"]
    assert [state for state in states if why_not(definition, BesideAct.UNLINK, state, kind)] == ["xong", "khong_dat", "huy"]
    assert [state for state in states if why_not(definition, BesideAct.VERIFY_LINK, state, kind)] == ["huy"]
    assert why_not(definition, BesideAct.LINK, "xong", kind) == "“Học theo” không thêm, sửa, bỏ được nữa ở trạng thái “Đã xong”."
