"""A definition as far as it can be read: every item that fits its schema, with its place, and what is unknown about the rest.

The rules work on this and not on a finished `Definition`, so that one misspelt key does not hide ten other problems. A field
that does not fit is replaced by a stand-in and named in `broken`; a rule says nothing about a broken field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from kheo.core.definition.models import Check, Choice, Content, Document, Indicator, OutlineSection
from kheo.core.definition.regime import Copy, Period, Tier
from kheo.core.definition.source import Path
from kheo.core.definition.thresholds import THRESHOLDS, ChangeThreshold, Evidence, PeerThreshold

Item = TypeVar("Item", bound=BaseModel)
# The places whose data does not fit the schema.
Broken = frozenset[Path]

_DAY = {"day": 1, "month": 1}
_STAND_INS: dict[type[BaseModel], dict[str, Any]] = {
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
class Finding:
    """Something wrong at a path of the file."""

    path: Path
    message: str


@dataclass(frozen=True)
class Placed(Generic[Item]):
    """An item and where it stands. The fields in `broken` hold stand-ins."""

    path: Path
    item: Item
    broken: frozenset[str]

    def has(self, *fields: str) -> bool:
        """Whether all these fields are as written (or as their default)."""
        return self.broken.isdisjoint(fields)

    def finding(self, field: str, message: str) -> Finding:
        """Something wrong with one field."""
        return Finding((*self.path, field), message)


@dataclass(frozen=True)
class Section(Generic[Item]):
    """The readable items of a list. It is not complete when the list or one of its items could not be read."""

    items: tuple[Placed[Item], ...] = ()
    complete: bool = True

    def __iter__(self) -> Iterator[Placed[Item]]:
        return iter(self.items)

    def having(self, *fields: str) -> Iterator[Placed[Item]]:
        """The items whose fields are as written."""
        return (placed for placed in self.items if placed.has(*fields))

    def known(self, field: str) -> frozenset[str] | None:
        """All values of a naming field, or None when some cannot be known, so that nothing may be called unknown."""
        if not self.complete or not all(placed.has(field) for placed in self.items):
            return None
        return frozenset(getattr(placed.item, field) for placed in self.items)


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
        return None if _is_broken(path, broken) else holder.get(str(path[-1]))

    def section(model: type[Item], holder: Mapping[str, Any], path: Path) -> Section[Item]:
        return _section(model, holder.get(str(path[-1]), ()), path, broken)

    return Draft(
        name=scalar(data, ("name",)),
        year_from=scalar(data, ("year_from",)),
        year_to=scalar(data, ("year_to",)),
        calendar=scalar(regime, ("regime", "calendar")),
        documents=section(Document, data, ("documents",)),
        contents=section(Content, data, ("contents",)),
        list_names={key: name for key, name in names.items() if isinstance(name, str)} if isinstance(names, Mapping) else {},
        lists={key: _section(Choice, choices, ("lists", key), broken) for key, choices in lists.items()} if readable else {},
        lists_complete=readable,
        indicators=section(Indicator, data, ("indicators",)),
        checks=section(Check, data, ("checks",)),
        outline=section(OutlineSection, data, ("outline",)),
        periods=section(Period, regime, ("regime", "periods")),
        tiers=section(Tier, regime, ("regime", "tiers")),
        copies=_copies(section(Tier, regime, ("regime", "tiers")), regime, broken),
        thresholds=tuple(_thresholds(data, broken)),
        doubted=tuple(str(code) for code in _mapping(_mapping(data, "plausibility"), "indicators")),
        evidence=_placed(Evidence, _mapping(data, "evidence"), ("evidence",), broken) if "evidence" in data else None,
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
                yield _placed(model, holder[kind], (*path, kind), broken)


def _section(model: type[Item], raw: Any, path: Path, broken: Broken) -> Section[Item]:
    if not isinstance(raw, list | tuple) or _is_broken(path, broken):
        return Section(complete=False)
    items = [_placed(model, value, (*path, index), broken) for index, value in enumerate(raw) if isinstance(value, Mapping)]
    return Section(tuple(items), len(items) == len(raw))


def _copies(tiers: Section[Tier], regime: Mapping[str, Any], broken: Broken) -> tuple[tuple[Placed[Tier], Section[Copy]], ...]:
    """The further recipients of each readable tier."""
    raw = [regime["tiers"][placed.path[-1]].get("copies", ()) for placed in tiers]
    return tuple((placed, _section(Copy, copies, (*placed.path, "copies"), broken)) for placed, copies in zip(tiers, raw, strict=True))


def _is_broken(path: Path, broken: Broken) -> bool:
    return any(path[:length] in broken for length in range(1, len(path) + 1))


def _placed(model: type[Item], raw: Mapping[str, Any], path: Path, broken: Broken) -> Placed[Item]:
    """The item with stand-ins for what does not fit; a field is broken when anything below it is."""
    depth = len(path)
    wrong = frozenset(str(place[depth]) for place in broken if len(place) > depth and place[:depth] == path)
    fit = {key: value for key, value in raw.items() if key in model.model_fields and key not in wrong}
    item = model.model_validate({**_STAND_INS[model], **fit})
    return Placed(path, item, wrong & frozenset(model.model_fields))
