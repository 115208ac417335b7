"""Which indicators of the campaign that comes with Khéo are counted from books, and that the decision tells why the others are not."""

from functools import cache

from kheo.core.definition import Definition, load_definition
from kheo.core.definition.records import RecordRule
from tests.registers.books import CAMPAIGNS

DECISION = CAMPAIGNS.parent / "docs/decisions/030-reports-that-registers-fill.md"


@cache
def campaign() -> Definition:
    loaded = load_definition((CAMPAIGNS / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def rules(definition: Definition) -> dict[str, RecordRule]:
    return {each.code: each.records for each in definition.indicators if each.records}


def test_which_indicators_are_counted() -> None:
    """Everything that a book can say; why the rest is typed is told in decision 030."""
    assert set(rules(campaign())) == {
        *("A01", "A02a", "A02b", "A03", "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "D05", "D06", "D06a", "D07a"),
        *("C101", "C102", "C103", "C104", "C104a", "C105", "C106", "C107", "C108", "C109", "C110", "C111", "C113"),
        *("C205", "C206", "C207", "C209", "C301", "C302", "C303", "C304", "C305", "C306", "C310"),
        *("C402", "C403", "C404", "C404a", "C405", "C406", "C501", "C502", "C502a", "C503", "C503a", "C504", "C504a"),
    }


def test_the_decision_tells_of_every_indicator_whether_it_is_counted_from_what_or_why_not() -> None:
    told = [
        row.split("|")[1:3] for row in DECISION.read_text(encoding="utf-8").split("## Where each")[1].splitlines() if row.startswith("| ")
    ]
    turns = [place for place, (first, _) in enumerate(told) if first.strip() in ("Counted from", "Typed")]
    counted, typed = told[turns[0] + 1 : turns[1]], told[turns[1] + 1 :]
    found = {code: words.split("`")[1] for words, codes in counted if "`" in words for code in codes.strip().split(", ")}
    assert found == {code: rule.register_code for code, rule in rules(campaign()).items()}
    computed = {code for words, codes in counted if "`" not in words for code in codes.strip().split(", ")}
    assert computed == {each.code for each in campaign().indicators if each.aggregation == "ratio"}
    why = [code for codes, _ in typed for code in codes.strip().split(", ")]
    assert sorted([*found, *computed, *why]) == sorted(each.code for each in campaign().indicators)
