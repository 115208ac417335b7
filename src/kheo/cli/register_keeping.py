"""`kheo register files | hold`: which photographs and papers go when, and the order that keeps those of an entry all the same."""

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, keeper
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.registers.queries.definitions import Book


def _configure_files(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("codes", nargs="*", metavar=console.text("MÃ_SỔ", "REGISTER"), help=console.text("mọi sổ, nếu không nêu", "all"))
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _files(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.registers.queries.definitions import books

    found = books()
    unknown = sorted(set(arguments.codes) - {each.register.code for each in found})
    if unknown:
        raise Refused(f"Không có sổ {', '.join(unknown)}.", f"There is no register {', '.join(unknown)}.")
    chosen = [each for each in found if each.definition.attachments and (not arguments.codes or each.register.code in arguments.codes)]
    told = [_schedule(each) for each in chosen]
    if arguments.json:
        console.data(told)
        return DONE
    for each in told:
        _tell(each, console)
    return DONE


def _schedule(book: "Book") -> dict[str, object]:
    """How many files of closed entries go in which month, and how many of them have no day yet and why."""
    from kheo.registers.queries.keeping_files import kept_files
    from kheo.reports.queries.counted_since import last_counted

    months, held, counted = Counter[str](), 0, 0
    for found in kept_files(book, last_counted):
        if found.until is not None:
            months[f"{found.until:%Y-%m}"] += len(found.files)
        elif found.is_held:
            held += len(found.files)
        else:
            counted += len(found.files)
    rule = book.definition.photos_kept
    years = rule.years if rule else None
    return {"register": book.register.code, "years": years, "months": dict(sorted(months.items())), "held": held, "counted": counted}


def _tell(told: dict[str, object], console: Console) -> None:
    code, years, months = told["register"], told["years"], told["months"]
    if years is None:
        console.result(f"{code}\tgiữ mãi: sổ chưa ghi photos_kept", f"{code}\tkept for ever: the register has no photos_kept")
        return
    assert isinstance(months, dict)
    console.result(f"{code}\tgiữ {years} năm kể từ ngày hồ sơ kết thúc", f"{code}\tkept {years} years from the day an entry closes")
    for month, files in months.items():
        console.result(f"  {month}\t{count_words(files)} tệp hết hạn", f"  {month}\t{files} files go")
    for number, vietnamese, english in (
        (told["held"], "được giữ theo yêu cầu", "held on order"),
        (told["counted"], "báo cáo đã nộp còn đếm", "counted by a report that was sent"),
    ):
        if number:
            console.result(f"  {number} tệp {vietnamese}", f"  {number} files {english}")


def _configure_hold(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "code", metavar=console.text("MÃ_HỒ_SƠ", "ENTRY"), help=console.text("ví dụ DON-2023-0001", "such as DON-2023-0001")
    )
    parser.add_argument(
        "--reason", required=True, metavar=console.text("LÝ_DO", "WHY"),
        help=console.text("số văn bản yêu cầu; ghi vào nhật ký", "the paper that asks for it; told in the journal"),
    )  # fmt: skip
    parser.add_argument("--lift", action="store_true", help=console.text("thôi giữ theo yêu cầu", "the order is lifted"))


def _hold(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.registers.actions.forgetting import hold_files, release_files
    from kheo.registers.actions.outcomes import Refused as NotDone

    act = release_files if arguments.lift else hold_files
    done = act(arguments.code, arguments.reason, by=keeper(), at=now())
    if isinstance(done, NotDone):
        raise Refused(done.message, done.message)
    if arguments.lift:
        console.result(
            f"Hồ sơ {arguments.code}: thời hạn giữ ảnh, tệp lại được tính.", f"{arguments.code}: the time of its files counts again."
        )
    else:
        console.result(
            f"Hồ sơ {arguments.code}: ảnh, tệp được giữ cho tới khi thôi giữ.", f"{arguments.code}: its files are kept until lifted."
        )
    return DONE


COMMANDS = (
    Command(
        words=("register", "files"),
        vietnamese="ảnh, tệp của hồ sơ đã xong: bao nhiêu hết thời hạn giữ vào tháng nào, bao nhiêu còn phải giữ và vì sao",
        english="photographs and papers of closed entries: how many go in which month, how many stay and why",
        run=_files,
        configure=_configure_files,
    ),
    Command(
        words=("register", "hold"),
        vietnamese="giữ ảnh, tệp của một hồ sơ dù hết hạn (theo văn bản yêu cầu); --lift để thôi giữ",
        english="keep the files of an entry whatever their time (a paper asks for it); --lift ends it",
        run=_hold,
        configure=_configure_hold,
    ),
)
