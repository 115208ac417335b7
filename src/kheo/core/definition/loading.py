"""From the text of a definition file to a definition, or to everything that is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kheo.core.days import WorkingCalendar
from kheo.core.definition.draft import read_draft
from kheo.core.definition.fitting import fit, problems_of
from kheo.core.definition.models import Definition
from kheo.core.definition.placing import Finding
from kheo.core.definition.planning import plan_findings
from kheo.core.definition.rules import RULES
from kheo.core.definition.source import read_source
from kheo.core.definition.wording import suggestion
from kheo.core.problems import Problem, in_order


@dataclass(frozen=True)
class LoadResult:
    """A definition and no problems, or no definition and all problems in the order of the file."""

    definition: Definition | None
    problems: tuple[Problem, ...]


def load_definition(
    content: str | bytes, file: str, *, calendars: Collection[str] | None = None, working: Mapping[str, WorkingCalendar] | None = None
) -> LoadResult:
    """Read a campaign definition from YAML. `calendars` are the names of the calendars there are; None: not checked.

    `working`: calendars by name; with the one that the definition names, its due dates are counted out for every year there is.

    A text that is no YAML at all gives that one problem; anything else gives all problems at once.
    """
    source = read_source(content, file)
    if source.data is None:
        return LoadResult(None, in_order(source.problems))
    if not isinstance(source.data, Mapping):
        source.problems.append(Problem("Tệp phải là một nhóm “khóa: giá trị”, bắt đầu từ schema_version: 1.", file, 1))
        return LoadResult(None, in_order(source.problems))
    definition, schema_findings = fit(Definition, source.data)
    broken = frozenset(finding.path for finding in schema_findings)
    draft = read_draft(source.data, broken)
    findings = [finding for rule in RULES for finding in rule(draft)]
    if calendars is not None and isinstance(draft.calendar, str) and draft.calendar not in calendars:
        message = f"Không có lịch ngày nghỉ “{draft.calendar}”" + suggestion(draft.calendar, calendars)
        findings.append(Finding(("regime", "calendar"), message))
    calendar = (working or {}).get(draft.calendar or "")
    if calendar is not None and definition is not None and not findings:
        findings += plan_findings(definition.regime, calendar, definition.year_from, definition.year_to)
    problems = problems_of(source, (*schema_findings, *findings))
    return LoadResult(None if problems else definition, in_order(problems))
