"""How the program speaks: help in two languages, one clear line of error, exit codes that other programs rely on."""

import pytest

from kheo.cli.console import Console
from kheo.cli.parser import in_vietnamese, language_in
from kheo.cli.program import COMMANDS, build_parser, main
from tests.cli.running import Kheo


def test_help_is_in_vietnamese_and_names_every_command(kheo: Kheo) -> None:
    told = kheo.does("--help")
    assert told.startswith("Cách dùng: kheo")
    assert {word for command in COMMANDS for word in command.words} <= set(told.replace(",", " ").split())
    assert not {"usage:", "options:", "positional"} & set(told.split())


def test_help_is_in_english_when_asked(kheo: Kheo) -> None:
    told = kheo.does("--lang", "en", "backup", "--help")
    assert told.startswith("Usage: kheo backup")
    assert "copy all data into one file" in told.lower()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command.words))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_has_help(command: object, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = command.words  # type: ignore[attr-defined]
    parser = build_parser(Console(language))  # type: ignore[arg-type]
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([*words, "--help"])
    assert ended.value.code == 0
    assert f"kheo {' '.join(words)}" in capsys.readouterr().out


def failed(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    """The one line of a command that did nothing."""
    try:
        ended: object = main(arguments)
    except SystemExit as wrong_use:
        ended = wrong_use.code
    said = capsys.readouterr()
    assert (ended, said.out, said.err.count("\n")) == (code, "", 1), said.err
    return said.err.rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "Lỗi: thiếu: LỆNH. Xem: kheo --help"),
        (["units"], "Lỗi: thiếu: LỆNH. Xem: kheo units --help"),
        (["backup"], "Lỗi: thiếu: TỆP. Xem: kheo backup --help"),
        (["consolidate", "5-khong", "2023-N"], "Lỗi: thiếu: --out. Xem: kheo consolidate --help"),
        (["verify", "--nhanh"], "Lỗi: không hiểu: --nhanh. Xem: kheo --help"),
        (["up", "--port", "tám"], "Lỗi: --port: “tám” không phải là số nguyên. Xem: kheo up --help"),
        (["up", "--threads", "0"], "Lỗi: --threads: cần một số từ 1 đến 64, không phải “0”. Xem: kheo up --help"),
        (
            ["consolidate", "5-khong", "2023-N", "--out", "x", "--as-of", "9999-12-31"],
            "Lỗi: --as-of: “9999-12-31”: năm phải từ 1900 đến 2999. Xem: kheo consolidate --help",
        ),
        (["backup", "--lang", "en"], "Error: the following arguments are required: FILE. See: kheo backup --help"),
        (
            ["units", "list", "--on", "31/02/2023"],
            "Lỗi: --on: “31/02/2023” không phải là ngày (viết 2023-11-15 hoặc 15/11/2023). Xem: kheo units list --help",
        ),
    ],
)
def test_a_wrong_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str], line: str) -> None:
    assert failed(capsys, 2, *arguments) == line


def test_another_program_sees_the_exit_code(kheo: Kheo) -> None:
    done = kheo("units")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Lỗi: thiếu: LỆNH. Xem: kheo units --help\n")


def test_an_unknown_command_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    line = failed(capsys, 2, "báo-cáo")
    assert line.startswith("Lỗi: LỆNH: không có “báo-cáo”; chọn một trong ")
    assert "'backup'" in line


def test_a_refusal_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    check = ("campaign", "check", "không-có.yaml")
    assert failed(capsys, 1, *check) == "Lỗi: Không có tệp không-có.yaml."
    assert failed(capsys, 1, *check, "--lang", "en") == "Error: There is no file không-có.yaml."


def test_a_file_without_end_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert failed(capsys, 1, "campaign", "check", "/dev/zero") == "Lỗi: /dev/zero lớn quá: tối đa 2 MB."


def test_a_command_on_files_needs_no_database(kheo: Kheo) -> None:
    kheo("campaign", "check", "không-có.yaml")
    assert not kheo.data.exists()


def test_the_language_may_stand_anywhere() -> None:
    assert [language_in(line) for line in (["--lang", "en", "verify"], ["verify", "--lang=en"], ["verify", "--lang", "vi"], [])] == [
        "en",
        "en",
        "vi",
        "vi",
    ]


def test_what_argparse_says_that_we_do_not_know_stays_as_it_is() -> None:
    assert in_vietnamese("something new") == "something new"
