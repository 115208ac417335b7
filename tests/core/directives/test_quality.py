"""How well papers are read: against the annotated set in shared/ and against forty invented papers of other bodies.

The floors are the goals of the issue on reading, or what was measured where that is more. None may fall.
"""

from pathlib import Path

import pytest

from kheo.core.directives.measuring import Score, measure
from tests.core.directives.papers import FOURTH, HARD, INVENTED, THIRD, answer, lost_by_noise, pairs

EXACT = {
    "number": 0.95,
    "full_number": 0.95,
    "date": 0.95,
    "doc_type": 0.95,
    "issuer": 0.95,
    "subject": 0.9,
    "signer_name": 0.9,
    "top_level_items": 0.9,
}
ROWS = {"cited_documents": 0.92, "deadlines": 0.9, "recipients": 0.9, "distribution": 0.9}


SETS = {"real": None, "forty": INVENTED, "hard": HARD}


def measured(folder: Path) -> dict[str, Score]:
    return measure((name, answer(text), wanted) for name, text, wanted in pairs(folder))


def below(scores: dict[str, Score]) -> dict[str, list[str]]:
    low = [name for name, least in EXACT.items() if scores[name].recall < least or scores[name].precision < least]
    return {name: scores[name].wrong for name in [*low, *(name for name, least in ROWS.items() if scores[name].f1 < least)]}


def test_the_real_papers_are_read_as_they_were_annotated(shared_dir: Path) -> None:
    scores = measured(shared_dir / "data" / "directives")
    assert below(scores) == {}
    assert scores["deadlines"].wanted == 18


def test_forty_papers_of_other_bodies_are_read_nearly_as_well() -> None:
    scores = measured(INVENTED)
    assert below(scores) == {}
    assert scores["number"].wanted >= 35


def test_forty_papers_written_to_be_hard_are_read_nearly_as_well() -> None:
    scores = measured(HARD)
    assert {name: each for name, each in below(scores).items() if name != "recipients"} == {}
    assert scores["deadlines"].precision > 0.94
    assert scores["deadlines"].recall > 0.9


def test_what_is_told_counts_for_the_entry_it_names_before_one_that_is_doubtful_or_has_no_day() -> None:
    def due(day: str | None, ambiguous: bool = False) -> dict[str, object]:
        return {"date": day, "period": "once", "to": None, "ambiguous": ambiguous}

    said = {"month": "2025-08", "date": None, "period": "once", "to": None}
    within = {"date": None, "period": "once", "to": None}
    both = measure([("a", {"deadlines": [said, within]}, {"deadlines": [due(None), due("2025-08-31")]})])["deadlines"]
    assert (both.right, both.told, both.wanted) == (2, 2, 2)
    doubted = measure([("a", {"deadlines": [said]}, {"deadlines": [due(None, ambiguous=True), due("2025-08-31")]})])["deadlines"]
    assert (doubted.right, doubted.told, doubted.wanted) == (1, 1, 1)


def scored(field: str, told: dict[str, object], wanted: dict[str, object]) -> tuple[int, int, int]:
    score = measure([("a", {field: [told]}, {field: [wanted]})])[field]
    return score.right, score.told, score.wanted


LAW = {"type": "Luật", "number": None, "date": None}


@pytest.mark.parametrize(
    ("told", "wanted", "right"),
    [
        ({"name": "Luật Tiếp công dân", "year": 2013}, {"name": "Luật Tiếp công dân năm 2013", "year": 2013}, 1),
        ({"name": "Luật Tiếp công dân", "year": 2013}, {"name": "Luật Tiếp công dân", "year": "2013"}, 1),
        ({"name": "Luật Tiếp công dân", "year": 2013}, {"name": "Luật Tiếp công dân năm 2013"}, 1),
        ({"name": "Luật Tiếp công dân", "year": 1998}, {"name": "Luật Tiếp công dân năm 2013"}, 0),
        ({"name": "Luật Tiếp công dân", "year": 1998}, {"name": "Luật Tiếp công dân", "year": 2013}, 0),
        ({"name": "Luật Tiếp công dân năm 1998"}, {"name": "Luật Tiếp công dân năm 2013"}, 0),
        ({"name": "Luật Tiếp công dân"}, {"name": "Luật Tiếp công dân", "year": 2013}, 0),
        ({"name": "Luật Khiếu nại", "year": 2013}, {"name": "Luật Tiếp công dân", "year": 2013}, 0),
    ],
)
def test_the_year_of_a_law_counts_however_it_is_said(told: dict[str, object], wanted: dict[str, object], right: int) -> None:
    assert scored("cited_documents", LAW | told, LAW | wanted) == (right, 1, 1)


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ({"to": "Sở Nội vụ (Phòng Tổng hợp)"}, 1),
        ({"to": "Sở Nội vụ"}, 1),
        ({"to": "Sở Nội vụ", "period": "month"}, 1),
        ({"to": "Sở Nội vụ", "period": "year"}, 0),
        ({"to": "Sở Tài chính"}, 0),
        ({"to": None}, 0),
    ],
)
def test_what_an_annotation_calls_also_right_counts_with_each_form_of_the_other_fields(told: dict[str, object], right: int) -> None:
    due: dict[str, object] = {"date": "2024-06-10", "period": "once", "to": "Sở Nội vụ (Phòng Tổng hợp)"}
    others: dict[str, object] = {"to_alternatives": ["Sở Nội vụ"], "period_alternatives": ["month"]}
    assert scored("deadlines", due | told, due | others) == (right, 1, 1)
    whole: dict[str, object] = {"alternatives": [due | {"to": "Sở Nội vụ"}, due | {"period": "month"}]}
    assert scored("deadlines", due | told, due | whole) == (right, 1, 1)


def test_thirty_six_papers_of_a_third_author_are_read_well() -> None:
    """A seen set: of half b only the figures had been looked at when its deadlines had F1 88 %. The receivers of a wire are a doubt."""
    scores = measured(THIRD)
    assert {name: each for name, each in below(scores).items() if name != "recipients"} == {}
    assert scores["recipients"].recall == 1
    assert scores["deadlines"].precision > 0.97
    assert scores["deadlines"].recall > 0.97


def test_forty_papers_of_a_fourth_author_are_read_well() -> None:
    """A seen set: the deadlines of half b had F1 87 % when it was first read. Who issues a chairman's wire is a doubt."""
    scores = measured(FOURTH)
    assert below(scores) == {}
    assert scores["deadlines"].precision > 0.97
    assert scores["deadlines"].recall > 0.97


def test_papers_without_any_deadline_are_told_none() -> None:
    for name, text, wanted in (*pairs(INVENTED), *pairs(HARD), *pairs(THIRD), *pairs(FOURTH)):
        if not wanted["deadlines"]:
            assert (name, answer(text)["deadlines"]) == (name, [])


SEEDS = {"real": 10, "forty": 5, "hard": 5}  # so many that one paper of ten read wrongly once is one point


@pytest.mark.parametrize(("name", "noise"), [(name, "all together") for name in SETS] + [("hard", "line breaks")])
def test_a_bad_scan_costs_at_most_five_points_of_recall_in_any_field(shared_dir: Path, name: str, noise: str) -> None:
    """`bench.directive_noise` has each noise alone over all sets and ten seeds."""
    lost = lost_by_noise(SETS[name] or shared_dir / "data" / "directives", noise, range(SEEDS[name]))
    assert {field: cost for field, cost in lost.items() if cost > 0.05} == {}
    assert lost["all fields"] < 0.025
