"""Which rule a body's papers follow, and that every number of a rule says where it stands."""

from dataclasses import replace
from datetime import date

import pytest

from kheo.core.unit_kinds import KINDS
from kheo.documents.official_forms import capacity_line, document_number, heading_text
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import profile_for, profile_named, profile_names
from kheo.documents.profiles.loading import _built, _read
from tests.documents.reading import lines_of
from tests.documents.test_official_layout import letterhead, sample

EVERY = profile_names()


def test_the_profiles_of_the_field_are_there() -> None:
    assert {"nd30", "union933", "party36"} <= set(EVERY)


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        ("party_board", date(2023, 11, 17), "party36"),
        ("party_committee", date(2026, 5, 1), "party36"),
        ("grassroots_union", date(2024, 5, 14), "union933"),
        ("provincial_federation", date(2026, 1, 1), "union933"),
        ("provincial_federation", date(2024, 5, 13), "union1013"),
        ("ward", date(2026, 1, 1), "nd30"),
        ("a kind that nobody knows any more", date(2026, 1, 1), "nd30"),
        ("ward", date(2001, 1, 1), "nd30"),
    ],
)
def test_a_body_writes_by_the_rule_of_its_line_on_the_day(kind: str, day: date, name: str) -> None:
    assert profile_for(kind, day).name == name


def test_on_every_day_since_the_decree_every_kind_has_exactly_one_rule_in_force() -> None:
    for kind in KINDS.values():
        for day in (date(2020, 3, 5), date(2023, 11, 15), date(2024, 5, 13), date(2024, 5, 14), date(2027, 1, 1)):
            found = [name for name in EVERY if kind.line in profile_named(name).lines and profile_named(name).is_in_force(day)]
            assert len(found) == 1 or not any(kind.line in profile_named(name).lines for name in EVERY), (kind, day, found)


@pytest.mark.parametrize("name", EVERY)
def test_every_number_says_where_it_stands_and_is_one_that_the_rule_allows(name: str) -> None:
    profile = profile_named(name)
    assert [key for key, each in profile.measures.items() if not each.source] == []
    assert [key for key, each in profile.measures.items() if getattr(profile, key) != each.value] == []
    assert any(each.unverified for each in profile.measures.values()) == (name == "party36")
    assert bool(profile.unverified) == (name != "nd30")


def test_a_number_outside_of_the_rule_is_refused_when_the_file_is_read() -> None:
    data = _read("nd30")
    data["measures"]["margin_left"]["value"] = 25
    with pytest.raises(ValueError, match="margin_left"):
        _built(data)


def test_a_profile_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        profile_named("../nd30")


def test_number_capacity_and_headings_are_written_as_the_profile_says() -> None:
    document, head = sample(), letterhead("7")
    forms = {
        name: (document_number(head, profile_named(name)), capacity_line(document.signature, profile_named(name)))
        for name in ("nd30", "union933", "party36")
    }
    assert forms == {
        "nd30": ("Số: 07/BC-LĐLĐ", "TM. BAN THƯỜNG VỤ"),
        "union933": ("Số: 07/BC-LĐLĐ", "TM. BAN THƯỜNG VỤ"),
        "party36": ("Số 07-BC/LĐLĐ", "T/M BAN THƯỜNG VỤ"),
    }
    assert heading_text(document.blocks[0], profile_named("party36")) == "I. TÌNH HÌNH CHUNG"  # type: ignore[arg-type]


def test_the_party_s_paper_bears_its_name_and_a_star_and_no_motto() -> None:
    head = replace(letterhead("127"), superior="", issuer="Công đoàn", place="Quận 1")
    lines = [text for text in lines_of(render_official(sample(letterhead=head), profile_named("party36"))) if text]
    assert lines[:6] == [
        "CÔNG ĐOÀN",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 127-BC/LĐLĐ",
        "Quận 1, ngày ...... tháng ...... năm 2023",
        "BÁO CÁO",
    ]


def test_a_letter_has_its_subject_under_its_number_and_no_type() -> None:
    letter = sample(kind="", subject="đôn đốc gửi báo cáo năm 2023", letterhead=letterhead("5"))
    by_state = [text for text in lines_of(render_official(letter, profile_named("nd30"))) if text]
    assert "BÁO CÁO" not in by_state
    assert by_state[by_state.index("Số: 05/BC-LĐLĐ") + 1] == "V/v đôn đốc gửi báo cáo năm 2023"
