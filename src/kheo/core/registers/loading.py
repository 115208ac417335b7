"""From the text of a register's file to its definition, or to everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.definition.fitting import fit, problems_of
from kheo.core.definition.models import Definition
from kheo.core.definition.source import read_source
from kheo.core.problems import Problem, in_order
from kheo.core.registers.draft import read_register_draft
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.rules import REGISTER_RULES


@dataclass(frozen=True)
class RegisterLoad:
    """A definition and no problems, or no definition and all problems in the order of the file."""

    definition: RegisterDefinition | None
    problems: tuple[Problem, ...]


def load_register(content: str | bytes, file: str, *, campaign: Definition | None = None) -> RegisterLoad:
    """Read a register's definition from YAML. `campaign`: the one whose contents and lists it uses; None: these are not checked."""
    source = read_source(content, file)
    if source.data is None:
        return RegisterLoad(None, in_order(source.problems))
    if not isinstance(source.data, Mapping):
        source.problems.append(Problem("Tệp phải là một nhóm “khóa: giá trị”, bắt đầu từ schema_version: 1.", file, 1))
        return RegisterLoad(None, in_order(source.problems))
    whole, misfits = fit(RegisterDefinition, source.data)
    draft = read_register_draft(source.data, frozenset(finding.path for finding in misfits), whole, campaign)
    findings = [finding for rule in REGISTER_RULES for finding in rule(draft)]
    problems = problems_of(source, (*misfits, *findings))
    return RegisterLoad(None if problems else whole, in_order(problems))
