"""Arguments that several commands share: days, files, and who the journal says acted."""

import argparse
import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.console import Console
from kheo.config.refusals import Refused, reason_of
from kheo.core.days import typed_day
from kheo.core.numbers import format_int

if TYPE_CHECKING:
    from kheo.journal.actions import Actor
    from kheo.people.models import User

LARGEST_FILE = 64 * 1024 * 1024
# Days of Khéo's world. Beyond them the calendar itself ends (an instant after 31/12/9999 is none).
FIRST_YEAR, LAST_YEAR = 1900, 2999


def day_of(console: Console) -> Callable[[str], date]:
    """Reads a day written `2023-11-15` or `15/11/2023`."""

    def parse(text: str) -> date:
        try:
            found = typed_day(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                console.text(f"“{text}” không phải là ngày (viết 2023-11-15 hoặc 15/11/2023)", f"“{text}” is no day (write 2023-11-15)")
            ) from None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            said = console.text(f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}", f"the year must be {FIRST_YEAR} to {LAST_YEAR}")
            raise argparse.ArgumentTypeError(f"“{text}”: {said}")
        return found

    return parse


def number_between(console: Console, least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number of a range."""

    def parse(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
            return int(text)
        said = console.text(f"cần một số từ {least} đến {most}, không phải “{text}”", f"must be {least} to {most}, not “{text}”")
        raise argparse.ArgumentTypeError(said)

    return parse


def read_input(file: Path, largest: int = LARGEST_FILE) -> bytes:
    """The content of a file that a person named; Refused says why it cannot be read."""
    try:
        if file.is_dir():
            raise Refused(f"{file} là thư mục, cần một tệp.", f"{file} is a folder, a file is needed.")
        with file.open("rb") as stream:
            content = stream.read(largest + 1)  # what is no file on a disk has no size to ask for, and may have no end
    except FileNotFoundError:
        raise Refused(f"Không có tệp {file}.", f"There is no file {file}.") from None
    except OSError as fault:
        raise Refused(f"Không đọc được {file}: {reason_of(fault)}.", f"{file} cannot be read: {fault.strerror}.") from fault
    if len(content) > largest:
        raise Refused(f"{file} lớn quá: tối đa {largest >> 20} MB.", f"{file} is too large: at most {largest >> 20} MB.")
    return content


def read_text(file: Path, largest: int = LARGEST_FILE) -> str:
    """The same of a file of words, with or without a byte order mark."""
    try:
        return read_input(file, largest).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{file} không phải văn bản UTF-8.", f"{file} is no UTF-8 text.") from None


def keeper() -> "Actor":
    """Who acts on the command line, as the journal remembers it: the account of this machine."""
    from kheo.journal.actions import Actor

    return Actor(None, f"{getpass.getuser()} (lệnh kheo)"[:120], "system")


def user_named(name: str) -> "User":
    """The active account of a user name; Refused when there is none."""
    from kheo.people.queries import account_named

    user = account_named(name)
    if user is None:
        raise Refused(f"Không có người dùng “{name}”.", f"There is no user “{name}”.")
    return user


def add_by(parser: argparse.ArgumentParser, console: Console, words: str) -> None:
    """In whose name and with whose rights a command acts."""
    parser.add_argument("--by", required=True, metavar=console.text("TÊN_ĐĂNG_NHẬP", "USER"), help=words)


def count_words(number: int) -> str:
    """A count as people read it: 7.593."""
    return format_int(number)
