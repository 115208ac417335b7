"""What the page of a draft shows: papers cut at the places of what was found, fields, what is open, the check, who would be asked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_instant, local_day
from kheo.core.directives.found import Found, Place
from kheo.core.directives.slips import Slip
from kheo.core.drafting.correcting import Corrected, Field, fields_of, open_key
from kheo.core.drafting.papers import DraftedPaper
from kheo.core.drafting.proposing import DraftTask
from kheo.core.drafting.writing import as_yaml
from kheo.core.unit_kinds import kind_name
from kheo.directives.actions.drafting import Changes
from kheo.directives.models import Drafting
from kheo.directives.queries.drafting import catalogue, checked
from kheo.org.queries.trees import units_by_kind

_SLIP = re.compile(r"(\d{1,3}):(\d{1,7}):([^:]{1,80}):([^:]{0,80})")
_LONGEST_VALUE = 2000


@dataclass(frozen=True)
class Segment:
    """A stretch of a paper: the innermost item that says it, and the items that begin here."""

    text: str
    key: str
    begins: tuple[str, ...]


def draft_rows(found: Iterable[Drafting]) -> list[dict[str, Any]]:
    """The list of drafts."""
    return [{"row": row, "state": row.get_state_display(), "at": format_instant(row.written_at)} for row in found]


def changes_in(sent: QueryDict) -> Changes:
    """What a form holds that differs from what the page showed: each field comes with what it was."""
    typed, chosen = {}, {}
    for name, value in sent.items():
        text = str(value)[:_LONGEST_VALUE]
        if name.startswith("f.") and text != sent.get(f"was.{name}"):
            typed[name[2:]] = text
        if name.startswith("t.") and text != sent.get(f"was.{name}"):
            other = sent.get(f"o.{name}", "").strip()
            chosen[name[2:]] = other if text == "other" else text
    slips = [(int(said[1]), int(said[2]), said[3], said[4]) for each in sent.getlist("slip") if (said := _SLIP.fullmatch(each))]
    return Changes(typed, chosen, sent.getlist("seen")[:500], slips)


class DraftPage:
    """Everything that the template asks for."""

    def __init__(self, row: Drafting, made: Corrected, at: datetime, *, may_publish: bool) -> None:
        self.row, self.draft, self.wrong = row, made.draft, made.wrong
        self.is_open = row.state == "open"
        self.may_publish = may_publish and self.is_open
        self.state = row.get_state_display()
        self._on = local_day(at)
        self._fields = fields_of(made.draft)

    @property
    def trail(self) -> list[dict[str, str]]:
        """The way here."""
        return [{"label": "Đọc văn bản", "url": reverse("draftings")}, {"label": self.row.name, "url": ""}]

    @cached_property
    def open_places(self) -> list[dict[str, Any]]:
        """What a person must look at, but for indicators, which stand beside their tasks."""
        left = [each for each in self.draft.left_open if each.path[0] != "indicators"]
        return [{"key": open_key(each), "words": each.words, "at": self._field_at(each.path)} for each in left]

    def _field_at(self, path: tuple[str | int, ...]) -> str:
        start = ".".join(map(str, path))
        return next((each.key for each in self._fields if each.key == start or each.key.startswith(f"{start}.")), "")

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """The fields, doubtful ones marked, in three groups."""
        names = (("", "Phong trào và văn bản"), ("contents", "Nội dung"), ("regime", "Kỳ và hạn"))
        return [{"name": name, "fields": [self._told(each) for each in self._fields if _group(each.key) == group]} for group, name in names]

    def _told(self, field: Field) -> dict[str, Any]:
        typed = self.row.typed.get(field.key)
        value = typed if typed is not None and field.key in self.wrong else field.value
        return {"field": field, "value": value, "wrong": self.wrong.get(field.key, ""), "is_typed": typed is not None}

    @cached_property
    def tasks(self) -> list[dict[str, Any]]:
        """Every task with what may count it."""
        return [self._task(task) for task in self.draft.tasks]

    def _task(self, task: DraftTask) -> dict[str, Any]:
        first = task.proposals[0].known.indicator.code if task.proposals else ""
        now = self.row.chosen.get(task.key, first)
        offered = [each.known.indicator.code for each in task.proposals]
        return {
            "task": task, "now": now, "other": now if now and now not in offered else "",
            "confirmed": task.key in self.row.chosen, "asked": task.found.value.asked, "wrong": self.wrong.get(task.key, ""),
        }  # fmt: skip

    @cached_property
    def known(self) -> list[Any]:
        """All indicators used before, for the choice of another."""
        return [each.indicator for _, each in sorted(catalogue().known.items()) if each.indicator.aggregation != "ratio"]

    @cached_property
    def papers(self) -> list[dict[str, Any]]:
        """Each paper in segments, with its slips."""
        return [
            {"short": paper.short, "number": paper.number, "file": paper.file, "segments": list(self._segments(turn))}
            for turn, paper in enumerate(self.draft.papers)
        ]

    @cached_property
    def slips(self) -> list[dict[str, Any]]:
        """Slips of scanning, proposed beside the original."""
        stored = {paper["text"]: turn for turn, paper in enumerate(self.row.papers)}
        turns = [(paper, stored.get(paper.directive.paper.text)) for paper in self.draft.papers]
        found = [_slip(paper, turn, slip) for paper, turn in turns if turn is not None for slip in paper.directive.slips]
        return [each for each in found if _SLIP.fullmatch(each["key"])]

    def _segments(self, turn: int) -> Iterator[Segment]:
        paper = self.draft.papers[turn]
        places = [(each.place, each.key) for each in self._fields if each.paper == turn and each.place]
        places += [(task.found.place, task.key) for task in self.draft.tasks if task.paper is paper]
        return segments(paper.directive.paper.text, places)

    @cached_property
    def outline(self) -> list[Mapping[str, Any]]:
        """The sections of the narrative."""
        return list(self.draft.data["outline"])

    @cached_property
    def problems(self) -> list[str]:
        """What the check of the file says; nothing: it may be published."""
        return [*self.wrong.values(), *(each.message for each in checked(as_yaml(self.draft)).problems)]

    @cached_property
    def asked(self) -> list[dict[str, Any]]:
        """How many units each tier would ask today."""
        counts = units_by_kind(self._on)
        return [
            {
                "name": tier["name"],
                "units": sum(counts.get(kind, 0) for kind in tier["kinds"]),
                "kinds": ", ".join(kind_name(kind) for kind in tier["kinds"]),
                "due": "; ".join(f"kỳ {period}: {rule['day']}/{rule['month']}" for period, rule in tier["due"].items()),
            }
            for tier in self.draft.data["regime"]["tiers"]
        ]


def _slip(paper: DraftedPaper, turn: int, slip: Found[Slip]) -> dict[str, Any]:
    was, now = paper.directive.paper.text[slip.place.start : slip.place.end], slip.value.proposed
    key = f"{turn}:{slip.place.start}:{was}:{now}"
    return {"key": key, "was": was, "now": now, "why": slip.value.why, "line": paper.line_of(slip.place)}


def _group(key: str) -> str:
    first = key.split(".")[0]
    return first if first in ("contents", "regime") else ""


def segments(text: str, places: Iterable[tuple[Place, str]]) -> Iterator[Segment]:
    """The text cut at every place: together the segments are the text (blanks before its first word left out)."""
    ordered = sorted(places, key=lambda each: (each[0].end - each[0].start, each[0].start))
    start = len(text) - len(text.lstrip())
    cuts = sorted({start, len(text), *(at for place, _ in ordered for at in (place.start, place.end) if start <= at <= len(text))})
    for begin, end in pairwise(cuts):
        key = next((key for place, key in ordered if place.start <= begin and end <= place.end), "")
        yield Segment(text[begin:end], key, tuple(key for place, key in ordered if place.start == begin))
