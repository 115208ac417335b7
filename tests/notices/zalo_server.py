"""A fake of Zalo's API on the loopback: answers as it is told, and keeps what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

from kheo.notices.channels.zalo import LOOPBACK, ZaloService


class ZaloDouble(ThreadingHTTPServer):
    """`script`: what to answer to messages, in turn: a number of the API, (status, headers), raw bytes, or an event to wait for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.tokens_seen: list[str] = []
        self.refreshed: list[str] = []
        self.token_answer: Any = None

    def service(self, **changes: Any) -> ZaloService:
        base = f"http://127.0.0.1:{self.server_address[1]}"
        settings: dict[str, Any] = {
            "send_url": f"{base}/message",
            "token_url": f"{base}/token",
            "hosts": LOOPBACK,
            "timeout": 5.0,
            **changes,
        }
        return ZaloService("app", "bi-mat", "mau-1", "refresh-0", **settings)


class _Handler(BaseHTTPRequestHandler):
    server: ZaloDouble

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/token":
            self._token(parse_qs(body.decode()))
            return
        self.server.asked.append(json.loads(body))
        self.server.tokens_seen.append(self.headers["access_token"])
        self._play(self.server.script.pop(0) if self.server.script else 0)

    def do_GET(self) -> None:
        self.server.asked.append({"followed": self.path})
        self._send(200, b"{}")

    def _token(self, form: dict[str, list[str]]) -> None:
        self.server.refreshed.append(form["refresh_token"][0])
        number = len(self.server.refreshed)
        usual = {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "expires_in": "90000"}
        self._send(200, json.dumps(self.server.token_answer or usual).encode())

    def _play(self, part: Any) -> None:
        if isinstance(part, Event):
            part.wait(timeout=30)
            self.close_connection = True
        elif isinstance(part, int):
            self._send(200, json.dumps({"error": part, "message": "…"}).encode())
        elif isinstance(part, bytes):
            self._send(200, part)
        else:
            status, headers = part
            self._send(status, b"", headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Tests are quiet."""


@contextmanager
def zalo_server() -> Iterator[ZaloDouble]:
    """Listening for as long as the block lasts."""
    with ZaloDouble() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=10)
