"""The child that sets one PDF: source on standard input, PDF on standard output. Started by `pdf.set_pdf` and by nobody else."""

import sys
from datetime import UTC, datetime
from typing import Any

_MEMORY = 1 << 30


def main() -> int:
    """Arguments: the only folder that may be read (an empty one), the time of making, seconds of processor time."""
    folder, created, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    _limit(seconds)
    import typst

    try:
        # The library's types want source and folder to be of one type.
        source: Any = sys.stdin.buffer.read()
        made = typst.compile(source, root=folder, package_path=folder, package_cache_path=folder, timestamp=_instant(created))
    except typst.TypstError as fault:
        sys.stderr.write(str(fault))
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _instant(seconds: int) -> datetime:
    """The time that stands in the file, so that the same paper is the same bytes."""
    return datetime.fromtimestamp(seconds, UTC)


def _limit(seconds: int) -> None:
    """Processor time and memory, where the system can limit them (Windows cannot)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (2 * _MEMORY, 2 * _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
