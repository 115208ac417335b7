"""When no demo is built: over other data, in production, of a senseless size. And how an interrupted one goes on."""

import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from kheo.core.workflow import Role, State
from kheo.demo.actions import DemoRefusal, DemoResult, Stage, build_demo
from kheo.demo.actions.claiming import BUILDING
from kheo.demo.models import DemoBuild, DemoClock
from kheo.demo.plan.tree import FEWEST
from kheo.demo.queries import demo_starts_at, logins
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link, head
from kheo.org.actions import appoint
from kheo.org.models import Unit
from kheo.people.models import User
from kheo.reports.models import Report
from kheo.reports.queries.verifying import faults
from tests.demo.plan.campaign import script
from tests.world import FIRST_DAY, OPENING, small_world

pytestmark = pytest.mark.django_db


def refused(answer: DemoResult | DemoRefusal) -> str:
    assert isinstance(answer, DemoRefusal), answer
    assert answer.english
    return answer.vietnamese


def test_other_data_is_never_touched() -> None:
    small_world()
    before = (head(), Unit.objects.count(), User.objects.count())
    assert "đã có dữ liệu" in refused(build_demo(Stage.COLLECTING, FEWEST))
    assert (head(), Unit.objects.count(), User.objects.count()) == before
    assert logins() == ()


def test_one_account_is_data_enough() -> None:
    User.objects.create_user("ai-do", "Ai Đó", "mot-mat-khau-dai")
    assert "đã có dữ liệu" in refused(build_demo(Stage.COLLECTING, FEWEST))


def test_not_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "vận hành thật" in refused(build_demo(Stage.COLLECTING, FEWEST))
    assert not DemoBuild.objects.exists()


@pytest.mark.parametrize(
    ("stage", "units", "seed", "words"),
    [
        ("xong", 60, 7, "Không có chặng “xong”"),
        ("closed", 29, 7, "từ 30 đến"),
        ("closed", 10**9, 7, "từ 30 đến"),
        ("closed", 60, -1, "Hạt giống"),
        ("closed", 60, 10**30, "Hạt giống"),
    ],
)
def test_senseless_requests_are_answered_in_words(stage: str, units: int, seed: int, words: str) -> None:
    assert words in refused(build_demo(stage, units, seed))
    assert not DemoBuild.objects.exists()


class Interrupting:
    """The terminal of somebody who presses Ctrl-C after so many messages."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, _vietnamese: str, _english: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def test_an_interrupted_demo_goes_on_where_it_stopped_and_ends_the_same() -> None:
    with pytest.raises(KeyboardInterrupt):
        build_demo(Stage.COLLECTING, FEWEST, 3, Interrupting(after=3))
    done = DemoBuild.objects.get().steps_done
    whole = script(Stage.COLLECTING, FEWEST, 3)
    assert 0 < done < len(whole)
    assert demo_starts_at() is None, "the clock is set only when the demo is complete"
    assert "đang dựng dở" in refused(build_demo(Stage.COLLECTING, FEWEST, 4))

    result = build_demo(Stage.COLLECTING, FEWEST, 3)
    assert isinstance(result, DemoResult)
    assert demo_starts_at() == result.now
    assert DemoBuild.objects.get().is_complete
    assert DemoClock.objects.count() == 1
    assert JournalEntry.objects.filter(act="accept_report").count() == sum(getattr(each, "deed", "") == "accept" for each in whole)
    assert set(Report.objects.values_list("state", flat=True)) >= {State.DRAFT, State.ACCEPTED}
    assert broken_link() is None
    assert list(faults()) == []


def interrupted() -> DemoBuild:
    with pytest.raises(KeyboardInterrupt):
        build_demo(Stage.COLLECTING, FEWEST, 3, Interrupting(after=1))
    return DemoBuild.objects.get()


def test_an_unfinished_demo_of_another_version_is_left_alone() -> None:
    interrupted()
    DemoBuild.objects.update(fingerprint="0" * 64)
    assert "bản Khéo khác" in refused(build_demo(Stage.COLLECTING, FEWEST, 3))


def test_an_unfinished_demo_in_which_somebody_has_acted_is_left_alone() -> None:
    build = interrupted()
    appoint(User.objects.get(username="an"), Unit.objects.earliest("pk").pk, Role.AUDITOR, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert "Đã có người làm việc" in refused(build_demo(Stage.COLLECTING, FEWEST, 3))
    assert DemoBuild.objects.get().steps_done == build.steps_done


def test_two_never_build_at_once() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        assert "tiến trình khác" in refused(build_demo(Stage.COLLECTING, FEWEST))
    finally:
        other.close()
    assert not DemoBuild.objects.exists()


DIGEST = """
import hashlib
from kheo.demo.plan.courses import Draft
from kheo.demo.plan.story import Stage
from tests.demo.plan.campaign import contents, script, tree
words = [repr(tree(60, 11)), repr(script(Stage.CLOSED, 60, 11))]
words += [repr(contents(cycle, Draft.RIGHT, 60, 11)) for cycle in ("2022", "2023-6T", "2023-N")]
words += [repr(contents(cycle, Draft.FIRST, 60, 11)) for cycle in ("2023-6T", "2023-N")]
print(hashlib.sha256("".join(words).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_demo_in_every_process(project_dir: Any) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=project_dir,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{project_dir / 'src'}:{project_dir}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert script(Stage.CLOSED, 60, 11) != script(Stage.CLOSED, 60, 12)


def test_a_demo_of_an_earlier_version_tells_only_the_people_that_it_has(db: None) -> None:
    """The cast has grown since: somebody without account or unit here must not break the sign-in page."""
    DemoBuild.objects.create(stage="collecting", units=30, seed=7, is_complete=True, fingerprint="trước")
    assert logins() == ()
