"""`kheo register compare`: what finds entries of like words, made where it is missing or was made otherwise."""

import argparse

from kheo.cli.command import DONE, Command
from kheo.cli.console import Console


def _compare(_arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.registers.actions.likening import keep_all_likenesses
    from kheo.registers.queries.definitions import books

    for each in books():
        made = keep_all_likenesses(each, at=now())
        if made:
            console.result(f"{each.register.code}: đã so {made} hồ sơ.", f"{each.register.code}: compared {made} entries.")
    return DONE


COMMANDS = (
    Command(
        words=("register", "compare"),
        vietnamese="so chữ của những hồ sơ chưa được so, để nêu hồ sơ gần giống; chạy lại bao nhiêu lần cũng được",
        english="compare the words of entries that were not compared yet; may be run any number of times",
        run=_compare,
        needs="database",
    ),
)
