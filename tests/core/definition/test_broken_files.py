"""Ten broken campaign files: each gives the complete list of its problems, as written beside it, and no definition."""

from pathlib import Path

import pytest

from kheo.core.definition import LoadResult, load_definition

FOLDER = Path(__file__).resolve().parents[2] / "campaigns" / "files" / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))
ENGLISH = ("input", "should", "valid", "field", "required", "error", "expected", "found", "while", "string", "integer", "value")


def load(file: Path) -> LoadResult:
    return load_definition(file.read_bytes(), file.name, calendars={"vn"})


def test_there_are_ten_of_them() -> None:
    assert len(FILES) == 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gives_every_problem_with_file_line_key_and_message(file: Path) -> None:
    expected = file.with_suffix(".problems.txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in load(file).problems] == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gives_no_definition(file: Path) -> None:
    assert load(file).definition is None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_problem_stands_on_the_line_it_names(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    for problem in load(file).problems:
        last_word = problem.key.rpartition(".")[2].partition("[")[0]
        missing = problem.message.startswith(("Thiếu khóa", "Tỷ lệ R01 thiếu")) or "chưa có hạn nộp" in problem.message
        assert missing or not problem.key or last_word in lines[problem.line - 1] or problem.key.endswith("]")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_english_of_the_machinery_reaches_the_author(file: Path) -> None:
    for problem in load(file).problems:
        words = problem.message.lower().split()
        assert not set(words) & set(ENGLISH), problem.message
        assert any(char in problem.message for char in "ạảấầặệịọộợụựáàâăđêôơưéèíìóòúùýãẽĩõũ"), problem.message
