"""The head of the first page: country or Party, issuer, number, place and date, the subject of a letter, and the lines drawn there."""

import re
from collections.abc import Iterator

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Line
from kheo.documents.checker.measuring import Look, Paper, look_at
from kheo.documents.checker.sheet import DATE
from kheo.documents.metrics import text_width
from kheo.documents.profiles import Measure
from kheo.documents.profiles.profile import LINE

COUNTRY, ISSUER, SUPERIOR = "Quốc hiệu, tiêu đề", "Cơ quan ban hành", "Cơ quan cấp trên"
NUMBER, DATED, LETTER = "Số, ký hiệu", "Địa danh, thời gian", "Trích yếu công văn"
_DRAWN = re.compile(r"[-_─—=~*]{3,}")
_BLANK = re.compile(r"[.…]+")
_SLACK_SHARE = 0.06


def country(paper: Paper) -> Iterator[Deviation]:
    """Every line of the right head with its letters, in the right column."""
    there = {line.text.upper(): line for line in paper.sheet.country}
    for each in paper.profile.head:
        line = there.get(each.text.upper())
        if line is None:
            yield paper.deviation("missing", COUNTRY, "", "không có", each.text, each.size.source)
            continue
        yield from look_at(paper, (line,), Look(COUNTRY, each.size, bold=True, italic=False, align="center"))
        if line.text != each.text:
            yield paper.deviation("capitals", COUNTRY, line.echo, line.text, each.text, each.size.source)


def issuer(paper: Paper) -> Iterator[Deviation]:
    """The issuer in bold capitals, the body above it in upright ones."""
    name, above = paper.measure("issuer_size"), paper.measure("superior_size")
    if not paper.sheet.issuer:
        yield paper.deviation("missing", ISSUER, "", "không có", "tên cơ quan ban hành", name.source)
    yield from look_at(paper, paper.sheet.issuer, Look(ISSUER, name, bold=True, italic=False, upper=True, align="center"))
    yield from look_at(paper, paper.sheet.superior, Look(SUPERIOR, above, bold=False, italic=False, upper=True, align="center"))


def number(paper: Paper) -> Iterator[Deviation]:
    """`Số: 05/BC-LĐLĐ` or `Số 127-QĐ/TW`: padded, without spaces, with the signs of the profile."""
    measure, forms = paper.measure("number_size"), paper.profile.forms
    if not paper.sheet.number:
        yield paper.deviation("missing", NUMBER, "", "không có", f"{forms.number_prefix}…", measure.source)
        return
    line = paper.sheet.number[0]
    yield from look_at(paper, (line,), Look(NUMBER, measure, bold=False, italic=False))
    expected = _number_form(paper)
    if not re.fullmatch(expected, line.text):
        shown = f"{forms.number_prefix}05{forms.number_joiner}BC{forms.notation_joiner}…"
        yield paper.deviation("number", NUMBER, line.echo, line.text, f"dạng “{shown}”", measure.source)


def _number_form(paper: Paper) -> str:
    """A pattern of the whole line. The code of a type stands first, but not in a letter of a profile that gives letters none."""
    forms = paper.profile.forms
    outer, inner = re.escape(forms.number_joiner), re.escape(forms.notation_joiner)
    word = r"[A-ZĐĂÂÊÔƠƯ0-9]+(?:\.[A-ZĐĂÂÊÔƠƯ0-9]+)*"
    if not paper.sheet.is_letter:
        notation = f"{word}(?:{inner}{word})*"
    elif forms.letter_type:
        notation = f"{re.escape(forms.letter_type)}(?:{inner}{word})*"
    else:
        notation = f"(?!CV(?:{inner}|$)){word}(?:{inner}{word})*"
    return rf"{re.escape(forms.number_prefix)}(?:0[1-9]|[1-9][0-9]+|[.…]+)(?:{outer}{notation})?"


