"""From the text of a definition file to a definition, or to everything that is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kheo.core.days import WorkingCalendar
from kheo.core.definition.draft import Finding, read_draft
from kheo.core.definition.models import Definition
from kheo.core.definition.planning import plan_findings
from kheo.core.definition.regime import DUE_FORMS
from kheo.core.definition.rules import RULES
from kheo.core.definition.source import Path, Source, read_source
from kheo.core.definition.wording import suggestion, told
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
    definition, schema_findings = _fit(source.data)
    broken = frozenset(finding.path for finding in schema_findings)
    draft = read_draft(source.data, broken)
    findings = [finding for rule in RULES for finding in rule(draft)]
    if calendars is not None and isinstance(draft.calendar, str) and draft.calendar not in calendars:
        message = f"Không có lịch ngày nghỉ “{draft.calendar}”" + suggestion(draft.calendar, calendars)
        findings.append(Finding(("regime", "calendar"), message))
    calendar = (working or {}).get(draft.calendar or "")
    if calendar is not None and definition is not None and not findings:
        findings += plan_findings(definition.regime, calendar, definition.year_from, definition.year_to)
    problems = [
        *source.problems,
        *(_placed(source, finding) for finding in (*schema_findings, *findings) if not source.is_refused(finding.path)),
    ]
    return LoadResult(None if problems else definition, in_order(problems))


def _fit(data: Mapping[str, Any]) -> tuple[Definition | None, list[Finding]]:
    """The definition when the data fits the schema, otherwise what does not fit."""
    try:
        return Definition.model_validate(data), []
    except ValidationError as error:
        return None, [Finding(_path(each["loc"]), told(each, Definition)) for each in error.errors(include_url=False)]


def _path(location: tuple[str | int, ...]) -> Path:
    """Where pydantic found it; a wrong key of a mapping is placed at the key itself, and the form of a due date is no place."""
    here = location[:-1] if location and location[-1] == "[key]" else location
    return (*here[:5], *here[6:]) if len(here) > 5 and here[3] == "due" and here[5] in DUE_FORMS else here


def _placed(source: Source, finding: Finding) -> Problem:
    at_key = finding.path in source.key_lines and not isinstance(finding.path[-1], int)
    return source.problem(finding.path, finding.message, at_key=at_key)
