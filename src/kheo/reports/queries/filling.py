"""What the unit's own page shows: its answers so far, last period beside them, what stands below, remarks, what is still open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.answers import UNANSWERED, Answer
from kheo.core.checking import CellProblem, Words, problems_of
from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Content, Definition, Indicator, parse_formula
from kheo.core.evidence import takes_files
from kheo.core.figures import NA, Figure, Figures, classify, unanswered, with_totals
from kheo.core.plausibility import NOTHING, Standard
from kheo.core.reading import SYSTEM, divide
from kheo.core.wall import Veil
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.org.queries import names_around
from kheo.reports.models import Decision, Obligation, Report, Revision
from kheo.reports.queries.drift import Behind, behind
from kheo.reports.queries.evidence import Proof, evidence_of
from kheo.reports.queries.past import Past, past_of
from kheo.reports.queries.plausible import standard_for
from kheo.reports.queries.remarks import Asking, Remark, remarks_on
from kheo.reports.queries.totals import below
from kheo.reports.queries.walls import Viewpoint, terms_of_code, viewpoint, walled_keys, walls

T = TypeVar("T")
_COVERED: Veil = "covered"


@dataclass(frozen=True)
class Count:
    """How many of the cells to fill in are answered."""

    answered: int
    of: int

    @property
    def left(self) -> int:
        """Cells still to answer."""
        return self.of - self.answered


@dataclass(frozen=True)
class Standing:
    """A draft read through: totals and ratios, what is not answered, what else stands in the way or asks for a second look."""

    figures: Mapping[str, Figure]
    ratios: Mapping[str, Decimal | None]
    unanswered: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    count: Count
    by_content: Mapping[str, Count]

    @property
    def errors(self) -> tuple[CellProblem, ...]:
        """The problems that forbid submission, apart from unanswered cells."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def to_explain(self) -> tuple[CellProblem, ...]:
        """Odd figures that the campaign wants explained, as long as nobody has: they forbid submission as well."""
        return tuple(problem for problem in self.problems if problem.severity == "explain")

    @property
    def questions(self) -> tuple[CellProblem, ...]:
        """The problems that only ask whether a figure is meant so, or whether a text holds personal data."""
        return tuple(problem for problem in self.problems if problem.severity in ("question", "confirm"))

    @property
    def to_confirm(self) -> tuple[CellProblem, ...]:
        """Texts with what looks like personal data: whoever signs says that they are right."""
        return tuple(problem for problem in self.problems if problem.severity == "confirm")

    @property
    def is_complete(self) -> bool:
        """Whether the head could submit it as it is."""
        return not self.unanswered and not any(problem.blocks for problem in self.problems)


def standing_of(definition: Definition, figures: Figures, words: Words | Mapping[str, str], standard: Standard = NOTHING) -> Standing:
    """Read a draft through, held against `standard`; nothing is asked of the database. `words` may be the narrative alone."""
    open_cells = unanswered(definition, figures)
    complete = with_totals(definition, figures)
    missing = {cell.key for cell in open_cells}
    by_content = {content.id: _count(definition, content.id, missing) for content in definition.contents}
    return Standing(
        figures=complete,
        ratios={each.code: _ratio(each, complete) for each in definition.indicators if is_own_ratio(each)},
        unanswered=tuple(cell.key for cell in open_cells),
        # problems_of names the unanswered cells first, one each; here they stand apart.
        problems=problems_of(definition, figures, words, standard)[len(open_cells) :],
        count=Count(len(definition.input_cells) - len(open_cells), len(definition.input_cells)),
        by_content=by_content,
    )


def _count(definition: Definition, content: str, missing: set[str]) -> Count:
    keys = [cell.key for each in definition.indicators_of(content) for cell in definition.cells_of(each.code) if not cell.is_total]
    return Count(sum(key not in missing for key in keys), len(keys))


def is_own_ratio(indicator: Indicator) -> bool:
    """A ratio that one report can show; those that the system counts over many units cannot be."""
    if indicator.aggregation != "ratio":
        return False
    return not f"{indicator.numerator} {indicator.denominator}".count(SYSTEM)


def _ratio(indicator: Indicator, figures: Figures) -> Decimal | None:
    def amount(key: str) -> int | None:
        figure = figures.get(key)
        return figure if isinstance(figure, int) else None

    terms = [parse_formula(formula or "").evaluate(amount) for formula in (indicator.numerator, indicator.denominator)]
    return divide(terms[0], terms[1])


@dataclass(frozen=True)
class Below:
    """Sums over the accepted reports below a unit, its own left out: how many there are, of how many."""

    reported: int
    expected: int
    figures: Mapping[str, int | None]


@dataclass(frozen=True)
class Sheet:
    """Everything on the page of one report. `hidden`: codes and cells whose numbers this reader must not see, and what is said instead.

    `counted`: cells that registers count, as they count now; `drift`: of what was sent, where they count otherwise than then, in words.
    """

    definition: Definition
    standing: Standing
    narrative: Mapping[str, str]
    past: Past | None
    below: Below | None
    remarks: Mapping[str, Remark]
    explanations: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Proof, ...] = ()
    hidden: Mapping[str, Veil] = field(default_factory=dict)
    is_ready: bool = False
    counted: Mapping[str, CountedCell] = field(default_factory=dict)
    drift: Mapping[str, str] = field(default_factory=dict)


