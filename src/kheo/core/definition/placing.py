"""What could be read of a definition file, item by item, each with its place: what rules work on before the whole fits its schema.

A field that does not fit is replaced by a stand-in and named in `broken`; a rule says nothing about a broken field.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from kheo.core.definition.source import Path

Item = TypeVar("Item", bound=BaseModel)
# The places whose data does not fit the schema.
Broken = frozenset[Path]
# By model, a value for each field that has no default.
StandIns = Mapping[type[BaseModel], Mapping[str, Any]]


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


def repeated(section: Section[Any], field: str, what: str) -> Iterator[Finding]:
    """Names of a list that stand in it already. Upper and lower case do not tell two codes apart: people read them aloud."""
    first: dict[str, Placed[Any]] = {}
    for placed in section.having(field):
        name = getattr(placed.item, field)
        earlier = first.setdefault(name.lower(), placed)
        if earlier is not placed:
            yield placed.finding(field, f"{what} “{name}” đã dùng ở mục thứ {int(earlier.path[-1]) + 1} của cùng danh sách.")


def section_of(model: type[Item], raw: Any, path: Path, broken: Broken, stand_ins: StandIns) -> Section[Item]:
    """The items of a list that can be read. One that is wrong as a whole is left out, and the list is not complete."""
    if not isinstance(raw, list | tuple) or is_broken(path, broken):
        return Section(complete=False)
    items = [
        placed_of(model, value, (*path, index), broken, stand_ins)
        for index, value in enumerate(raw)
        if isinstance(value, Mapping) and (*path, index) not in broken
    ]
    return Section(tuple(items), len(items) == len(raw))


def is_broken(path: Path, broken: Broken) -> bool:
    """Whether the schema refused a place or anything that holds it."""
    return any(path[:length] in broken for length in range(1, len(path) + 1))


def placed_of(model: type[Item], raw: Mapping[str, Any], path: Path, broken: Broken, stand_ins: StandIns) -> Placed[Item]:
    """The item with stand-ins for what does not fit; a field is broken when anything below it is."""
    depth = len(path)
    wrong = frozenset(str(place[depth]) for place in broken if len(place) > depth and place[:depth] == path)
    fit = {key: value for key, value in raw.items() if key in model.model_fields and key not in wrong}
    item = model.model_validate({**stand_ins[model], **fit})
    return Placed(path, item, wrong & frozenset(model.model_fields))
