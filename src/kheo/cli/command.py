"""What a command of the program is made of."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from kheo.cli.console import Console

# nothing: files only, or readied by the command itself; database: a safe one, the embedded server if none is named;
# tables: that, with the tables of this version.
Needs = Literal["nothing", "database", "tables"]

DONE = 0
FAILED = 1


@dataclass(frozen=True)
class Command:
    """One command: its words, how it reads its arguments, and what it does (returns the exit code: 0 done, 1 refused or failed)."""

    words: tuple[str, ...]
    vietnamese: str
    english: str
    run: Callable[[argparse.Namespace, Console], int]
    needs: Needs = "tables"
    configure: Callable[[argparse.ArgumentParser, Console], None] = field(default=lambda _parser, _console: None)
    # A command that parses the rest of the line itself.
    takes_rest: bool = False