def sheet(obligation: Obligation, report: Report | None, view: Viewpoint | None = None, *, is_own: bool = True) -> Sheet:
    """The page of a report; `view` is where the reader stands, None for the unit itself and its recipient, who see its every number.

    Of the sums below it, only its own people (`is_own`) are told those of walled contents: a small one may be a single unit's.
    """
    definition = definition_of(obligation.cycle.edition_id)
    figures: Figures = report.figures if report else {}
    evidence = evidence_of(report)
    words = words_of(report, evidence)
    past = past_of(obligation, definition)
    standard = standard_for(obligation, past.figures if past else {}) if _is_written(report) else NOTHING
    sent = Behind(standard.counted, {}) if _is_written(report) else behind(obligation, report.latest if report else None)
    standing, remarks = standing_of(definition, figures, words, standard), remarks_on(report) if report else {}
    whole = Sheet(
        definition=definition,
        standing=standing,
        narrative=words.narrative,
        past=past,
        below=below_of(obligation, definition, report.accepted if report else None),
        remarks=remarks,
        explanations=words.explanations,
        evidence=evidence,
        is_ready=_is_ready(report, standing, remarks),
        counted=sent.counted,
        drift=sent.drift,
    )
    if view is not None:
        return _behind_the_wall(whole, obligation, report, view)
    return whole if is_own or whole.below is None else replace(whole, below=open_below(whole.below, definition))


def open_below(below: Below, definition: Definition) -> Below:
    """Sums below a unit as others may see them: of walled contents the consolidated table alone speaks."""
    return replace(below, figures=_without(below.figures, walled_keys(definition)))


def view_from(obligation: Obligation, unit: SnapshotUnit, reading: Collection[int]) -> Viewpoint | None:
    """From where a reader of these units looks at a unit's report; None from the unit itself and from its recipient."""
    near = {obligation.unit_id, obligation.filler_id, obligation.recipient_id, obligation.first_recipient_id}
    return None if near & set(reading) else viewpoint(reading, unit)


def untold_cells(obligation: Obligation, unit: SnapshotUnit, reading: Collection[int]) -> frozenset[str]:
    """Cells whose numbers a story does not tell these readers: what counted once and what was only a draft stand there side by side."""
    return frozenset(walled_keys(definition_of(obligation.cycle.edition_id))) if view_from(obligation, unit, reading) else frozenset()


def _behind_the_wall(whole: Sheet, obligation: Obligation, report: Report | None, view: Viewpoint) -> Sheet:
    """What a reader above may see: of walled contents only the numbers that the consolidated table shows from there.

    So nothing that is not yet counted, nothing of another period, no sum below one that is hidden, and no words about such a cell,
    whether or not anything asks for them there.
    """
    definition, figures = whole.definition, whole.standing.figures
    walled = walled_keys(definition)
    counted = with_totals(definition, report.accepted.figures) if report and report.accepted else {}
    uncounted = [key for key in walled if key in figures and (key not in counted or figures[key] != counted[key])]
    hidden = veils(obligation.cycle, definition, view, is_inner=whole.below is not None) | dict.fromkeys(uncounted, _COVERED)
    made_of_hidden = [key for key in walled if not hidden.keys().isdisjoint(terms_of_code(definition, key))]
    hidden |= {key: _COVERED for key in made_of_hidden if key not in hidden}
    return replace(
        whole,
        past=Past(whole.past.name, _without(whole.past.figures, walled)) if whole.past else None,
        below=replace(whole.below, figures=_without(whole.below.figures, hidden)) if whole.below else None,
        remarks=_without(whole.remarks, walled),
        explanations=_without(whole.explanations, walled),
        counted=_without(whole.counted, walled),
        drift=_without(whole.drift, walled),
        evidence=tuple(each for each in whole.evidence if takes_files(definition.content_of(each.content))),
        hidden=hidden,
    )


def _without(found: Mapping[str, T], keys: Collection[str]) -> dict[str, T]:
    return {key: value for key, value in found.items() if key not in keys}


def veils(cycle: Cycle, definition: Definition, view: Viewpoint, *, is_inner: bool) -> dict[str, Veil]:
    """What is said instead of the numbers of a unit's own report that are hidden from there; parts go with their total."""
    guarded = [each for each in definition.indicators if each.code in set(walled_keys(definition))]
    found: dict[str, Veil] = {}
    for code, hidden in walls(cycle, definition, view, guarded).items():
        total: Veil | None = hidden.over_total
        veil = (hidden.over_own or (total and _COVERED)) if is_inner else total
        if veil:
            found |= dict.fromkeys((code, *(cell.key for cell in definition.cells_of(code))), veil)
    parts = (cell.key for each in guarded for cell in definition.cells_of(each.code) if cell.part is not None)
    return found if view.is_at_top else found | dict.fromkeys(parts, _COVERED)


