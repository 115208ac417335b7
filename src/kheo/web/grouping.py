"""What will become of many things, told in groups: how many of each kind, and some of their names."""

from collections.abc import Iterable, Sequence
from typing import Any

from kheo.core.numbers import format_int

NAMED, GROUPS = 10, 50


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """For `_groups.html`: (what is said of it, its name) by what is said, the largest first. No page lists more than a page of rows."""
    found: dict[str, list[str]] = {}
    for words, name in pairs:
        found.setdefault(words, []).append(name)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return {"shown": [_group(words, names) for words, names in ordered[:GROUPS]], "more": max(len(ordered) - GROUPS, 0)}


def _group(words: str, names: Sequence[str]) -> dict[str, Any]:
    more = len(names) - NAMED
    return {"words": words, "count": format_int(len(names)), "names": names[:NAMED], "more": format_int(more) if more > 0 else ""}
