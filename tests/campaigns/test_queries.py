"""Reading campaigns."""

import pytest

from kheo.campaigns.queries import previous_cycle
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import open_cycle
from tests.world import CALENDAR, OPENING, small_world

pytestmark = pytest.mark.django_db


def test_a_cycle_is_set_beside_the_last_one_of_its_own_period_only() -> None:
    half_2023 = small_world().cycle
    opened = {
        code: open_cycle("mini", code, calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle for code in ("2022-N", "2023-N", "2024-N", "2024-6T")
    }
    found = {code: previous_cycle(cycle) for code, cycle in opened.items() if cycle}
    assert found == {"2022-N": None, "2023-N": opened["2022-N"], "2024-N": opened["2023-N"], "2024-6T": half_2023}
    assert previous_cycle(half_2023) is None
