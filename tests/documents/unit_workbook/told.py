"""What is told about a workbook, as lines that a person can check by eye: kept in `corpus.txt`, one entry a bad workbook."""

from collections.abc import Mapping
from pathlib import Path

from kheo.documents.unit_workbook import RawBook, validate
from tests.documents.unit_workbook.books import GOOD, TEXTS, address, mini

EXPECTED = Path(__file__).with_name("corpus.txt")


def told(book: RawBook) -> str:
    """Answers that differ from those of the good workbook, then every problem: stage, severity, place, what is wrong, what is expected."""
    reading = validate(book, mini(), address(mini()))
    lines = []
    if book.refusal is None:
        lines += [f"  {key} = {value!r}" for key, value in sorted(differing(reading.figures, GOOD).items())]
        lines += [f"  {key} = {str(value)[:40]!r}" for key, value in sorted(differing(reading.narrative, TEXTS).items())]
        lines += [f"  {key} note {text!r}" for key, text in sorted(reading.notes.items())]
    for each in reading.problems:
        place = f"{each.sheet}!{each.cell}"
        lines.append(f"  {each.stage} {each.severity} {place} {each.target} {each.part} | {each.message} | {each.expected}")
    return "\n".join(lines or ["  nothing"]) + "\n"


def differing(found: Mapping[str, object], usual: Mapping[str, object]) -> dict[str, object]:
    """What is there instead of the usual."""
    return {key: found.get(key, "-") for key in found.keys() | usual.keys() if found.get(key, "-") != usual.get(key, "-")}


def expected() -> dict[str, str]:
    """Entries of the file, by the name of the workbook."""
    entries = EXPECTED.read_text(encoding="utf-8").split("## ")[1:]
    return {entry.partition("\n")[0]: entry.partition("\n")[2] for entry in entries}
