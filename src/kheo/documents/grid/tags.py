"""The tags between the cells of all sheets, looked at together, as numbers.

In XML that is well formed and holds no comment and no character data, every `<` opens a tag; so nothing is missed, and nothing that
stands in a text is taken for a tag. A workbook has some ten thousand: one by one they would cost more than reading it.
"""

from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[Any]]
_LESS, _MORE, _EQUALS, _QUOTE, _ZERO, _S, _H = b'<>="0sh'
_BLANKS = b"\t\n\r"
_LONGEST = 9  # digits of the number of a text


# What a tag is, by its first two letters. Plain numbers: members of an enumeration take as long to look up as all their tags to find.
OTHER, STRANGE, ROW, CELL, VALUE, VALUE_END, INNER, INNER_END, TEXT, TEXT_END, FORMULA, FORMULA_END, DATA, RICH = range(14)
_KINDS = 14

_OPENINGS = {
    b"ro": ROW, b"c ": CELL, b"v>": VALUE, b"/v": VALUE_END, b"is": INNER, b"/i": INNER_END,
    b"t>": TEXT, b"t ": TEXT, b"/t": TEXT_END, b"f>": FORMULA, b"f ": FORMULA, b"f/": FORMULA,
    b"/f": FORMULA_END, b"sh": DATA, b"rP": RICH,
    # Cells without a name, values with an attribute or none to hold, texts that are empty.
    b"c>": STRANGE, b"c/": STRANGE, b"v ": STRANGE, b"v/": STRANGE, b"t/": STRANGE,
}  # fmt: skip


def _kinds() -> Numbers:
    """The kind by the number that two letters are. Names are followed by a space or an end, never by a line's end."""
    kinds = np.zeros(1 << 16, np.uint8)
    for letters, kind in _OPENINGS.items():
        kinds[int.from_bytes(letters, "little")] = kind
    for blank in _BLANKS:
        kinds[blank << 8 : (blank + 1) << 8] = STRANGE
    return kinds


_KIND_OF = _kinds()


class Tags:
    """Tags by their number from the first; `at`: where each one's `<` stands."""

    def __init__(self, xml: bytes) -> None:
        """The last tag is left out: it is the end of a sheet's cells, and there is nothing behind it to look at."""
        self._letters = np.frombuffer(xml, np.uint8)
        self.at = np.flatnonzero(self._letters == _LESS)[:-1]
        self._four: Numbers = np.ndarray((len(xml) - 3,), "<u4", xml, 0, (1,))
        self._eight: Numbers = np.ndarray((len(xml) - 7,), "<u8", xml, 0, (1,))
        two = self._letters.take(self.at + 2).astype(np.uint16) << 8 | self._letters.take(self.at + 1)
        self._kinds = _KIND_OF.take(two)
        self.values = self.of(VALUE)
        self.formulas = self.of(FORMULA)

    def of(self, kind: int) -> Numbers:
        """The tags of a kind."""
        return np.flatnonzero(self._kinds == kind)

    def letter(self, tags: Numbers, offset: int) -> Numbers:
        """The letter so far behind the `<` of each."""
        found: Numbers = self._letters[self.at[tags] + offset]
        return found

    def eight(self, tags: Numbers, offset: int | Numbers) -> Numbers:
        """The eight letters from there on, as a number."""
        found: Numbers = self._eight[self.at[tags] + offset]
        return found

    def are_named(self, tags: Numbers, letters: bytes) -> bool:
        """Whether each goes on with these four letters from its name on."""
        return bool((self._four[self.at[tags] + 1] == int.from_bytes(letters, "little")).all())

    def _follow(self, tags: Numbers, letters: bytes) -> Numbers:
        """Whether each follows right upon a tag that ends with these four letters and `>`."""
        found: Numbers = self._four[self.at[tags] - 5] == int.from_bytes(letters, "little")
        return found

    def is_plain(self) -> bool:
        """Whether everything is written as spreadsheets write it, and no text is empty or tells how another is spoken."""
        counts = np.bincount(self._kinds, minlength=_KINDS).tolist()
        if counts[STRANGE] or counts[VALUE] != counts[VALUE_END]:
            return False
        if not counts[TEXT]:
            return not counts[INNER]
        if counts[TEXT] != counts[TEXT_END] or counts[INNER] != len(self._inner_ends()):
            return False
        is_spoken = counts[RICH] and (self.letter(self.of(RICH), 3) == _H).any()
        is_empty = (self.letter(self.of(TEXT_END), -1) == _MORE).any()
        return not (is_spoken or is_empty or (self._kinds[self._inner_ends() - 1] == INNER).any())

    def _inner_ends(self) -> Numbers:
        ends = self.of(INNER_END)
        found: Numbers = ends[self.letter(ends, 3) == _S]
        return found

    def held(self) -> Numbers:
        """Tags that stand for a value each: `<v>` with something in it, and the end of a text in its cell."""
        filled = self.values[self.letter(self.values, 3) != _LESS]
        return np.sort(np.concatenate((filled, self._inner_ends())))

    def shared(self) -> int:
        """How often it says anywhere that something is a text of the common table."""
        quotes = self._letters == _QUOTE
        return int(np.count_nonzero((self._letters[:-3] == _EQUALS) & quotes[1:-2] & (self._letters[2:-1] == _S) & quotes[3:]))

    def texts(self) -> int | None:
        """How many cells name a text of the common table; None where one does not name it by a plain number.

        The parser takes what is no number for the first text.
        """
        named = self.values[self._follow(self.values, b'="s"')]
        if not len(named):
            return 0
        lengths = self.at[named + 1] - self.at[named] - 3
        longest = int(lengths.max())
        if lengths.min() < 1 or longest > _LONGEST:
            return None
        are_digits = all((self.letter(named[lengths > place], 3 + place) - _ZERO <= 9).all() for place in range(longest))
        return len(named) if are_digits else None

    def has_errors(self) -> bool:
        """Whether a cell says that it holds an error, right before its value or its formula."""
        return bool(self._follow(self.values, b'="e"').any() or self._follow(self.formulas, b'="e"').any())

    def are_reckoned(self) -> Numbers:
        """For each formula whether it has a value behind it."""
        last = len(self.at) - 1
        behind = np.minimum(self.formulas + 1, last)
        behind = np.minimum(behind + (self._kinds[behind] == FORMULA_END), last)
        found: Numbers = (self._kinds[behind] == VALUE) & (self.letter(behind, 3) != _LESS)
        return found
