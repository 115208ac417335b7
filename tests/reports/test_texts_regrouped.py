"""What units wrote, read in another structure: a text stands where the figures of its report do, and says whose it was."""

import pytest

from kheo.core.consolidated import Consolidated
from kheo.documents.consolidated_report import report_document
from kheo.documents.official import Paragraph
from kheo.reports.queries.papers import structure_papers
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_report import ReadBy
from tests.reforming import reform
from tests.reports.test_two_totals import NOW, TODAY, accepted, read
from tests.world import World

ALONE = " (ghi riêng, không thuộc trọn một đơn vị)"


@pytest.fixture
def reformed(world: World) -> World:
    for code in ("G1", "G2", "G3", "G4", "D2"):
        accepted(world, code)
    reform(world)
    return world


def named(report: Consolidated) -> list[tuple[str, str]]:
    return [(text.section, text.name) for text in report.narratives]


def test_texts_of_merged_units_stand_under_the_new_one_with_their_old_names(reformed: World) -> None:
    assert named(read(reformed, "G12")) == [("I", "Công đoàn cơ sở Hai"), ("I", "Công đoàn cơ sở Một")]
    assert sorted(named(read(reformed, "LDLD"))) == sorted([
        ("I", "Công đoàn G12 (Công đoàn cơ sở Một)"),
        ("I", "Công đoàn G12 (Công đoàn cơ sở Hai)"),
        ("I", f"Liên đoàn Lao động Quận 2{ALONE}"),
        ("I", f"Công đoàn cơ sở Bốn{ALONE}"),
    ])  # fmt: skip


def test_a_unit_that_wrote_itself_speaks_for_those_below_it_as_it_does_as_reported(reformed: World) -> None:
    assert named(read(reformed, "D1")) == [("I", "Công đoàn cơ sở Ba")]
    accepted(reformed, "D1")
    assert named(read(reformed, "D1")) == [("I", "Liên đoàn Lao động Quận 1")]


def test_the_paper_heads_each_text_with_the_unit_it_is_in_now(reformed: World) -> None:
    reading = Restructured(reformed.cycle, TODAY)
    unit = reading.unit(reformed.units["LDLD"])
    assert unit is not None
    made = structure_papers(reading, unit, at=NOW, by=ReadBy())
    document = report_document(made.definition, made.data, made.letter, made.profile)
    heads = [block.spans[0].text for block in document.blocks if isinstance(block, Paragraph) and len(block.spans) == 2]
    assert "Công đoàn G12 (Công đoàn cơ sở Một): " in heads
