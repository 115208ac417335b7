"""What the page of a draft shows: papers cut at the places of what was found, fields, what is open, the check, who would be asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.urls import reverse

from kheo.core.days import format_instant, local_day
from kheo.core.directives.found import DOUBTFUL, Found, Place
from kheo.core.directives.slips import Slip
from kheo.core.drafting.correcting import Corrected
from kheo.core.drafting.day_words import in_words
from kheo.core.drafting.fields import period_words
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.papers import DraftedPaper
from kheo.core.drafting.proposing import DraftTask
from kheo.core.drafting.said import Group, anchored, said_by
from kheo.core.drafting.writing import as_yaml
from kheo.core.numbers import format_int
from kheo.core.unit_kinds import kind_name
from kheo.directives.actions.drafting import Held
from kheo.directives.models import Drafting
from kheo.directives.queries.drafting import checked, confirmed
from kheo.files.papers import words_of_converted
from kheo.org.queries.trees import units_by_kind
from kheo.web.drafting.items import Items
from kheo.web.drafting.sent import SLIP


@dataclass(frozen=True)
class Segment:
    """A stretch of a paper: the innermost item that says it, and the items that begin here."""

    text: str
    key: str
    begins: tuple[str, ...]


def draft_rows(found: Iterable[Drafting]) -> list[dict[str, Any]]:
    """The list of drafts."""
    return [{"row": row, "state": row.get_state_display(), "at": format_instant(row.written_at)} for row in found]


class DraftPage:
    """Everything that the template asks for. `held`: changes of this person that were not kept, by key, shown where they were typed."""

    def __init__(
        self,
        row: Drafting,
        made: Corrected,
        at: datetime,
        known: Catalogue,
        *,
        may_publish: bool,
        held: Mapping[str, Held] | None = None,
    ) -> None:
        self.row, self.made, self.draft, self.wrong = row, made, made.draft, made.wrong
        self._known = known
        self.is_open = row.state == "open"
        self.may_publish = may_publish and self.is_open
        self.state = row.get_state_display()
        self.items = Items(row, made, held or {})
        self._held, self._on = held or {}, local_day(at)

    @property
    def trail(self) -> list[dict[str, str]]:
        """The way here."""
        return [{"label": "Đọc văn bản", "url": reverse("draftings")}, {"label": self.row.name, "url": ""}]

    @property
    def converted(self) -> list[str]:
        """Which of the papers came in letters of an old font: as long as the draft is there, for what is guessed in them may be wrong."""
        told = {each["file"]: words_of_converted(each["encoding"]) for each in self.row.papers}
        return [f"{file}: {words}" for file, words in told.items() if words]

    @cached_property
    def left(self) -> int:
        """How many places a person has still to look at."""
        return (self.items.unsure + sum(each["unsure"] for each in self.tasks)) if self.is_open else 0

    @property
    def first(self) -> str:
        """The anchor of the first of them."""
        found = self.items.first or next((each["task"].key for each in self.tasks if each["unsure"]), "")
        new = found.startswith("regime.tiers.") and any(each.is_new and each.key == found for each in self.made.fields)
        return "o-them-cap" if new else f"o-{found}" if found else ""

    @cached_property
    def tasks(self) -> list[dict[str, Any]]:
        """Every task with what may count it."""
        said = {**confirmed(self.row.seen), **self.row.chosen}
        return [self._task(task, said) for task in self.draft.tasks]

    @property
    def unsure_tasks(self) -> list[dict[str, Any]]:
        """Those that a person must look at."""
        return [each for each in self.tasks if each["unsure"]]

    @property
    def sure_tasks(self) -> list[dict[str, Any]]:
        """Those that need no look."""
        return [each for each in self.tasks if not each["unsure"]]

    @property
    def outline_wrong(self) -> bool:
        """Whether something in the outline is to be mended."""
        return any(each.wrong or each.held for each in self.items.outline["unsure"])

    def _task(self, task: DraftTask, said: Mapping[str, str]) -> dict[str, Any]:
        first = task.proposals[0].known.indicator.code if task.proposals else ""
        was = said.get(task.key, first)
        now = self._held[task.key].mine if task.key in self._held else was
        offered = [each.known.indicator.code for each in task.proposals]
        return {
            "task": task, "was": was, "now": now, "other": now if now and now not in offered else "",
            "wrong": self.wrong.get(task.key, ""), "held": self._held.get(task.key), "asked": task.found.value.asked,
            "doubted": task.found.sure < DOUBTFUL,
            "unsure": bool(task.key in self._held or task.key in self.wrong or (task.is_doubtful and task.key not in said)),
            "seen": f"t.{task.key}={was}",
        }  # fmt: skip

    @cached_property
    def known(self) -> list[Any]:
        """All indicators used before, for the choice of another."""
        return [each.indicator for _, each in sorted(self._known.known.items()) if each.indicator.aggregation != "ratio"]

    @cached_property
    def papers(self) -> list[dict[str, Any]]:
        """Each paper in segments, with what it says beside the fields."""
        return [
            {
                "short": paper.short,
                "number": paper.number,
                "file": paper.file,
                "segments": list(self._segments(turn)),
                "said": self._said[turn],
            }
            for turn, paper in enumerate(self.draft.papers)
        ]

    @cached_property
    def _said(self) -> list[list[Group]]:
        """What each paper says beside the fields."""
        return [said_by(self.draft.papers, turn) for turn in range(len(self.draft.papers))]

    @cached_property
    def slips(self) -> list[dict[str, Any]]:
        """Slips of scanning, proposed beside the original."""
        stored = {paper["text"]: turn for turn, paper in enumerate(self.row.papers)}
        turns = [(paper, stored.get(paper.directive.paper.text)) for paper in self.draft.papers]
        found = [_slip(paper, turn, slip) for paper, turn in turns if turn is not None for slip in paper.directive.slips]
        return [each for each in found if SLIP.fullmatch(each["key"])]

    def _segments(self, turn: int) -> Iterator[Segment]:
        paper = self.draft.papers[turn]
        places = [(each.place, each.key) for each in self.made.fields if each.paper == turn and each.place]
        places += [(task.found.place, task.key) for task in self.draft.tasks if task.paper is paper]
        return segments(paper.directive.paper.text, [*places, *((each.place, each.key) for each in anchored(self._said[turn]))])

    @cached_property
    def problems(self) -> list[dict[str, str]]:
        """What the check of the file says, each with the field it is about; nothing: it may be published."""
        found = [(words, key) for key, words in self.wrong.items()]
        found += [(each.message, self.items.key_of(each.key)) for each in checked(as_yaml(self.draft)).problems]
        return [{"message": words, "anchor": f"o-{key}" if key else ""} for words, key in found]

    @cached_property
    def asked(self) -> list[dict[str, Any]]:
        """How many units each tier would ask today."""
        counts = units_by_kind(self._on)
        regime = self.draft.data["regime"]
        frequencies = {each["id"]: each.get("frequency", "year") for each in regime["periods"]}
        return [
            {
                "name": tier["name"],
                "units": format_int(sum(counts.get(kind, 0) for kind in tier["kinds"])),
                "kinds": ", ".join(kind_name(kind) for kind in tier["kinds"]),
                "due": "; ".join(
                    f"{period_words(period).lower()}: {in_words(rule, frequencies[period])}" for period, rule in tier["due"].items()
                ),
            }
            for tier in regime["tiers"]
        ]

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """What people did, the newest first, in the words of the page."""
        told = ({**each, "label": self._label(each["key"])} for each in reversed(self.row.corrections))
        return [{**each, "at": format_instant(datetime.fromisoformat(each["at"]))} for each in told]

    def named(self, texts: Mapping[str, str]) -> list[tuple[str, str]]:
        """Texts that somebody typed, each with the words of its field."""
        return [(self._label(key), text) for key, text in texts.items()]

    @cached_property
    def _labels(self) -> dict[str, str]:
        tasks = {task.key: f"Chỉ tiêu cho {task.source}" for task in self.draft.tasks}
        return {each.key: each.label for each in self.made.fields} | tasks

    def _label(self, key: str) -> str:
        plain = key.partition("=")[0]
        plain = plain[2:] if plain[:2] in ("t.", "f.") else plain
        return self._labels.get(plain, "Chữ quét sai" if key.startswith("text.") else "Chỗ phải xem")


def _slip(paper: DraftedPaper, turn: int, slip: Found[Slip]) -> dict[str, Any]:
    was, now = paper.directive.paper.text[slip.place.start : slip.place.end], slip.value.proposed
    key = f"{turn}:{slip.place.start}:{was}:{now}"
    return {"key": key, "was": was, "now": now, "why": slip.value.why, "line": paper.line_of(slip.place)}


def segments(text: str, places: Iterable[tuple[Place, str]]) -> Iterator[Segment]:
    """The text cut at every place: together the segments are the text (blanks before its first word left out)."""
    ordered = sorted(places, key=lambda each: (each[0].end - each[0].start, each[0].start))
    start = len(text) - len(text.lstrip())
    cuts = sorted({start, len(text), *(at for place, _ in ordered for at in (place.start, place.end) if start <= at <= len(text))})
    for begin, end in pairwise(cuts):
        key = next((key for place, key in ordered if place.start <= begin and end <= place.end), "")
        yield Segment(text[begin:end], key, tuple(key for place, key in ordered if place.start == begin))