def dated(paper: Paper) -> Iterator[Deviation]:
    """Place, comma, date; days below 10 and the months 1 and 2 padded, no others."""
    measure = paper.measure("place_date_size")
    if not paper.sheet.date:
        yield paper.deviation("missing", DATED, "", "không có", "…, ngày … tháng … năm …", measure.source)
        return
    yield from look_at(paper, paper.sheet.date, Look(DATED, measure, bold=False, italic=True))
    line = paper.sheet.date[-1]
    found = DATE.search(line.text)
    assert found is not None
    if not (_is_day(found[1]) and _is_month(found[2])):
        expected = "ngày dưới 10 và tháng 1, 2 thêm số 0"
        yield paper.deviation("date", DATED, line.echo, found[0], expected, measure.source)
    place = line.text[: found.start()].strip()
    if place and not place.endswith(","):
        yield paper.deviation("date", DATED, line.echo, place, "dấu phẩy sau địa danh", measure.source)


def _is_day(text: str) -> bool:
    return bool(_BLANK.fullmatch(text) or re.fullmatch("0[1-9]|[12][0-9]|3[01]", text))


def _is_month(text: str) -> bool:
    return bool(_BLANK.fullmatch(text) or re.fullmatch("0[12]|[3-9]|1[0-2]", text))


def letter_subject(paper: Paper) -> Iterator[Deviation]:
    """The subject of a letter, in the middle under its number, after a gap."""
    lines, measure, forms = paper.sheet.letter_subject, paper.measure("letter_subject_size"), paper.profile.forms
    if not lines:
        return
    yield from look_at(paper, lines, Look(LETTER, measure, bold=False, italic=forms.letter_subject_italic, align="center"))
    if not lines[0].text.startswith(forms.letter_prefix):
        yield paper.deviation("letter", LETTER, lines[0].echo, lines[0].text[:10], f"mở đầu bằng “{forms.letter_prefix}”", measure.source)
    gap = paper.measure("letter_subject_gap")
    if not gap.allows(lines[0].shape.before, 0.5, exactly=paper.exactly):
        yield paper.deviation("gap", LETTER, lines[0].echo, f"{lines[0].shape.before:g} pt", f"{gap.value:g} pt", gap.source)


def lines_drawn(paper: Paper) -> Iterator[Deviation]:
    """Lines are borders of the right length, and never signs typed one after the other; a star where the profile has one."""
    yield from _below_country(paper)
    yield from _below_issuer(paper)
    for line in paper.sheet.lines:
        if _DRAWN.fullmatch(line.text.replace(" ", "")):
            yield paper.deviation("line", "Đường kẻ", line.echo, "gõ bằng ký tự", "đường kẻ liền (viền của đoạn)", "")


def _below_country(paper: Paper) -> Iterator[Deviation]:
    if not paper.sheet.country:
        return
    last, rule = paper.sheet.country[-1], paper.profile.head[-1]
    whole = Measure(1.0, 1.0, 1.0, rule.size.source)
    width = text_width(rule.text, rule.size.value, bold=True)
    yield from _line(paper, last, COUNTRY, width, whole)


def _below_issuer(paper: Paper) -> Iterator[Deviation]:
    names, mark = paper.sheet.issuer, paper.profile.forms.issuer_mark
    if not names:
        return
    measure = paper.measure("issuer_rule")
    if mark != LINE:
        below = paper.sheet.after(names)
        if below is None or below.text != mark:
            found = f"“{below.echo}”" if below and below.text else "không có"
            yield paper.deviation("line", ISSUER, names[-1].echo, found, f"dấu {mark} dưới tên cơ quan", measure.source)
        return
    width = max(text_width(line.text, line.runs[0].size, bold=True) for line in names)
    yield from _line(paper, names[-1], ISSUER, width, measure)


def _line(paper: Paper, above: Line, part: str, width: float, share: Measure) -> Iterator[Deviation]:
    """The border of the empty paragraph below a line, as a share of the width of what stands above."""
    below = paper.sheet.after((above,))
    if below is None or below.text or not (below.shape.border_below or below.shape.border_above):
        yield paper.deviation("line", part, above.echo, "không có", "đường kẻ bên dưới", share.source)
        return
    inside = above.cell.width if above.cell else paper.profile.text_width
    found = (inside - below.shape.left - below.shape.right) / width if width else 0.0
    if inside and not share.allows(found, _SLACK_SHARE, exactly=False):
        expected = f"{share.least:.2f}–{share.most:.2f} lần độ dài dòng chữ".replace(".", ",")
        yield paper.deviation("line", part, above.echo, f"{found:.2f} lần".replace(".", ","), expected, share.source)


RULES = (country, issuer, number, dated, letter_subject, lines_drawn)
