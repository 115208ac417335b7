"""Type and subject, addressees, bases, and the body with its headings."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Line
from kheo.documents.checker.measuring import SLACK_MM, Look, Paper, look_at, number, wanted
from kheo.documents.checker.rules.head import _line
from kheo.documents.checker.sheet import ANNEX
from kheo.documents.metrics import text_width
from kheo.documents.official_forms import POINTS
from kheo.documents.outline_texts import roman
from kheo.documents.profiles import Measure

KIND, SUBJECT, ADDRESSEES, BASES = "Tên loại", "Trích yếu", "Kính gửi", "Căn cứ"
BODY, HEADING, NOTE, TABLE = "Nội dung", "Đề mục", "Ghi chú", "Bảng"
_LEVELS = (("one", "[IVXLC]+"), ("two", "[0-9]+"), ("three", f"[{POINTS}]"))
_HEADING = re.compile("|".join(rf"(?P<{name}>{form})(?P<{name}_mark>[.\-)])\s" for name, form in _LEVELS))


def title(paper: Paper) -> Iterator[Deviation]:
    """The type in bold capitals, the subject bold below it, then a line of a third to a half of it; a letter has neither."""
    if paper.sheet.is_letter:
        return
    kind, subject = paper.measure("kind_size"), paper.measure("subject_size")
    if not paper.sheet.kind or not paper.sheet.kind[0].is_upper:
        yield paper.deviation("missing", KIND, "", "không có", "tên loại văn bản bằng chữ in hoa", kind.source)
    yield from look_at(paper, paper.sheet.kind, Look(KIND, kind, bold=True, italic=False, align="center"))
    if not paper.sheet.subject:
        yield paper.deviation("missing", SUBJECT, "", "không có", "trích yếu nội dung", subject.source)
        return
    yield from look_at(paper, paper.sheet.subject, Look(SUBJECT, subject, bold=True, italic=False, align="center"))
    width = max(text_width(line.text, subject.value, bold=True) for line in paper.sheet.subject)
    yield from _line(paper, paper.sheet.subject[-1], SUBJECT, width, paper.measure("subject_rule"))


def addressees(paper: Paper) -> Iterator[Deviation]:
    """One on the line of "Kính gửi", several as a list with dashes; `;` after each, a full stop after the last."""
    lines, measure = paper.sheet.addressees, paper.measure("addressee_size")
    if paper.sheet.is_letter and not lines:
        yield paper.deviation("missing", ADDRESSEES, "", "không có", "Kính gửi: …", measure.source)
    yield from look_at(paper, lines, Look(ADDRESSEES, measure, bold=False, italic=False))
    yield from _listed(paper, lines[1:], ADDRESSEES, measure, ";")


def _listed(paper: Paper, lines: Sequence[Line], part: str, measure: Measure, end: str) -> Iterator[Deviation]:
    for index, line in enumerate(lines):
        expected = "." if index == len(lines) - 1 else end
        if not line.text.endswith(expected):
            yield paper.deviation(
                "list", part, line.echo, f"kết thúc bằng “{line.text[-1:]}”", f"kết thúc bằng “{expected}”", measure.source
            )


def bases(paper: Paper) -> Iterator[Deviation]:
    """Each on a line of its own; `;` after each, a full stop after the last."""
    lines, measure = paper.sheet.bases, paper.measure("body_size")
    italic = paper.profile.forms.bases_italic
    yield from look_at(paper, lines, Look(BASES, measure, bold=False, italic=italic, align="both"))
    yield from _listed(paper, lines, BASES, measure, ";")


def body(paper: Paper) -> Iterator[Deviation]:
    """Sentences, headings, notes and tables of the document and its annexes."""
    if not any(line.text for line in paper.sheet.body):
        yield paper.deviation("missing", BODY, "", "không có", "nội dung văn bản", paper.measure("body_size").source)
    for lines in (paper.sheet.body, *(annex_body(part.lines) for part in paper.parts[1:])):
        yield from _lines(paper, lines)
        yield from _numbering(paper, [line for line in lines if _is_heading(line)])


def annex_body(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What follows the number, title and reference of an annex."""
    written = [index for index, line in enumerate(lines) if line.text and line.shape.align == "center" and line.cell is None]
    head = 0
    for index in written:
        if any(line.text for line in lines[head:index]):
            break
        head = index + 1
    return tuple(lines[head:])


