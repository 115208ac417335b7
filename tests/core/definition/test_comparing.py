"""Which indicators of two editions may be set side by side."""

from kheo.core.definition import Definition, counted_alike, load_definition
from tests.world import FILES


def edition(*changes: tuple[str, str]) -> Definition:
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    found = load_definition(text, "mini.yaml")
    assert found.definition, found.problems
    return found.definition


def test_the_same_edition_compares_throughout() -> None:
    definition = edition()
    assert counted_alike(definition, edition()) == {each.code for each in definition.indicators}


def test_another_unit_other_decimals_or_another_way_of_adding_do_not_compare() -> None:
    earlier = edition(
        ("unit: mô hình, aggregation: last", "unit: công trình, aggregation: last"),
        (
            "code: C501, name: Cuộc đối thoại, unit: cuộc, aggregation: sum",
            "code: C501, name: Cuộc đối thoại, unit: cuộc, aggregation: last",
        ),
        ("breakdown: fields, source: CV 1}", "breakdown: fields, decimals: 0, source: CV 1}"),
    )
    assert counted_alike(edition(), earlier) == {"B01", "C201", "C202", "C202R", "A06"}


def test_an_indicator_that_only_one_edition_asks_for_does_not_compare() -> None:
    earlier = edition(("code: C501,", "code: C599,"))
    assert "C501" not in counted_alike(edition(), earlier)
    assert "C599" not in counted_alike(edition(), earlier)
