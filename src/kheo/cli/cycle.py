"""`kheo cycle open | status`: reporting cycles."""

import argparse
from dataclasses import asdict

from kheo.cli.arguments import count_words, keeper
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "campaign", metavar=console.text("PHONG_TRÀO", "CAMPAIGN"), help=console.text("mã phong trào, ví dụ 5-khong", "code, like 5-khong")
    )
    parser.add_argument(
        "cycle", metavar=console.text("KỲ", "CYCLE"), help=console.text("mã kỳ, ví dụ 2023-6T hoặc 2023-N", "code, like 2023-6T or 2023-N")
    )
