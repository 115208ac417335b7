"""A web server on this machine's loopback that answers as a test says, and remembers what it was asked."""

import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kheo.core.web_addresses import IPAddress
from kheo.registers.pages import Pages

Answer = Callable[[BaseHTTPRequestHandler], None]
LOOPBACK = [ipaddress.ip_address("127.0.0.1")]


def page(body: bytes = b"<h1>Hem sach</h1>", status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def leading_to(where: str, status: int = 302, **headers: str) -> Answer:
    return page(b"", status, Location=where, **headers)


@dataclass
class WebServer:
    """`pages`: by path what is answered, 404 where nothing is. `asked`: path and headers of every request."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def looker(self, **otherwise: object) -> Pages:
        """What looks at this server's pages under any name: loopback is allowed here, by hand, and nowhere else."""
        given = {
            "resolve": lambda host, port: LOOPBACK,
            "may_reach": lambda address: address.is_loopback,
            "port_of": lambda address: self.port,
            "seconds": 5.0,
            **otherwise,
        }
        return Pages("Kheo-test", **given)  # type: ignore[arg-type]


@contextmanager
def web_server() -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving.asked.append((self.path, dict(self.headers.items())))
            serving.pages.get(self.path, page(b"", 404))(self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        serving = WebServer(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield serving
        finally:
            server.shutdown()
            thread.join()


def addresses(*written: str) -> list[IPAddress]:
    return [ipaddress.ip_address(each) for each in written]
