"""Letting the first people in from the command line, and letting them go."""

import pytest

from tests.cli.running import Kheo


def code_of(link: str) -> str:
    return link.strip().rpartition("?ma=")[2]


def test_the_first_head_is_invited_listed_and_withdrawn(office: Kheo) -> None:
    done = office("people", "invite", "D1", "head", "Lý Thị Mới", "--days", "3")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("http://localhost:8000/nhan/?ma=")
    assert len(code_of(done.stdout)) == 19
    assert "Đưa đường dẫn này cho Lý Thị Mới" in done.stderr
    listed = office.json("people", "list", "D1")
    assert [(each["name"], each["role"], "lệnh kheo" in each["sender"]) for each in listed["invitations"]] == [("Lý Thị Mới", "head", True)]
    assert code_of(done.stdout) not in str(listed)
    number = listed["invitations"][0]["number"]
    assert office.does("people", "withdraw", str(number)) == f"Đã thu hồi lời mời số {number}.\n"
    again = office("people", "withdraw", str(number))
    assert (again.returncode, again.stderr) == (1, f"Lỗi: không có lời mời số {number} đang chờ.\n")
    assert office.json("people", "list", "D1")["invitations"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("people", "invite", "KHONG-CO", "head", "A B"), "Không có đơn vị mã “KHONG-CO”"),
        (("people", "invite", "D1", "head", "A B", "--replaces", "ai"), "“ai” không giữ chức trách head"),
        (("people", "end", "D1", "head", "ai", "--reason", "moved"), "“ai” không giữ chức trách head"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(office: Kheo, words: tuple[str, ...], told: str) -> None:
    refused = office(*words)
    assert refused.returncode == 1
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wish_that_cannot_be_is_told_and_nothing_is_sent(office: Kheo) -> None:
    refused = office("people", "invite", "D1", "head", " ", "--from", "2020-01-01")
    assert refused.returncode == 1
    assert "Hãy ghi họ và tên" in refused.stdout
    assert "Ngày bắt đầu phải từ hôm nay" in refused.stdout


def test_a_new_password_for_nobody_is_refused_in_a_line(office: Kheo) -> None:
    refused = office("people", "reset", "khong-co-ai")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Lỗi: Không có tài khoản “khong-co-ai” đang hoạt động.\n"
