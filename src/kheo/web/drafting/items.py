"""The fields of a draft as a person meets them: first in each group what must be looked at, folded away what is sure."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kheo.core.drafting.correcting import Corrected, open_key, section_order
from kheo.core.drafting.fields import Field
from kheo.core.drafting.notes import Open
from kheo.core.drafting.proposing import UNKNOWN
from kheo.directives.actions.drafting import Held
from kheo.directives.models import Drafting

_GROUPS = (("", "Phong trào và văn bản"), ("contents", "Nội dung"), ("regime", "Kỳ báo cáo"), ("regime.tiers", "Cấp báo cáo"))
_OF_PAPER = {"Số ": "number", "Ngày ": "issued_on", "Cơ quan ": "issuer", "Trích yếu ": "title"}
_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Item:
    """A field on the page. `value`: as it is shown; `was`: as it is kept; `asks`: what is open about it; `seen`: how it is confirmed."""

    field: Field
    value: str
    was: str
    wrong: str
    is_typed: bool
    held: Held | None
    asks: tuple[str, ...]
    seen: str

    @property
    def is_unsure(self) -> bool:
        """Whether a person must look at it."""
        return bool(self.seen or self.wrong or self.held)

    @property
    def options(self) -> list[dict[str, Any]]:
        """The choices, each with whether it is taken."""
        taken = [each.strip() for each in self.value.split(",")] if self.field.form == "many" else [self.value]
        return [{"value": value, "words": words, "on": value in taken} for value, words in self.field.choices]

    @property
    def taken(self) -> str:
        """The words of what is chosen."""
        return "; ".join(each["words"] for each in self.options if each["on"])


class Items:
    """All of them. `first`: the key of the first that is unsure."""

    def __init__(self, row: Drafting, made: Corrected, held: Mapping[str, Held]) -> None:
        self._row, self._made, self._held = row, made, held

    @cached_property
    def all(self) -> list[Item]:
        """In the order of the fields."""
        asked: dict[str, list[Open]] = {}
        for each in self._made.asked:
            if each.path[0] != "indicators":
                asked.setdefault(self._field_of(each), []).append(each)
        return [self._item(field, asked.get(field.key, [])) for field in self._made.fields]

    def _field_of(self, item: Open) -> str:
        """The field that an open place is about: its own, or the first one below its path."""
        path: tuple[str | int, ...] = item.path
        periods = self._made.draft.data["regime"]["periods"]
        if path[:2] == ("regime", "periods"):
            at = path[2] if len(path) > 2 else None
            path = ("regime", "periods", periods[at]["id"]) if isinstance(at, int) and at < len(periods) else ("regime", "asked")
        if path[0] == "documents" and len(path) == 2:
            return self._of_document(f"documents.{path[1]}", item.words)
        if path == ("regime", "tiers"):
            return next(each.key for each in self._made.fields if each.is_new and each.key.startswith("regime.tiers."))
        if path[0] == "contents" and len(path) == 2:
            path = (*path, "walled")
        return self._below(".".join(map(str, path)))

    def _of_document(self, start: str, words: str) -> str:
        """The field of a paper that is doubtful by name, else the first that the paper does not say."""
        named = next((name for word, name in _OF_PAPER.items() if words.startswith(word)), None)
        if named:
            return f"{start}.{named}"
        own = [each for each in self._made.fields if each.key.startswith(f"{start}.")]
        return next((each.key for each in own if _lacks(each)), own[0].key)

    def _below(self, start: str) -> str:
        keys = [each.key for each in self._made.fields]
        return next((key for key in keys if key == start or key.startswith(f"{start}.")), keys[0])

    def _item(self, field: Field, asks: list[Open]) -> Item:
        typed, wrong, held = self._row.typed.get(field.key), self._made.wrong.get(field.key, ""), self._held.get(field.key)
        was = typed if typed is not None and wrong else field.value
        keys = [open_key(each) for each in asks]
        doubt = f"f.{field.key}={zlib.crc32(field.value.encode()):08x}"
        if (field.is_doubtful or _lacks(field)) and typed is None and doubt not in self._row.seen:
            keys.append(doubt)
        value = held.mine if held else was
        return Item(field, value, was, wrong, typed is not None, held, tuple(each.words for each in asks), " ".join(keys))

    @cached_property
    def unsure(self) -> int:
        """How many must be looked at."""
        return sum(each.is_unsure for each in self.all)

    @property
    def first(self) -> str:
        """The key of the first of them."""
        return next((each.field.key for each in self.all if each.is_unsure), "")

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """Groups of fields: what must be looked at, what is sure, and the empty row with which one is added."""
        made = []
        for group, name in _GROUPS:
            own = [each for each in self.all if _group(each.field.key) == group]
            asked = {_window(each.field.key) for each in own if each.is_unsure} - {""}
            there, new = [each for each in own if not each.field.is_new], [each for each in own if each.field.is_new]
            made.append(
                {
                    "id": group.replace(".", "-") or "van-ban-nao",
                    "name": name,
                    "unsure": [each for each in there if each.is_unsure or _window(each.field.key) in asked],
                    "sure": [each for each in there if not each.is_unsure and _window(each.field.key) not in asked],
                    "new": new,
                    "ask": next((each for each in new if each.seen), None),
                }
            )
        return made

    @cached_property
    def outline(self) -> dict[str, Any]:
        """The sections of the narrative, each as a row of fields by their last names, in the order of their numbers; empty rows last."""
        rows: dict[str, dict[str, Item]] = {}
        for each in self.all:
            if each.field.key.startswith("outline."):
                _, turn, name = each.field.key.split(".")
                rows.setdefault(turn, {})[name] = each
        ordered = sorted(rows.values(), key=lambda row: (row["id"].field.is_new, section_order(row["id"].field.value or "0")))
        asks = [each for row in ordered for each in row.values() if each.is_unsure]
        return {"rows": ordered, "unsure": asks, "count": sum(not row["id"].field.is_new for row in ordered)}

    def key_of(self, problem: str) -> str:
        """The field of a problem of the file: `regime.tiers[0].due.N` by the turn that the row has on the page; "" where there is none."""
        key = _INDEX.sub(r".\1", problem)
        for path, turns in self._made.turns.items():
            head, at, rest = key.partition(f"{path}.")
            turn, dot, last = rest.partition(".")
            if at and not head and turn.isdigit() and int(turn) < len(turns):
                key = f"{path}.{turns[int(turn)]}{dot}{last}"
        key = "regime.asked" if key.startswith("regime.periods") else key
        while key:
            below = [each for each in self._made.fields if each.key == key or each.key.startswith(f"{key}.")]
            if below:  # a day that is missing is that of the empty field
                return min(below, key=lambda each: (bool(each.value), below.index(each))).key
            key = key.rpartition(".")[0]
        return ""


def _lacks(field: Field) -> bool:
    """Whether a paper does not say what its file must have."""
    return field.key.startswith("documents.") and field.value in ("", UNKNOWN)


def _window(key: str) -> str:
    """The period of which a field is one of the two days: they are looked at together."""
    return key.rpartition(".")[0] if key.startswith("regime.periods.") else ""


def _group(key: str) -> str:
    if key.startswith("regime.tiers"):
        return "regime.tiers"
    first = key.split(".")[0]
    return first if first in ("contents", "regime", "outline") else ""
