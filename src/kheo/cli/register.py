"""`kheo register check | publish | list`: registers from file to frozen edition; a running server uses what is published at once."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import keeper, read_input, read_text
from kheo.cli.campaign import LARGEST_DEFINITION, tell_problems
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.problems import Problem

if TYPE_CHECKING:
    from kheo.core.registers.models import RegisterDefinition


def _configure_check(parser: argparse.ArgumentParser, console: Console) -> None:
    _add_files(parser, console)
    parser.add_argument(
        "--campaign", type=Path, metavar=console.text("TỆP.yaml", "FILE.yaml"),
        help=console.text("tệp phong trào có nội dung, danh mục mà sổ dùng", "the campaign whose contents and lists are used"),
    )  # fmt: skip


def _add_files(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar=console.text("TỆP.yaml", "FILE.yaml"),
        help=console.text("tệp định nghĩa sổ, hoặc thư mục có các tệp ấy", "definitions of registers, or a folder of them"),
    )  # fmt: skip


def _files(named: list[Path]) -> list[Path]:
    """The files themselves, those of a folder in order of their names."""
    found = [file for each in named for file in (sorted(each.glob("*.y*ml")) if each.is_dir() else [each])]
    if not found:
        raise Refused("Thư mục không có tệp .yaml nào.", "There is no .yaml file in the folder.")
    return found


def _check(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.core.definition import load_definition
    from kheo.core.registers.concepts import concept_problems
    from kheo.core.registers.loading import load_register
    from kheo.core.registers.models import RegisterDefinition
    from kheo.core.registers.named import naming_problems

    campaign = load_definition(read_input(arguments.campaign, LARGEST_DEFINITION), str(arguments.campaign)) if arguments.campaign else None
    if campaign is not None and campaign.definition is None:
        return tell_problems(campaign.problems, console)
    problems, valid = list[Problem](), dict[str, RegisterDefinition]()
    for file in _files(arguments.files):
        loaded = load_register(read_input(file, LARGEST_DEFINITION), str(file), campaign=campaign.definition if campaign else None)
        problems += loaded.problems
        if loaded.definition is not None:
            valid[str(file)] = loaded.definition
    together, earlier = {each.register_code: each for each in valid.values()}, list[RegisterDefinition]()
    for name, each in valid.items():
        apart = [Problem(words, name) for words in (*concept_problems(each, earlier), *naming_problems(each, together))]
        problems += apart
        earlier.append(each)
        if not apart:
            console.result(*_valid(each))
    return tell_problems(problems, console) if problems else DONE


def _valid(definition: "RegisterDefinition") -> tuple[str, str]:
    fields, states, acts = len(definition.fields), len(definition.states), len(definition.acts)
    return (
        f"Hợp lệ: {definition.name} ({definition.register_code}): {fields} trường, {states} trạng thái, {acts} thao tác.",
        f"Valid: {definition.name} ({definition.register_code}): {fields} fields, {states} states, {acts} acts.",
    )


def _publish(arguments: argparse.Namespace, console: Console) -> int:
    """Each file by itself: what is wrong in one does not hold up the others."""
    from kheo.config.clock import now
    from kheo.registers.actions import publish_register

    problems = list[Problem]()
    for file in _files(arguments.files):
        try:
            text = read_text(file, LARGEST_DEFINITION)
        except Refused as why:
            problems.append(Problem(console.text(why.vietnamese, why.english)))
            continue
        result = publish_register(text, str(file), by=keeper(), at=now())
        problems += result.problems
        if result.edition is not None:
            _tell_published(result.edition.register.code, result.edition.number, result.is_new, console)
            _compare_words(result.edition.register.code)
    if not problems:
        return DONE
    return tell_problems(problems, console, vietnamese="tệp sai không được công bố", english="a wrong file is not published")


def _tell_published(code: str, number: int, is_new: bool, console: Console) -> None:
    if is_new:
        console.result(f"Đã công bố sổ {code}, bản {number}.", f"Published register {code}, edition {number}.")
    else:
        console.result(f"Sổ {code}: nội dung này đã là bản {number}.", f"Register {code}: this already is edition {number}.")


def _compare_words(code: str) -> None:
    from kheo.config.clock import now
    from kheo.registers.actions.likening import keep_all_likenesses
    from kheo.registers.queries.definitions import book

    found = book(code)
    if found is not None:
        keep_all_likenesses(found, at=now())


def _list(_arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.core.days import local_day
    from kheo.registers.queries.definitions import books
    from kheo.registers.queries.standings import Standing, standings

    found = books()
    counts = standings(found, None, (), local_day(now()), most=None)
    for each in found:
        standing = counts.get(each.register.pk, Standing())
        console.result(
            f"{each.register.code}\t{each.definition.name}\t{standing.whole} hồ sơ, {standing.open} chưa xong, {standing.late} quá hạn",
            f"{each.register.code}\t{each.definition.name}\t{standing.whole} entries, {standing.open} open, {standing.late} overdue",
        )
    return DONE


COMMANDS = (
    Command(
        words=("register", "check"),
        vietnamese="kiểm tra tệp định nghĩa sổ; liệt kê mọi chỗ sai kèm số dòng",
        english="check definitions of registers; lists every problem with its line",
        run=_check,
        configure=_configure_check,
        needs="nothing",
    ),
    Command(
        words=("register", "publish"),
        vietnamese="công bố tệp định nghĩa sổ; dùng được ngay, không phải khởi động lại",
        english="publish definitions of registers; used at once, without a restart",
        run=_publish,
        configure=_add_files,
    ),
    Command(
        words=("register", "list"),
        vietnamese="liệt kê các sổ và số hồ sơ trong mỗi sổ",
        english="list the registers and how much stands in each",
        run=_list,
    ),
)
