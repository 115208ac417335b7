"""Reading the profiles from their files, and choosing the one that a body's papers follow on a day."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from kheo.core.unit_kinds import KINDS, Line
from kheo.documents.profiles.profile import Forms, HeadLine, Measure, PaperProfile

_FOLDER = files(__package__) / "data"
# Where a rule rests on another one, these groups are completed from it, key by key; everything else is taken over whole.
_GROUPS = ("forms", "measures")
# Parts of a file that are not taken over as they stand.
_BUILT = (*_GROUPS, "head", "font", "lines", "unverified")


@cache
def profile_names() -> tuple[str, ...]:
    """The names of all profiles, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _FOLDER.iterdir() if file.name.endswith(".yaml")))


@cache
def profile_named(name: str) -> PaperProfile:
    """The profile of that name; KeyError when there is none. A file that does not fit raises when it is first read."""
    if name not in profile_names():
        raise KeyError(name)
    return _built(_read(name))


def profile_for(kind: str, on: date) -> PaperProfile:
    """The profile that papers of a unit of that kind follow on a day; bodies of no line of their own write as the state does.

    On a day before the oldest rule that we have for the line, that oldest one.
    """
    line = KINDS[kind].line if kind in KINDS else Line.ADMIN
    every = [profile_named(name) for name in profile_names()]
    ours = [each for each in every if line in each.lines] or [each for each in every if Line.ADMIN in each.lines]
    in_force = [each for each in ours if each.is_in_force(on)]
    return max(in_force, key=lambda each: each.valid_from) if in_force else min(ours, key=lambda each: each.valid_from)


def _read(name: str) -> dict[str, Any]:
    """A file as plain data, completed from the profile that it extends."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    below = data.pop("extends", None)
    if below is None:
        return data
    whole = _read(below)
    groups = {group: {**whole[group], **data.get(group, {})} for group in _GROUPS}
    return {**whole, **data, **groups}


def _built(data: Mapping[str, Any]) -> PaperProfile:
    measures = {key: Measure(**facts) for key, facts in data["measures"].items()}
    wrong = [key for key, each in measures.items() if not each.least <= each.value <= each.most]
    if wrong:
        raise ValueError(f"{data['name']}: printed outside of what the rule allows: {', '.join(wrong)}")
    plain: dict[str, Any] = {
        key: value for key, value in data.items() if key not in ("head", "forms", "measures", "font", "lines", "unverified")
    }
    plain |= {key: each.value for key, each in measures.items()}
    forms = {**data["forms"], "heading_marks": tuple(data["forms"]["heading_marks"])}
    return PaperProfile(
        **plain,
        lines=tuple(data["lines"]),
        font=data["font"]["name"],
        font_source=data["font"]["source"],
        unverified=tuple(data["unverified"]),
        head=tuple(HeadLine(each["text"], each["part"], Measure(**each["size"])) for each in data["head"]),
        forms=Forms(**forms),
        measures=measures,
    )
