"""The files of the project, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "kheo"


@lru_cache(maxsize=1)
def project_files() -> tuple[Path, ...]:
    """Every file that is, or when added would be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    found = (PROJECT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in set(found) if path.is_file() and not path.is_symlink()))


def files_under(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Files of those folders of the project with one of the suffixes."""
    roots = [PROJECT / folder for folder in folders]
    return [path for path in project_files() if path.suffix in suffixes and any(path.is_relative_to(root) for root in roots)]


def place(path: Path, line: int | None = None) -> str:
    """How a test names a place: `src/kheo/web/reach.py:12`."""
    name = path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name
    return f"{name}:{line}" if line else name


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every imported module with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
