"""Bringing the embedded server back while a process goes on using it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kheo.config.embedded.postmaster import running_postmaster
from kheo.config.embedded.sharing import Say
from kheo.config.refusals import Refused

EVERY = 1.0
AFTER_FAILURE = 15.0


@contextmanager
def watched(cluster: Path, bring_back: Callable[[], None], say: Say) -> Iterator[None]:
    """While the block lasts, a server that died (killed, out of memory) is started again; it recovers from its log."""
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(cluster, bring_back, say, over), name="kheo-database-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _watch(cluster: Path, bring_back: Callable[[], None], say: Say, over: threading.Event) -> None:
    pause = EVERY
    while not over.wait(pause):
        pause = EVERY
        if running_postmaster(cluster) is not None:
            continue
        say("Cơ sở dữ liệu đã dừng đột ngột; đang khởi động lại…", "The database ended suddenly; starting it again…")
        try:
            bring_back()
        except Refused as refused:
            say(refused.vietnamese, refused.english)
            pause = AFTER_FAILURE
