"""Looking at one page on the web: whether it answers, and what its first bytes hash to. Nothing of it is kept or shown.

An address that somebody typed leads this machine somewhere, so it is led nowhere but to pages of the public: the name is resolved once,
every address that it has must be one of the public, and the connection goes to one of these very addresses, not to the name again. Each
redirect is an address like the first. No cookie, no credentials, no proxy of the environment; an end in sight for time and size.
"""

import hashlib
import ipaddress
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, IncompleteRead
from queue import Empty, SimpleQueue
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, gaierror, getaddrinfo, socket
from threading import Event, Thread, Timer
from time import monotonic
from urllib.parse import urljoin

from kheo.core.registers.looking import Seen
from kheo.core.web_addresses import IPAddress, WebAddress, is_public, read_web_address

MOST_REDIRECTS = 5
MOST_BYTES = 256 * 1024  # of a page; what comes after is not read
SECONDS = 15.0  # for everything: names, connections, redirects, bytes
_CHUNK = 16 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_PASSING = frozenset({408, 425})  # beside all errors of the server


@dataclass(frozen=True)
class Looked:
    """What a look came to. `status`: what the server answered last, None where nothing did; `why`: of `core.registers.looking.WHY`, or "";
    `digest`: SHA-256 of the first `MOST_BYTES`, "" where the page was not read."""

    seen: Seen
    status: int | None = None
    why: str = ""
    digest: str = ""


class _Over(Exception):
    """The look ends here, with this."""

    def __init__(self, looked: Looked) -> None:
        super().__init__()
        self.looked = looked


Resolve = Callable[[str, int], Sequence[IPAddress]]


def resolved(host: str, port: int) -> list[IPAddress]:
    """Every address that a name has now. Raises gaierror (an OSError) for a name that has none."""
    found = dict.fromkeys(str(each[4][0]) for each in getaddrinfo(host, port, type=SOCK_STREAM))
    return [ipaddress.ip_address(each) for each in found]


@dataclass(frozen=True)
class Pages:
    """Looks at pages, and says who does. Only tests say otherwise than is said here which machines may be reached, and at which port."""

    agent: str
    may_reach: Callable[[IPAddress], bool] = is_public
    resolve: Resolve = resolved
    port_of: Callable[[WebAddress], int] = lambda address: address.port
    seconds: float = SECONDS
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def look(self, address: str) -> Looked:
        """One look, redirects followed; whatever happens there is told and never raised."""
        ends = monotonic() + self.seconds
        first = wanted = read_web_address(address)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                if isinstance(wanted, str):
                    return Looked(Seen.BARRED, why="address")
                assert isinstance(first, WebAddress)
                answer = self._answer(wanted, ends)
                if isinstance(answer, Looked):
                    moved = answer.seen is Seen.READ and wanted.is_front_page and not first.is_front_page
                    return Looked(Seen.CLOSED, answer.status, "front_page") if moved else answer
                wanted = read_web_address(urljoin(str(wanted), answer))
        except _Over as over:
            return over.looked
        return Looked(Seen.FAULT, why="redirects")

    def _answer(self, address: WebAddress, ends: float) -> Looked | str:
        """What one address came to, or where it leads on."""
        with _Cut(ends) as cut:
            try:
                connection = self._connected(address, cut)
                try:
                    return cut.whole(_asked(connection, address, self.agent))
                finally:
                    connection.close()
            except ssl.SSLCertVerificationError:
                raise _Over(Looked(Seen.FAULT, why="tls")) from None
            except (OSError, HTTPException, ValueError) as fault:
                raise _Over(Looked(Seen.FAULT, why="timeout" if cut.is_over else _why(fault))) from None

    def _connected(self, address: WebAddress, cut: "_Cut") -> HTTPConnection:
        """A connection to one of the addresses that were looked at; it never asks for the name again."""
        port = self.port_of(address)
        machines = _resolved_in(self.resolve, address.host, port, cut.left)
        if not machines or not all(self.may_reach(each) for each in machines):
            raise _Over(Looked(Seen.BARRED, why="inside"))
        wire = _wire(machines, port, cut)
        cut.hold(wire)
        if address.scheme == "https":
            wire = self.context.wrap_socket(wire, server_hostname=address.host, do_handshake_on_connect=False)
            cut.hold(wire)
            wire.do_handshake()
        connection = HTTPConnection(address.host, port)
        connection.sock = wire
        return connection


