"""One year of the standing books of a few unions, invented: what was recorded, by whom, on which day it happened.

Most of it is of unions that never send the year's report, so that no figure of the story has to follow their books. They begin to keep
books in June and write down what has happened since the turn of the year, and what the year before left. A district and two of its unions
that do report write down their plan alone: the district counts how many of its units have one. Two other districts write down which of
these unions they inspected: nobody inspects itself. A few unions elsewhere keep three books and report from them (`plan/following.py`).
"""

from collections.abc import Mapping

from kheo.demo.plan.books.coming import otherwise_than_at_a_desk
from kheo.demo.plan.books.field import FATES, points, teams, titles
from kheo.demo.plan.books.grounds import middle_of
from kheo.demo.plan.books.inspecting import OF_ANOTHER, inspections
from kheo.demo.plan.books.people import complaints, dialogues, help_after_reporting, help_given, petitions, supervision
from kheo.demo.plan.books.quiet import quiet_months
from kheo.demo.plan.books.steps import BOOKS, BOOKS_AT, BookStep, Picture, Year, merged
from kheo.demo.plan.books.story import one_plan, some_of_it, whole_year
from kheo.demo.plan.books.works import few_models, ideas, models, news, plans, replica
from kheo.demo.plan.cast import AN_DISTRICT, BOOKS_UNIT
from kheo.demo.plan.chance import stream

FEWEST_KEEPERS = 2
_A_FEW = (0, 1, 5, 8, 10)  # fates of points


def book_steps(
    keepers: Mapping[str, str],
    parents: Mapping[str, str],
    planners: Mapping[str, bool],
    seed: int,
    following: Mapping[str, str] | None = None,
) -> list[BookStep]:
    """Everything that these unions write down, in the order of time; nothing where there are too few of them.

    `keepers`: each with the unit that helps; `parents`: of each.

    `planners`: units that write down their plan alone, with whether it has criteria of their own; `following`: those that keep a few books
    and report from them, each with the unit that helps.
    """
    if len(keepers) < FEWEST_KEEPERS:
        return []
    years = []
    for unit, helper in keepers.items():
        chance = stream(seed, "books", unit)
        years.append(Year(unit, helper, chance, middle_of(parents[unit], chance)))
    by_hand = [year for year in years if year.unit != BOOKS_UNIT] or years
    for place, year in enumerate(years):
        if year.unit == BOOKS_UNIT:
            _full(year)
        else:
            _some(year, place)
            if BOOKS_UNIT in keepers:
                replica(year, place)
    whole_year(by_hand[0])
    inspectors = [_above(by_hand[0], parents, seed)]
    inspections(inspectors[0])
    other = by_hand[1] if len(by_hand) > 1 else years[0]
    some_of_it(other)
    quiet_months(other)
    if other is not by_hand[0]:
        inspectors.append(_above(other, parents, seed))
        inspections(inspectors[1], OF_ANOTHER)
    reporting = [_of_following(unit, helper, place, parents, seed) for place, (unit, helper) in enumerate((following or {}).items())]
    return merged([*years, *inspectors, *reporting, *(_of_planner(unit, concrete, seed) for unit, concrete in planners.items())])


def _above(year: Year, parents: Mapping[str, str], seed: int) -> Year:
    """What the unit above a union writes down of it."""
    return Year(parents[year.unit], year.unit, stream(seed, "inspecting", year.unit))


def _of_planner(unit: str, concrete: bool, seed: int) -> Year:
    year = Year(unit, unit, stream(seed, "plan", unit))
    one_plan(year, "Kế hoạch thi đua “5 không” năm 2023", concrete=concrete, signed="LĐLĐ" if unit == AN_DISTRICT else "CĐCS")
    return year


def _of_following(unit: str, helper: str, place: int, parents: Mapping[str, str], seed: int) -> Year:
    """Three books; of three such units one helps somebody once more after it has reported, and one ends a model."""
    chance = stream(seed, "following", unit)
    year = Year(unit, helper, chance, middle_of(parents[unit], chance))
    ended = few_models(year, place)
    help_given(year, 3 + place % 2)
    dialogues(year, 4 + place % 3)
    if place % 3 == 0:
        help_after_reporting(year)
    elif place % 3 == 1:
        year.do("mo-hinh", ended, "ngung", "2023-11-08", reason="Nhà trọ đã giải tỏa, không còn chỗ làm.")
    return year


def _full(year: Year) -> None:
    """A year in which every state of every book is seen."""
    models(year)
    ideas(year, 0, 9)
    news(year, 0, 8, "Giờ đón con an toàn")
    plans(year)
    points(year, range(len(FATES)))
    titles(year, 7)
    teams(year, 5)
    petitions(year, 26, 8)
    complaints(year, 7)
    dialogues(year, 8)
    supervision(year, 6)
    help_given(year, 7)
    otherwise_than_at_a_desk(year)


def _some(year: Year, place: int) -> None:
    """A smaller one; other names than its neighbours'."""
    ideas(year, 9 + 4 * place, 2)
    news(year, 8 + 3 * place, 3, "")
    points(year, _A_FEW, 14 + 5 * place)
    titles(year, 2, 7 + 2 * place)
    teams(year, 2, 5 + 2 * place)
    petitions(year, 7, 2, 34 + 9 * place)
    complaints(year, 2)
    dialogues(year, 4)
    help_given(year, 3)


__all__ = ["BOOKS", "BOOKS_AT", "BookStep", "Picture", "book_steps"]
