"""One face and one colour everywhere: in the text, in tables, in headers and footers."""

from collections.abc import Iterator

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Line
from kheo.documents.checker.measuring import Paper

_BLACK = ("auto", "000000")


def _every_line(paper: Paper) -> Iterator[tuple[str, Line]]:
    for place, part in enumerate(paper.parts):
        name = f"Phụ lục thứ {place}" if place else "Văn bản"
        yield from ((name, line) for line in part.lines)
        seen = (*part.page.headers.values(), *part.page.footers.values())
        yield from (("Đầu trang, chân trang", line) for margin in seen for line in margin.lines)


def font(paper: Paper) -> Iterator[Deviation]:
    """The face of the profile, named for every script, by name and not by the theme."""
    wanted = frozenset({paper.profile.font})
    for part, line in _every_line(paper):
        others = sorted({name for run in line.runs for name in run.fonts - wanted})
        unnamed = any(not run.fonts for run in line.runs)
        if others or unnamed:
            found = ", ".join(others) or "không ghi phông chữ"
            yield paper.deviation("font", part, line.echo, found, paper.profile.font, paper.profile.font_source)


def colour(paper: Paper) -> Iterator[Deviation]:
    """Black."""
    for part, line in _every_line(paper):
        others = sorted({run.colour for run in line.runs} - set(_BLACK))
        if others:
            yield paper.deviation("colour", part, line.echo, f"màu {', '.join(others)}", "màu đen", paper.profile.font_source)


RULES = (font, colour)
