"""Running the program `kheo` as a person does: another process, its own data folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


class Kheo:
    """The program with a data folder and further variables of the environment."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KHEO_", "DATABASE_URL", "DJANGO_"))}
        self.environ = {**kept, "KHEO_DATA": str(data), "PYTHONWARNINGS": "error", "PYTHONFAULTHANDLER": "1", **environ}

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "kheo.cli.program"]

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.command, *map(str, arguments)],
            env=self.environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=400,  # making the tables took over two minutes by the clock on a machine with other work
            check=False,
        )

    def does(self, *arguments: str | Path) -> str:
        """Run one command that must succeed; what it answered."""
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str | Path) -> Any:
        """The answer of a command that prints JSON."""
        return json.loads(self.does(*arguments, "--json"))
