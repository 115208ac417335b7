"""The child's side of `files.child`: takes jobs from standard input, one after another, until it is closed."""

import gc
import importlib
import json
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

_HEAD = struct.Struct("<II")
_ANSWER = struct.Struct("<BI")
_GOOD, _BROKEN, _MEMORY = range(3)
_DETAIL = 4000


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Do jobs until the source ends. After one that ran out of memory the child ends as well: what it holds is torn."""
    _no_files()
    gc.set_threshold(100_000)  # a job makes many small objects and lets them all go
    while len(lengths := source.read(_HEAD.size)) == _HEAD.size:
        head_size, size = _HEAD.unpack(lengths)
        head = json.loads(source.read(head_size))
        data = source.read(size)
        kind, answer = _done(head, data)
        del data
        target.write(_ANSWER.pack(kind, len(answer)))
        target.write(answer)
        target.flush()
        if kind == _MEMORY:
            return


def _done(head: dict[str, object], data: bytes) -> tuple[int, bytes]:
    """Run a job inside its limits. `BaseException`: what a parser written in another language panics with is no Exception."""
    try:
        job = _job(str(head["job"]))
        _limit(int(str(head["memory"])), int(str(head["cpu"])), len(data))
        arguments = head["arguments"]
        assert isinstance(arguments, dict)
        return _GOOD, job(data, **arguments)
    except MemoryError:
        return _MEMORY, b""
    except BaseException:
        return _BROKEN, traceback.format_exc()[-_DETAIL:].encode("utf-8", "replace")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _job(name: str) -> Callable[..., bytes]:
    module, _, function = name.partition(":")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), function)
    return found


_base: list[int] = []


def _limit(memory: int, cpu: int, handed: int) -> None:
    """Memory above what the loaded code takes (measured at the first job), CPU from now on.

    CPU by a timer and not by RLIMIT_CPU: that counts from the child's first day and by the clock's ticks, of which a busy machine gives
    a process more than it used; what could be asked for as used so far is exact, and the two drift apart.
    """
    if not _base:
        _base.append(_address_space() - handed)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_base[0] + memory, hard))
    signal.setitimer(signal.ITIMER_PROF, cpu)  # at its end the signal ends the process


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _no_files() -> None:
    """No core, nothing written to a disk, only a handful of files open."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


if __name__ == "__main__":
    sys.path.extend(sys.argv[1:])
    serve(sys.stdin.buffer, sys.stdout.buffer)
