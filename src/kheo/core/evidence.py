"""Which contents take photographs and PDFs, and whether there is room for more."""

from collections.abc import Mapping

from kheo.core.definition import Content, Definition
from kheo.core.numbers import format_int

MEGABYTE = 1024 * 1024
LONGEST_CAPTION = 200


def takes_files(content: Content) -> bool:
    """A walled content takes numbers only: no picture of a gathering, no paper about anybody. Not configurable (design.md §1)."""
    return not content.walled


def caption_problem(caption: str) -> str:
    """Why a caption is not taken; empty for a good one."""
    return f"Chú thích dài {len(caption)} ký tự, tối đa {LONGEST_CAPTION}." if len(caption) > LONGEST_CAPTION else ""


def room_problems(definition: Definition, content: str, more: int, kept: Mapping[str, int]) -> list[str]:
    """Why `more` files do not fit; `kept`: how many there are by content."""
    limits = definition.evidence
    problems: list[str] = []
    most, here = limits.files_of(content), kept.get(content, 0)
    if here + more > most:
        problems.append(f"Nội dung này nhận tối đa {format_int(most)} tệp, đã có {here}; lần này chọn {more}.")
    total = sum(kept.values())
    if total + more > limits.files_per_report:
        problems.append(f"Cả báo cáo nhận tối đa {format_int(limits.files_per_report)} tệp, đã có {total}; lần này chọn {more}.")
    return problems
