"""How much two texts are alike: the runs of three syllables that both have, whatever their marks, case and punctuation.

Three things of one text: its *runs* (a set), from which the degree of likeness is counted exactly; its *bands*, a few numbers of which two
texts that are much alike have at least one in common, so that a table with an index finds what is worth comparing among a million; and its
*pieces*, which show the very runs that were counted. What a text means is not looked at: the same told in other words is not found.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rensa import RMinHash

from kheo.core.text import words

RUN = 3
# 32 bands of 3 numbers: of texts that have half of their runs in common hardly one in a hundred has no band in common (decision 037).
BANDS, ROWS, SEED = 32, 3, 2023
# Kept beside what was made: when any of it changes, bands made before are made anew.
MADE_WITH = f"r{RMinHash.ALGORITHM_VERSION}.{RUN}.{BANDS}x{ROWS}.{SEED}"
# Shorter texts are names: two of them alike say nothing unless they are of one and the same unit.
SHORTEST = 15
_WORD = re.compile(r"[^\W_]+")
_PACKED = struct.Struct(f"<qI{ROWS}I")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, in order; `is_same`: it stands in the other text as well."""

    text: str
    is_same: bool


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    """Vietnamese has some seven thousand syllables: nearly every one of a text is known already."""
    return "".join(words(word))


def runs(text: str) -> frozenset[str]:
    """The runs of three syllables; of a text that has fewer, all of it."""
    return _runs([_bare(each) for each in _WORD.findall(text)])


def _runs(bare: Sequence[str]) -> frozenset[str]:
    if not bare:
        return frozenset()
    return frozenset(" ".join(bare[start : start + RUN]) for start in range(max(1, len(bare) - RUN + 1)))


def degree(one: frozenset[str], other: frozenset[str]) -> int:
    """How much of both together is common to them: 0 to 100, rounded down, so that 100 is the same and nothing else."""
    whole = len(one) + len(other)
    return 200 * len(one & other) // whole if whole else 0


def bands(found: frozenset[str], salt: int) -> list[int]:
    """The numbers by which a text is found: signed, 32 bits; texts of another `salt` have none in common with it but by chance."""
    if not found:
        return []
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(sorted(found))
    numbers = sketch.digest()
    packed = (_PACKED.pack(salt, band, *numbers[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
    return [zlib.crc32(each) - 2**31 for each in packed]


def pieces(text: str, other: frozenset[str]) -> list[Piece]:
    """The text cut into what the other has as well and what it has not: marked are the very runs that `degree` counts."""
    found = [(each.start(), each.end(), _bare(each.group())) for each in _WORD.finditer(text)]
    length = min(RUN, len(found))
    same = set[int]()
    for start in range(len(found) - length + 1) if found else ():
        if " ".join(bare for _, _, bare in found[start : start + length]) in other:
            same.update(range(start, start + length))
    return list(_cut(text, [(start, end, number in same) for number, (start, end, _) in enumerate(found)]))


def _cut(text: str, marked: Sequence[tuple[int, int, bool]]) -> Iterable[Piece]:
    """What stands between two words that are marked is marked; what stands beside them is not."""
    last = 0
    for is_same, group in groupby(marked, key=lambda each: each[2]):
        stretch = list(group)
        if is_same:
            if stretch[0][0] > last:
                yield Piece(text[last : stretch[0][0]], False)
            yield Piece(text[stretch[0][0] : stretch[-1][1]], True)
            last = stretch[-1][1]
    if last < len(text):
        yield Piece(text[last:], False)
