"""The program `kheo`."""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import cast

from django.db.utils import OperationalError

from kheo.cli import (
    campaign,
    campaign_ending,
    campaign_papers,
    consolidate,
    cycle,
    demo,
    directive,
    directive_propose,
    django_command,
    keeping,
    paper,
    people,
    register,
    register_files,
    register_index,
    register_keeping,
    register_likeness,
    register_pages,
    remind,
    serving,
    unit_changes,
    unit_matching,
    units,
    workbook,
    workbook_import,
)
from kheo.cli.command import FAILED, Command
from kheo.cli.console import Console, Language
from kheo.cli.parser import Parser, language_in
from kheo.cli.readying import ready_database, ready_tables
from kheo.config.refusals import Refused

COMMANDS: tuple[Command, ...] = (
    *serving.COMMANDS,
    *demo.COMMANDS,
    *campaign.COMMANDS,
    *campaign_ending.COMMANDS,
    *campaign_papers.COMMANDS,
    *units.COMMANDS,
    *unit_changes.COMMANDS,
    *unit_matching.COMMANDS,
    *register.COMMANDS,
    *register_files.COMMANDS,
    *register_index.COMMANDS,
    *register_keeping.COMMANDS,
    *register_likeness.COMMANDS,
    *register_pages.COMMANDS,
    *cycle.COMMANDS,
    *consolidate.COMMANDS,
    *people.COMMANDS,
    *paper.COMMANDS,
    *remind.COMMANDS,
    *directive.COMMANDS,
    *directive_propose.COMMANDS,
    *workbook.COMMANDS,
    *workbook_import.COMMANDS,
    *keeping.COMMANDS,
    *django_command.COMMANDS,
)

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 refused or failed, 2 wrongly used, 130 interrupted."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    console = Console(cast(Language, language_in(line)))
    parsed = build_parser(console).parse_args(line)
    try:
        with _ended_in_order():
            return run(parsed.command, parsed, console)
    except Refused as refused:
        console.refusal(refused)
    except KeyboardInterrupt:
        console.progress("Đã dừng.", "Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; nothing is to be said to it any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        console.error(f"cơ sở dữ liệu ngắt giữa chừng: {reason}", f"the database broke off: {reason}")
    except Exception as fault:
        traceback.print_exc()
        console.error(
            f"Khéo gặp lỗi của chính mình ({type(fault).__name__}). Hãy gửi các dòng trên cho người bảo trì.",
            f"a fault of Kheo itself ({type(fault).__name__}). Please send the lines above to its maintainers.",
        )
    return FAILED


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM and a closed terminal end a command as Ctrl-C does: what it opened is closed, and the database is stopped."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def run(command: Command, parsed: argparse.Namespace, console: Console) -> int:
    """Run a parsed command with what it needs made ready."""
    if command.needs == "nothing":
        return command.run(parsed, console)
    with ready_database(console) as embedded:
        if command.needs == "tables":
            ready_tables(console, is_embedded=embedded is not None)
        return command.run(parsed, console)


def build_parser(console: Console) -> Parser:
    """The parser of all commands, in the console's language."""
    parser = Parser(
        prog="kheo",
        console=console,
        description=console.text("Khéo: chỉ thị đi xuống, kết quả đi lên.", "Kheo: orders go down, results go up."),
    )
    _add_language(parser, console)
    title = console.text("Lệnh", "Commands")
    groups: dict[tuple[str, ...], argparse._SubParsersAction[Parser]] = {
        (): parser.add_subparsers(title=title, metavar=console.text("LỆNH", "COMMAND"), required=True, parser_class=Parser)
    }
    for command in COMMANDS:
        above = command.words[:-1]
        if above not in groups:
            group = groups[()].add_parser(above[0], console=console, help=_group_words(above[0], console))
            groups[above] = group.add_subparsers(title=title, metavar=console.text("LỆNH", "COMMAND"), required=True, parser_class=Parser)
        _add_command(groups[above], command, console)
    return parser


# What its commands have in common; which they are is told from the commands themselves.
GROUPS: dict[str, tuple[str, str]] = {
    "campaign": ("định nghĩa phong trào", "campaign definitions"),
    "register": ("sổ", "registers"),
    "units": ("cây đơn vị", "the tree"),
    "people": ("người và chức trách", "people and posts"),
    "paper": ("thể thức văn bản", "papers"),
    "workbook": ("tệp Excel của đơn vị", "workbooks of units"),
    "cycle": ("kỳ báo cáo", "reporting cycles"),
    "directive": ("văn bản chỉ đạo", "directives"),
}


def _group_words(name: str, console: Console) -> str:
    return f"{console.text(*GROUPS[name])}: {', '.join(each.words[1] for each in COMMANDS if each.words[0] == name)}"


def _add_command(group: "argparse._SubParsersAction[Parser]", command: Command, console: Console) -> None:
    words = console.text(command.vietnamese, command.english)
    parser = group.add_parser(command.words[-1], console=console, help=words, description=words[0].upper() + words[1:] + ".")
    parser.set_defaults(command=command)
    if command.takes_rest:
        parser.add_argument(
            "rest", nargs=argparse.REMAINDER, metavar="…", help=console.text("phần còn lại của dòng lệnh", "the rest of the line")
        )
        return
    _add_language(parser, console)
    command.configure(parser, console)


def _add_language(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--lang", choices=("vi", "en"), help=console.text("ngôn ngữ của thông báo (mặc định: vi)", "language of messages (default: vi)")
    )


if __name__ == "__main__":
    sys.exit(main())
