"""Invented names of units and people, made of word lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from kheo.demo.plan.chance import log_normal
from kheo.demo.plan.sources import source


@dataclass(frozen=True)
class Invented:
    """What is invented about a grassroots union: its name (marked as a sample), its trade and how many members it has."""

    name: str
    trade: str
    members: int


def invent_units(count: int, chance: Random) -> Iterator[Invented]:
    """So many units of one parent; no two of them have the same name."""
    names = source("names")
    types: list[dict[str, Any]] = names["types"]
    taken = {unit["name"].removesuffix(f" {names['mark']}"): 1 for unit in source("tree")["cast_units"]}
    for kind in chance.choices(types, weights=[each["weight"] for each in types], k=count):
        name = _fill(kind["pattern"], names["words"], chance)
        taken[name] = taken.get(name, 0) + 1
        numbered = name if taken[name] == 1 else f"{name} {taken[name]}"
        members = max(5, round(log_normal(chance, *kind["members"])))
        yield Invented(f"{numbered} {names['mark']}", kind["trade"], members)


def _fill(pattern: str, words: dict[str, list[str]], chance: Random) -> str:
    first = chance.choice(words["first"])
    second = chance.choice([word for word in words["second"] if word != first])
    others = {kind: chance.choice(words[kind]) for kind in ("line", "flower", "cooperation", "craft")}
    return pattern.format(brand=f"{first} {second}", **others)


def invent_person(chance: Random) -> str:
    """A full name."""
    people = source("names")["people"]
    names = chance.choice(people["names"])
    return " ".join((chance.choice(people["family"]), chance.choice(names["middle"]), chance.choice(names["given"])))
