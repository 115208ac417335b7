"""Data against a schema: the model it makes, or everything that does not fit, with its place in the file."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kheo.core.definition.placing import Finding
from kheo.core.definition.regime import DUE_FORMS
from kheo.core.definition.source import Path, Source
from kheo.core.definition.wording import told
from kheo.core.problems import Problem

Model = TypeVar("Model", bound=BaseModel)


def fit(schema: type[Model], data: Mapping[str, Any]) -> tuple[Model | None, list[Finding]]:
    """The model when the data fits the schema, otherwise what does not fit."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        return None, [Finding(_path(each["loc"]), told(each, schema)) for each in error.errors(include_url=False)]


def problems_of(source: Source, findings: Iterable[Finding]) -> list[Problem]:
    """The findings as problems of the file, after those that reading it gave; nothing about what was refused already."""
    return [*source.problems, *(_placed(source, finding) for finding in findings if not source.is_refused(finding.path))]


def _path(location: tuple[str | int, ...]) -> Path:
    """Where pydantic found it; a wrong key of a mapping is placed at the key itself, and the form of a due date is no place."""
    here = location[:-1] if location and location[-1] == "[key]" else location
    return (*here[:5], *here[6:]) if len(here) > 5 and here[3] == "due" and here[5] in DUE_FORMS else here


def _placed(source: Source, finding: Finding) -> Problem:
    at_key = finding.path in source.key_lines and not isinstance(finding.path[-1], int)
    return source.problem(finding.path, finding.message, at_key=at_key)
