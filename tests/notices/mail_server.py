"""A small SMTP server on the loopback that keeps what it gets, or misbehaves as it is told."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import cast


class MailServerDouble(socketserver.ThreadingTCPServer):
    """`answers` by command (RCPT, DATA, END for the end of the letter): a line to say instead of yes, or "drop" to hang up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.answers: dict[str, str] = {}
        self.letters: list[tuple[str, EmailMessage]] = []
        self.sessions = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServerDouble

    def handle(self) -> None:
        self.server.sessions += 1
        self._say("220 ready")
        to = ""
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                to = command.partition("<")[2].partition(">")[0]
            if verb == "DATA" and verb not in self.server.answers:
                if not self._letter(to):
                    return
            elif not self._answer(verb, "221 bye" if verb == "QUIT" else "250 ok") or verb == "QUIT":
                return

    def _letter(self, to: str) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = cast(EmailMessage, message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.answers.get("END", "250").startswith("250") or self.server.answers["END"] == "drop":
            self.server.letters.append((to, letter))
        return self._answer("END", "250 kept")

    def _answer(self, verb: str, usual: str) -> bool:
        said = self.server.answers.get(verb, usual)
        if said == "drop":
            return False
        self._say(said)
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServerDouble]:
    """Listening for as long as the block lasts."""
    with MailServerDouble() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=10)
