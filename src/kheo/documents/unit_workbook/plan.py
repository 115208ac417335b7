"""What to expect in the rows of the sheet to fill in: worked out once per definition, for all the workbooks read against it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.checking import label_of
from kheo.core.definition import Definition
from kheo.core.text import nfc
from kheo.documents.unit_workbook.layout import Line, lines_of


@dataclass(frozen=True)
class Plan:
    """Rows by code, the same by code without regard to capitals, names as the template writes them, headings."""

    definition: Definition
    lines: Mapping[str, Line]
    by_capitals: Mapping[str, str]
    names: Mapping[str, str]
    units: Mapping[str, str]
    is_whole: Mapping[str, bool]
    labels: Mapping[str, str]
    headings: frozenset[str]
    answer_keys: tuple[str, ...]
    computed: frozenset[str]  # rows in which nothing is typed
    plain: Mapping[str, tuple[str, str]]  # name and unit of measure of the rows that take a whole number, as `names` and `units`

    def key_of(self, code: str) -> str | None:
        """The row that a text in the code column names: exactly, or but for blanks and capitals."""
        if code in self.lines:
            return code
        return self.by_capitals.get(nfc(code).strip("'’‘ \u200b\ufeff").upper())


_plans: dict[int, Plan] = {}
_MOST = 64


def plan_of(definition: Definition) -> Plan:
    """The plan of a definition. It is kept with it: while the plan is here the definition lives, so its identity names it."""
    plan = _plans.get(id(definition))
    if plan is None:
        if len(_plans) >= _MOST:
            _plans.clear()
        plan = _plans[id(definition)] = _made(definition)
    return plan


def _made(definition: Definition) -> Plan:
    lines = {line.key: line for line in lines_of(definition) if line.kind != "content"}
    capitals: dict[str, list[str]] = {}
    for key in lines:
        capitals.setdefault(key.upper(), []).append(key)
    names = {key: line.written_name for key, line in lines.items()}
    units = {key: line.indicator.unit if line.indicator else "" for key, line in lines.items()}
    return Plan(
        definition=definition,
        lines=lines,
        by_capitals={code: keys[0] for code, keys in capitals.items() if len(keys) == 1},
        names=names,
        units=units,
        is_whole={key: line.decimals == 0 for key, line in lines.items()},
        labels={key: _label(definition, line) for key, line in lines.items()},
        headings=frozenset(nfc(line.name) for line in lines_of(definition) if line.kind == "content"),
        answer_keys=tuple(key for key, line in lines.items() if line.kind == "cell"),
        computed=frozenset(key for key, line in lines.items() if line.kind != "cell"),
        plain={key: (names[key], units[key]) for key, line in lines.items() if line.kind == "cell" and line.decimals == 0},
    )


def _label(definition: Definition, line: Line) -> str:
    return f"{line.key} {line.name}" if line.kind == "ratio" else label_of(definition, line.key)
