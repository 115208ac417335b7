"""`kheo django …`: the framework's own commands, for those who work on Khéo."""

import argparse

from kheo.cli.command import DONE, Command
from kheo.cli.console import Console


def _run(arguments: argparse.Namespace, _console: Console) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kheo django", *arguments.rest])
    return DONE


COMMANDS = (
    Command(
        words=("django",),
        vietnamese="lệnh của Django, cho người phát triển (makemigrations, migrate, shell …)",
        english="Django's own commands, for developers (makemigrations, migrate, shell …)",
        run=_run,
        takes_rest=True,
        needs="database",
    ),
)
