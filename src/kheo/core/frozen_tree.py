"""A tree with what its units are called, column by column, and the hash that it is kept under.

Column by column because a country has 300,000 units: a tuple for each costs more than reading them all.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from json.encoder import encode_basestring

from kheo.core.tree import Snapshot

AT_ONCE = 20_000
_ESCAPED = re.compile(r'["\\\x00-\x1f]')  # what JSON does not let stand as it is


@dataclass(frozen=True)
class NamedTree:
    """The columns stand in the order of the tree."""

    shape: Snapshot
    codes: Sequence[str]
    names: Sequence[str]
    kinds: Sequence[str]


def tree_hash(tree: NamedTree) -> str:
    """SHA-256 of the canonical JSON (`core.chain`) of the list of `[unit, place of the unit above or -1, code, name, kind]`.

    Fed in pieces: the JSON of a country is 25 MB.
    """
    forms, texts = zip(*map(_quoted, (tree.codes, tree.names, tree.kinds)), strict=True)
    items = map(f"[%d,%d,{','.join(forms)}]".__mod__, zip(tree.shape.units, tree.shape.parents, *texts, strict=True))
    digest, comma = hashlib.sha256(b"["), ""
    while piece := ",".join(islice(items, AT_ONCE)):
        digest.update((comma + piece).encode())
        comma = ","
    digest.update(b"]")
    return digest.hexdigest()


def _quoted(column: Sequence[str]) -> tuple[str, Iterable[str]]:
    """How to write the texts of a column as JSON, and what. Hardly ever is there anything to escape, so all are asked at once."""
    return ('"%s"', column) if _ESCAPED.search("".join(column)) is None else ("%s", map(encode_basestring, column))
