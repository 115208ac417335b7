"""`kheo up`, `kheo worker` and `kheo prepare`: the web application from nothing to its address."""

import argparse
import errno
import os
import socket
import sys
from threading import Event
from typing import Any

from kheo.cli.arguments import number_between
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.cli.readying import ready_database
from kheo.config.refusals import Refused, reason_of

PORT = 8000
PORTS_TO_TRY = 20
HIGHEST_PORT = 65_535
MOST_THREADS = 64
# Above what Django takes, so that it is Django that says so in Vietnamese; below what fills a disk (waitress would take 1 GB).
MOST_BYTES = 72 * 1024 * 1024


def _configure_up(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--demo", action="store_true", help=console.text("nạp dữ liệu mẫu nếu chưa có dữ liệu", "load the demo if there is no data")
    )
    parser.add_argument("--host", default="127.0.0.1", help=console.text("địa chỉ lắng nghe (mặc định: 127.0.0.1)", "address to listen on"))
    parser.add_argument(
        "--port",
        type=int,
        help=console.text(f"cổng (mặc định: {PORT}, bận thì lấy cổng kế tiếp)", f"port (default: {PORT}, or the next free one)"),
    )
    parser.add_argument(
        "--threads",
        type=number_between(console, 1, MOST_THREADS),
        default=8,
        help=console.text("số luồng phục vụ (mặc định: 8)", "serving threads (default: 8)"),
    )


def _up(arguments: argparse.Namespace, console: Console) -> int:
    # Bound before anything slow, so that a port that is taken is told at once.
    listener = listening_socket(arguments.host, arguments.port)
    os.environ["KHEO_SERVING"] = "1"
    if os.environ.get("KHEO_MODE", "").strip() != "production":
        # Where links in messages lead, unless the environment says otherwise.
        os.environ.setdefault("KHEO_ADDRESS", f"http://localhost:{listener.getsockname()[1]}")
        if arguments.demo:
            for each in ("KHEO_PUBLIC_FORM", "KHEO_PUBLIC_PAGES"):
                os.environ.setdefault(each, "1")  # a demo shows everything
    with listener, ready_database(console, revive=True):
        from kheo.config.database import prepare

        prepare(console.progress)
        if arguments.demo:
            _ensure_demo(console)
        _serve(listener, arguments, console)
    console.progress("Khéo đã tắt; dữ liệu được giữ nguyên.", "Kheo has stopped; the data is kept.")
    return DONE


def listening_socket(host: str, port: int | None) -> socket.socket:
    """A socket that listens there; without a wished port the first free one from 8000. Raises Refused."""
    if port is not None and not 0 <= port <= HIGHEST_PORT:
        raise _not_opened(host, port, f"số cổng phải từ 0 đến {HIGHEST_PORT}", f"ports go from 0 to {HIGHEST_PORT}")
    for candidate in [port] if port is not None else range(PORT, PORT + PORTS_TO_TRY):
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return socket.create_server((host, candidate), family=family, backlog=256)
        except OSError as fault:
            if port is not None or fault.errno != errno.EADDRINUSE:
                raise _not_opened(host, candidate, reason_of(fault), fault.strerror or str(fault)) from fault
    raise Refused(f"Các cổng từ {PORT} đến {PORT + PORTS_TO_TRY - 1} đều bận.", "All ports tried are taken.")


def _not_opened(host: str, port: int, vietnamese: str, english: str) -> Refused:
    return Refused(
        f"Không mở được cổng {port} ở {host}: {vietnamese}. Hãy chọn cổng khác, ví dụ --port {PORT + 80}.",
        f"Port {port} on {host} cannot be opened: {english}. Choose another, for example --port {PORT + 80}.",
    )


def _ensure_demo(console: Console) -> None:
    from kheo.cli.demo import ensure_demo

    ensure_demo(console)


def _serve(listener: socket.socket, arguments: argparse.Namespace, console: Console) -> None:
    from django.conf import settings
    from django.urls import resolve
    from waitress.server import create_server

    from kheo.config.jobs.worker import working
    from kheo.config.wsgi import application

    resolve("/healthz")  # every page is read in before the first visitor comes
    bounds: dict[str, Any] = {
        "clear_untrusted_proxy_headers": not settings.ENVIRONMENT.trusted_proxies,
        "max_request_body_size": MOST_BYTES,
    }
    server = create_server(application, sockets=[listener], threads=arguments.threads, ident=None, **bounds)
    try:
        _announce(listener, arguments, console)
        with working():
            # Ctrl-C and SIGTERM end this call: requests in hand are answered first.
            server.run()
    except KeyboardInterrupt:
        pass  # asked to end before it began to listen
    finally:
        server.close()


def _announce(listener: socket.socket, arguments: argparse.Namespace, console: Console) -> None:
    host, port = listener.getsockname()[:2]
    shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104  # told, not listened on
    console.result(f"\nKhéo đang chạy: http://{shown}:{port}/", f"\nKheo is running: http://{shown}:{port}/")
    if arguments.demo:
        from kheo.cli.demo import tell_logins

        tell_logins(console)
    console.result("\nDừng: Ctrl-C.", "\nStop: Ctrl-C.")
    sys.stdout.flush()


def _worker(_arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.jobs.worker import working

    with working():
        try:
            # Told inside: somebody may ask it to end as soon as it says that it works.
            console.result("Khéo đang làm các việc nền: nhắc việc, gửi thư. Dừng: Ctrl-C.", "Kheo is doing its jobs. Stop: Ctrl-C.")
            sys.stdout.flush()
            Event().wait()
        except KeyboardInterrupt:
            console.progress("Đang làm nốt việc dở…", "Finishing the job in hand…")
    return DONE


def _prepare(_arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.database import prepare

    prepare(console.progress)
    console.result("Cơ sở dữ liệu đã sẵn sàng cho bản này.", "The database is ready for this version.")
    return DONE


COMMANDS = (
    Command(
        words=("up",),
        vietnamese="chạy Khéo: cơ sở dữ liệu, chuẩn bị bảng, máy chủ web; in địa chỉ và cách đăng nhập",
        english="run Kheo: database, tables, web server; prints the address and the logins",
        run=_up,
        configure=_configure_up,
        needs="nothing",
    ),
    Command(
        words=("prepare",),
        vietnamese="chuẩn bị cơ sở dữ liệu và tệp tĩnh cho bản này (trước khi chạy bằng gunicorn)",
        english="bring the database and static files up to this version (before gunicorn)",
        run=_prepare,
        needs="database",
    ),
    Command(
        words=("worker",),
        vietnamese="làm các việc nền: nhắc việc, gửi thư (bên cạnh gunicorn; kheo up đã có sẵn)",
        english="do the jobs: reminders, mail (beside gunicorn; kheo up has one built in)",
        run=_worker,
    ),
)