def _wire(machines: Sequence[IPAddress], port: int, cut: "_Cut") -> socket:
    """To the first of the machines that takes the connection."""
    for place, machine in enumerate(machines, 1):
        try:
            return create_connection((str(machine), port), timeout=max(cut.left / (len(machines) - place + 1), 0.1))
        except OSError:
            if place == len(machines):
                raise
    raise AssertionError("there is a machine")


def _resolved_in(resolve: Resolve, host: str, port: int, seconds: float) -> Sequence[IPAddress]:
    """In a thread of its own: what waits for names knows no end of its own."""
    found = SimpleQueue[Sequence[IPAddress] | OSError]()

    def ask() -> None:
        try:
            found.put(resolve(host, port))
        except OSError as fault:
            found.put(fault)
        except ValueError:  # what is no name at all
            found.put(gaierror())

    Thread(target=ask, name="kheo-names", daemon=True).start()
    try:
        answer = found.get(timeout=max(seconds, 0))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _asked(connection: HTTPConnection, address: WebAddress, agent: str) -> Looked | str:
    """The page, as far as it is read, or where it leads on. No header but these: nothing of an earlier answer goes with it."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    headers = {"Host": host, "User-Agent": agent, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("GET", address.target, headers=headers)
    answer = connection.getresponse()
    status, onward = answer.status, answer.getheader("Location")
    if status in _REDIRECTS and onward:
        return onward
    if status in _GONE:
        return Looked(Seen.GONE, status)
    if status >= 500 or status in _PASSING:
        return Looked(Seen.FAULT, status)
    if not 200 <= status < 300:
        return Looked(Seen.CLOSED, status)
    digest, left = hashlib.sha256(), MOST_BYTES
    while left and (part := answer.read(min(_CHUNK, left))):
        digest.update(part)
        left -= len(part)
    if left and answer.length:
        raise IncompleteRead(b"")
    return Looked(Seen.READ, status, digest=digest.hexdigest())


def _why(fault: Exception) -> str:
    if isinstance(fault, gaierror):
        return "name"
    if isinstance(fault, TimeoutError):
        return "timeout"
    if isinstance(fault, ssl.SSLError):
        return "tls"
    return "refused" if isinstance(fault, ConnectionError) else "unreadable"


class _Cut:
    """Ends a look whose time is over, wherever it waits: a server that sends a byte now and then would never run into a timeout."""

    def __init__(self, ends: float) -> None:
        self._ends, self._over = ends, Event()
        self._wire: socket | None = None
        self._timer = Timer(self.left, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Cut":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._wire is not None:
            self._wire.close()

    @property
    def left(self) -> float:
        """Seconds until it is over."""
        return max(self._ends - monotonic(), 0.0)

    @property
    def is_over(self) -> bool:
        """Whether it was cut off."""
        return self._over.is_set() or not self.left

    def whole(self, answer: Looked | str) -> Looked | str:
        """An answer that came in time: what was cut off looks like one that ends there. Raises TimeoutError."""
        if self.is_over:
            raise TimeoutError
        return answer

    def hold(self, wire: socket) -> None:
        """What is shut when the time is over, at once where it is."""
        self._wire = wire
        wire.settimeout(max(self.left, 0.1))
        if self._over.is_set():
            self._cut()

    def _cut(self) -> None:
        self._over.set()
        wire = self._wire
        if wire is not None:
            try:
                socket.shutdown(wire, SHUT_RDWR)  # of the wire itself: what is read of TLS in the other thread ends as a wire that ends
            except OSError:
                return  # it has ended by itself
