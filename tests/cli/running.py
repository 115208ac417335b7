"""Running the program `kheo` as a person does: another process, its own data folder."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# Of this run, for all its workers; tests/conftest.py takes the folder away.
OF_THIS_RUN = Path(os.environ["KHEO_DATA_OF_THIS_TEST_RUN"])


class Kheo:
    """The program with a data folder and further variables of the environment."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KHEO_", "DATABASE_URL", "DJANGO_"))}
        kept |= _bytecode(kept)
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


def prepared(data: Path) -> Kheo:
    """The program with a data folder that it made before, every table there and empty.

    Making the tables costs more CPU than all else that such a test does; that it happens in an empty folder is seen where `Kheo` is asked.
    """
    with (OF_THIS_RUN / "prepared.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        made = OF_THIS_RUN / "prepared"
        if not (made / "whole").exists():
            Kheo(made / "data").does("prepare")
            (made / "whole").touch()
    data.mkdir(exist_ok=True)
    # With its owners, which the server asks for; shutil would make everything ours.
    subprocess.run(["cp", "-a", f"{made / 'data'}/.", str(data)], check=True)
    return Kheo(data)


def _bytecode(environ: dict[str, str]) -> dict[str, str]:
    """Where Python must not keep what it compiled, it does here for this run: compiling was a third of what every command costs."""
    if not environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        return {}
    return {"PYTHONPYCACHEPREFIX": str(OF_THIS_RUN / "bytecode")}
