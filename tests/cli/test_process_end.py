"""A process of ours ends when its command has, whatever a thread of it still waits for."""

import subprocess
import sys

WAITING = """
import sys, threading
from kheo.cli.program import end_within
threading.Thread(target=threading.Event().wait, name="a job in hand").start()
print("said")
{ends}
sys.exit(3)
"""


def test_a_thread_that_never_ends_keeps_no_process_and_what_was_said_is_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WAITING.format(ends="end_within(0.2, 3)")], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (3, "said\n")
    assert "a job in hand" in done.stderr
