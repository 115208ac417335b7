"""What each report says at each point of being written, and what its reviewer remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kheo.core.checking import SECTION
from kheo.core.definition import Definition
from kheo.core.figures import Figure
from kheo.demo.plan.chance import stream
from kheo.demo.plan.courses import Draft
from kheo.demo.plan.figures import FigureBook
from kheo.demo.plan.narratives import Author, write_narrative
from kheo.demo.plan.published import as_reported, spread_published
from kheo.demo.plan.sources import source
from kheo.demo.plan.story import STORY, Chapter
from kheo.demo.plan.tree import DemoTree, PlannedUnit

# How often what is sent back has a wrong figure rather than thin words.
_WRONG_FIGURE = 0.8


@dataclass(frozen=True)
class Content:
    """The figures by input cell and the texts by section of one report."""

    figures: Mapping[str, Figure]
    narrative: Mapping[str, str]


@dataclass(frozen=True)
class Remark:
    """What a reviewer says about one cell or section."""

    target: str
    text: str


@dataclass(frozen=True)
class Kept:
    """A remark that the unit answers without changing anything."""

    remark: Remark
    answer: str


class Papers:
    """The reports of one cycle, worked out when asked for, the same each time."""

    def __init__(self, chapter: Chapter, definition: Definition, tree: DemoTree, seed: int) -> None:
        self._chapter, self._definition, self._tree, self.seed = chapter, definition, tree, seed
        first = STORY[0]
        self._published = spread_published(tree.standing(first.opened_at.date()), seed)
        self._book = None if chapter.figures == "published" else FigureBook(definition, tree, self._published, seed)

    def content(self, unit_code: str, draft: Draft) -> Content:
        """What the report of a unit says."""
        if draft is Draft.NOTHING:
            return Content({}, {})
        unit = self._tree.by_code[unit_code]
        right = self._right(unit)
        if draft is Draft.PART:
            return self._part(unit, right)
        if draft is Draft.FIRST:
            return self._with_fault(unit, right)
        if draft is Draft.ODD:
            return _with_slip(right, self._slip(unit, right, may_stay=True))
        return self._amended(unit, right) if draft is Draft.AMENDED else right

    def rewritten(self, unit_code: str, figures: Mapping[str, Figure]) -> Content:
        """The report of a unit with some other figures, and texts that tell of those."""
        unit = self._tree.by_code[unit_code]
        return self._told(unit, {**self._figures(unit), **figures})

    def remarks(self, unit_code: str) -> tuple[str, tuple[Remark, ...]]:
        """Why the first report of a unit is sent back, and the remarks that go with it."""
        unit = self._tree.by_code[unit_code]
        slip = self._fault(unit, self._right(unit))
        words = self._words(unit)
        remark = Remark(slip["cell"], slip["remark"]) if slip else Remark(SECTION + words["section"], words["remark"])
        reason = self._chance("reason", unit).choice(source("slips")["returns"]["reasons"])
        return reason, (remark,)

    def kept(self, unit_code: str) -> Kept | None:
        """What the reviewer asks about besides, and the unit leaves as it is: in every other report that is sent back."""
        unit = self._tree.by_code[unit_code]
        right = self._right(unit)
        slip = self._fault(unit, right)
        asked = [
            each
            for each in source("slips")["returns"]["kept"]
            if right.figures.get(each["cell"]) and each["cell"] != (slip or {}).get("cell")
        ]
        chance = self._chance("kept", unit)
        if not asked or chance.random() < 0.5:
            return None
        chosen = chance.choice(asked)
        return Kept(Remark(chosen["cell"], chosen["remark"]), chosen["answer"])

    def reason(self, unit_code: str) -> str:
        """Why a unit amends its report."""
        unit = self._tree.by_code[unit_code]
        return str(self._amendment(unit, self._right(unit))["reason"])

    def _chance(self, purpose: str, unit: PlannedUnit) -> Random:
        return stream(self.seed, purpose, self._chapter.cycle, unit.code)

    def _right(self, unit: PlannedUnit) -> Content:
        return self._told(unit, self._figures(unit))

    def _told(self, unit: PlannedUnit, figures: Mapping[str, Figure]) -> Content:
        author: Author = "top" if unit is self._tree.federation else "inner" if unit.is_inner else "leaf"
        words = write_narrative(self._definition, self._chapter.year, figures, author=author, chance=self._chance("words", unit))
        return Content(figures, words)

    def _figures(self, unit: PlannedUnit) -> Mapping[str, Figure]:
        if self._book is None:
            return as_reported(self._published[unit.code], self._chance("published", unit))
        return self._book.half(unit) if self._chapter.figures == "half" else self._book.year(unit)

    def _part(self, unit: PlannedUnit, right: Content) -> Content:
        """The first cells and the first text, as far as somebody came."""
        count = int(len(right.figures) * self._chance("part", unit).uniform(0.3, 0.7))
        first = next(iter(right.narrative.items()), None)
        return Content(dict(list(right.figures.items())[:count]), dict([first] if first else []))

    def _with_fault(self, unit: PlannedUnit, right: Content) -> Content:
        slip = self._fault(unit, right)
        if slip:
            return _with_slip(right, slip)
        words = self._words(unit)
        return Content(right.figures, {**right.narrative, words["section"]: words["thin"]})

    def _fault(self, unit: PlannedUnit, right: Content) -> Mapping[str, Any] | None:
        """The slip that is sent back, or None where the words are too thin."""
        is_figure = self._chance("fault", unit).random() < _WRONG_FIGURE
        return self._slip(unit, right, may_stay=False) if is_figure else None

    def _words(self, unit: PlannedUnit) -> Mapping[str, Any]:
        words: list[dict[str, Any]] = source("slips")["returns"]["words"]
        return self._chance("thin", unit).choice(words)

    def _slip(self, unit: PlannedUnit, right: Content, *, may_stay: bool) -> Mapping[str, Any] | None:
        """One of the slips that this report gives room for."""
        possible = [slip for slip in source("slips")["slips"] if _is_possible(slip, right) and (slip.get("may_stay") or not may_stay)]
        return self._chance("slip", unit).choice(possible) if possible else None

    def _amendment(self, unit: PlannedUnit, right: Content) -> Mapping[str, Any]:
        possible = [each for each in source("slips")["amendments"] if isinstance(right.figures.get(each["cell"]), int)]
        if not possible:
            raise LookupError(f"{unit.code} has nothing to amend")
        return self._chance("amendment", unit).choice(possible)

    def _amended(self, unit: PlannedUnit, right: Content) -> Content:
        amendment = self._amendment(unit, right)
        figure = right.figures[amendment["cell"]]
        assert isinstance(figure, int)
        return Content({**right.figures, amendment["cell"]: figure + amendment["add"]}, right.narrative)


def _is_possible(slip: Mapping[str, Any], right: Content) -> bool:
    figure = right.figures.get(slip["cell"])
    return isinstance(figure, int) and figure >= slip["from"]


def _with_slip(right: Content, slip: Mapping[str, Any] | None) -> Content:
    if slip is None:
        return right
    figure = right.figures[slip["cell"]]
    assert isinstance(figure, int)
    wrong = slip.get("replace", figure * slip.get("multiply", 1) // slip.get("divide", 1))
    return Content({**right.figures, slip["cell"]: wrong}, right.narrative)
