"""One look at a page on the web: told what came of it, led nowhere but to pages of the public."""

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from kheo.core.registers.looking import Seen
from kheo.registers import pages
from kheo.registers.pages import MOST_BYTES, MOST_REDIRECTS, Looked, Pages
from tests.registers.web_server import LOOPBACK, WebServer, addresses, leading_to, page, web_server

URL = "http://bao.example.vn/bai"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as serving:
        yield serving


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_a_page_that_answers_is_read_and_only_its_hash_comes_back(server: WebServer) -> None:
    server.pages["/bai?so=1"] = page(b"noi dung", Set_Cookie="a=b")
    assert server.looker().look(URL + "?so=1") == Looked(Seen.READ, 200, digest=digest(b"noi dung"))


def test_says_who_asks_and_nothing_else_of_us(server: WebServer) -> None:
    server.pages["/bai"] = leading_to("/moi", Set_Cookie="phien=1")
    server.pages["/moi"] = page()
    assert server.looker().look(URL).seen is Seen.READ
    told = {"Host": "bao.example.vn", "User-Agent": "Kheo-test", "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
    assert server.asked == [("/bai", {**told, "Connection": "close"}), ("/moi", {**told, "Connection": "close"})]


@pytest.mark.parametrize(
    ("status", "seen"),
    [(404, Seen.GONE), (410, Seen.GONE), (500, Seen.FAULT), (503, Seen.FAULT), (408, Seen.FAULT), (403, Seen.CLOSED), (401, Seen.CLOSED),
     (429, Seen.CLOSED), (400, Seen.CLOSED), (304, Seen.CLOSED), (204, Seen.READ)],
)  # fmt: skip
def test_what_a_server_answers_is_told(server: WebServer, status: int, seen: Seen) -> None:
    server.pages["/bai"] = page(b"", status)
    looked = server.looker().look(URL)
    assert (looked.seen, looked.status, looked.why) == (seen, status, "")
    assert bool(looked.digest) == (seen is Seen.READ)


def test_no_more_of_a_page_is_read_than_its_beginning(server: WebServer) -> None:
    server.pages["/bai"] = page(b"a" * MOST_BYTES + b"b" * 5_000_000)
    assert server.looker().look(URL).digest == digest(b"a" * MOST_BYTES)


def test_redirects_are_followed_a_few_times(server: WebServer) -> None:
    for number in range(MOST_REDIRECTS):
        server.pages[f"/{number}"] = leading_to(f"/{number + 1}", (301, 302, 303, 307, 308)[number])
    server.pages[f"/{MOST_REDIRECTS}"] = page()
    assert server.looker().look("http://bao.example.vn/0").seen is Seen.READ
    server.pages[f"/{MOST_REDIRECTS}"] = leading_to("/0")
    server.asked.clear()
    assert server.looker().look("http://bao.example.vn/0") == Looked(Seen.FAULT, why="redirects")
    assert len(server.asked) == MOST_REDIRECTS + 1


def test_a_page_that_leads_to_the_front_page_is_not_the_page(server: WebServer) -> None:
    server.pages["/bai"], server.pages["/"] = leading_to("http://bao.example.vn"), page()
    assert server.looker().look(URL) == Looked(Seen.CLOSED, 200, "front_page")
    assert server.looker().look("http://bao.example.vn/").seen is Seen.READ


@pytest.mark.parametrize(
    "onward", ["ftp://bao.example.vn/", "file:///etc/passwd", "http://a:b@bao.example.vn/", "http://bao.example.vn:8080/"]
)
def test_a_redirect_to_what_is_no_address_of_a_page_is_not_followed(server: WebServer, onward: str) -> None:
    server.pages["/bai"] = leading_to(onward)
    assert server.looker().look(URL) == Looked(Seen.BARRED, why="address")
    assert server.paths == ["/bai"]


def test_nothing_inside_a_network_is_asked_anything(server: WebServer) -> None:
    """As installed: this very machine's server runs, and hears nothing."""
    server.pages["/bai"] = page()
    for name in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"):
        looker = Pages("Kheo-test", port_of=lambda address: server.port)
        assert looker.look(f"http://{name}/bai") == Looked(Seen.BARRED, why="inside"), name
    assert server.asked == []


def test_one_address_of_many_inside_a_network_is_enough(server: WebServer) -> None:
    server.pages["/bai"] = page()
    for found in (["8.8.8.8", "10.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["8.8.8.8", "64:ff9b::7f00:1"], []):
        looker = Pages("Kheo-test", resolve=lambda host, port, found=found: addresses(*found), port_of=lambda address: server.port)
        assert looker.look(URL) == Looked(Seen.BARRED, why="inside"), found
    assert server.asked == []


def test_each_redirect_is_looked_at_anew(server: WebServer) -> None:
    server.pages["/bai"] = leading_to("http://noi-bo.example.vn/bi-mat")
    server.pages["/bi-mat"] = page()
    asked = []

    def resolve(host: str, port: int) -> list[object]:
        asked.append(host)
        return list(LOOPBACK if host == "bao.example.vn" else addresses("127.0.0.2"))

    looked = server.looker(resolve=resolve, may_reach=lambda address: address == LOOPBACK[0]).look(URL)
    assert looked == Looked(Seen.BARRED, why="inside")
    assert (asked, server.paths) == (["bao.example.vn", "noi-bo.example.vn"], ["/bai"])


def test_the_connection_goes_to_the_address_that_was_looked_at(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere a moment later (DNS rebinding) leads nowhere: it is resolved once, and not by who connects."""
    server.pages["/bai"] = page()
    reached, connect, asked = [], socket.create_connection, []

    def watched(where: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(where)
        return connect(where, timeout=timeout)

    def resolve(host: str, port: int) -> list[object]:
        asked.append(host)
        return list(LOOPBACK if len(asked) == 1 else addresses("10.0.0.1"))

    monkeypatch.setattr(pages, "create_connection", watched)
    assert server.looker(resolve=resolve).look(URL).seen is Seen.READ
    assert (asked, reached) == (["bao.example.vn"], [("127.0.0.1", server.port)])


def test_no_proxy_of_the_environment_is_asked(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.pages["/bai"] = page()
    assert server.looker().look(URL).seen is Seen.READ


def test_a_name_that_is_not_there_may_be_there_tomorrow() -> None:
    def none(host: str, port: int) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    assert Pages("Kheo-test", resolve=none).look(URL) == Looked(Seen.FAULT, why="name")


def test_names_that_never_come_end_the_look() -> None:
    ending = threading.Event()

    def waits(host: str, port: int) -> list[object]:
        ending.wait(30)
        return []

    began = time.monotonic()
    try:
        assert Pages("Kheo-test", resolve=waits, seconds=0.2).look(URL) == Looked(Seen.FAULT, why="timeout")
        assert time.monotonic() - began < 10
    finally:
        ending.set()


def test_a_machine_that_takes_no_connection_is_a_fault() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        looker = WebServer(taken.getsockname()[1]).looker()
        assert looker.look(URL) == Looked(Seen.FAULT, why="refused")


def test_another_machine_of_the_same_name_is_tried(server: WebServer) -> None:
    server.pages["/bai"] = page()
    looker = server.looker(resolve=lambda host, port: addresses("127.0.0.3", "127.0.0.1"))
    assert looker.look(URL).seen is Seen.READ


@pytest.mark.parametrize("dripped", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"])
def test_a_server_that_sends_a_byte_now_and_then_is_left_when_the_time_is_over(server: WebServer, dripped: bytes) -> None:
    over = threading.Event()

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(dripped)
        while not over.wait(0.02):
            try:
                handler.wfile.write(b"a")
            except OSError:
                return

    server.pages["/bai"] = drips
    try:
        assert server.looker(seconds=0.5).look(URL) == Looked(Seen.FAULT, why="timeout")
    finally:
        over.set()


@pytest.mark.parametrize(
    "sent", [b"", b"ho ho ho\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\n" + b"a" * 70_000]
)
def test_what_is_no_whole_answer_is_a_fault(server: WebServer, sent: bytes) -> None:
    server.pages["/bai"] = lambda handler: handler.wfile.write(sent) and None
    looked = server.looker().look(URL)
    assert (looked.seen, looked.status, looked.digest) == (Seen.FAULT, None, "")


def test_a_certificate_that_nobody_vouches_for_is_a_fault(server: WebServer) -> None:
    """The server speaks no TLS at all: neither is it taken for the page, nor is plain text spoken instead."""
    server.pages["/bai"] = page()
    looked = server.looker().look("https://bao.example.vn/bai")
    assert (looked.seen, looked.why, server.asked) == (Seen.FAULT, "tls", [])
    assert Pages("Kheo-test").context.verify_mode is ssl.CERT_REQUIRED
    assert Pages("Kheo-test").context.check_hostname


def test_what_is_no_address_is_not_looked_at() -> None:
    for text in ("bao.example.vn", "ftp://bao.example.vn/", "http://a:b@bao.example.vn/", "", "https://bao.example.vn:22/"):
        assert Pages("Kheo-test").look(text) == Looked(Seen.BARRED, why="address")
