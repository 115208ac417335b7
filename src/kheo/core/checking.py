"""What stands between a draft and its submission: every problem at once, each about a cell or a section."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from kheo.core.counted_cells import CountedCell, difference_words, differing
from kheo.core.definition import Cell, CheckProblem, Definition, run_checks
from kheo.core.figures import NA, Figure, Figures, is_number, unanswered, with_totals
from kheo.core.labels import cell_label
from kheo.core.personal_data import personal_words
from kheo.core.plausibility import NOTHING, Doubt, Standard, doubts

SECTION = "section:"
EXPLAIN = "explain:"
CAPTION = "caption:"
MOST_EXPLAINED = 500
TOO_LARGE = "tổng các phần vượt 13 chữ số. Kiểm tra lại số liệu và đơn vị tính."
FROM_BEFORE = "Các số này lấy từ sổ; có việc bắt đầu từ kỳ trước không?"
NOT_ANSWERED = "chưa nhập. Nhập số, hoặc chọn “không phát sinh”, “chưa có số liệu”, “không áp dụng”."


Severity = Literal["error", "explain", "confirm", "question", "explained"]


@dataclass(frozen=True)
class CellProblem:
    """A problem in Vietnamese with the place to jump to (`C304`, `B01.KT`, `section:II`, `explain:C304`).

    `error` and `explain` (a figure that needs a line of explanation first) block submission; `confirm` waits for whoever signs to
    say that it is right; a `question` blocks nothing; `explained` was such a demand and is met. The place of an explanation is
    `EXPLAIN` and its cell.
    """

    target: str
    message: str
    severity: Severity = "error"
    others: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be sent before it is mended, whoever signs."""
        return self.severity in ("error", "explain")

    @property
    def cell(self) -> str:
        """The cell that it is about, also where the place is an explanation of it; a section as it is."""
        return self.target.removeprefix(EXPLAIN)


