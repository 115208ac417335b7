"""What comes in from the report page, as JSON or as a form, made into the same entries; and the answers that the typed texts give."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict
from django.http.request import RawPostDataException, UnreadablePostError

from kheo.core.answers import read_answer, write_answer
from kheo.core.checking import EXPLAIN, MOST_EXPLAINED, SECTION
from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Definition
from kheo.core.numbers import CellProblem, format_int
from kheo.core.oddness import walled_cells
from kheo.core.text import nfc, written
from kheo.reports.actions import Change
from kheo.reports.models import Report

MOST_BYTES = 2 * 1024 * 1024
MOST_TEXT = 20_000  # characters of one section: the most that a definition can ask for
STANDING = "luc-mo"  # the form's hidden field: what stood in the page when it was made
TAKE, BOOKS = "take", "so"  # the button that takes what a register counts for one cell; of every empty one, among the buttons `fill`
ELSEWHERE = "\u0000"  # stands for a text that is not the stored one; no text that is kept holds it


@dataclass(frozen=True)
class Wrong:
    """A message that is not of the agreed shape: why, for people, and the status to answer with."""

    message: str
    status: int = 400


@dataclass(frozen=True)
class Typed:
    """One place as it stood in the page and as it was typed."""

    before: str
    after: str


@dataclass(frozen=True)
class Entries:
    """Everything that one message changes: cells by key, sections of the narrative by id, explanations by cell."""

    cells: Mapping[str, Typed]
    sections: Mapping[str, Typed]
    explanations: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What the typed texts mean: changes to store, and by target what could not be read."""

    cells: dict[str, Change]
    sections: dict[str, Change]
    faults: dict[str, str]
    explanations: dict[str, Change] = field(default_factory=dict)


def read_json(request: HttpRequest, definition: Definition) -> Entries | Wrong:
    """`{"cells": {key: {"before": "", "after": "1.000"}}, "sections": {id: ...}, "explanations": {key: ...}}`; else it is wrong."""
    try:
        body = request.body if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES else None
    except RawPostDataException:  # a form's own type: it was read as one already
        return Wrong("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi thử lại.")
    except (RequestDataTooBig, UnreadablePostError, ValueError):
        body = None
    if body is None or len(body) > MOST_BYTES:
        return Wrong("Nội dung gửi lên quá lớn. Hãy lưu từng phần.", 413)
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return Wrong("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi thử lại.")
    if not isinstance(sent, dict) or not sent.keys() <= {"cells", "sections", "explanations"}:
        return Wrong("Nội dung gửi lên không đúng mẫu. Hãy tải lại trang rồi thử lại.")
    cells, sections, explanations = (_typed(sent.get(part, {})) for part in ("cells", "sections", "explanations"))
    if cells is None or sections is None or explanations is None:
        return Wrong("Nội dung gửi lên không đúng mẫu. Hãy tải lại trang rồi thử lại.")
    return _known(Entries(cells, sections, explanations), definition)


def _typed(sent: object) -> dict[str, Typed] | None:
    """Entries of the agreed shape, or None."""
    if not isinstance(sent, dict):
        return None
    found: dict[str, Typed] = {}
    for key, entry in sent.items():
        if not isinstance(entry, dict) or entry.keys() != {"before", "after"}:
            return None
        before, after = entry["before"], entry["after"]
        if not isinstance(before, str) or not isinstance(after, str):
            return None
        found[key] = Typed(before, after)
    return found


def _known(entries: Entries, definition: Definition) -> Entries | Wrong:
    cells = {cell.key for cell in definition.input_cells}
    outline = {section.id for section in definition.outline}
    explained = set(explained_cells(definition))
    strangers = [*(set(entries.cells) - cells), *(set(entries.sections) - outline), *(set(entries.explanations) - explained)]
    if strangers:
        name = "".join(letter if letter.isprintable() else " " for letter in min(strangers)[:40])
        return Wrong(f"Mẫu báo cáo này không có ô “{name}”. Hãy tải lại trang rồi thử lại.")
    return entries


def explained_cells(definition: Definition) -> tuple[str, ...]:
    """Cells whose figures may be explained: all but those behind the wall."""
    walled = walled_cells(definition)
    return tuple(cell.key for cell in definition.cells if cell.key not in walled)


def stood(definition: Definition, report: Report | None) -> str:
    """For the form's hidden field: the text of every answered cell, a digest of every section and explanation."""
    figures = report.figures if report else {}
    narrative: Mapping[str, str] = report.narrative if report else {}
    texts = {key: write_answer(figures[key], _decimals(definition, key)) for key in figures}
    digests = {SECTION + key: _digest(text) for key, text in narrative.items()}
    digests |= {EXPLAIN + key: _digest(text) for key, text in (report.explanations if report else {}).items()}
    return json.dumps({**texts, **digests}, ensure_ascii=False, separators=(",", ":"))


def read_form(sent: QueryDict, definition: Definition, report: Report | None, counted: Mapping[str, CountedCell]) -> Entries | Wrong:
    """The entries of a form sent without the script, and what its buttons `fill`, `unfill` and `take` ask for besides.

    `counted`: what registers count, for the buttons that take it.
    """
    if "unfill" in sent:
        return without_zeros(definition, str(sent["unfill"]))
    entries = _changed_fields(sent, definition, report)
    if isinstance(entries, Entries) and asks_for_counted(sent):
        return with_counted(entries, counted, str(sent.get(TAKE, "")), report)
    if "fill" in sent and isinstance(entries, Entries):
        return with_zeros(entries, definition, str(sent["fill"]), report)
    return entries


