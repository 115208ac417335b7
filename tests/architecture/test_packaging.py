"""What is installed is pinned by hash, in one version everywhere, and no file names a registry or a place on somebody's machine."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import PROJECT, place, project_files

# Put together here, because this file must not hold them either.
REGISTRIES = tuple(
    ".".join(words)
    for words in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org/debian"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cloudflare", "com/ajax"),
        ("fonts.googleapis", "com"),
        ("crates", "io"),
        ("golang", "org"),
    )
)
FOREIGN_PATHS = tuple(f"/{first}/" for first in ("work", "root", "opt/pypi", "home/kheo"))
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    """Package to version in a compiled list; a package may have one version for each range of Pythons."""
    found: dict[str, set[str]] = {}
    for package, version in NAME.findall((PROJECT / name).read_text(encoding="utf-8")):
        found.setdefault(package, set()).add(version)
    return found


def wishes(name: str) -> set[str]:
    """The lines of a list that a person wrote."""
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith(("#", "-r"))}


def test_every_package_is_pinned_with_its_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])
        assert {NAME.match(entry)[1] for entry in entries if NAME.match(entry)} == set(pins(name))  # type: ignore[index]
        assert [entry for entry in entries if not NAME.match(entry)] == []
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_tests_run_on_the_versions_that_users_get() -> None:
    product, with_tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: with_tests.get(name) for name in product} == product


def test_the_product_uses_no_package_that_only_tests_install() -> None:
    """One that only they install is there on every developer's machine, and on no user's."""
    of_packages = packages_distributions()
    used: dict[str, set[str]] = {}
    for file in sorted((PROJECT / "src" / "kheo").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for module in modules:
                used.setdefault(module.split(".")[0], set()).add(file.name)
    product = {re.sub("[._]", "-", name.lower()) for name in pins("requirements.txt")}
    foreign = {name: files for name, files in used.items() if name != "kheo" and name not in sys.stdlib_module_names}
    come_from = {name: {re.sub("[._]", "-", each.lower()) for each in of_packages.get(name, [])} for name in foreign}
    missing = {name: files for name, files in foreign.items() if not come_from[name] & product}
    assert "docx" in foreign
    assert missing == {}


def test_the_package_declares_what_the_list_says() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = set(project["project"]["dependencies"]) | set(project["build-system"]["requires"])
    assert declared == wishes("requirements.in")


@pytest.mark.parametrize("words", [REGISTRIES, FOREIGN_PATHS], ids=["registry", "path of a machine"])
def test_no_file_names_a(words: tuple[str, ...]) -> None:
    wrong = [
        f"{place(path, number)} {word}"
        for path in project_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        for word in words
        if word in line and path.name != "test_packaging.py"
    ]
    assert wrong == []


def test_the_licence_is_named_alike_everywhere() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["license"] == "EUPL-1.2"
    assert "SPDX-License-Identifier: EUPL-1.2" in (PROJECT / "LICENSE").read_text(encoding="utf-8")
