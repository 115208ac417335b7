"""argparse that speaks to its user in Vietnamese, or in English when asked."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from kheo.cli.console import Console

USAGE_ERROR = 2

# What argparse says, as it says it, and how Khéo says it. A message that is in no line stays as it is.
_IN_VIETNAMESE = (
    (r"the following arguments are required: (.+)", r"thiếu: \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu: \1"),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", r"\1: không có “\2”; chọn một trong \3"),
    (r"argument (.+?): expected one argument", r"\1: thiếu giá trị đi kèm"),
    (r"argument (.+?): invalid int value: '(.*)'", r"\1: “\2” không phải là số nguyên"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1: không dùng cùng với \2"),
    (r"argument (.+?): ignored explicit argument '(.*)'", r"\1: không nhận giá trị “\2”"),
    (r"one of the arguments (.+) is required", r"cần một trong: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 có thể là: \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser for one command; a wrong use is one line and exit code 2."""

    def __init__(self, *, console: Console, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **settings)
        self.console = console
        self._positionals.title = console.text("Cần cho biết", "Arguments")
        self._optionals.title = console.text("Tuỳ chọn", "Options")
        self.add_argument("-h", "--help", action="help", help=console.text("in hướng dẫn này", "print this help"))

    def error(self, message: str) -> NoReturn:
        hint = self.console.text(f"Xem: {self.prog} --help", f"See: {self.prog} --help")
        self.console.error(f"{in_vietnamese(message)}. {hint}", f"{message}. {hint}")
        raise SystemExit(USAGE_ERROR)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", self.console.text("Cách dùng:", "Usage:"), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", self.console.text("Cách dùng:", "Usage:"), 1)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)


def in_vietnamese(message: str) -> str:
    """argparse's message in Vietnamese."""
    for pattern, words in _IN_VIETNAMESE:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message)
    return message


def language_in(arguments: Sequence[str]) -> str:
    """The language asked for anywhere on the command line: help and errors must speak it before the line is parsed."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2] == ["en"]:
            return "en"
        if argument == "--lang=en":
            return "en"
    return "vi"
