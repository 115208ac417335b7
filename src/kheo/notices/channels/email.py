"""E-mail through Django's backends: an SMTP server, or a folder of files where nothing may leave this machine."""

import smtplib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from kheo.notices.channels.channel import Message, Outcome

TIMEOUT = 15
_SMTP, _FILES = "django.core.mail.backends.smtp.EmailBackend", "django.core.mail.backends.filebased.EmailBackend"


@dataclass(frozen=True)
class MailServer:
    """An SMTP server and how to speak to it."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = ""


class EmailChannel:
    """Sends over one connection that stays open between messages."""

    def __init__(self, way: MailServer | Path, *, sender: str) -> None:
        self._sender = sender
        self._domain = sender.rpartition("@")[2].strip("> ") or "localhost"
        self._backend = _backend(way)
        self._is_open = False

    def send(self, message: Message) -> Outcome:
        """Opening fails: surely not sent. A refusal of the server is one. A connection that breaks in between leaves it open."""
        if not self._is_open:
            try:
                self._backend.open()
            except (OSError, smtplib.SMTPException) as fault:
                self.close()
                is_login = isinstance(fault, smtplib.SMTPAuthenticationError)
                reason = "máy chủ thư không nhận tên hoặc mật khẩu" if is_login else "không nối được máy chủ thư"
                return Outcome("later", reason, is_down=True)
            self._is_open = True
        try:
            self._backend.send_messages([self._email(message)])
        except smtplib.SMTPRecipientsRefused as fault:
            code = next(iter(fault.recipients.values()))[0]
            self._reset()
            return _refused(code, "máy chủ thư không nhận địa chỉ này")
        except smtplib.SMTPResponseException as fault:
            self._reset()
            return _refused(fault.smtp_code, "máy chủ thư không nhận thư này")
        except (OSError, smtplib.SMTPException):
            self._reset()
            return Outcome("unclear", "mất kết nối khi đang gửi", is_down=True)
        return Outcome("sent")

    def _email(self, message: Message) -> EmailMultiAlternatives:
        headers = {
            "Message-ID": f"<{message.reference}@{self._domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no answering machine answers
        }
        email = EmailMultiAlternatives(message.letter.subject, message.letter.text, self._sender, [message.to], headers=headers)
        email.attach_alternative(message.letter.html, "text/html")
        return email

    def _reset(self) -> None:
        """The next message begins with a new connection."""
        self.close()

    def close(self) -> None:
        """End the connection, whatever state it is in."""
        self._is_open = False
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        """Without a farewell, where the server will not hear one."""
        connection, self._backend.connection = self._backend.connection, None  # type: ignore[attr-defined]  # of the SMTP backend
        if connection is not None:
            connection.close()


def _refused(code: int, reason: str) -> Outcome:
    """RFC 5321, 4.2.1: 4xx is for now, 5xx for good."""
    return Outcome("later" if 400 <= code < 500 else "failed", f"{reason} (mã {code})")


def _backend(way: MailServer | Path) -> BaseEmailBackend:
    if isinstance(way, Path):
        return get_connection(_FILES, file_path=str(way))
    return get_connection(
        _SMTP,
        host=way.host,
        port=way.port,
        username=way.user,
        password=way.password,
        use_tls=way.security == "starttls",
        use_ssl=way.security == "tls",
        timeout=TIMEOUT,
    )
