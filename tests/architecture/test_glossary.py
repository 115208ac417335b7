"""The glossary knows every word of the tables that people see, and no word has two terms."""

from pathlib import Path

from kheo.core.reorganising import EventKind
from kheo.core.workflow import Role


def _rows(project_dir: Path) -> list[tuple[str, list[str]]]:
    lines = (project_dir / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]
    return [(term, [word.strip() for word in words.split(",")]) for term, words, _ in cells]


def test_every_role_has_its_term(project_dir: Path) -> None:
    words = {word for _, words in _rows(project_dir) for word in words}
    assert {role.value for role in Role} <= words


def test_every_event_of_a_unit_has_its_term(project_dir: Path) -> None:
    words = {word for _, words in _rows(project_dir) for word in words}
    assert {kind.value for kind in EventKind} <= words


def test_each_code_word_and_each_term_stands_once(project_dir: Path) -> None:
    rows = _rows(project_dir)
    words = [word for _, words in rows for word in words]
    terms = [term for term, _ in rows]
    assert len(rows) > 40
    assert sorted(words) == sorted(set(words))
    assert sorted(terms) == sorted(set(terms))
