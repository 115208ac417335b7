"""The campaign of the directive: everything the domain lists is in the file, and nothing of the file is in Python."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from kheo.core.definition import DayRule, parse_formula
from kheo.core.definition.regime import BackRule
from kheo.core.text import fold, nfc
from kheo.core.unit_kinds import KINDS
from tests.core.definition.campaigns import PROJECT, five_no, five_no_2022

CODES = [
    *(f"A{number:02d}" for number in range(1, 7)),
    *(f"B{number:02d}" for number in range(1, 9)),
    *(f"C1{number:02d}" for number in range(1, 14)),
    *(f"C2{number:02d}" for number in range(1, 10)),
    *(f"C3{number:02d}" for number in range(1, 13)),
    *(f"C4{number:02d}" for number in range(1, 8)),
    *(f"C5{number:02d}" for number in range(1, 7)),
    *(f"D{number:02d}" for number in range(1, 8)),
]
EXTRA = {
    *("A02a", "A02b", "C104a", "C203a", "C204a", "C204b", "C308a", "C401a", "C404a", "C502a", "C503a", "C504a", "D06a", "D07a"),
    *("C202R", "C203R", "C206R", "C502R", "C504R"),
}
AGGREGATIONS = {"Σ": "sum", "L": "last", "R": "ratio", "Σ→R": "sum"}


def test_has_the_68_indicators_and_the_second_measures() -> None:
    assert len(CODES) == 68
    assert {indicator.code for indicator in five_no().indicators} == set(CODES) | EXTRA


def test_agrees_with_the_table_of_the_domain(shared_dir: Path) -> None:
    table = (shared_dir / "docs" / "domain.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if re.match(r"\| [ABCD]\d\d+ \|", line)]
    assert len(rows) == 65
    for code, _, unit, aggregation, content, _ in rows:
        indicator = five_no().indicator(code)
        assert (indicator.code, indicator.aggregation) == (code, AGGREGATIONS[aggregation])
        assert indicator.content == content
        assert fold(unit.split("→")[0].split(";")[0]).split()[0] in fold(indicator.unit)


def test_titles_are_those_of_the_directive_with_the_scan_corrected(shared_dir: Path) -> None:
    directive = nfc((shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8")).replace("*", "").lower()
    for content in five_no().contents[1:]:
        assert nfc(content.name).lower() in directive
    for document in five_no().documents:
        assert document.number.lower() in directive


def test_no_scan_error_is_left(project_dir: Path) -> None:
    text = nfc((project_dir / "campaigns" / "5-khong.yaml").read_text(encoding="utf-8"))
    assert text == nfc(text)
    for error in ("Khôi,", "khôn tụ", "Phần đầu", "chính quyền Đảng", "nhúng nhỉnh", "trước công cơ quan", "để nghề"):
        assert error not in text


def test_five_contents_and_a_common_one_only_the_fifth_walled() -> None:
    assert [(content.id, content.walled) for content in five_no().contents] == [
        ("chung", False),
        ("N1", False),
        ("N2", False),
        ("N3", False),
        ("N4", False),
        ("N5", True),
    ]


def test_breakdowns() -> None:
    assert {indicator.code: indicator.breakdown for indicator in five_no().indicators if indicator.breakdown} == {
        "B01": "fields",
        "B08": "money_sources",
        "C209": "supervision_kinds",
        "D01": "award_forms",
        "D02": "award_forms",
        "D03": "award_forms",
        "D05": "channels",
    }
    assert [cell.key for cell in five_no().cells_of("B01")] == ["B01", "B01.KT", "B01.VHXH", "B01.QPAN", "B01.HTCT", "B01.ASXH", "B01.KHAC"]
    assert [choice.code for choice in five_no().lists["money_sources"]] == ["NS", "CD", "XHH"]


@pytest.mark.parametrize(
    ("code", "numerator", "denominator"),
    [
        ("A02", "A02a", "A02b"),
        ("A06", "system:on_time", "system:expected"),
        ("C202R", "C202", "C201"),
        ("C203R", "C203", "C203a"),
        ("C204", "C204a", "C204b"),
        ("C206R", "C206", "C205"),
        ("C307", "C304", "C301 + C302 + C303"),
        ("C502R", "C502a", "C502"),
        ("C504R", "C504a", "C504"),
    ],
)
def test_ratios(code: str, numerator: str, denominator: str) -> None:
    indicator = five_no().indicator(code)
    assert (indicator.aggregation, indicator.numerator, indicator.denominator, indicator.unit) == ("ratio", numerator, denominator, "%")


def test_there_are_no_other_ratios() -> None:
    assert Counter(indicator.aggregation for indicator in five_no().indicators)["ratio"] == 9


def test_land_is_counted_to_the_square_decimetre() -> None:
    assert (five_no().indicator("C311").unit, five_no().indicator("C311").decimals) == ("m²", 2)
    assert [indicator.code for indicator in five_no().indicators if indicator.decimals] == ["C311"]


def test_every_indicator_says_where_it_comes_from_and_helps_in_one_line() -> None:
    shorts = {document.short for document in five_no().documents}
    for indicator in five_no().indicators:
        assert all(place.split()[0] in shorts for place in indicator.source.split("; ")), indicator.code
        assert 15 <= len(indicator.hint) <= 100, indicator.code
        assert indicator.hint.endswith((".", "…")), indicator.code


def test_every_part_is_held_to_its_whole() -> None:
    pairs = {(check.left, check.right) for check in five_no().checks if check.operator == "<=" and check.severity == "error"}
    for ratio in five_no().indicators:
        if ratio.aggregation == "ratio" and not (ratio.numerator or "").startswith("system:"):
            assert (ratio.numerator, ratio.denominator) in pairs
    assert {("C104a", "C104"), ("C206", "C205")} <= pairs


def test_checks_and_ratios_stay_within_one_content() -> None:
    for check in five_no().checks:
        codes = {code.partition(".")[0] for side in (check.left, check.right) for code in parse_formula(side).codes}
        assert len({five_no().indicator(code).content for code in codes}) == 1


def said(rule: DayRule | BackRule) -> str:
    return f"{rule.working_days} before {rule.before}" if isinstance(rule, BackRule) else f"{rule.day}/{rule.month}"


def test_who_reports_by_when() -> None:
    tiers = {
        tier.id: (tier.line, tier.proposed, {period: said(rule) for period, rule in tier.due.items()}) for tier in five_no().regime.tiers
    }
    assert tiers == {
        "grassroots": ("union", True, {"6T": "2 before reporting_units", "N": "2 before reporting_units"}),
        "reporting_units": ("union", False, {"6T": "10/5", "N": "15/11"}),
        "federation": ("party", False, {"6T": "18/5", "N": "18/11"}),
    }
    assert five_no().regime.non_working_day == "next"
    assert "Điều 148 khoản 5" in five_no().regime.non_working_day_source


# The union's units of a time after the directive of 2023: they came with the reform of July 2025, and the edition knows nothing of them.
SINCE_2025 = {"ward_union", "area_team"}


def test_every_union_kind_of_its_time_has_its_tier_and_the_party_none() -> None:
    for kind in KINDS.values():
        tier = five_no().tier_of(kind.code)
        assert (tier is not None) == (kind.line == "union" and kind.code not in SINCE_2025), kind.code


def test_the_outline_follows_the_contents() -> None:
    assert [(section.id, section.content) for section in five_no().outline] == [
        ("I", "chung"),
        ("II", "chung"),
        ("II.1", "N1"),
        ("II.2", "N2"),
        ("II.3", "N3"),
        ("II.4", "N4"),
        ("II.5", "N5"),
        ("III", None),
        ("IV", None),
        ("V", None),
    ]


def test_legal_bases_are_cited_in_full() -> None:
    assert [document.citation for document in five_no().documents] == [
        "Công văn số 199/LĐLĐ-TG ngày 15 tháng 3 năm 2023 của Liên đoàn Lao động Thành phố Hồ Chí Minh"
        " về phối hợp thực hiện nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023",
        "Hướng dẫn số 11-HD/BDVTU ngày 28 tháng 02 năm 2023 của Ban Dân vận Thành ủy Thành phố Hồ Chí Minh"
        " về nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023",
    ]


def test_the_first_edition_asks_what_was_published_with_the_same_meaning() -> None:
    assert [indicator.code for indicator in five_no_2022().indicators] == ["B01", "B04", "B05", "D01", "D02", "D03"]
    for old in five_no_2022().indicators:
        new = five_no().indicator(old.code)
        assert (old.name, old.unit, old.aggregation, old.decimals) == (new.name, new.unit, new.aggregation, new.decimals)
    assert five_no_2022().lists == {"fields": five_no().lists["fields"]}
    assert five_no_2022().indicator("D01").breakdown is None
    assert five_no_2022().campaign == five_no().campaign


def strings_of(file: Path) -> set[str]:
    """String constants of a module, docstrings and other bare strings aside."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    }


@pytest.mark.parametrize("room", ["core", "documents", "campaigns", "reports", "web"])
def test_no_code_of_the_campaign_is_in_python(room: str) -> None:
    codes = {indicator.code for indicator in five_no().indicators} | {five_no().campaign}
    for file in sorted((PROJECT / "src" / "kheo" / room).rglob("*.py")):
        assert not strings_of(file) & codes, file