def draft(obligation: Obligation) -> Sheet:
    """The answers as they are in the database now, without what stands beside them: enough to answer a save."""
    definition = definition_of(obligation.cycle.edition_id)
    report = Report.objects.filter(obligation=obligation).first()
    words = words_of(report)
    standing = standing_of(definition, report.figures if report else {}, words, standard_for(obligation))
    remarks = remarks_on(report) if report else {}
    is_ready = _is_ready(report, standing, remarks)
    return Sheet(definition, standing, words.narrative, None, None, remarks, words.explanations, is_ready=is_ready)


def _is_ready(report: Report | None, standing: Standing, remarks: Mapping[str, Remark]) -> bool:
    asked = Asking(len(remarks), sum(each.reply is None for each in remarks.values()))
    return report is not None and lacks_only_signature(report, standing, asked)


def words_of(report: Report | None, evidence: Sequence[Proof] | None = None) -> Words:
    """What is written in a draft beside its figures; `evidence` where it was read already."""
    if report is None:
        return Words({})
    proofs = evidence_of(report) if evidence is None else evidence
    return Words(report.narrative, report.explanations, {str(each.id): each.caption for each in proofs if each.caption})


def _is_written(report: Report | None) -> bool:
    """Whether the draft is being written, so that its figures are asked about."""
    return report is None or report.state in (State.DRAFT, State.RETURNED)


def below_of(obligation: Obligation, definition: Definition, accepted: Revision | None) -> Below | None:
    """Sums below a unit that has units below; None for the others."""
    found = below(obligation, definition, accepted)
    if found is None:
        return None
    return Below(found["reported"], found["expected"], found["values"])  # type: ignore[arg-type]  # a JSON object, stored as it is


def plain_answer(figures: Figures, key: str) -> Answer:
    """What a cell holds, `UNANSWERED` when nothing."""
    return figures.get(key, UNANSWERED)


@dataclass(frozen=True)
class ClassCounts:
    """How many of the answered cells say what."""

    number: int
    zero: int
    blank: int
    not_applicable: int


def class_counts(definition: Definition, figures: Figures) -> ClassCounts:
    """Over the cells that people fill in."""
    answers = [figures[cell.key] for cell in definition.input_cells if cell.key in figures]
    zero = sum(answer == 0 for answer in answers)
    blank = sum(answer is None for answer in answers)
    not_applicable = sum(answer == NA for answer in answers)
    return ClassCounts(len(answers) - zero - blank - not_applicable, zero, blank, not_applicable)


@dataclass(frozen=True)
class ContentSummary:
    """What a report says about one content, by indicator: a breakdown counts by its total."""

    content: Content
    numbers: tuple[Indicator, ...]
    zero: tuple[Indicator, ...]
    blank: tuple[Indicator, ...]
    not_applicable: tuple[Indicator, ...]
    unanswered: tuple[Indicator, ...]


def summaries(definition: Definition, figures: Figures) -> list[ContentSummary]:
    """What will be signed, content by content: first the numbers, then the indicators that gave none, and why."""
    found = []
    for content in definition.contents:
        kinds: dict[str, list[Indicator]] = {}
        for indicator in definition.indicators_of(content.id):
            if indicator.aggregation != "ratio":
                kinds.setdefault(_kind_of(figures, indicator.code), []).append(indicator)
        order = ("number", "zero", "blank", "not_applicable", UNANSWERED)
        found.append(ContentSummary(content, *(tuple(kinds.get(kind, ())) for kind in order)))
    return found


def _kind_of(figures: Figures, code: str) -> str:
    return classify(figures[code]) if code in figures else UNANSWERED


def name_of(unit: int, on: date) -> str:
    """What a unit is called on a day; of one that has ended, its last name; of one that begins later, its first."""
    return names_around([unit], on).get(unit, "")


def last_decision(report: Report) -> Decision | None:
    """What the recipient decided about the last submission, or None while nothing is decided."""
    return Decision.objects.filter(revision=report.latest_id).first() if report.latest_id else None


def supplement_reason(report: Report | None) -> str:
    """Why something is added to what was accepted, as the unit put it; empty where nothing is. A return in between has its own reason."""
    if report is None or report.accepted_id is None or report.latest is None:
        return ""
    return report.reason if report.latest_id == report.accepted_id else report.latest.reason


def is_recalled(report: Report) -> bool:
    """Whether the draft is one that its unit took back: after an acceptance (a supplement) the last revision is the accepted one."""
    return report.state == State.DRAFT and report.latest_id is not None and report.latest_id != report.accepted_id


def is_touched(report: Report) -> bool:
    """Whether the draft differs from what was last sent; always, while nothing was."""
    sent = report.latest
    if sent is None or report.figures != sent.figures or report.narrative != sent.narrative:
        return True
    return bool(report.explanations != (sent.enclosures or {}).get("explanations", {}))


def lacks_only_signature(report: Report, standing: Standing, asking: Asking) -> bool:
    """What the home page, the page of the report and reminders all go by.

    What came back is not ready before it was changed, or every remark answered.
    """
    if not standing.is_complete or asking.left:
        return False
    return report.state != State.RETURNED or is_touched(report) or asking.all > 0
