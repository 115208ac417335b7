"""E-mail over SMTP against a server that takes, refuses, is busy, or hangs up; and into a folder."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kheo.core.letters import Letter
from kheo.notices.channels import EmailChannel, MailServer, Message, Outcome
from tests.notices.mail_server import MailServerDouble, mail_server

LETTER = Letter(
    "Khéo: 2 việc cần làm", "Chào anh/chị\n- một\n.một dấu chấm\n", "<p>Chào anh/chị</p>", "2 việc cần làm", "http://localhost/"
)


@pytest.fixture
def server() -> Iterator[MailServerDouble]:
    with mail_server() as listening:
        yield listening


def channel(port: int) -> EmailChannel:
    return EmailChannel(MailServer("127.0.0.1", port, "none"), sender="Khéo <kheo@co-quan.vn>")


def message(number: int = 1) -> Message:
    return Message("an@example.vn", LETTER, f"kheo-digest-{number}")


def test_a_letter_arrives_with_both_its_texts(server: MailServerDouble) -> None:
    sending = channel(server.port)
    assert sending.send(message()) == Outcome("sent")
    sending.close()
    ((to, letter),) = server.letters
    assert (to, letter["To"], letter["Subject"]) == ("an@example.vn", "an@example.vn", "Khéo: 2 việc cần làm")
    assert (letter["From"], letter["Message-ID"]) == ("Khéo <kheo@co-quan.vn>", "<kheo-digest-1@co-quan.vn>")
    assert letter["Auto-Submitted"] == "auto-generated"
    bodies = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in letter.iter_parts()}  # type: ignore[attr-defined]
    assert bodies == {"text/plain": LETTER.text, "text/html": LETTER.html}


def test_many_letters_take_one_connection(server: MailServerDouble) -> None:
    sending = channel(server.port)
    assert [sending.send(message(number)).state for number in range(5)] == ["sent"] * 5
    sending.close()
    assert (server.sessions, len(server.letters)) == (1, 5)


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("RCPT", "550 no such user", Outcome("failed", "máy chủ thư không nhận địa chỉ này (mã 550)")),
        ("RCPT", "451 later", Outcome("later", "máy chủ thư không nhận địa chỉ này (mã 451)")),
        ("MAIL", "552 too much", Outcome("failed", "máy chủ thư không nhận thư này (mã 552)")),
        ("DATA", "421 closing", Outcome("later", "máy chủ thư không nhận thư này (mã 421)")),
        ("END", "554 spam", Outcome("failed", "máy chủ thư không nhận thư này (mã 554)")),
        ("END", "drop", Outcome("unclear", "mất kết nối khi đang gửi", is_down=True)),
        ("RCPT", "drop", Outcome("unclear", "mất kết nối khi đang gửi", is_down=True)),
    ],
)
def test_what_became_of_a_letter_is_said_honestly(server: MailServerDouble, command: str, answer: str, outcome: Outcome) -> None:
    server.answers[command] = answer
    sending = channel(server.port)
    assert sending.send(message()) == outcome
    server.answers.clear()
    assert sending.send(message(2)) == Outcome("sent"), "the next one begins anew"
    sending.close()


def test_a_server_that_is_away_has_taken_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert channel(port).send(message()) == Outcome("later", "không nối được máy chủ thư", is_down=True)


def test_a_server_without_encryption_gets_nothing_where_encryption_is_asked_for(server: MailServerDouble) -> None:
    sending = EmailChannel(MailServer("127.0.0.1", server.port, "starttls", "kheo", "mật khẩu"), sender="kheo@co-quan.vn")
    assert sending.send(message()).state == "later"
    assert server.letters == []


def test_no_reason_holds_an_address(server: MailServerDouble) -> None:
    server.answers["RCPT"] = "550 <an@example.vn> unknown"
    assert "an@" not in channel(server.port).send(message()).reason


def test_a_folder_takes_the_place_of_a_server(tmp_path: Path) -> None:
    sending = EmailChannel(tmp_path / "thu", sender="kheo@localhost")
    assert sending.send(message()) == Outcome("sent")
    sending.close()
    (file,) = (tmp_path / "thu").iterdir()
    assert b"To: an@example.vn" in file.read_bytes()
