"""`kheo campaign check | publish`: definitions of campaigns, from file to frozen edition."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import FIRST_YEAR, LAST_YEAR, keeper, number_between, read_input, read_text
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.cli.due_table import as_data, doubts_of, planned_year, print_due_table
from kheo.config.calendars import working_calendars
from kheo.core.problems import Problem

if TYPE_CHECKING:
    from kheo.core.days import WorkingCalendar
    from kheo.core.definition import CycleDates, Definition
    from kheo.core.definition.planning import PlannedDue

# A definition is written by hand: one this long is something else.
LARGEST_DEFINITION = 2 * 1024 * 1024


def _configure_check(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure_publish(parser, console)
    parser.add_argument(
        "--year", type=number_between(console, FIRST_YEAR, LAST_YEAR), metavar=console.text("NĂM", "YEAR"),
        help=console.text("năm cần liệt kê hạn nộp thật (mặc định: năm nay)", "list real due dates of this year (default: now)"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _configure_publish(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "file", type=Path, metavar=console.text("TỆP.yaml", "FILE.yaml"), help=console.text("tệp định nghĩa", "the definition")
    )


def _check(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.core.definition import load_definition

    text, calendars = read_input(arguments.file, LARGEST_DEFINITION), working_calendars()
    loaded = load_definition(text, str(arguments.file), calendars=calendars, working=calendars)
    if loaded.definition is None:
        if arguments.json:
            console.data({"ok": False, "problems": [asdict(each) for each in loaded.problems], "definition": None})
            return FAILED
        return tell_problems(loaded.problems, console)
    calendar, about = calendars[loaded.definition.regime.calendar], _about(loaded.definition)
    cycles = list(planned_year(loaded.definition, calendar, _year(arguments.year, loaded.definition, calendar)))
    if arguments.json:
        console.data({"ok": True, "problems": [], "definition": about, "dates": as_data(cycles)})
        return DONE
    console.result(
        f"Hợp lệ: {about['name']} ({about['campaign']}): {about['contents']} nội dung, {about['indicators']} chỉ tiêu, "
        f"{about['cells']} ô số liệu, {about['checks']} phép kiểm tra.\nMã: {about['hash']}",
        f"Valid: {about['name']} ({about['campaign']}): {about['contents']} contents, {about['indicators']} indicators, "
        f"{about['cells']} cells, {about['checks']} checks.\nHash: {about['hash']}",
    )
    _tell_dates(loaded.definition, calendar, cycles, console)
    return DONE


def _year(asked: int | None, definition: "Definition", calendar: "WorkingCalendar") -> int:
    """The year asked for, or this one, or the nearest in which both the campaign and the calendar have days."""
    year = asked or datetime.now(UTC).year
    years = [each for each in calendar.years if each >= definition.year_from and each <= (definition.year_to or each)]
    return year if asked or year in years else min(years, key=lambda each: abs(each - year), default=year)


def _tell_dates(
    definition: "Definition", calendar: "WorkingCalendar", cycles: "list[tuple[CycleDates, tuple[PlannedDue, ...]]]", console: Console
) -> None:
    if not cycles:
        console.result("Lịch ngày nghỉ chưa có năm này nên chưa tính được hạn nộp.", "The calendar does not have that year yet.")
        return
    console.plain("")
    print_due_table(console, [(dates.code, dates.cutoff, dues) for dates, dues in cycles])
    for doubt in doubts_of(definition, calendar, cycles):
        console.plain(console.text(f"Cần xem lại: {doubt}", f"Look at: {doubt}"))


def _about(definition: "Definition") -> dict[str, str | int]:
    from kheo.core.definition import definition_hash

    return {
        "campaign": definition.campaign,
        "name": definition.name,
        "contents": len(definition.contents),
        "indicators": len(definition.indicators),
        "cells": len(definition.cells),
        "checks": len(definition.checks),
        "hash": definition_hash(definition),
    }


def tell_problems(
    problems: Sequence[Problem], console: Console, *, vietnamese: str = "không có gì được lưu", english: str = "nothing was stored"
) -> int:
    """All problems of a file, one a line, and what came of it; the exit code."""
    for problem in problems:
        console.plain(str(problem))
    console.error(f"{len(problems)} chỗ sai; {vietnamese}.", f"{len(problems)} problems; {english}.")
    return FAILED


def _publish(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.campaigns.actions import publish
    from kheo.config.clock import now
    from kheo.core.definition import load_definition

    text = read_text(arguments.file, LARGEST_DEFINITION)
    calendars = working_calendars()
    checked = load_definition(text, str(arguments.file), calendars=calendars, working=calendars)
    if checked.problems:
        return tell_problems(checked.problems, console)
    result = publish(text, str(arguments.file), by=keeper(), at=now())
    if result.edition is None:
        return tell_problems(result.problems, console)
    name, number, digest = result.edition.campaign.code, result.edition.number, result.edition.hash
    if result.is_new:
        console.result(f"Đã công bố {name}, bản {number}. Mã: {digest}", f"Published {name}, edition {number}. Hash: {digest}")
    else:
        console.result(
            f"Nội dung này đã được công bố: {name}, bản {number}. Không có gì thay đổi.",
            f"Already published: {name}, edition {number}. Nothing changed.",
        )
    return DONE


COMMANDS = (
    Command(
        words=("campaign", "check"),
        vietnamese="kiểm tra một tệp định nghĩa phong trào; liệt kê mọi chỗ sai kèm số dòng",
        english="check a campaign definition; lists every problem with its line",
        run=_check,
        configure=_configure_check,
        needs="nothing",
    ),
    Command(
        words=("campaign", "publish"),
        vietnamese="công bố một tệp định nghĩa thành bản mới, từ đó không đổi nữa",
        english="publish a definition as a new edition, frozen from then on",
        run=_publish,
        configure=_configure_publish,
    ),
)
