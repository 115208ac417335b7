"""Which indicators of two editions may be set side by side."""

from kheo.core.definition import Definition, counted_alike, counted_otherwise, definition_hash, load_definition
from kheo.core.definition.records import RecordRule
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


def test_a_ratio_compares_only_with_the_same_formulas_of_indicators_counted_alike() -> None:
    now, formula = edition(), edition(("numerator: C202,", "numerator: C201 - C202,"))
    assert "C202R" not in counted_alike(now, formula)
    assert counted_otherwise("C202R", now, formula) == ("tử số là C201 - C202 (nay C202)",)
    unit = edition(("đúng hạn, unit: ý kiến,", "đúng hạn, unit: phiếu,"))
    assert counted_otherwise("C202R", now, unit) == ("C202 trong công thức đếm theo cách khác",)


def test_why_an_indicator_does_not_compare_is_told_with_both_ways() -> None:
    earlier = edition(
        ("unit: mô hình, aggregation: last", "unit: công trình, aggregation: last"),
        (
            "code: C501, name: Cuộc đối thoại, unit: cuộc, aggregation: sum",
            "code: C501, name: Cuộc đối thoại, unit: cuộc, aggregation: last",
        ),
        ("code: A06,", "code: A07,"),
    )
    why = {code: counted_otherwise(code, edition(), earlier) for code in ("B02", "C501", "A06", "B01")}
    assert why == {
        "B02": ("tính bằng công trình (nay mô hình)",),
        "C501": ("lấy số cuối kỳ (nay cộng các kỳ)",),
        "A06": ("chưa có chỉ tiêu này",),
        "B01": (),
    }


def counted(register: str, state: str) -> RecordRule:
    return RecordRule(register_code=register, fact="entered", states=(state,))


def with_rule(rule: RecordRule | None) -> Definition:
    """The edition with B01 counted from a register, or typed."""
    found = edition()
    indicators = tuple(each if each.code != "B01" else each.model_copy(update={"records": rule}) for each in found.indicators)
    return found.model_copy(update={"indicators": indicators})


def test_an_indicator_counted_from_other_records_does_not_compare() -> None:
    now = with_rule(counted("so-nho", "xong"))
    why = {
        name: counted_otherwise("B01", now, with_rule(rule))
        for name, rule in {
            "same": counted("so-nho", "xong"),
            "states": counted("so-nho", "da_gui"),
            "register": counted("so-khac", "xong"),
            "typed": None,
        }.items()
    }
    assert why == {
        "same": (),
        "states": ("đếm từ sổ so-nho theo quy tắc khác",),
        "register": ("đếm từ sổ so-khac (nay so-nho)",),
        "typed": (),
    }
    assert counted_otherwise("B01", with_rule(None), now) == ()
    assert "B01" not in counted_alike(now, with_rule(counted("so-khac", "xong")))


MEANT = ("code: C201, name: ", "code: C201, meaning: {{version: {version}, why: '{why}'}}, name: ")


def meaning(version: int, why: str) -> Definition:
    """The edition with another meaning of C201 under the same code, unit and way of adding up."""
    before, after = MEANT
    return edition((before, after.format(version=version, why=why)))


def test_another_meaning_under_the_same_code_does_not_compare_and_the_later_one_says_why() -> None:
    first, second = edition(), meaning(2, "từ 2024 đếm cả ý kiến qua mạng.")
    third = meaning(3, "từ 2026 chỉ đếm ý kiến bằng văn bản")
    assert counted_otherwise("C201", second, first) == ("chưa hiểu theo cách nay: từ 2024 đếm cả ý kiến qua mạng",)
    assert counted_otherwise("C201", first, second) == ("hiểu theo cách khác: từ 2024 đếm cả ý kiến qua mạng",)
    assert counted_otherwise("C201", third, second) == ("chưa hiểu theo cách nay: từ 2026 chỉ đếm ý kiến bằng văn bản",)
    assert counted_otherwise("C202R", second, first) == ("C201 trong công thức đếm theo cách khác",)
    assert {"C201", "C202R"} & counted_alike(second, first) == set()
    assert counted_alike(second, meaning(2, "câu được viết lại")) == {each.code for each in first.indicators}


def test_a_meaning_needs_a_version_after_the_first_and_a_sentence_why() -> None:
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    for wrong in ("{version: 1, why: Khác}", "{version: 2}", "{version: 2, why: ''}", "{version: hai, why: Khác}", "2"):
        found = load_definition(text.replace(MEANT[0], f"code: C201, meaning: {wrong}, name: "), "mini.yaml")
        assert found.definition is None, wrong
        assert [problem.line for problem in found.problems] == [line_of("C201")] * len(found.problems), wrong


def test_editions_published_before_there_were_meanings_keep_their_hash() -> None:
    assert '"meaning"' not in str(edition().model_dump(mode="json", exclude_defaults=True))
    assert definition_hash(edition()) != definition_hash(meaning(2, "Khác"))


def line_of(code: str) -> int:
    lines = (FILES / "mini.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if f"code: {code}," in line)
