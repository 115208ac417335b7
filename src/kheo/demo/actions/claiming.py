"""Whether a demo may be built in this database, and how far it has come: never over other data, never by two at once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from kheo.core.numbers import format_int
from kheo.demo.models import DemoBuild, DemoClock
from kheo.demo.plan import sources
from kheo.demo.plan.cast import CAST
from kheo.demo.plan.story import NOW, PUBLISHED_AT, Stage
from kheo.demo.plan.tree import FEWEST, MOST
from kheo.demo.queries import has_data, standing_build
from kheo.journal.queries import head
from kheo.notices.actions import mark_read
from kheo.people.models import User

LARGEST_SEED = 10**18
NEWS = timedelta(days=7)
BUILDING = 5_550_2023  # any number of our own: the advisory lock of whoever builds


@dataclass(frozen=True)
class DemoRefusal:
    """Why nothing was built; nothing was changed either."""

    vietnamese: str
    english: str


@dataclass(frozen=True)
class Order:
    """Which demo is asked for."""

    stage: Stage
    units: int
    seed: int


def read_order(stage: str, units: int, seed: int) -> Order | DemoRefusal:
    """The order, or why there is no such demo."""
    if settings.PRODUCTION:
        return DemoRefusal(
            "Không dựng dữ liệu mẫu trong chế độ vận hành thật: ai cũng biết mật khẩu mẫu.",
            "No demo in production mode: everybody knows its password.",
        )
    if stage not in list(Stage):
        stages = ", ".join(Stage)
        return DemoRefusal(f"Không có chặng “{stage}”. Các chặng: {stages}.", f"There is no stage “{stage}”. Stages: {stages}.")
    if not FEWEST <= units <= MOST:
        return DemoRefusal(
            f"Số công đoàn cơ sở phải từ {FEWEST} đến {format_int(MOST)}.", f"The number of grassroots unions must be {FEWEST} to {MOST}."
        )
    if not 0 <= seed <= LARGEST_SEED:
        return DemoRefusal(f"Hạt giống phải từ 0 đến {format_int(LARGEST_SEED)}.", f"The seed must be 0 to {LARGEST_SEED}.")
    return Order(Stage(stage), units, seed)


@contextmanager
def alone() -> Iterator[bool]:
    """Whether this process is the only one that builds, for as long as the block lasts; freed by the database if the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [BUILDING])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])


def begin(order: Order) -> int | DemoRefusal:
    """How many steps of this demo have been done already, after claiming an empty database for it."""
    build = standing_build()
    if build is None and has_data():
        return _refused(
            "Cơ sở dữ liệu đã có dữ liệu. Dữ liệu mẫu chỉ dựng trong cơ sở dữ liệu trống",
            "The database holds data. A demo is only built in an empty one",
        )
    if build is None:
        DemoBuild.objects.create(stage=order.stage, units=order.units, seed=order.seed, fingerprint=fingerprint())
        return 0
    if build.is_complete or (build.stage, build.units, build.seed) != (order.stage, order.units, order.seed):
        words, english = ("đã có", "a") if build.is_complete else ("đang dựng dở", "an unfinished")
        return _refused(
            f"Cơ sở dữ liệu {words} dữ liệu mẫu chặng {build.stage}, {format_int(build.units)} công đoàn cơ sở, hạt giống {build.seed}",
            f"The database holds {english} demo: stage {build.stage}, {build.units} unions, seed {build.seed}",
        )
    if build.fingerprint != fingerprint():
        return _refused("Dữ liệu mẫu dựng dở là của một bản Khéo khác", "The unfinished demo was begun by another version of Kheo")
    if build.journal_number != head()[0]:
        return _refused("Đã có người làm việc trên dữ liệu mẫu dựng dở", "Somebody has acted in the unfinished demo")
    return build.steps_done


def _refused(vietnamese: str, english: str) -> DemoRefusal:
    return DemoRefusal(
        f"{vietnamese}; không có gì bị thay đổi. Muốn dựng bản khác, hãy đặt KHEO_DATA là một thư mục mới hoặc chạy make clean-data.",
        f"{english}; nothing was changed. Set KHEO_DATA to a new folder or run make clean-data to build another.",
    )


def tell_progress(steps_done: int) -> None:
    """Remember how far the build has come; call it in the transaction of the steps."""
    DemoBuild.objects.filter(pk=1).update(steps_done=steps_done, journal_number=head()[0])


@transaction.atomic
def finish(order: Order) -> None:
    """Set the clock: the demo is complete."""
    DemoClock.objects.update_or_create(pk=1, defaults={"starts_at": NOW[order.stage]})
    # What the cast were told in earlier years they have long read; the news of the last week is still new.
    for person in User.objects.filter(username__in=[member.username for member in CAST]):
        mark_read(person.pk, notices=None, at=NOW[order.stage] - NEWS)
    DemoBuild.objects.filter(pk=1).update(is_complete=True)


def fingerprint() -> str:
    """SHA-256 of all that the demo's plan is made of: its code, its data, the campaign's files."""
    plan, campaigns = Path(sources.__file__).parent, Path(settings.CAMPAIGNS_DIR)
    files = [*sorted(plan.glob("*.py")), *sorted(sources.FOLDER.glob("*.toml"))]
    files += [*(campaigns / f"{name}.yaml" for name in PUBLISHED_AT), *sorted((campaigns / "calendars").glob("*.yaml"))]
    files += sorted((campaigns / "registers").glob("*.yaml"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
