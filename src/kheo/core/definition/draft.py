"""A definition as far as it can be read: every item that fits its schema, with its place, and what is unknown about the rest.

The rules work on this and not on a finished `Definition`, so that one misspelt key does not hide ten other problems. A field
that does not fit is replaced by a stand-in and named in `broken`; a rule says nothing about a broken field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.definition.models import Check, Choice, Content, Document, Indicator, OutlineSection
from kheo.core.definition.placing import Broken, Finding, Item, Placed, Section, StandIns, is_broken, placed_of, section_of
from kheo.core.definition.regime import Copy, Period, Tier
from kheo.core.definition.source import Path
from kheo.core.definition.thresholds import THRESHOLDS, ChangeThreshold, Evidence, PeerThreshold

_DAY = {"day": 1, "month": 1}
_STAND_INS: StandIns = {
    Document: {"short": "X", "kind": "X", "number": "X", "issued_on": "2000-01-01", "issuer": "X", "title": "X"},
    Choice: {"code": "X", "name": "X"},
    Content: {"id": "X", "name": "X", "short": "X"},
    Indicator: {"code": "X", "name": "X", "unit": "X", "aggregation": "sum", "content": "X"},
    Check: {"id": "x", "left": "X", "operator": "==", "right": "X", "message": "{left} {right}", "severity": "error"},
    OutlineSection: {"id": "X", "title": "X"},
    Period: {"id": "X", "code": "{year}", "name": "{year}", "opens": _DAY, "closes": _DAY, "cutoff": _DAY},
    ChangeThreshold: {},
    PeerThreshold: {},
    Evidence: {},
    Tier: {"id": "x", "name": "X", "kinds": ["x"], "line": "union", "due": {}},
    Copy: {"id": "x", "name": "X", "line": "party", "due": {}, "outline": [], "paper": "nd30"},
}


@dataclass(frozen=True)
class Draft:
    """What could be read of a definition file. Scalars that could not be read are None."""

    name: str | None
    year_from: int | None
    year_to: int | None
    calendar: str | None
    documents: Section[Document]
    contents: Section[Content]
    list_names: Mapping[str, str]
    lists: Mapping[str, Section[Choice]]
    lists_complete: bool
    indicators: Section[Indicator]
    checks: Section[Check]
    outline: Section[OutlineSection]
    periods: Section[Period]
    tiers: Section[Tier]
    copies: tuple[tuple[Placed[Tier], Section[Copy]], ...]
    thresholds: tuple[Placed[ChangeThreshold | PeerThreshold], ...] = ()
    doubted: tuple[str, ...] = ()
    evidence: Placed[Evidence] | None = None


Rule = Callable[[Draft], Iterable[Finding]]


def read_draft(data: Mapping[str, Any], broken: Broken) -> Draft:
    """The draft of a file's data, given the places that the schema refused."""
    regime = data.get("regime")
    regime = regime if isinstance(regime, Mapping) else {}
    lists = data.get("lists", {})
    readable = isinstance(lists, Mapping)
    names = data.get("list_names", {})

    def scalar(holder: Mapping[str, Any], path: Path) -> Any:
        return None if is_broken(path, broken) else holder.get(str(path[-1]))

    def section(model: type[Item], holder: Mapping[str, Any], path: Path) -> Section[Item]:
        return section_of(model, holder.get(str(path[-1]), ()), path, broken, _STAND_INS)

    return Draft(
        name=scalar(data, ("name",)),
        year_from=scalar(data, ("year_from",)),
        year_to=scalar(data, ("year_to",)),
        calendar=scalar(regime, ("regime", "calendar")),
        documents=section(Document, data, ("documents",)),
        contents=section(Content, data, ("contents",)),
        list_names={key: name for key, name in names.items() if isinstance(name, str)} if isinstance(names, Mapping) else {},
        lists={key: section_of(Choice, choices, ("lists", key), broken, _STAND_INS) for key, choices in lists.items()} if readable else {},
        lists_complete=readable,
        indicators=section(Indicator, data, ("indicators",)),
        checks=section(Check, data, ("checks",)),
        outline=section(OutlineSection, data, ("outline",)),
        periods=section(Period, regime, ("regime", "periods")),
        tiers=section(Tier, regime, ("regime", "tiers")),
        copies=_copies(section(Tier, regime, ("regime", "tiers")), regime, broken),
        thresholds=tuple(_thresholds(data, broken)),
        doubted=tuple(str(code) for code in _mapping(_mapping(data, "plausibility"), "indicators")),
        evidence=placed_of(Evidence, _mapping(data, "evidence"), ("evidence",), broken, _STAND_INS) if "evidence" in data else None,
    )


def _mapping(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = holder.get(key)
    return found if isinstance(found, Mapping) else {}


def _thresholds(data: Mapping[str, Any], broken: Broken) -> Iterator[Placed[ChangeThreshold | PeerThreshold]]:
    """Every threshold that is written out: the general ones, then those of single indicators."""
    general = _mapping(data, "plausibility")
    own = _mapping(general, "indicators")
    holders: list[tuple[Path, Mapping[str, Any]]] = [(("plausibility",), general)]
    holders += [(("plausibility", "indicators", code), _mapping(own, code)) for code in own]
    for path, holder in holders:
        for kind, model in THRESHOLDS.items():
            if kind in holder and isinstance(holder[kind], Mapping):
                yield placed_of(model, holder[kind], (*path, kind), broken, _STAND_INS)


def _copies(tiers: Section[Tier], regime: Mapping[str, Any], broken: Broken) -> tuple[tuple[Placed[Tier], Section[Copy]], ...]:
    """The further recipients of each readable tier."""
    raw = [regime["tiers"][placed.path[-1]].get("copies", ()) for placed in tiers]
    return tuple(
        (placed, section_of(Copy, copies, (*placed.path, "copies"), broken, _STAND_INS)) for placed, copies in zip(tiers, raw, strict=True)
    )