@dataclass(frozen=True)
class Words:
    """What somebody wrote beside the figures: sections by id, explanations by cell, captions of evidence by its number."""

    narrative: Mapping[str, str]
    explanations: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Every text by its target."""
        return {
            **{SECTION + key: text for key, text in self.narrative.items()},
            **{EXPLAIN + key: text for key, text in self.explanations.items()},
            **{CAPTION + key: text for key, text in self.captions.items()},
        }


def problems_of(
    definition: Definition, figures: Figures, words: Words | Mapping[str, str], standard: Standard = NOTHING
) -> tuple[CellProblem, ...]:
    """Everything about a draft, in the order of the form: first the unanswered cells, then what is wrong, doubtful or personal.

    `words` may be the narrative alone; `standard` is what the figures are held against (`reports.queries.plausible`).
    """
    said = words if isinstance(words, Words) else Words(words)
    found = [CellProblem(cell.key, f"{label_of(definition, cell.key)}: {NOT_ANSWERED}") for cell in unanswered(definition, figures)]
    complete = with_totals(definition, figures)
    found += [CellProblem(cell.key, f"{label_of(definition, cell.key)}: {TOO_LARGE}") for cell in _too_large(definition, complete)]
    others = differing(standard.counted, figures)
    following = standard.counted.keys() - others.keys()
    found += [_broken(fault, following) for fault in run_checks(definition, complete)]
    found += [_other_number(definition, cell, figures[key], said) for key, cell in others.items()]
    # One line answers for a cell: where it has to say why the register is not followed, it is not asked a second time.
    asked = (doubt for doubt in doubts(definition, figures, standard) if not (doubt.must_explain and doubt.cell in others))
    found += [_asked(definition, doubt, said) for doubt in asked]
    return (*found, *section_problems(definition, said.narrative), *explanation_problems(definition, said), *personal(definition, said))


def _broken(fault: CheckProblem, following: Set[str]) -> CellProblem:
    """A relation that does not hold. Where the numbers of registers alone break it, some of what they count began in another period."""
    if fault.asks_if_counted and following >= set(fault.cells):
        return CellProblem(fault.cells[0], f"{fault.message} {FROM_BEFORE}", "question", fault.cells[1:])
    return CellProblem(fault.cells[0], fault.message, fault.severity, fault.cells[1:])


def _other_number(definition: Definition, cell: CountedCell, figure: Figure, said: Words) -> CellProblem:
    """A cell that does not follow its register: why, in one line; behind the wall, where no words are taken, it has to follow."""
    sentence = f"{label_of(definition, cell.key)}: {difference_words(cell, figure)}."
    if cell.is_walled:
        return CellProblem(cell.key, f"{sentence} Lấy số của sổ; sổ ghi chưa đúng thì sửa trong sổ.")
    is_explained = said.explanations.get(cell.key, "").strip() != ""
    message = f"{sentence} Lấy số của sổ, hoặc ghi một dòng vì sao khác."
    return CellProblem(EXPLAIN + cell.key, message, "explained" if is_explained else "explain")


def _asked(definition: Definition, doubt: Doubt, said: Words) -> CellProblem:
    """A doubt as a question, or as the demand to explain it as long as nobody has."""
    sentence = f"{label_of(definition, doubt.cell)} {doubt.words}."
    if not doubt.must_explain:
        return CellProblem(doubt.cell, f"{sentence} Có đúng không?", "question")
    is_explained = said.explanations.get(doubt.cell, "").strip() != ""
    return CellProblem(EXPLAIN + doubt.cell, f"{sentence} Nếu đúng, ghi một dòng vì sao.", "explained" if is_explained else "explain")


def explanation_problems(definition: Definition, said: Words) -> list[CellProblem]:
    """Explanations over their limit."""
    return [
        CellProblem(EXPLAIN + key, f"{label_of(definition, EXPLAIN + key)}: dài {len(text)} ký tự, tối đa {MOST_EXPLAINED}.")
        for key, text in said.explanations.items()
        if len(text) > MOST_EXPLAINED
    ]


def personal(definition: Definition, said: Words) -> list[CellProblem]:
    """Texts that hold what looks like personal data, one problem for each place, with what was found."""
    problems: list[CellProblem] = []
    for target, text in said.texts().items():
        found = personal_words(text)
        if found:
            message = f"{label_of(definition, target)}: {found}. Nên bỏ dữ liệu cá nhân khỏi báo cáo."
            problems.append(CellProblem(target, message, "confirm"))
    return problems


def _too_large(definition: Definition, figures: Figures) -> list[Cell]:
    """Totals of breakdowns over the limit of a figure: beyond it, sums over a country could leave int64."""
    totals = [cell for cell in definition.cells if cell.is_total]
    return [cell for cell in totals if not (figures.get(cell.key) in (None, NA) or is_number(figures[cell.key]))]


def section_problems(definition: Definition, narrative: Mapping[str, str]) -> list[CellProblem]:
    """Required sections left empty, and texts over their limit."""
    found: list[CellProblem] = []
    for section in definition.outline:
        text = narrative.get(section.id, "").strip()
        if section.required and not text:
            found.append(CellProblem(SECTION + section.id, f"Mục {section.id}. {section.title}: chưa viết."))
        if len(text) > section.max_chars:
            message = f"Mục {section.id}. {section.title}: dài {len(text)} ký tự, tối đa {section.max_chars}."
            found.append(CellProblem(SECTION + section.id, message))
    return found


def label_of(definition: Definition, key: str) -> str:
    """How people call a place: a cell, a section, what explains a cell, the caption of a file."""
    if key.startswith(SECTION):
        section = next((each for each in definition.outline if each.id == key.removeprefix(SECTION)), None)
        return f"Mục {section.id}. {section.title}" if section else key
    if key.startswith(EXPLAIN):
        return f"Giải trình {label_of(definition, key.removeprefix(EXPLAIN))}"
    if key.startswith(CAPTION):
        return f"Chú thích minh chứng {key.removeprefix(CAPTION)}"
    return cell_label(definition, key)
