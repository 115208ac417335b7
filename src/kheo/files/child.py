"""Hostile bytes are read in a child process with limits, never in a process that holds secrets or other people's files.

A job is a pure function of a module of Khéo, `(data: bytes, **arguments) -> bytes`, named by itself. One child lives long and does
one job after another; it is replaced when it dies or goes over a limit. Limits of a job: memory above what the child needed when
its code was loaded (RLIMIT_AS), CPU seconds, seconds by the clock. The child inherits no environment, no open file and no working
folder, and can write no file.
"""

import atexit
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

_HEAD = struct.Struct("<II")
_ANSWER = struct.Struct("<BI")
_GOOD, _BROKEN, _MEMORY = range(3)
_CHUNK = 1 << 20
_LARGEST_ANSWER = 256 << 20
_KEPT = 8 << 20  # bytes that a child keeps from job to job; handing every page back and fetching it again is a tenth of a job

Why = Literal["memory", "time", "died", "broken", "large"]


@dataclass(frozen=True)
class Limits:
    """What one job may use."""

    memory: int = 240 << 20  # bytes above what the child needs itself (some 50 MB): together under 300 MB
    cpu: int = 10  # seconds
    wall: float = 60.0  # seconds, the start of a child not counted: for what rests; on a busy machine ten of work may take as long
    largest: int = 64 << 20  # bytes handed over


@dataclass(frozen=True)
class Failure:
    """Why a job gave nothing. `broken`: it raised an exception, told in `detail` (for the log, not for people)."""

    why: Why
    detail: str = ""


@dataclass(frozen=True)
class Usage:
    """Of the jobs so far: children started, and the largest resident size of any of them that was asked (bytes)."""

    children: int
    peak: int


class Reader:
    """A child and its manners. Threads may share one: a job waits for the job before it. `path`: where else the child finds modules."""

    def __init__(self, limits: Limits = Limits(), path: tuple[str, ...] = ()) -> None:
        self.limits = limits
        self._path = path
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._started = 0

    def run(self, job: Callable[..., bytes], data: bytes, **arguments: str | float | bool | None) -> bytes | Failure:
        """What the job gives for these bytes, or why it gave nothing. `arguments` must be fit for JSON.

        Where memory was short in a child that had done other jobs, those may be why: it is tried once more in a new one.
        """
        if len(data) > self.limits.largest:
            return Failure("large", f"{len(data)} bytes")
        name = f"{job.__module__}:{job.__qualname__}"
        head = json.dumps({"job": name, "arguments": arguments, "memory": self.limits.memory, "cpu": self.limits.cpu}).encode()
        with self._lock:
            result, was_new = self._tried(head, data)
            if not was_new and isinstance(result, Failure) and result.why in ("memory", "died"):
                result, _ = self._tried(head, data)
            return result

    def _tried(self, head: bytes, data: bytes) -> tuple[bytes | Failure, bool]:
        before = self._started
        child = self._ready_child()
        result = _exchange(child, head, data, time.monotonic() + self.limits.wall)
        if isinstance(result, Failure) and result.why != "broken":
            self._end()
        return result, self._started > before

    def usage(self) -> Usage:
        """How many children were started, and the peak of the one that lives."""
        with self._lock:
            return Usage(self._started, _peak(self._child.pid) if self._child else 0)

    def close(self) -> None:
        """End the child; the next job starts another."""
        with self._lock:
            self._end()

    def _ready_child(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self._end()
        if self._child is None:
            self._child = _start(self._path)
            self._owner = os.getpid()
            self._started += 1
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _closed(cast(Any, stream))
        if self._owner == os.getpid():
            child.kill()
            child.wait()
        else:
            child.returncode = 0  # the child of the process that this one was forked from; it is not ours to wait for


def _closed(stream: Any) -> None:
    try:
        stream.close()
    except OSError:  # what was still to be written has no reader any more
        return


def _start(path: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """A child with nothing of ours but the three streams. `-I`: no variables, no user folder, no working folder on the path."""
    return subprocess.Popen(
        [sys.executable, "-I", "-W", "ignore", "-m", "kheo.files.in_child", *path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # One thread: a library of numbers would otherwise start as many as there are cores, for work that no job has.
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "MALLOC_TOP_PAD_": str(_KEPT), "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        close_fds=True,
        bufsize=0,
    )


def _exchange(child: "subprocess.Popen[bytes]", head: bytes, data: bytes, until: float) -> bytes | Failure:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        _send(child.stdin.fileno(), _HEAD.pack(len(head), len(data)) + head, until)
        _send(child.stdin.fileno(), data, until)
        kind, size = _ANSWER.unpack(_receive(child.stdout.fileno(), _ANSWER.size, until))
        if size > _LARGEST_ANSWER:
            return Failure("died", "an answer out of all proportion")
        answer = _receive(child.stdout.fileno(), size, until)
    except TimeoutError:
        return Failure("time", "by the clock")
    except (EOFError, BrokenPipeError):
        return _death(child)
    if kind == _GOOD:
        return answer
    return Failure("memory" if kind == _MEMORY else "broken", answer.decode("utf-8", "replace"))


def _send(stream: int, data: bytes, until: float) -> None:
    view = memoryview(data)
    os.set_blocking(stream, False)
    while view:
        if not select.select((), (stream,), (), max(0.0, until - time.monotonic()))[1]:
            raise TimeoutError
        try:
            view = view[os.write(stream, view[:_CHUNK]) :]
        except BlockingIOError:
            continue


def _receive(stream: int, size: int, until: float) -> bytes:
    pieces = []
    while size:
        if not select.select((stream,), (), (), max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(stream, min(size, _CHUNK))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _death(child: "subprocess.Popen[bytes]") -> Failure:
    """The child ended by itself: by the CPU limit, or because memory ran out below Python, or by a fault."""
    try:
        code = child.wait(5)
    except subprocess.TimeoutExpired:
        return Failure("died", "closed its streams")
    return Failure("time", "CPU") if -code == signal.SIGPROF else Failure("died", f"exit code {code}")


def _peak(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+([0-9]+) kB", told)
    return int(found[1]) * 1024 if found else 0


_shared = Reader()
atexit.register(_shared.close)


def shared_reader() -> Reader:
    """The child of this process, with the usual limits."""
    return _shared
