"""Jobs for the child: some work, most misbehave."""

import ctypes
import os
import time
from pathlib import Path


def backwards(data: bytes) -> bytes:
    """An honest job."""
    return data[::-1]


def repeated(data: bytes, *, times: int) -> bytes:
    """An honest job with an argument."""
    return data * times


def hog(data: bytes, *, megabytes: int) -> bytes:
    """Takes so much memory and touches it."""
    held = bytearray(megabytes << 20)
    held[::4096] = b"x" * len(held[::4096])
    return str(len(held)).encode()


_kept: list[bytearray] = []


def keep(data: bytes, *, megabytes: int) -> bytes:
    """Takes so much memory and never gives it back."""
    _kept.append(bytearray(megabytes << 20))
    return b"kept"


def work(data: bytes, *, seconds: float) -> bytes:
    """Works so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        data = data[::-1]
    return b"worked"


def spin(data: bytes) -> bytes:
    """Never ends, at work."""
    while True:
        data = data[::-1]


def wait(data: bytes, *, file: str) -> bytes:
    """Never ends, at rest: waits for a pipe that nobody writes."""
    return Path(file).read_bytes()


def fall(data: bytes) -> bytes:
    """Dies as broken machine code dies."""
    ctypes.string_at(0)
    return data


def panic(data: bytes) -> bytes:
    """Raises what is no Exception."""
    raise KeyboardInterrupt


def stumble(data: bytes) -> bytes:
    """Raises an ordinary exception."""
    raise ValueError("một lỗi")


def environment(data: bytes) -> bytes:
    """What the child was told beside its job."""
    return "\n".join(sorted(os.environ)).encode()


def files(data: bytes) -> bytes:
    """Which files are open."""
    return ",".join(sorted(os.listdir("/proc/self/fd"))).encode()  # noqa: PTH208


def write(data: bytes, *, file: str) -> bytes:
    """Leaves something on the disk."""
    Path(file).write_bytes(data)
    return b"written"
