"""A draft as the YAML of a campaign's file: fields in the order of the schema, beside them where they came from and what is open."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from kheo.core.drafting.notes import Notes, Path
from kheo.core.drafting.proposing import CampaignDraft
from kheo.core.drafting.regime import other_limits
from kheo.core.drafting.said import limit_words
from kheo.core.drafting.sources import source_of

_WIDTH = 140
_FLOW = frozenset({"opens", "closes", "cutoff", "kinds", "due"})


def as_yaml(draft: CampaignDraft) -> str:
    """The whole file. It is not published by anybody but a person; what is open is listed at its top."""
    lines = ["# BẢN NHÁP do Khéo đề xuất từ văn bản; chưa công bố. Xem từng chỗ “CẦN XÁC NHẬN”, sửa rồi: kheo campaign check TỆP"]
    lines += [f"#   {paper.short}: {_one_line(paper.number or 'không số')} ({_one_line(paper.file)})" for paper in draft.papers]
    lines += _other_limits(draft)
    lines += [f"# Còn {len(draft.left_open)} chỗ phải xác nhận:"]
    lines += [f"#   - {_named(each.path)}: {_one_line(each.words)}" for each in draft.left_open]
    return "\n".join([*lines, *_mapping(draft.data, (), draft.notes, 0)]) + "\n"


def _other_limits(draft: CampaignDraft) -> Iterator[str]:
    """Limits for which a campaign's file has no place: who passes the papers down sets them there."""
    found = other_limits(draft.papers)
    if found:
        yield f"# {len(found)} hạn không thành kỳ báo cáo: tệp này không có chỗ cho chúng, hãy giao khi chuyển văn bản xuống:"
    for paper, limit in found:
        asked, when = limit_words(limit.value)
        yield f"#   - {source_of(paper, limit.place)}: {_one_line(asked)}" + (f" ({_one_line(when)})" if when else "")


@cache
def _dumper() -> YAML:
    """One value on one line, in the order in which it stands."""
    dumper = YAML(typ="safe", pure=True)
    dumper.default_flow_style = True
    dumper.width, dumper.allow_unicode = 10**6, True
    dumper.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # declared as None, which is its first value
    return dumper


def _named(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _comments(path: Path, notes: Notes, depth: int) -> Iterator[str]:
    for words in notes.said.get(path, ()):
        yield f"{'  ' * depth}# {_one_line(words)}"


def _one_line(words: str) -> str:
    """For a comment, which has no escapes: a sign of steering in it would make the whole file one that nothing reads."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def _mapping(data: dict[str, Any], path: Path, notes: Notes, depth: int) -> Iterator[str]:
    for key, value in data.items():
        own = (*path, key)
        yield from _comments(own, notes, depth)
        if key in _FLOW or not isinstance(value, (dict, list)) or not value:
            yield f"{'  ' * depth}{key}: {_flow(value)}"
        elif isinstance(value, dict):
            yield f"{'  ' * depth}{key}:"
            yield from _mapping(value, own, notes, depth + 1)
        else:
            yield f"{'  ' * depth}{key}:"
            yield from _items(value, own, notes, depth + 1)


def _items(rows: list[Any], path: Path, notes: Notes, depth: int) -> Iterator[str]:
    for at, row in enumerate(rows):
        yield from _comments((*path, at), notes, depth)
        if not isinstance(row, dict):
            yield f"{'  ' * depth}- {_flow(row)}"
            continue
        first, *rest = _mapping(row, (*path, at), notes, depth + 1)
        yield f"{'  ' * depth}- {first.lstrip()}"
        yield from rest


def _flow(value: Any) -> str:
    """One value on one line, quoted where YAML needs it; a day as it is written."""
    if isinstance(value, date):
        return value.isoformat()
    written = StringIO()
    _dumper().dump(value, written)
    told = written.getvalue()
    return told.removesuffix("\n").removesuffix("\n...")
