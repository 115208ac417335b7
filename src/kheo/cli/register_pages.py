"""`kheo register pages`: the pages whose time has come are looked at now; or how many wait."""

import argparse
from collections import Counter

from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

MOST = 10_000


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--show", action="store_true", help=console.text("chỉ nêu mỗi sổ còn mấy địa chỉ tới lượt, không xem", "only tell how many wait")
    )


def _look(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.config.looking import looks_outside, pages
    from kheo.core.days import local_day
    from kheo.registers.actions.looking import look_at_due_pages
    from kheo.registers.queries.definitions import books
    from kheo.registers.queries.looks import due_looks, looked_fields

    if arguments.show:
        for book in books():
            if looked_fields(book):
                waiting = due_looks(book, local_day(now()), of_a_host=MOST, most=MOST)
                hosts = len(Counter(each.host for each in waiting))
                code = book.register.code
                console.result(f"{code}\t{len(waiting)} địa chỉ tới lượt, ở {hosts} trang", f"{code}\t{len(waiting)} due at {hosts} sites")
        return DONE
    if not looks_outside():
        raise Refused(
            "Khéo không xem trang nào bên ngoài: nơi cài đặt chưa bật KHEO_LINK_CHECK=1, hoặc đây là bản trình diễn.",
            "No page outside is looked at: KHEO_LINK_CHECK=1 is not set, or this is a demo.",
        )
    run = look_at_due_pages(pages().look, now=now)
    if run.is_cut_off:
        raise Refused(
            "Không trang nào trả lời: có lẽ máy này không ra được ngoài. Không liên kết nào bị coi là hỏng.",
            "No site answered: this machine may be cut off. No link is called broken for it.",
        )
    console.result(
        f"Đã xem {run.looked} địa chỉ: {run.answering} còn truy cập, {run.broken} hỏng.",
        f"Looked at {run.looked} pages: {run.answering} can be read, {run.broken} are broken.",
    )
    return DONE


COMMANDS = (
    Command(
        words=("register", "pages"),
        vietnamese="xem ngay các trang tới lượt (địa chỉ tin bài) còn mở được không; --show chỉ nêu còn mấy địa chỉ",
        english="look now at the pages whose time has come; --show only tells how many wait",
        run=_look,
        configure=_configure,
    ),
)