def _changed_fields(sent: QueryDict, definition: Definition, report: Report | None) -> Entries | Wrong:
    """Every field that differs from what stood in the page."""
    try:
        before: Any = json.loads(sent.get(STANDING, "{}"))
    except (ValueError, RecursionError):
        before = None
    if not isinstance(before, dict) or not all(isinstance(text, str) for text in before.values()):
        return Wrong("Trang gửi lên bị thiếu. Hãy tải lại trang rồi nhập lại ô vừa sửa.")
    keys = (cell.key for cell in definition.input_cells if cell.key in sent)
    cells = {key: Typed(before.get(key, ""), str(sent[key])) for key in keys}
    sections = _changed_texts(sent, before, SECTION, [section.id for section in definition.outline], report.narrative if report else {})
    explained = _changed_texts(sent, before, EXPLAIN, explained_cells(definition), report.explanations if report else {})
    return Entries({key: typed for key, typed in cells.items() if typed.before != typed.after.strip()}, sections, explained)


def _changed_texts(
    sent: QueryDict, before: Mapping[str, str], prefix: str, keys: Iterable[str], kept: Mapping[str, str]
) -> dict[str, Typed]:
    """Texts that differ; of what stood in the page only a digest came along: either it is what is kept, or something else."""
    changed: dict[str, Typed] = {}
    for key in keys:
        if prefix + key in sent:
            stored = kept.get(key, "")
            is_same = before.get(prefix + key, _digest("")) == _digest(stored)
            typed = Typed(stored if is_same else ELSEWHERE, str(sent[prefix + key]))
            if typed.before != written(typed.after):
                changed[key] = typed
    return changed


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def asks_for_counted(sent: QueryDict) -> bool:
    """Whether a button was pressed that takes what registers count."""
    return TAKE in sent or sent.get("fill") == BOOKS


def with_counted(entries: Entries, counted: Mapping[str, CountedCell], taken: str, report: Report | None) -> Entries:
    """Also what registers count: in the cell `taken`, whatever stands in it, else in every cell without an answer, stored or typed."""
    figures = report.figures if report else {}
    wanted = [taken] if taken else [key for key in counted if key not in figures and key not in entries.cells]
    texts = {key: counted[key].typed for key in wanted if key in counted}
    cells = {key: Typed(write_answer(figures[key], counted[key].decimals) if key in figures else "", text) for key, text in texts.items()}
    return replace(entries, cells={**entries.cells, **cells})


def with_zeros(entries: Entries, definition: Definition, content: str, report: Report | None) -> Entries:
    """Also "nothing happened" in every cell of a content that holds no answer and in which nothing was typed."""
    figures = report.figures if report else {}
    codes = {each.code for each in definition.indicators if each.content == content}
    empty = [cell.key for cell in definition.input_cells if cell.indicator in codes and cell.key not in figures]
    zeros = {key: Typed("", "0") for key in empty if key not in entries.cells}
    return replace(entries, cells={**entries.cells, **zeros})


def without_zeros(definition: Definition, keys: str) -> Entries:
    """Take such zeros back: cells named in `keys` (separated by spaces) that still hold zero."""
    asked = set(keys.split(" "))
    cells = {cell.key: Typed("0", "") for cell in definition.input_cells if cell.key in asked}
    return Entries(cells, {})


def meant(entries: Entries, definition: Definition) -> Reading:
    """The changes that the texts mean. What cannot be read becomes a fault with its reason, and changes nothing."""
    reading = Reading({}, {}, {})
    for key, typed in entries.cells.items():
        decimals = _decimals(definition, key)
        after = read_answer(typed.after, decimals)
        if isinstance(after, CellProblem):
            reading.faults[key] = f"{after.message} {after.expected}"
            continue
        before = read_answer(typed.before, decimals)
        reading.cells[key] = Change(ELSEWHERE if isinstance(before, CellProblem) else before, after)
    for section, typed in entries.sections.items():
        text = written(typed.after)
        if len(text) > MOST_TEXT:
            length, most = format_int(len(text)), format_int(MOST_TEXT)
            reading.faults[SECTION + section] = f"Đoạn này dài {length} ký tự, không lưu được quá {most}. Hãy rút gọn."
            continue
        reading.sections[section] = Change(_kept(typed.before), text)
    for key, typed in entries.explanations.items():
        text = nfc(written(typed.after))
        if len(text) > MOST_EXPLAINED:
            reading.faults[EXPLAIN + key] = f"Dòng giải trình dài {format_int(len(text))} ký tự, tối đa {MOST_EXPLAINED}. Hãy rút gọn."
            continue
        reading.explanations[key] = Change(_kept(typed.before), text)
    return reading


def _kept(before: str) -> str:
    return ELSEWHERE if before == ELSEWHERE else written(before)


def _decimals(definition: Definition, key: str) -> int:
    return definition.indicator(definition.cell(key).indicator).decimals
