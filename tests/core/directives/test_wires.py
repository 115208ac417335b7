"""Who gets a wire is told apart from those a letter is addressed to, and is asked all the same."""

from tests.core.directives.papers import answer

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 05/CĐ-UBND\n\nHà Tĩnh, ngày 02 tháng 9 năm 2025\n\nCÔNG ĐIỆN\nVề việc ứng phó bão số 5\n\n"
BODY = "1. Triển khai phương án ứng phó.\n2. Gửi báo cáo về Văn phòng Ban Chỉ huy trước 16 giờ 00 ngày 05/9/2025.\n"
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Ba\n"
NAMED = ["Giám đốc các sở, ban, ngành", "Chủ tịch UBND các xã, phường"]
LISTED = "- Giám đốc các sở, ban, ngành;\n- Chủ tịch UBND các xã, phường.\n\n"


def test_who_gets_a_wire_is_no_entry_of_those_it_is_addressed_to() -> None:
    told = answer(f"{HEAD}CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n{LISTED}{BODY}{FOOT}")
    assert told["recipients"] == []
    assert told["wired_to"] == NAMED
    assert [each["text"] for each in told["evidence"]["wired_to"]] == NAMED
    assert "recipients" not in told["evidence"]
    assert told["tasks"][0]["asked"] == "; ".join(NAMED)


def test_a_wire_that_says_kinh_gui_is_addressed() -> None:
    told = answer(f"{HEAD}Kính gửi:\n{LISTED}{BODY}{FOOT}")
    assert told["recipients"] == NAMED
    assert told["wired_to"] == []
