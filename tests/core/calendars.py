"""The calendar that comes with the product."""

from functools import lru_cache
from pathlib import Path

from kheo.core.days import WorkingCalendar
from kheo.core.definition import load_calendar

FILE = Path(__file__).resolve().parents[2] / "campaigns" / "calendars" / "vn.yaml"


@lru_cache
def vn() -> WorkingCalendar:
    """Holidays of Việt Nam, 2022–2027."""
    loaded = load_calendar(FILE.read_bytes(), FILE.name).calendar
    assert loaded is not None
    return loaded.working
