"""Habits of the tests themselves."""

import ast
import socket

import pytest

from tests.architecture.sources import PROJECT, files_under, functions_of, imports_of, parsed, place
from tests.conftest import LONGEST_FIRST
from tests.standing import KEPT_BY_KEY


def test_no_test_sleeps() -> None:
    wrong = [
        place(path, node.lineno)
        for path in files_under("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep", "asyncio.sleep")
    ]
    assert wrong == []


def test_no_test_mocks_our_own_code() -> None:
    wrong = [
        place(path, line)
        for path in files_under("tests")
        for line, module in imports_of(parsed(path))
        if module.startswith(("unittest.mock", "mock", "pytest_mock"))
    ]
    assert wrong == []


def test_every_test_asserts_something() -> None:
    wrong = [
        place(path, function.lineno)
        for path in files_under("tests")
        if path.name.startswith("test_")
        for function in functions_of(parsed(path))
        if function.name.startswith("test_") and not _asserts(function)
    ]
    assert wrong == []


def _asserts(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and ("raises" in ast.unparse(node.func) or "assert" in ast.unparse(node.func)):
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1].startswith(("expect", "check", "to_")):
            return True
    return False


def test_a_connection_to_another_machine_fails_the_test() -> None:
    """Control of the guard in tests/conftest.py: an address that no machine has (RFC 5737) is not even tried."""
    with socket.socket() as reaching, pytest.raises(AssertionError, match=r"a test reached out to 192\.0\.2\.1"):
        reaching.connect(("192.0.2.1", 80))


def test_what_the_program_keeps_by_key_is_forgotten_between_standing_worlds() -> None:
    """Every function of the rooms with rows whose answers for a primary key are kept in memory stands in tests/standing.py."""
    rooms = [f"src/kheo/{room}" for room in ("campaigns", "files", "journal", "notices", "org", "people", "registers", "reports")]
    found = {
        function.name
        for path in files_under(*rooms)
        for function in functions_of(parsed(path))
        if any(ast.unparse(each).startswith(("cache", "lru_cache", "recent(")) for each in function.decorator_list)
        and any("int" in ast.unparse(each.annotation) for each in function.args.args if each.annotation)
    }
    assert found == {kept.__name__ for kept in KEPT_BY_KEY}


def test_the_files_that_come_first_are_there() -> None:
    assert [name for name in LONGEST_FIRST if not (PROJECT / name).is_file()] == []
