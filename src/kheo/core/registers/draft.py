"""A register's definition as far as it can be read, for the rules: see `core.definition.placing`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.definition.models import Definition
from kheo.core.definition.placing import Broken, Finding, Section, StandIns, is_broken, section_of
from kheo.core.registers.checks import CheckDef
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.faces import ReadyList
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.figures import FigureDef
from kheo.core.registers.models import ActDef, AttachmentDef, LineDef, LinkDef, RegisterChoice, RegisterDefinition, StateDef

_STAND_INS: StandIns = {
    RegisterChoice: {"code": "X", "name": "X"},
    FieldDef: {"key": "x", "label": "X", "type": "integer"},
    StateDef: {"code": "x", "name": "X", "meaning": "draft"},
    ActDef: {"code": "x", "name": "X", "states": (), "by": ()},
    ClockDef: {"code": "x", "name": "X", "started_by": (), "met_by": ()},
    LineDef: {"code": "x", "name": "X"},
    LinkDef: {"code": "x", "name": "X", "back": "X", "to": "x"},
    AttachmentDef: {"role": "x", "name": "X"},
    CheckDef: {"left": "x", "operator": "<=", "right": "y", "message": "X"},
    ReadyList: {"code": "x", "name": "X", "states": ()},
    FigureDef: {"code": "x", "name": "X", "counts": {"fact": "in_state", "states": ("x",)}},
}


@dataclass(frozen=True)
class RegisterDraft:
    """What could be read of a register's file. `whole` is the definition when all of it fits its schema.

    `campaign`: the definition whose contents and lists it uses, None when it is not known here (then nothing is said about them).
    """

    data: Mapping[str, Any]
    whole: RegisterDefinition | None
    campaign: Definition | None
    walled: bool
    lists: Mapping[str, Section[RegisterChoice]]
    lists_complete: bool
    fields: Section[FieldDef]
    states: Section[StateDef]
    acts: Section[ActDef]
    clocks: Section[ClockDef]
    lines: Section[LineDef]
    links: Section[LinkDef]
    attachments: Section[AttachmentDef]
    ready: Section[ReadyList]
    figures: Section[FigureDef]

    def known_lists(self) -> frozenset[str] | None:
        """Names of lists that a field may use, None when they cannot all be known."""
        if not self.lists_complete or (self.campaign is None and "campaign" in self.data):
            return None
        return frozenset(self.lists) | (frozenset(self.campaign.lists) if self.campaign else frozenset())

    def codes_of(self, name: str) -> frozenset[str] | None:
        """The codes of a list, None when they cannot all be known."""
        if name in self.lists:
            return self.lists[name].known("code")
        if self.campaign is not None and name in self.campaign.lists:
            return frozenset(choice.code for choice in self.campaign.lists[name])
        return None


RegisterRule = Callable[[RegisterDraft], Iterable[Finding]]


def read_register_draft(
    data: Mapping[str, Any], broken: Broken, whole: RegisterDefinition | None, campaign: Definition | None
) -> RegisterDraft:
    """The draft of a file's data, given the places that the schema refused."""
    lists = data.get("lists", {})
    readable = isinstance(lists, Mapping) and not is_broken(("lists",), broken)

    def section(model: type[Any], name: str) -> Section[Any]:
        return section_of(model, data.get(name, ()), (name,), broken, _STAND_INS)

    return RegisterDraft(
        data=data,
        whole=whole,
        campaign=campaign,
        walled=data.get("walled") is True,
        lists={key: section_of(RegisterChoice, choices, ("lists", key), broken, _STAND_INS) for key, choices in lists.items()}
        if readable
        else {},
        lists_complete=readable,
        fields=section(FieldDef, "fields"),
        states=section(StateDef, "states"),
        acts=section(ActDef, "acts"),
        clocks=section(ClockDef, "clocks"),
        lines=section(LineDef, "lines"),
        links=section(LinkDef, "links"),
        attachments=section(AttachmentDef, "attachments"),
        ready=section(ReadyList, "ready"),
        figures=section(FigureDef, "figures"),
    )
