"""Every module that names one of the parallel lines says why in docs/lines.md; the rest let their reader choose."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/kheo"
WALKING = ("org", "reports", "cli", "api", "web/tree", "web/consolidation")
NAMED = re.compile(r"\bLine\.[A-Z]|\bREPORTED_ON\b")


def fixing(text: str) -> bool:
    """Whether a module names a line."""
    return bool(NAMED.search(text))


def test_every_module_that_fixes_a_line_tells_why() -> None:
    told = set(re.findall(r"^\| `([\w/]+\.py)` \| \S", (ROOT / "docs/lines.md").read_text(encoding="utf-8"), re.MULTILINE))
    modules = (path for room in WALKING for path in (SOURCE / room).rglob("*.py"))
    fixed = {str(path.relative_to(SOURCE)) for path in modules if fixing(path.read_text(encoding="utf-8"))}
    assert sorted(fixed - told) == [], "say in docs/lines.md why each of these has one line, or let the reader choose"
    assert sorted(told - fixed) == [], "these name no line any more"


def test_a_line_that_is_named_is_seen_and_one_that_is_handed_over_is_not() -> None:
    assert fixing("rows = below(on, Line.UNION, unit)")
    assert not fixing("rows = below(chosen.on, chosen.line, unit); line: Line = found; tree.Line; for line in Line")
