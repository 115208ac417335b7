"""A campaign of another kind needs no code: three contents, every month, wards and districts on the administrative line."""

from kheo.core.figures import NA, from_vector, to_vector
from tests.core.definition.campaigns import SECOND, load


def test_is_read_like_any_other() -> None:
    definition = load(SECOND)
    assert [content.id for content in definition.contents] == ["RAC", "CAY", "NUOC"]
    assert [cell.key for cell in definition.cells] == ["R1", "R2", "K1", "K1.BM", "K1.HOA", "K2", "N1"]
    assert [cell.position for cell in definition.cells] == [0, 1, 2, 3, 4, 5, 6]
    assert [cell.key for cell in definition.input_cells] == ["R1", "R2", "K1.BM", "K1.HOA", "K2", "N1"]
    assert definition.cells_of("R3") == ()


def test_its_lookups_answer() -> None:
    definition = load(SECOND)
    assert definition.indicator("K1").name == "Cây đã trồng"
    assert definition.content_of("CAY").name == "Trồng và chăm cây"
    assert [indicator.code for indicator in definition.indicators_of("RAC")] == ["R1", "R2", "R3"]
    assert definition.cell("K1.HOA").part == "HOA"
    assert definition.period("T").frequency == "month"
    ward, federation = definition.tier_of("ward"), definition.tier_of("provincial_federation")
    assert ward is not None
    assert ward.line == "admin"
    assert federation is None


def test_its_figures_have_their_vector() -> None:
    definition = load(SECOND)
    figures = {"R1": 1_500_250, "R2": 0, "K1.BM": 12, "K1.HOA": None, "K2": NA, "N1": 340}
    vector = to_vector(definition, figures)
    assert from_vector(definition, vector) == figures | {"K1": 12}


def test_a_changed_copy_has_cells_of_its_own() -> None:
    definition = load(SECOND)
    assert definition.cells != ()
    shorter = definition.model_copy(update={"indicators": definition.indicators[:1]})
    assert [cell.key for cell in shorter.cells] == ["R1"]
    assert len(definition.cells) == 7
