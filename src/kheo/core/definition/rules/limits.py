"""Rules about what is asked again, explained, proved and recommended: numbers that must fit each other and places that exist."""

from collections.abc import Iterator

from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion


def thresholds_in_reverse(draft: Draft) -> Iterator[Finding]:
    """Whatever must be explained is asked about first."""
    for placed in draft.thresholds:
        question, explain = placed.item.question, placed.item.explain
        if not placed.has("question", "explain") or explain is None:
            continue
        if question is None:
            yield placed.finding("explain", "Có mức phải giải trình thì phải có mức hỏi lại (question).")
        elif explain < question:
            yield placed.finding("explain", f"Mức phải giải trình ({explain}) nhỏ hơn mức hỏi lại ({question}).")


def thresholds_of_no_figure(draft: Draft) -> Iterator[Finding]:
    """Own thresholds belong to indicators that people fill in and that no wall hides."""
    walled = _walled(draft)
    known = draft.indicators.known("code")
    by_code = {placed.item.code: placed.item for placed in draft.indicators.having("code")}
    for code in draft.doubted:
        path = ("plausibility", "indicators", code)
        if code not in by_code:
            if known is not None:
                yield Finding(path, f"Không có chỉ tiêu mã “{code}”" + suggestion(code, known))
        elif by_code[code].aggregation == "ratio":
            yield Finding(path, f"Tỷ lệ {code} được tính, không nhập, nên không hỏi lại.")
        elif by_code[code].content in walled:
            yield Finding(path, f"Chỉ tiêu {code} thuộc nội dung được che (walled); số của nội dung ấy không đem so sánh.")


def evidence_of_no_content(draft: Draft) -> Iterator[Finding]:
    """Files prove contents that exist and are open; a walled one takes none, whatever is written here."""
    if draft.evidence is None or not draft.evidence.has("contents"):
        return
    walled, known = _walled(draft), draft.contents.known("id")
    for content in draft.evidence.item.contents:
        path = (*draft.evidence.path, "contents", content)
        if content in walled:
            yield Finding(path, "Nội dung được che (walled) chỉ nhận con số: không bao giờ nhận ảnh hay tệp.")
        elif known is not None and content not in known:
            yield Finding(path, f"Không có nội dung mã “{content}”" + suggestion(content, known))


def more_files_of_a_part_than_of_the_whole(draft: Draft) -> Iterator[Finding]:
    """A content takes no more files than the report."""
    placed = draft.evidence
    if placed is None or not placed.has("files_per_report", "files_per_content", "contents"):
        return
    most = placed.item.files_per_report
    if placed.item.files_per_content > most:
        yield placed.finding("files_per_content", f"Nhiều hơn số tệp của cả báo cáo ({most}).")
    for content, files in placed.item.contents.items():
        if files > most:
            yield Finding((*placed.path, "contents", content), f"Nhiều hơn số tệp của cả báo cáo ({most}).")


def lengths_in_reverse(draft: Draft) -> Iterator[Finding]:
    """What is recommended is allowed."""
    for placed in draft.outline.having("recommended_chars", "max_chars"):
        recommended, most = placed.item.recommended_chars, placed.item.max_chars
        if recommended is not None and recommended > most:
            yield placed.finding("recommended_chars", f"Độ dài nên viết ({recommended}) lớn hơn độ dài tối đa ({most}).")


def _walled(draft: Draft) -> set[str]:
    return {placed.item.id for placed in draft.contents.having("id", "walled") if placed.item.walled}


LIMIT_RULES: tuple[Rule, ...] = (
    thresholds_in_reverse,
    thresholds_of_no_figure,
    evidence_of_no_content,
    more_files_of_a_part_than_of_the_whole,
    lengths_in_reverse,
)
