"""The annex of a consolidated report that says whose text went where: each paragraph taken from below, and how it was used."""

from collections.abc import Sequence

from kheo.core.consolidated import Origin, TakenFrom
from kheo.core.definition import Definition
from kheo.documents.official import Annex, Column, Heading, Row, Table, note
from kheo.documents.printable import keep_together, one_line, tie_numbers

TITLE = "NGUỒN CỦA TỪNG ĐOẠN"
KEPT, REWRITTEN, MERGED, MERGED_AND_REWRITTEN = "Giữ nguyên", "Viết lại", "Gộp nhiều đoạn", "Gộp và viết lại"
_OPENING = 160
_COLUMNS = (
    Column("TT", "center"),
    Column("Đoạn thứ", "center"),
    Column("Đoạn trong báo cáo"),
    Column("Lấy từ báo cáo của"),
    Column("Cách dùng", "center"),
)


def sources_annex(definition: Definition, number: str, origins: Sequence[Origin], reference: str) -> tuple[Annex, ...]:
    """The annex called `number`, or none without a number: a table for each section of the outline, in its order."""
    if not number:
        return ()
    blocks: list[Heading | Table] = []
    found = [(section, [each for each in origins if each.section == section.id]) for section in definition.outline]
    shown = [(section, rows) for section, rows in found if rows]
    for place, (section, rows) in enumerate(shown, start=1):
        blocks.append(Heading(str(place), f"Mục {section.id}: {one_line(section.title)}", 2))
        blocks.append(Table(_COLUMNS, tuple(Row(_texts(index, each)) for index, each in enumerate(rows, start=1))))
    told = note("Ghi chú: đoạn thứ mấy tính trong mục của báo cáo; đoạn không có trong bảng do đơn vị lập báo cáo tự viết.")
    return (Annex(number, TITLE, reference, (*blocks, told)),)


def _texts(index: int, origin: Origin) -> tuple[str, ...]:
    sources = "; ".join(_source_words(each) for each in origin.sources)
    return str(index), str(origin.place), opening(origin.text), sources, how_used(origin)


def opening(text: str) -> str:
    """How the paragraph begins: whole words, with three dots where it goes on. The whole of it stands in the report."""
    line = one_line(text)
    return line if len(line) <= _OPENING else line[: _OPENING + 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _source_words(source: TakenFrom) -> str:
    """`Công đoàn Quận 5 (mục II.1, lần nộp 2; viết đầu tiên: Công ty Một, Công ty Hai)`."""
    first = f"; viết đầu tiên: {', '.join(tie_numbers(one_line(name)) for name in source.first)}" if source.first else ""
    place = f"{keep_together(f'mục {source.section}')}, {keep_together(f'lần nộp {source.number}')}"
    return f"{tie_numbers(one_line(source.unit))} ({place}{first})"


def how_used(origin: Origin) -> str:
    """Kept or rewritten, from one paragraph or several put together."""
    if len(origin.sources) > 1:
        return MERGED_AND_REWRITTEN if origin.is_reworded else MERGED
    return REWRITTEN if origin.is_reworded else KEPT
