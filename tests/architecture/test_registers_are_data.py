"""What a register is, its file says: no code knows one by its code or a field by its key (decision 056; docs/recipes/add-a-register.md)."""

import ast
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from tests.architecture.sources import PACKAGE, PROJECT, files_under, parsed, place

REGISTERS = PROJECT / "campaigns" / "registers"
# Where every key is a register's: elsewhere a word of one syllable (`ten`, `ngay`) is mostly the name of a box in another form.
_OF_REGISTERS = ("core/registers", "registers", "api/registers", "core/drafting")
_QUOTED = re.compile(r"'([^'\s]+)'")  # inside SQL: extra ->> 'van_ban'
# The same words for something else, with what they are there.
ELSEWHERE = {
    ("src/kheo/documents/grid/raw.py", "kiem-tra"): "a kind of hidden sheet of the workbook of reports",
    ("src/kheo/documents/unit_workbook/checks_sheet.py", "kiem-tra"): "the same",
    ("src/kheo/documents/unit_workbook/layout.py", "kiem-tra"): "the same",
    ("src/kheo/documents/unit_workbook/order.py", "kiem-tra"): "the same",
    ("src/kheo/notices/channels/zalo.py", "noi_dung"): "a blank of a message's template, as Zalo has it",
    ("src/kheo/web/review/sieve.py", "kiem-tra"): "a choice in the address of the list of reports to look at",
}


@lru_cache(maxsize=1)
def shipped() -> tuple[frozenset[str], frozenset[str]]:
    """The codes of the registers that come with Khéo, and the keys of their fields."""
    read = [YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in sorted(REGISTERS.glob("*.yaml"))]
    return frozenset(each["register_code"] for each in read), frozenset(field["key"] for each in read for field in each["fields"])


def words_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text that code uses, whole, and what stands in single quotes inside it; no docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from ((node.lineno, word) for word in {node.value, *_QUOTED.findall(node.value)})


def known_here(path: Path) -> Collection[str]:
    """The words that would name a register or a field in a file."""
    codes, keys = shipped()
    inside = any(path.is_relative_to(PACKAGE / room) for room in _OF_REGISTERS)
    return codes | (keys if inside else {key for key in keys if "_" in key})


def named() -> set[tuple[str, str]]:
    """By file, the codes and keys that code outside the demo names."""
    files = [path for path in files_under("src/kheo") if not path.is_relative_to(PACKAGE / "demo")]
    assert len(files) > 500
    return {(place(path), word) for path in files for _, word in words_in(parsed(path)) if word in known_here(path)}


def test_no_code_outside_the_demo_names_a_register_or_a_field() -> None:
    assert named() == set(ELSEWHERE)


def test_no_page_names_one() -> None:
    pages = files_under("src/kheo/web", suffixes=(".html", ".js"))
    assert len(pages) > 100
    quoted = re.compile(r"[\"']([^\"'\s]+)[\"']")
    codes, keys = shipped()
    known = codes | {key for key in keys if "_" in key}
    wrong = {(place(path), word) for path in pages for word in quoted.findall(path.read_text(encoding="utf-8")) if word in known}
    assert wrong == set()


def test_what_is_looked_for_would_be_seen() -> None:
    """Control: as code named the register of plans before."""
    before = """
PLANS = "ke-hoach"
"van_ban: what a docstring says"
RULE = f"{one} = e.extra ->> 'van_ban' AND {other}"
"""
    codes, keys = shipped()
    assert len(codes) > 10
    assert [word for _, word in words_in(ast.parse(before)) if word in codes | keys] == ["ke-hoach", "van_ban"]
    assert "ten" in known_here(PACKAGE / "registers" / "queries" / "plans.py")
    assert "ten" not in known_here(PACKAGE / "web" / "people" / "forms.py")
