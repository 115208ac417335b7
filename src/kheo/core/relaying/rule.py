"""By how many working days a level asks earlier than the level above: a rule that the office keeps as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kheo.core.definition.placing import Finding
from kheo.core.definition.source import read_source
from kheo.core.definition.wording import suggestion, told
from kheo.core.definition.words import Frozen, Title
from kheo.core.problems import Problem, in_order
from kheo.core.unit_kinds import KINDS

WorkingDays = Annotated[int, Field(strict=True, ge=0, le=60)]


class RelayFile(Frozen):
    """The rule as its file states it."""

    schema_version: Literal[1] = Field(description="Phiên bản của cách viết tệp này: 1.")
    name: Title = Field(description="Tên quy tắc.")
    working_days: WorkingDays = Field(description="Số ngày làm việc trước hạn của cấp trên.")
    by_kind: dict[str, WorkingDays] = Field({}, description="Số ngày khác cho loại đơn vị ra văn bản.")
    least_left: WorkingDays = Field(0, description="Còn ít ngày làm việc hơn thế cho cấp dưới thì nói ra.")
    pass_on_within: WorkingDays = Field(5, description="Số ngày làm việc kể từ ngày được gửi tới để chuyển tiếp xuống dưới.")


@dataclass(frozen=True)
class RelayRule:
    """`working_days` before the superior's day, `by_kind` of the unit that passes on; `least_left`: fewer for those below are said.

    `pass_on_within`: working days after the day of sending, until which a unit is to have passed on what it was sent.
    """

    working_days: int
    by_kind: Mapping[str, int] = field(default_factory=dict)
    least_left: int = 0
    pass_on_within: int = 5

    def days_for(self, kind: str) -> int:
        """How many working days earlier a unit of that kind asks."""
        return self.by_kind.get(kind, self.working_days)


@dataclass(frozen=True)
class RuleResult:
    """A rule and no problems, or no rule and all problems."""

    rule: RelayRule | None
    problems: tuple[Problem, ...]


def load_rule(content: str | bytes, file: str) -> RuleResult:
    """Read the rule from YAML; all problems at once, each with its line."""
    source = read_source(content, file)
    if source.data is None:
        return RuleResult(None, in_order(source.problems))
    read, findings = None, []
    try:
        read = RelayFile.model_validate(source.data)
        findings = [_strange(kind) for kind in read.by_kind if kind not in KINDS]
    except ValidationError as error:
        findings = [Finding(each["loc"], told(each, RelayFile)) for each in error.errors(include_url=False)]
    problems = [
        *source.problems,
        *(source.problem(each.path, each.message, at_key=each.path in source.key_lines) for each in findings),
    ]
    if read is None or problems:
        return RuleResult(None, in_order(problems))
    return RuleResult(RelayRule(read.working_days, dict(read.by_kind), read.least_left, read.pass_on_within), ())


def _strange(kind: str) -> Finding:
    return Finding(("by_kind", kind), f"Không có loại đơn vị “{kind}”{suggestion(kind, KINDS)}")