def _is_heading(line: Line) -> bool:
    """A heading of Word's outline, or a numbered line all in bold."""
    return line.cell is None and bool(line.text) and (line.shape.outline is not None or (line.is_bold and bool(_HEADING.match(line.text))))


def _lines(paper: Paper, lines: Sequence[Line]) -> Iterator[Deviation]:
    for line, after in zip_longest(lines, lines[1:]):
        if not line.text:
            continue
        if line.cell is not None:
            yield from _table_text(paper, line)
        elif _is_heading(line):
            yield from _heading(paper, line)
        elif line.shape.align in ("center", "right") and (after is None or after.cell or after.shape.align in ("center", "right")):
            yield from _table_text(paper, line)
        elif line.is_italic and line.shape.first_line < SLACK_MM:
            yield from look_at(paper, (line,), Look(NOTE, paper.measure("note_size"), bold=False))
        else:
            yield from _sentence(paper, line)


def _table_text(paper: Paper, line: Line) -> Iterator[Deviation]:
    """Tables are fitted to the page: any size from the smallest that can be read to that of the body."""
    least, most = paper.measure("smallest_table_size").value, paper.measure("body_size").most
    size = Measure(paper.measure("table_size").value, least - 1, most, paper.measure("table_size").source)
    wrong = sorted({run.size for run in line.runs if not size.allows(run.size, 0, exactly=False)})
    if wrong:
        found = ", ".join(f"cỡ {number(each)}" for each in wrong)
        yield paper.deviation("size", TABLE, line.echo, found, f"cỡ {number(least - 1)}–{number(most)}", size.source)


def _sentence(paper: Paper, line: Line) -> Iterator[Deviation]:
    yield from look_at(paper, (line,), Look(BODY, paper.measure("body_size"), align="both"))
    shape = line.shape
    for name, found, unit, words in (
        ("first_line_indent", shape.first_line, "mm", "thụt đầu dòng"),
        ("paragraph_gap", max(shape.before, shape.after), "pt", "cách đoạn"),
        ("line_spacing", shape.spacing or 0.0, "dòng", "cách dòng"),
    ):
        measure = paper.measure(name)
        if not measure.allows(found, SLACK_MM if unit == "mm" else 0.02, exactly=paper.exactly):
            expected = f"{words} {wanted(measure, paper)} {unit}"
            yield paper.deviation("spacing", BODY, line.echo, f"{words} {number(found)} {unit}", expected, measure.source)


def _heading(paper: Paper, line: Line) -> Iterator[Deviation]:
    """Roman numbers: bold capitals; Arabic ones: bold; letters: upright as the text."""
    measure, match = paper.measure("body_size"), _HEADING.match(line.text)
    level = _level(line)
    if level is None or match is None:
        yield paper.deviation("heading", HEADING, line.echo, "không đánh số", "I., 1. hoặc a)", measure.source)
        return
    yield from look_at(paper, (line,), Look(HEADING, measure, bold=level < 2, italic=False, upper=level == 0))
    mark = next(text for text in (match["one_mark"], match["two_mark"], match["three_mark"]) if text)
    expected = paper.profile.forms.heading_marks[level]
    if mark != expected:
        yield paper.deviation("heading", HEADING, line.echo, f"dấu “{mark}” sau số", f"dấu “{expected}”", measure.source)


def _level(line: Line) -> int | None:
    match = _HEADING.match(line.text)
    if match is None:
        return None
    return next(level for level, name in enumerate(("one", "two", "three")) if match[name])


def _numbering(paper: Paper, headings: Sequence[Line]) -> Iterator[Deviation]:
    """I, II, III …; 1, 2, 3 … again under each of them; a, b, c, d, đ … again under each of those."""
    counts = [0, 0, 0]
    for line in headings:
        level, match = _level(line), _HEADING.match(line.text)
        if level is None or match is None:
            continue
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        found = match["one"] or match["two"] or match["three"]
        expected = (roman(counts[0]), str(counts[1]), POINTS[(counts[2] - 1) % len(POINTS)])[level]
        if found != expected:
            yield paper.deviation("numbering", HEADING, line.echo, f"“{found}”", f"“{expected}”", paper.measure("body_size").source)
            counts[level] = _value(found, level) or counts[level]


