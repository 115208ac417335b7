"""Two editions of a campaign held side by side."""

from collections.abc import Iterator

from kheo.core.definition.formula import parse_formula
from kheo.core.definition.models import Definition, Indicator
from kheo.core.definition.records import RecordRule


def counted_alike(one: Definition, other: Definition) -> frozenset[str]:
    """Codes of the indicators that both count in the same way: only those compare (see `counted_otherwise`)."""
    mine, theirs = _by_code(one), _by_code(other)
    return frozenset(code for code in mine if code in theirs and not _otherwise(code, mine, theirs))


def counted_otherwise(code: str, now: Definition, then: Definition) -> tuple[str, ...]:
    """Why an indicator of `now` may not be held against `then`, as clauses; empty where it may.

    A ratio is what its two formulas make it, so it compares only where they are the same and every indicator in them is counted alike.
    """
    return _otherwise(code, _by_code(now), _by_code(then))


def _by_code(definition: Definition) -> dict[str, Indicator]:
    return {each.code: each for each in definition.indicators}


def _otherwise(code: str, now: dict[str, Indicator], then: dict[str, Indicator]) -> tuple[str, ...]:
    if code not in then:
        return ("chưa có chỉ tiêu này",)
    return tuple(_differences(now[code], then[code], now, then))


def _differences(now: Indicator, then: Indicator, all_now: dict[str, Indicator], all_then: dict[str, Indicator]) -> Iterator[str]:
    if _version(then) != _version(now):
        yield _other_meaning(now, then)
    if then.unit != now.unit:
        yield f"tính bằng {then.unit} (nay {now.unit})"
    if then.decimals != now.decimals:
        yield f"ghi {then.decimals} chữ số sau dấu phẩy (nay {now.decimals})"
    # Typed one year and counted the next compares: what is asked is the same, and a unit without entries goes on typing (decision 027).
    if then.records and now.records and then.records != now.records:
        yield _other_records(now.records, then.records)
    if then.aggregation != now.aggregation:
        yield f"{WAYS[then.aggregation]} (nay {WAYS[now.aggregation]})"
    elif now.aggregation == "ratio":
        if _terms(then.numerator) != _terms(now.numerator):
            yield f"tử số là {then.numerator} (nay {now.numerator})"
        if _terms(then.denominator) != _terms(now.denominator):
            yield f"mẫu số là {then.denominator} (nay {now.denominator})"
        for code in sorted({each for text in (now.numerator, now.denominator) for each in _indicators(text, all_now)}):
            if code not in all_then or tuple(_differences(all_now[code], all_then[code], all_now, all_then)):
                yield f"{code} trong công thức đếm theo cách khác"


def _version(indicator: Indicator) -> int:
    return indicator.meaning.version if indicator.meaning else 1


def _other_meaning(now: Indicator, then: Indicator) -> str:
    """The later of the two says what changed, whichever edition is asked about."""
    later = max((now, then), key=_version).meaning
    why = later.why.rstrip(". ") if later else ""
    return f"hiểu theo cách khác: {why}" if later is then.meaning else f"chưa hiểu theo cách nay: {why}"


def _other_records(now: RecordRule, then: RecordRule) -> str:
    if then.register_code != now.register_code:
        return f"đếm từ sổ {then.register_code} (nay {now.register_code})"
    return f"đếm từ sổ {then.register_code} theo quy tắc khác"


# How a sentence calls the ways of adding up.
WAYS = {"sum": "cộng các kỳ", "last": "lấy số cuối kỳ", "ratio": "là tỷ lệ"}


def _terms(text: str | None) -> frozenset[tuple[str, object]]:
    """What a formula adds up, in whatever order it is written."""
    if text is None:
        return frozenset()
    formula = parse_formula(text)
    return frozenset({*formula.terms, ("", formula.constant)})


def _indicators(text: str | None, known: dict[str, Indicator]) -> set[str]:
    codes = {key.partition(".")[0] for key, _ in parse_formula(text).terms} if text else set()
    return codes & known.keys()
