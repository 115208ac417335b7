"""A child that reads hostile bytes: what it may not do, and that it is replaced when it tried."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kheo.files.child import Failure, Limits, Reader
from tests.files import jobs

ROOT = str(Path(__file__).resolve().parents[2])
# The clock is no limit but where it is tested: on a busy machine two seconds of work may take a minute.
LIMITS = Limits(memory=64 << 20, cpu=1, wall=900.0, largest=8 << 20)


@pytest.fixture
def reader() -> Iterator[Reader]:
    child = Reader(LIMITS, (ROOT,))
    yield child
    child.close()


def loosened(**limits: int | float) -> Iterator[Reader]:
    child = Reader(replace(LIMITS, **limits), (ROOT,))
    yield child
    child.close()


def test_one_child_does_many_jobs(reader: Reader) -> None:
    assert [reader.run(jobs.backwards, word) for word in (b"abc", b"", b"xy" * 100_000)] == [b"cba", b"", b"yx" * 100_000]
    assert reader.run(jobs.repeated, b"ab", times=3) == b"ababab"
    assert reader.usage().children == 1


def test_more_memory_than_allowed_is_refused_and_the_next_job_is_done(reader: Reader) -> None:
    assert reader.run(jobs.hog, b"", megabytes=200) == Failure("memory")
    assert reader.run(jobs.backwards, b"abc") == b"cba"
    assert reader.usage().children == 2


def test_what_other_jobs_left_behind_in_a_child_refuses_nobody(reader: Reader) -> None:
    assert reader.run(jobs.keep, b"", megabytes=40) == b"kept"
    assert reader.run(jobs.hog, b"", megabytes=40) == str(40 << 20).encode()
    assert reader.usage().children == 2


def test_without_the_limit_the_same_job_takes_the_memory() -> None:
    """Negative control."""
    for child in loosened(memory=4 << 30):
        assert child.run(jobs.hog, b"", megabytes=200) == str(200 << 20).encode()
        assert child.usage().peak > 200 << 20


def test_memory_is_allowed_above_what_the_child_itself_needs(reader: Reader) -> None:
    assert reader.run(jobs.hog, b"", megabytes=40) == str(40 << 20).encode()
    assert reader.run(jobs.hog, b"x" * (4 << 20), megabytes=40) == str(40 << 20).encode()


def test_work_without_end_is_stopped_by_the_cpu_limit(reader: Reader) -> None:
    assert reader.run(jobs.spin, b"abc") == Failure("time", "CPU")
    assert reader.run(jobs.backwards, b"abc") == b"cba"


def test_the_cpu_limit_counts_each_job_anew(reader: Reader) -> None:
    # Together well over a second, the limit of one; each under half of it, since on a busy machine the kernel counts more than was used.
    assert [reader.run(jobs.work, b"abc", seconds=0.4) for _ in range(5)] == [b"worked"] * 5
    assert reader.usage().children == 1


def test_rest_without_end_is_stopped_by_the_clock(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for child in loosened(wall=0.5):
        assert child.run(jobs.backwards, b"abc") == b"cba"
        assert child.run(jobs.wait, b"", file=str(pipe)) == Failure("time", "by the clock")
        assert child.run(jobs.backwards, b"abc") == b"cba"


def test_a_death_is_told_and_the_next_job_is_done(reader: Reader) -> None:
    assert reader.run(jobs.fall, b"abc") == Failure("died", "exit code -11")
    assert reader.run(jobs.backwards, b"abc") == b"cba"


@pytest.mark.parametrize("job", [jobs.panic, jobs.stumble])
def test_what_a_job_raises_is_told_and_the_child_lives_on(reader: Reader, job: object) -> None:
    failed = reader.run(job, b"")  # type: ignore[arg-type]
    assert isinstance(failed, Failure)
    assert failed.why == "broken"
    assert failed.detail.splitlines()[-1] in ("KeyboardInterrupt", "ValueError: một lỗi")
    assert reader.run(jobs.backwards, b"abc") == b"cba"
    assert reader.usage().children == 1


def test_more_bytes_than_allowed_never_reach_a_child(reader: Reader) -> None:
    assert reader.run(jobs.backwards, b"x" * ((8 << 20) + 1)) == Failure("large", f"{(8 << 20) + 1} bytes")
    assert reader.usage().children == 0


def test_no_secret_of_ours_reaches_the_child(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHEO_SECRET_KEY", "mot-bi-mat")
    assert reader.run(jobs.environment, b"") == b"LANG\nMALLOC_ARENA_MAX\nMALLOC_TOP_PAD_\nOPENBLAS_NUM_THREADS"


def test_no_file_of_ours_is_open_in_the_child(reader: Reader, tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        answer = reader.run(jobs.files, b"")
    assert answer == b"0,1,2,3"  # the fourth is the folder being listed


def test_the_child_can_leave_nothing_on_the_disk(reader: Reader, tmp_path: Path) -> None:
    target = tmp_path / "left"
    failed = reader.run(jobs.write, b"x" * 10_000, file=str(target))
    assert isinstance(failed, Failure)
    assert target.stat().st_size == 0


def test_threads_share_a_child_without_mixing_answers(reader: Reader) -> None:
    answers: dict[int, object] = {}

    def ask(number: int) -> None:
        answers[number] = reader.run(jobs.repeated, str(number).encode(), times=1000)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number).encode() * 1000 for number in range(20)}


def test_a_child_killed_between_two_jobs_is_replaced(reader: Reader) -> None:
    assert reader.run(jobs.backwards, b"abc") == b"cba"
    child = reader._child
    assert child is not None
    child.kill()
    child.wait()
    assert reader.run(jobs.backwards, b"abc") == b"cba"


def test_a_closed_reader_leaves_no_process(reader: Reader) -> None:
    reader.run(jobs.backwards, b"abc")
    child = reader._child
    assert child is not None
    reader.close()
    assert child.returncode is not None
