"""Measuring a line against the profile: one deviation for each thing that is not as it should be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Line, Part
from kheo.documents.checker.sheet import Sheet
from kheo.documents.profiles import Measure, PaperProfile

# A twentieth of a point is Word's unit; what a program rounds on saving again is no deviation.
SLACK_MM, SLACK_POINTS = 0.3, 0.01
_ALIGNMENTS = {"center": "giữa", "left": "trái", "right": "phải", "both": "đều hai bên", "start": "trái", "end": "phải"}


@dataclass(frozen=True)
class Paper:
    """A paper under measure. `exactly`: as our own layout prints it; otherwise whatever the rule allows."""

    parts: tuple[Part, ...]
    sheet: Sheet
    profile: PaperProfile
    exactly: bool

    def measure(self, name: str) -> Measure:
        """A number of the profile."""
        return self.profile.measures[name]

    def deviation(self, rule: str, part: str, place: str, found: str, expected: str, article: str = "") -> Deviation:
        """A deviation with its source; `article` says where in the rule it stands."""
        return Deviation(rule, part, place, found, expected, f"{self.profile.source}, {article}" if article else self.profile.source)


@dataclass(frozen=True)
class Look:
    """How the lines of a part should look; None: not asked."""

    part: str
    size: Measure
    bold: bool | None = None
    italic: bool | None = None
    upper: bool = False
    align: str | None = None


def look_at(paper: Paper, lines: Iterable[Line], look: Look) -> Iterator[Deviation]:
    """Everything about these lines that differs from the look."""
    for line in lines:
        if not line.text:
            continue
        yield from _sizes(paper, line, look)
        yield from _styles(paper, line, look)
        if look.upper and not line.is_upper:
            yield paper.deviation("capitals", look.part, line.echo, "có chữ thường", "chữ in hoa", look.size.source)
        if look.align and line.shape.align != look.align:
            found = _ALIGNMENTS.get(line.shape.align, line.shape.align)
            yield paper.deviation("alignment", look.part, line.echo, f"căn {found}", f"căn {_ALIGNMENTS[look.align]}", look.size.source)


def _sizes(paper: Paper, line: Line, look: Look) -> Iterator[Deviation]:
    wrong = sorted({run.size for run in line.runs if not look.size.allows(run.size, SLACK_POINTS, exactly=paper.exactly)})
    if wrong:
        found = ", ".join(f"cỡ {number(size)}" for size in wrong)
        yield paper.deviation("size", look.part, line.echo, found, f"cỡ {wanted(look.size, paper)}", look.size.source)


def _styles(paper: Paper, line: Line, look: Look) -> Iterator[Deviation]:
    for name, want, words in (("bold", look.bold, ("đậm", "không đậm")), ("italic", look.italic, ("nghiêng", "đứng"))):
        if want is None or not line.runs:
            continue
        if any(getattr(run, name) != want for run in line.runs):
            yield paper.deviation(name, look.part, line.echo, f"chữ {words[want]}", f"chữ {words[not want]}", look.size.source)


def number(value: float) -> str:
    """A length or a size as people write it: `12,7`."""
    return f"{round(value, 1):g}".replace(".", ",")


def wanted(measure: Measure, paper: Paper) -> str:
    """What the rule wants: the printed number, or the range."""
    if paper.exactly or measure.least == measure.most:
        return number(measure.value)
    return f"{number(measure.least)}–{number(measure.most)}"
