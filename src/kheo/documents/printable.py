"""The text of people made fit for paper. Whatever was typed is data: shown as text, never read as markup, code or direction."""

import re
import unicodedata

MARK = "\ufffd"
NO_BREAK = "\u00a0"

# Line ends of all kinds; the vertical tab is what Word and Excel paste for a soft line break.
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# What XML 1.0 cannot hold (§2.2), the C1 controls, and the marks that turn the direction of the text after them,
# which would let a unit's name reverse the digits of the sentence it stands in.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# What no XML file can hold, however it is escaped.
_UNKEPT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile("(?<=[^ ]) (?=[0-9])")
_BLANKS = re.compile("[ \t]+")


def one_line(text: str) -> str:
    """The text on one line: blanks and line ends folded to a space, unfit characters shown as a mark. No-break spaces stay."""
    return _BLANKS.sub(" ", _UNFIT.sub(MARK, _LINE_END.sub(" ", unicodedata.normalize("NFC", text)))).strip()


def fit(text: str) -> str:
    """The text letter for letter, lines and all, but for what XML cannot hold, which is shown as a mark."""
    return _UNKEPT.sub(MARK, text)


def paragraphs(text: str) -> tuple[str, ...]:
    """The text as its non-empty lines, each fit for paper."""
    return tuple(line for line in (one_line(part) for part in _LINE_END.split(text)) if line)


def keep_together(text: str) -> str:
    """The text with no place to break a line."""
    return text.replace(" ", NO_BREAK)


def tie_numbers(text: str) -> str:
    """A number stays on the line of the word before it: `Quận 5`."""
    return _NUMBER.sub(NO_BREAK, text)


def lower_first(text: str) -> str:
    """For a name inside a sentence: first letter lower, unless the first word is an abbreviation (`NLĐ`, `TTHC`) or one letter."""
    first = text.split(" ", 1)[0]
    if sum(character.isupper() for character in first) != 1 or len(first) == 1:
        return text
    return text[0].lower() + text[1:]


def upper_first(text: str) -> str:
    """For a name at the start of a sentence."""
    return text[:1].upper() + text[1:]
