"""Recipients and signature, and the lines at the foot of a page."""

import re
from collections.abc import Iterator, Sequence

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Line
from kheo.documents.checker.measuring import Look, Paper, look_at

RECIPIENTS, SIGNATURE = "Nơi nhận", "Người ký"
# Every way in which some profile writes a capacity; the paper has to use those of its own.
_CAPACITY = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L|T/UQ)\.?(?=\s)")


def recipients(paper: Paper) -> Iterator[Deviation]:
    """The word in its own type, then a list with dashes, the archive copy last."""
    lines = [line for line in paper.sheet.recipients if line.text]
    head, listed, forms = paper.measure("recipients_title_size"), paper.measure("recipients_size"), paper.profile.forms
    if not lines:
        yield paper.deviation("missing", RECIPIENTS, "", "không có", "Nơi nhận: …", head.source)
        return
    yield from look_at(paper, lines[:1], Look(RECIPIENTS, head, bold=forms.recipients_title_bold, italic=forms.recipients_title_italic))
    if any(run.underline != forms.recipients_title_underline for run in lines[0].runs):
        words = ("không gạch chân", "gạch chân")
        found, expected = (words[not forms.recipients_title_underline], words[forms.recipients_title_underline])
        yield paper.deviation("underline", RECIPIENTS, lines[0].echo, found, expected, head.source)
    yield from look_at(paper, lines[1:], Look(RECIPIENTS, listed, bold=False, italic=False))
    yield from _list(paper, lines[1:])


def _list(paper: Paper, lines: Sequence[Line]) -> Iterator[Deviation]:
    source = paper.measure("recipients_size").source
    for index, line in enumerate(lines):
        end = "." if index == len(lines) - 1 else paper.profile.forms.recipients_end
        if not (line.text.startswith("- ") and line.text.endswith(end)):
            yield paper.deviation("list", RECIPIENTS, line.echo, line.text[-1:], f"“- …{end}”", source)
    if not lines or not lines[-1].text.startswith("- Lưu"):
        yield paper.deviation("list", RECIPIENTS, lines[-1].echo if lines else "", "không có nơi lưu", "“- Lưu: VT, …” ở cuối", source)


def signature(paper: Paper) -> Iterator[Deviation]:
    """Capacity and post in bold capitals, room to sign, the name bold in small letters."""
    measure = paper.measure("signature_size")
    heads, name = _signed(paper.sheet.signature)
    if not heads:
        yield paper.deviation("missing", SIGNATURE, "", "không có", "chức vụ người ký", measure.source)
        return
    yield from look_at(paper, heads, Look(SIGNATURE, measure, bold=True, italic=False, upper=True, align="center"))
    yield from look_at(paper, name, Look(SIGNATURE, measure, bold=True, italic=False, align="center"))
    for line in name:
        if line.is_upper and any(letter.isalpha() for letter in line.text):
            yield paper.deviation("capitals", SIGNATURE, line.echo, "chữ in hoa", "họ tên chữ in thường", measure.source)
    found = _CAPACITY.match(heads[0].text)
    allowed = tuple(paper.profile.forms.capacities.values())
    if found and found[0] not in allowed:
        yield paper.deviation("capacity", SIGNATURE, heads[0].echo, found[0], ", ".join(allowed), measure.source)


def _signed(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What stands above the room for the signature, and what below it."""
    heads: list[Line] = []
    for index, line in enumerate(lines):
        if not line.text and heads:
            return heads, [each for each in lines[index:] if each.text]
        if line.text:
            heads.append(line)
    return heads, []


def page_foot(paper: Paper) -> Iterator[Deviation]:
    """Lines at the foot of the page are small and of one size."""
    measure = paper.measure("footer_size")
    for part in paper.parts[:1]:
        lines = [line for margin in part.page.footers.values() if not margin.has_page_number for line in margin.lines]
        yield from look_at(paper, lines, Look("Chân trang", measure, bold=False))


RULES = (recipients, signature, page_foot)
