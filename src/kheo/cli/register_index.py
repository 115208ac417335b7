"""`kheo register index`: the indexes of declared fields, as they stand or made now; a worker does the same after each publication."""

import argparse
from typing import TYPE_CHECKING

from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.registers.queries.definitions import Book

_STATES = {
    "ready": ("đã có", "ready"),
    "missing": ("chưa có", "missing"),
    "broken": ("lập dở, chưa dùng được", "broken off"),
    "unwanted": ("không còn dùng", "not wanted any more"),
}


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("codes", nargs="*", metavar=console.text("MÃ_SỔ", "REGISTER"), help=console.text("mọi sổ, nếu không nêu", "all"))
    parser.add_argument("--show", action="store_true", help=console.text("chỉ in ra, không lập gì", "print only, make nothing"))
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _index(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.registers.queries.definitions import books
    from kheo.registers.queries.field_indexes import index_standings

    found = books()
    unknown = sorted(set(arguments.codes) - {each.register.code for each in found})
    if unknown:
        raise Refused(f"Không có sổ {', '.join(unknown)}.", f"There is no register {', '.join(unknown)}.")
    chosen = [each for each in found if not arguments.codes or each.register.code in arguments.codes]
    made = [] if arguments.show else [_make(each, console) for each in chosen]  # each of them, whatever became of the one before
    rows = [(each.register.code, index) for each in chosen for index in index_standings(each)]
    if arguments.json:
        console.data([{"register": code, "field": index.key, "index": index.name, "state": index.state} for code, index in rows])
    else:
        for code, index in rows:
            vietnamese, english = _STATES[index.state]
            console.result(f"{code}\t{index.key}\t{vietnamese}", f"{code}\t{index.key}\t{english}")
    return DONE if all(made) else FAILED


def _make(book: "Book", console: Console) -> bool:
    from kheo.config.clock import now
    from kheo.registers.actions.indexing import provision_indexes

    code = book.register.code
    console.progress(f"Đang xem chỉ mục của sổ {code}…", f"Looking at the indexes of {code}…")
    done = provision_indexes(book, at=now())
    if done.is_elsewhere:
        console.error(f"chỉ mục của sổ {code} đang được việc nền lập", f"a worker is making the indexes of {code}")
    for key, why in done.failed:
        console.error(f"không lập được chỉ mục {key} trong sổ {code}: {why}", f"no index for {key} of {code}: {why}")
    return not (done.failed or done.is_elsewhere)


COMMANDS = (
    Command(
        words=("register", "index"),
        vietnamese="lập chỉ mục còn thiếu hay hỏng của trường lọc, sắp xếp và danh sách có sẵn; bỏ cái không còn dùng; --show chỉ in ra",
        english="make missing or broken indexes of filtered and sorted fields and of ready lists, drop unwanted ones; --show only prints",
        run=_index,
        configure=_configure,
    ),
)
