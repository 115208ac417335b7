"""The campaigns shipped with the product, loaded once for the tests."""

from functools import cache
from pathlib import Path

from kheo.core.definition import Definition, load_definition

PROJECT = Path(__file__).resolve().parents[3]
CAMPAIGNS = PROJECT / "campaigns"
SECOND = PROJECT / "tests" / "campaigns" / "files" / "ngay-chu-nhat-xanh.yaml"


@cache
def load(path: Path) -> Definition:
    """The definition of a file that must be correct."""
    names = {calendar.stem for calendar in (CAMPAIGNS / "calendars").glob("*.yaml")}
    result = load_definition(path.read_bytes(), path.name, calendars=names)
    assert [str(problem) for problem in result.problems] == []
    assert result.definition is not None
    return result.definition


def five_no() -> Definition:
    """The edition of 2023."""
    return load(CAMPAIGNS / "5-khong.yaml")


def five_no_2022() -> Definition:
    """The edition of 2022."""
    return load(CAMPAIGNS / "5-khong.2022.yaml")
