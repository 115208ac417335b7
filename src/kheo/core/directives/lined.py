"""Patterns for whole lines, tried only where a line holds the sign without which none can match."""

import re
from collections.abc import Iterator


def at_lines(pattern: re.Pattern[str], sign: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches, in order, of a pattern for whole lines that all hold a sign: few lines do, and the others need not be tried."""
    after = start
    while found := sign.search(text, after, end):
        line = text.rfind("\n", 0, found.start()) + 1
        match = pattern.match(text, line, end) if line >= after else None
        stop = text.find("\n", found.start(), end)
        after = match.end() if match and match.end() > found.start() else stop + 1 if stop >= 0 else end
        if match:
            yield match
        if stop < 0 and not match:
            return
