"""Other processes that use an embedded database, each waiting for a word before it goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER_OF_THE_DATABASE = """
import dataclasses, json, pathlib, sys
from kheo.config.embedded import embedded_database
with embedded_database(pathlib.Path(sys.argv[1]), lambda vi, en: print(vi, file=sys.stderr, flush=True)) as handle:
    print(json.dumps(dataclasses.asdict(handle)), flush=True)
    sys.stdin.readline()
print("left", flush=True)
"""


class Neighbour:
    """A process of its own inside `embedded_database`."""

    def __init__(self, data_dir: Path, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER_OF_THE_DATABASE, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )

    def has_entered(self) -> dict[str, Any]:
        """Wait until it uses the database; its handle."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        handle: dict[str, Any] = json.loads(line) if line else {"error": self.process.communicate()[1]}
        return handle

    def leaves(self) -> str:
        """Let it leave in order and wait for that; what it said meanwhile."""
        said, errors = self.process.communicate("go\n", timeout=60)
        assert said == "left\n", errors
        return errors

    def is_killed(self) -> None:
        """Take it away without a word, as a power cut or `kill -9` does."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def neighbour(data_dir: Path, environment: dict[str, str] | None = None) -> Iterator[Neighbour]:
    """A neighbour that is gone when the block ends, whatever happened."""
    found = Neighbour(data_dir, environment)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.is_killed()
        for pipe in (found.process.stdin, found.process.stdout, found.process.stderr):
            if pipe is not None:
                pipe.close()
