"""The tasks of the ten papers of shared/ against what a person read in them beforehand (tests/files/tasks/README.md)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kheo.core.text import name_key
from tests.core.directives.papers import directive, pairs

GOLD: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parents[2] / "files" / "tasks" / "dev.json").read_text(encoding="utf-8"))
# One task is missed: a paragraph below an item that asks others than the item (dev-03).
MISSED = [("dev-03", 15)]


@dataclass
class Found:
    """`told` and `wanted` tasks by paper and line, with who is asked; those that readers may see otherwise are in neither."""

    told: dict[tuple[str, int], str | None]
    wanted: dict[tuple[str, int], list[str] | None]

    def places(self) -> set[tuple[str, int]]:
        """Tasks that were told where a person reads one."""
        return set(self.told) & set(self.wanted)

    def asked(self) -> set[tuple[str, int]]:
        """Those of them that ask whom a person reads."""
        return {at for at in self.places() if _said(self.told[at]) in {_said(each) for each in self.wanted[at] or [None]}}


def _said(name: str | None) -> str | None:
    return name_key(name.strip(" .…")) if name else None


def measured(folder: Path) -> Found:
    """Of all papers."""
    told, wanted = dict[tuple[str, int], str | None](), dict[tuple[str, int], list[str] | None]()
    for name, text, _ in pairs(folder):
        doubtful = {each["line"] for each in GOLD[name] if each.get("ambiguous")}
        wanted.update({(name, each["line"]): each["asked"] for each in GOLD[name] if each["line"] not in doubtful})
        for task in directive(text).tasks:
            line = text.count("\n", 0, task.place.start) + 1
            if line not in doubtful:
                told[name, line] = task.value.asked
    return Found(told, wanted)


def test_the_tasks_and_who_is_asked_are_those_that_a_person_reads(shared_dir: Path) -> None:
    found = measured(shared_dir / "data" / "directives")
    assert len(found.wanted) == 75
    assert sorted(set(found.told) - set(found.wanted)) == []
    assert sorted(set(found.wanted) - set(found.told)) == MISSED
    assert sorted(found.places() - found.asked()) == []


def test_the_places_of_the_gold_are_those_of_its_words(shared_dir: Path) -> None:
    for name, text, _ in pairs(shared_dir / "data" / "directives"):
        lines = text.split("\n")
        assert [each["words"] for each in GOLD[name] if each["words"] not in " ".join(lines[each["line"] - 1].split())] == [], name
