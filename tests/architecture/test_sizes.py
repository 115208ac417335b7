"""House law 11: nine functions in ten under 25 lines, none over 60; no file over 400."""

import ast

from tests.architecture.sources import PROJECT, files_under, functions_of, parsed, place

CODE = ("src", "tests", "tools", "bench")
SHORT, LONGEST_FUNCTION, LONGEST_FILE = 25, 60, 400
WRITTEN_BY_HAND = (".py", ".html", ".css", ".js", ".md")
# Data that a person reads from top to bottom, not code.
AS_LONG_AS_IT_TAKES = ("docs/", "README.md", "campaigns/")


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code: from `def` to the end, without the docstring."""
    last = function.end_lineno or function.lineno
    first = function.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return last - function.lineno + 1 - docstring


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        place(path, function.lineno): lines_of(function)
        for path in files_under(*CODE)
        for function in functions_of(parsed(path))
        if lines_of(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_nine_functions_in_ten_are_short() -> None:
    lengths = [lines_of(function) for path in files_under("src") for function in functions_of(parsed(path))]
    assert sum(length < SHORT for length in lengths) / len(lengths) >= 0.9


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        place(path): count
        for path in files_under(".", suffixes=WRITTEN_BY_HAND)
        if not path.relative_to(PROJECT).as_posix().startswith(AS_LONG_AS_IT_TAKES)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_a_function_is_measured_without_its_docstring() -> None:
    """Control: the measure itself."""
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n'
    (function,) = functions_of(ast.parse(source))
    assert lines_of(function) == 3
