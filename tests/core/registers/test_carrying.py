"""What a register declares by which its entries carry out directives: everything that is wrong with it, at once."""

from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register
from tests.core.registers.test_load_register import campaign

PLANS = (Path(__file__).resolve().parents[3] / "campaigns/registers/ke-hoach.yaml").read_text(encoding="utf-8")
BLOCK = "carries_out: {letter: van_ban, number: so_ky_hieu, issued: ngay_ban_hanh}"


def problems(text: str) -> list[str]:
    return [str(each) for each in load_register(text, "so.yaml", campaign=campaign("campaigns/5-khong.yaml")).problems]


def with_block(block: str) -> str:
    assert PLANS.count(BLOCK) == 1
    return PLANS.replace(BLOCK, block)


def test_a_register_needs_none() -> None:
    assert problems(with_block("")) == []


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("van_bna so_ky_hieu ngay_ban_hanh", "letter: Không có trường “van_bna”; có phải là “van_ban”?"),
        ("ngay_ban_hanh so_ky_hieu den_ngay", "letter: Trường “ngay_ban_hanh” kiểu day; ở đây cần text."),
        ("van_ban noi_dung ngay_ban_hanh", "number: Trường “noi_dung” kiểu choices; ở đây cần text."),
        ("van_ban so_ky_hieu ten", "issued: Trường “ten” kiểu text; ở đây cần day."),
        ("ten so_ky_hieu ngay_ban_hanh", "letter: Trường “ten” ghi văn bản chỉ đạo thì không có column."),
        ("van_ban van_ban ngay_ban_hanh", "number: “van_ban” đã là trường ghi văn bản chỉ đạo"),
            ],
)  # fmt: skip
def test_what_it_names_is_there_and_of_its_kind(named: str, said: str) -> None:
    letter, number, issued = named.split()
    found = problems(with_block(f"carries_out: {{letter: {letter}, number: {number}, issued: {issued}}}"))
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: text, at_most: 100, filter: true", "type: text, at_most: 92, filter: true", "nhận 92 ký tự; số và ngày"),
        ("type: text, at_most: 100, filter: true", "type: text, at_most: 100, personal: true", "“van_ban” là dữ liệu cá nhân"),
        ("asks: [ngay_ban_hanh]", "asks: [ngay_ban_hanh], sets: {van_ban: 1/X}", "Trường “van_ban” do thao tác ghi"),
        ("name: Đã ban hành, meaning: done_good", "name: Đã ban hành, meaning: waiting_on_us", "hồ sơ không bao giờ có hiệu lực"),
    ],
)  # fmt: skip
def test_the_letters_field_takes_every_number_from_whoever_writes_and_something_comes_into_force(old: str, new: str, said: str) -> None:
    assert PLANS.count(old) == 1
    found = problems(PLANS.replace(old, new))
    assert any(said in each for each in found), found


def test_all_three_are_named() -> None:
    assert len(problems(with_block("carries_out: {letter: van_ban}"))) == 2


def test_everything_is_said_at_once() -> None:
    found = problems(with_block("carries_out: {letter: ten, number: khong_co, issued: noi_dung}"))
    assert len(found) == 3
    assert all("carries_out." in each for each in found)
