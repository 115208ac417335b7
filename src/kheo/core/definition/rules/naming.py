"""Rules about names: every name once, every reference to something that exists, every indicator complete."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.placing import Finding, Placed, Section, repeated
from kheo.core.definition.wording import suggestion


def repeated_names(draft: Draft) -> Iterator[Finding]:
    """A code names one thing."""
    for section, field, what in _naming_fields(draft):
        yield from repeated(section, field, what)


def _naming_fields(draft: Draft) -> list[tuple[Section[Any], str, str]]:
    return [
        (draft.documents, "short", "Cách gọi tắt"),
        (draft.contents, "id", "Mã nội dung"),
        *((choices, "code", "Mã") for choices in draft.lists.values()),
        (draft.indicators, "code", "Mã chỉ tiêu"),
        (draft.checks, "id", "Mã phép kiểm tra"),
        (draft.outline, "id", "Số mục"),
        (draft.periods, "id", "Mã kỳ"),
        (draft.periods, "code", "Mẫu mã chu kỳ"),
        (draft.tiers, "id", "Mã cấp báo cáo"),
    ]


def empty_sections(draft: Draft) -> Iterator[Finding]:
    """A campaign has contents, indicators, periods and tiers; a list has entries."""
    required: list[tuple[Section[Any], tuple[str, ...], str]] = [
        (draft.contents, ("contents",), "nội dung"),
        (draft.indicators, ("indicators",), "chỉ tiêu"),
        (draft.periods, ("regime", "periods"), "kỳ báo cáo"),
        (draft.tiers, ("regime", "tiers"), "cấp báo cáo"),
        *((choices, ("lists", name), "mục") for name, choices in draft.lists.items()),
    ]
    for section, path, what in required:
        if section.complete and not section.items:
            yield Finding(path, f"Danh sách trống; cần ít nhất một {what}.")


def unknown_contents(draft: Draft) -> Iterator[Finding]:
    """Indicators and sections of the outline belong to contents that exist."""
    known = draft.contents.known("id")
    if known is None:
        return
    referring: Iterable[Placed[Any]] = (*draft.indicators.having("content"), *draft.outline.having("content"))
    for placed in referring:
        content = placed.item.content
        if content is not None and content not in known:
            yield placed.finding("content", f"Không có nội dung mã “{content}”" + suggestion(content, known))


def unknown_lists(draft: Draft) -> Iterator[Finding]:
    """A breakdown uses a list that exists."""
    if not draft.lists_complete:
        return
    for placed in draft.indicators.having("breakdown"):
        name = placed.item.breakdown
        if name is not None and name not in draft.lists:
            yield placed.finding("breakdown", f"Không có danh mục “{name}”" + suggestion(name, draft.lists))


def unnamed_lists(draft: Draft) -> Iterator[Finding]:
    """Every list has a name that people read, and no name is left without its list."""
    if not draft.lists_complete:
        return
    for name in draft.lists:
        if name not in draft.list_names:
            yield Finding(("lists", name), f"Danh mục “{name}” chưa có tên gọi trong list_names.")
    for name in draft.list_names:
        if name not in draft.lists:
            yield Finding(("list_names", name), f"Không có danh mục “{name}”" + suggestion(name, draft.lists))


def incomplete_ratios(draft: Draft) -> Iterator[Finding]:
    """A ratio is computed: it has a numerator and a denominator, and nothing that only typed figures have."""
    for placed in draft.indicators.having("aggregation"):
        if placed.item.aggregation != "ratio":
            continue
        code = placed.item.code
        for field, what in (("numerator", "tử số"), ("denominator", "mẫu số")):
            if placed.has(field) and getattr(placed.item, field) is None:
                yield Finding(placed.path, f"Tỷ lệ {code} thiếu {what} ({field}).")
        if placed.item.breakdown is not None:
            yield placed.finding("breakdown", f"Tỷ lệ {code} được tính, không nhập, nên không tách theo danh mục.")
        if placed.item.decimals and placed.has("decimals"):
            yield placed.finding("decimals", f"Tỷ lệ {code} được tính, không nhập, nên không có số chữ số thập phân.")


def formulas_of_typed_indicators(draft: Draft) -> Iterator[Finding]:
    """An indicator that people fill in has no formula."""
    for placed in draft.indicators.having("aggregation"):
        if placed.item.aggregation == "ratio":
            continue
        for field in ("numerator", "denominator"):
            if placed.has(field) and getattr(placed.item, field) is not None:
                message = f"Chỉ tiêu {placed.item.code} được nhập (aggregation: {placed.item.aggregation}), không có công thức; bỏ {field}."
                yield placed.finding(field, message)


def years_in_reverse(draft: Draft) -> Iterator[Finding]:
    """The last year is not before the first."""
    if draft.year_from is not None and draft.year_to is not None and draft.year_to < draft.year_from:
        yield Finding(("year_to",), f"Năm cuối {draft.year_to} trước năm đầu {draft.year_from}.")


def messages_without_numbers(draft: Draft) -> Iterator[Finding]:
    """The message of a check shows both numbers, so that the officer sees what differs."""
    for placed in draft.checks.having("message"):
        names = _placeholders(placed.item.message)
        for name in sorted(names.keys() - {"left", "right", "difference"}):
            yield placed.finding("message", f"Lời báo chỉ nhận {{left}}, {{right}}, {{difference}}; không có {{{name}}}.")
        missing = [f"{{{name}}}" for name in ("left", "right") if name not in names]
        if missing:
            yield placed.finding("message", f"Lời báo phải nêu con số: thiếu {' và '.join(missing)}.")


def _placeholders(text: str) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for piece in text.split("{")[1:]:
        counts[piece.partition("}")[0]] += 1
    return counts


NAMING_RULES: tuple[Rule, ...] = (
    repeated_names,
    empty_sections,
    unknown_contents,
    unknown_lists,
    unnamed_lists,
    incomplete_ratios,
    formulas_of_typed_indicators,
    years_in_reverse,
    messages_without_numbers,
)
