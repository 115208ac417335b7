"""Is this figure likely? Questions in plain words, from the campaign's own thresholds; none about walled contents or a few units."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from kheo.core.checking import Words, problems_of
from kheo.core.definition import Definition
from kheo.core.definition.thresholds import Plausibility
from kheo.core.figures import Figure, to_vector
from kheo.core.plausibility import FEWEST, Doubt, Standard, doubts
from kheo.core.scatter import Norms, are_numbers, first_norms, norms_of, pack_norms, unpack_norms

PLAIN: Mapping[str, Figure] = {"B01.KT": 20, "B01.VH": 10, "B02": 60, "C201": 40, "C202": 30, "C501": 12}
WORDS = Words({"I": "Tốt."})


def asking(mini: Definition, **given: Any) -> Definition:
    return mini.model_copy(update={"plausibility": Plausibility.model_validate(given)})


def norms(mini: Definition, *reports: Mapping[str, Figure]) -> Norms:
    values = np.array([to_vector(mini, report) for report in reports], np.int64)
    return norms_of(values, are_numbers(values))


def peers(mini: Definition, count: int = FEWEST, **figures: Figure) -> Norms:
    return norms(mini, *({**PLAIN, "C201": 36 + place, **figures} for place in range(count)))


def words(definition: Definition, figures: Mapping[str, Figure], standard: Standard) -> list[str]:
    return [f"{each.cell} {each.words}" for each in doubts(definition, figures, standard)]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (55, 470, ["C201 gấp 8,5 lần kỳ trước (55 → 470)"]),
        (10, 30, ["C201 gấp 3 lần kỳ trước (10 → 30)"]),
        (470, 55, ["C201 giảm 8,5 lần so với kỳ trước (470 → 55)"]),
        (0, 40, ["C201 là 40, kỳ trước không phát sinh"]),
        (10, 29, []),
        (1, 9, []),
        (40, 40, []),
    ],
)
def test_a_jump_against_last_period_is_asked_about_unless_chance_explains_it(
    mini: Definition, before: int, now: int, told: list[str]
) -> None:
    figures = {**PLAIN, "C202": 0, "C201": now}
    assert words(mini, figures, Standard({**figures, "C201": before})) == told


def test_a_distance_from_similar_units_is_told_with_the_range_where_most_of_them_lie(mini: Definition) -> None:
    assert words(mini, {**PLAIN, "C201": 400}, Standard(norms=peers(mini))) == [
        "C201 là 400; các đơn vị tương tự thường từ 32 đến 50",
    ]


def test_both_reasons_are_told_in_one_sentence(mini: Definition) -> None:
    standard = Standard({"C201": 40}, peers(mini))
    assert words(mini, {**PLAIN, "C201": 400}, standard) == ["C201 gấp 10 lần kỳ trước (40 → 400); các đơn vị tương tự thường từ 32 đến 50"]


def test_a_range_of_fewer_than_eight_other_units_is_never_told(mini: Definition) -> None:
    figures = {**PLAIN, "C201": 400}
    assert words(mini, figures, Standard(norms=peers(mini, FEWEST - 1))) == []
    assert words(mini, figures, Standard(norms=peers(mini, FEWEST))) != []


def test_walled_contents_take_no_part(mini: Definition) -> None:
    figures = {**PLAIN, "C501": 900}
    assert words(mini, figures, Standard({**PLAIN, "C501": 20}, peers(mini))) == []
    opened = mini.model_copy(update={"contents": tuple(each.model_copy(update={"walled": False}) for each in mini.contents)})
    assert words(opened, figures, Standard({**PLAIN, "C501": 20}, peers(mini)))[0].startswith("C501 gấp 45 lần")


def test_a_total_that_is_half_filled_in_is_not_asked_about(mini: Definition) -> None:
    before = {"B01": 200, "B01.KT": 20, "B01.VH": 180}
    assert words(mini, {"B01.KT": 20}, Standard(before)) == []
    assert words(mini, {"B01.KT": 20, "B01.VH": 2}, Standard(before)) == ["B01.VH giảm 90 lần so với kỳ trước (180 → 2)"]


def test_blank_not_applicable_and_unanswered_are_no_figures(mini: Definition) -> None:
    for figure in (None, "na"):
        assert words(mini, {**PLAIN, "C201": figure}, Standard({"C201": 900}, peers(mini))) == []  # type: ignore[dict-item]
    assert words(mini, {}, Standard({"C201": 900}, peers(mini))) == []


def test_the_campaign_decides_from_where_on_a_figure_must_be_explained(mini: Definition) -> None:
    definition = asking(mini, change={"question": 3, "explain": 10}, indicators={"B02": {"change": {"question": 20, "explain": 30}}})
    before, now = {"C201": 55, "B02": 10}, {**PLAIN, "C202": 0, "B02": 150}
    assert [(each.cell, each.must_explain) for each in doubts(definition, {**now, "C201": 470}, Standard(before))] == [("C201", False)]
    assert [(each.cell, each.must_explain) for each in doubts(definition, {**now, "C201": 550}, Standard(before))] == [("C201", True)]
    assert doubts(asking(mini, change={"question": None}), {**now, "C201": 550}, Standard(before)) == ()


def test_distance_has_thresholds_of_its_own(mini: Definition) -> None:
    figures, standard = {**PLAIN, "C201": 2000}, Standard(norms=peers(mini))
    assert [each.must_explain for each in doubts(asking(mini, peers={"explain": 2}), figures, standard)] == [True]
    assert [each.must_explain for each in doubts(asking(mini, peers={"explain": 20}), figures, standard)] == [False]
    assert doubts(asking(mini, peers={"question": 20}), figures, standard) == ()


def test_one_doubt_an_indicator_at_its_gravest_cell(mini: Definition) -> None:
    definition = asking(mini, change={"question": 3, "explain": 10})
    before = {"B01": 60, "B01.KT": 30, "B01.VH": 30}
    found = doubts(definition, {**PLAIN, "B01.KT": 400, "B01.VH": 100}, Standard(before))
    assert found == (Doubt("B01.KT", "gấp 13 lần kỳ trước (30 → 400)", must_explain=True),)


def test_a_demanded_explanation_blocks_until_it_is_there_and_a_question_never(mini: Definition) -> None:
    definition = asking(mini, change={"question": 3, "explain": 10})
    standard = Standard({"C201": 4, "B02": 15})
    figures = {**PLAIN, "C202": 0, "C201": 400}

    def told(said: Words) -> list[tuple[str, str, bool]]:
        return [(each.target, each.severity, each.blocks) for each in problems_of(definition, figures, said, standard)]

    assert told(WORDS) == [("B02", "question", False), ("explain:C201", "explain", True)]
    assert told(Words({"I": "Tốt."}, {"C201": "  "})) == told(WORDS)
    assert told(Words({"I": "Tốt."}, {"C201": "Mở rộng."})) == [("B02", "question", False), ("explain:C201", "explained", False)]
    problem = problems_of(definition, figures, WORDS, standard)[1]
    assert problem.message == "C201 Ý kiến tiếp nhận gấp 100 lần kỳ trước (4 → 400). Nếu đúng, ghi một dòng vì sao."
    assert problem.cell == "C201"


def test_an_explanation_that_is_too_long_is_an_error(mini: Definition) -> None:
    found = problems_of(mini, PLAIN, Words({"I": "Tốt."}, {"C201": "a" * 501}))
    assert [(each.target, each.severity) for each in found] == [("explain:C201", "error")]


def test_texts_with_personal_data_wait_for_a_word_of_the_signer(mini: Definition) -> None:
    said = Words({"I": "Gọi 0912345678, 0912345679, 0912345670, 0912345671."}, {"C201": "CCCD 079185012345"}, {"7": "an@vi-du.vn"})
    found = problems_of(mini, PLAIN, said)
    assert [(each.target, each.severity) for each in found] == [
        ("section:I", "confirm"),
        ("explain:C201", "confirm"),
        ("caption:7", "confirm"),
    ]
    assert found[0].message == (
        "Mục I. Kết quả nổi bật: có số điện thoại (“0912345678”, “0912345679”, “0912345670” …). Nên bỏ dữ liệu cá nhân khỏi báo cáo."
    )


def test_cell_by_cell_the_nearest_group_with_enough_units_speaks(mini: Definition) -> None:
    near, far = peers(mini, 4), peers(mini, 30, C201=500)
    joined = first_norms([near, far], FEWEST)
    place = mini.cell("C201").position
    assert (int(joined.counts[place]), round(float(joined.medians[place]))) == (30, 500)
    assert int(first_norms([near], FEWEST).counts[place]) == 0


def test_stored_norms_read_back_the_same(mini: Definition) -> None:
    kept = peers(mini)
    again = unpack_norms(pack_norms(kept))
    assert (again.counts.tolist(), again.middles.tolist(), again.spreads.tolist()) == (
        kept.counts.tolist(),
        kept.middles.tolist(),
        kept.spreads.tolist(),
    )