def _value(text: str, level: int) -> int:
    """What a heading's number counts, so that one slip is told once."""
    if level == 0:
        return next((number for number in range(1, 90) if roman(number) == text), 0)
    return int(text) if level == 1 else POINTS.index(text) + 1


def order(paper: Paper) -> Iterator[Deviation]:
    """The parts one after the other, each on its side of the page."""
    sheet = paper.sheet
    named = (
        ("Cơ quan ban hành", sheet.issuer),
        ("Số, ký hiệu", sheet.number),
        ("Địa danh, thời gian", sheet.date),
        (KIND, sheet.kind),
        (SUBJECT, sheet.subject),
        (ADDRESSEES, sheet.addressees),
        (BASES, sheet.bases),
        (BODY, tuple(line for line in sheet.body if line.text)),
        ("Nơi nhận", sheet.recipients),
    )
    places = {id(line): index for index, line in enumerate(sheet.lines)}
    there = [(name, places[id(lines[0])], places[id(lines[-1])]) for name, lines in named if lines]
    for (name, _, last), (after, first, _) in pairwise(there):
        if last > first:
            yield paper.deviation("order", after, "", f"đứng trước {name.lower()}", f"đứng sau {name.lower()}", "thứ tự các thành phần")
    yield from _sides(paper)


def _sides(paper: Paper) -> Iterator[Deviation]:
    sheet = paper.sheet
    sides = (
        ("Cơ quan ban hành", sheet.issuer, 0),
        ("Số, ký hiệu", sheet.number, 0),
        ("Nơi nhận", sheet.recipients, 0),
        ("Quốc hiệu, tiêu đề", sheet.country, 1),
        ("Địa danh, thời gian", sheet.date, 1),
        ("Người ký", tuple(line for line in sheet.signature if line.text), 1),
    )
    for name, lines, side in sides:
        if lines and (lines[0].cell is None or lines[0].cell.column != side):
            expected = "bên phải" if side else "bên trái"
            yield paper.deviation("order", name, lines[0].echo, f"không ở {expected}", expected, "vị trí các thành phần")


def annexes(paper: Paper) -> Iterator[Deviation]:
    """`Phụ lục I`, `Phụ lục II` … or `Phụ lục` when there is only one; the title in capitals, the reference in italics."""
    alone = len(paper.parts) == 2
    for place, part in enumerate(paper.parts[1:], start=1):
        written = [line for line in part.lines if line.text]
        head = written[0] if written else None
        expected = "Phụ lục" if alone else f"Phụ lục {roman(place)}"
        measure = paper.measure("annex_number_size")
        if head is None or not ANNEX.fullmatch(head.text):
            yield paper.deviation("missing", "Phụ lục", head.echo if head else "", "không có số phụ lục", expected, measure.source)
            continue
        if head.text != expected:
            yield paper.deviation("numbering", "Phụ lục", head.echo, head.text, expected, measure.source)
        yield from look_at(paper, (head,), Look("Phụ lục", measure, bold=True, italic=False, align="center"))
        yield from _annex_head(paper, written[1:])


def _annex_head(paper: Paper, lines: Sequence[Line]) -> Iterator[Deviation]:
    title_size, reference_size = paper.measure("annex_title_size"), paper.measure("annex_reference_size")
    start = next((index for index, line in enumerate(lines) if line.text.startswith("(Kèm theo")), None)
    if not start:
        yield paper.deviation("missing", "Phụ lục", "", "không có tiêu đề hoặc dòng kèm theo", "tiêu đề và (Kèm theo …)", title_size.source)
        return
    yield from look_at(paper, lines[:start], Look("Tiêu đề phụ lục", title_size, bold=True, italic=False, upper=True, align="center"))
    end = next((index for index, line in enumerate(lines) if line.text.endswith(")")), start)
    reference = lines[start : end + 1]
    yield from look_at(paper, reference, Look("Dòng kèm theo", reference_size, bold=False, italic=True, align="center"))


RULES = (title, addressees, bases, body, order, annexes)
