"""The rooms of the house, their order, and what each may know."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, PROJECT, files_under, imports_of, parsed, place, project_files

ROOMS = (
    "core",
    "documents",
    "journal",
    "people",
    "files",
    "org",
    "campaigns",
    "notices",
    "directives",
    "registers",
    "reports",
    "api",
    "web",
    "demo",
    "config",
    "cli",
)
NAMELESS = {"utils", "util", "helpers", "helper", "common", "lib", "libs", "misc", "base", "tools", "stuff", "shared"}
# Django's own word for the page that the others extend.
NAMED_ALL_THE_SAME = {"src/kheo/web/templates/base.html"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"), ("timezone", "now")}


def test_the_rooms_are_those_of_the_house() -> None:
    found = {path.relative_to(PACKAGE).parts[0] for path in files_under("src/kheo") if path.parent != PACKAGE}
    assert found == set(ROOMS)


def test_the_import_contract_knows_every_room_in_the_written_order() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    rooms = next(contract for contract in contracts if contract["containers"] == ["kheo"])
    layers = [room.strip() for layer in rooms["layers"] for room in layer.split("|")]
    assert tuple(reversed(layers)) == ROOMS
    assert rooms["exhaustive"] is True


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("core", "import kheo.web", "A room uses the rooms above it"),
        ("journal", "import kheo.reports", "A room uses the rooms above it"),
        ("web", "import kheo.api", "A room uses the rooms above it"),
        ("api", "import kheo.web", "A room uses the rooms above it"),
        ("documents", "import django", "Thinking and paper are pure"),
        ("documents/grid", "import kheo.core.models", "What reads hostile files"),
    ],
)
def test_the_import_contract_goes_red(tmp_path: Path, room: str, line: str, contract: str) -> None:
    """Control: a house with one forbidden import is refused by the contract of that import."""
    for name in (*ROOMS, "documents/grid", "documents/unit_workbook"):
        folder = tmp_path / "kheo" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("", encoding="utf-8")
        for drawer in ("models", "queries", "access", "actions"):
            (folder / f"{drawer}.py").write_text("", encoding="utf-8")
    (tmp_path / "kheo" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "kheo" / room / "models.py").write_text(f"{line}\n", encoding="utf-8")
    refused = lint_imports(tmp_path)
    assert refused.returncode == 1
    assert any(contract in each and "BROKEN" in each for each in refused.stdout.splitlines())


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(folder), "PATH": ""}, capture_output=True, text=True, check=False)


def test_nothing_has_a_name_that_says_nothing() -> None:
    named = [path.relative_to(PROJECT).as_posix() for path in project_files() if path.is_relative_to(PROJECT / "src")]
    wrong = [name for name in named if NAMELESS & {part.split(".")[0] for part in name.split("/")} and name not in NAMED_ALL_THE_SAME]
    assert wrong == []


def clocks_read_in(tree: ast.Module) -> list[int]:
    """Lines that ask for the present time."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name | ast.Attribute)
        if (_last_name(node.func.value), node.func.attr) in CLOCKS
    ]


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_the_thinking_reads_no_clock() -> None:
    rooms = [
        "src/kheo/core",
        "src/kheo/documents",
        *(
            f"src/kheo/{room}"
            for room in ("journal", "people", "files", "org", "directives", "campaigns", "notices", "registers", "reports")
        ),
    ]
    assert [place(path, line) for path in files_under(*rooms) for line in clocks_read_in(parsed(path))] == []


def test_a_read_clock_would_be_found() -> None:
    """Control."""
    assert clocks_read_in(ast.parse("import datetime\nx = datetime.datetime.now()\ny = date.today()\nz = clock.now()\n")) == [2, 3]


def test_only_the_product_is_imported_by_the_product() -> None:
    wrong = [
        place(path, line)
        for path in files_under("src")
        for line, module in imports_of(parsed(path))
        if module.split(".")[0] in ("tests", "bench", "pytest", "hypothesis", "playwright", "openpyxl", "lxml")
    ]
    assert wrong == []
