"""`kheo units load | list | borders`: the tree of units from a table and back, and where its units lie on the ground."""

import argparse
import csv
import sys
from pathlib import Path

from kheo.cli.arguments import count_words, day_of, keeper, read_input
from kheo.cli.campaign import tell_problems
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.core.days import local_day
from kheo.core.unit_kinds import LINE_NAMES, Line, kind_name

METRES_A_DEGREE = 111_195
COLUMNS = ("code", "name", "kind", "parent_code")


def _configure_load(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "file", type=Path, metavar=console.text("TỆP.csv", "FILE.csv"), help=console.text(f"bảng có cột {', '.join(COLUMNS)}", "the table")
    )
    parser.add_argument(
        "--on",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text("có hiệu lực từ ngày (mặc định: hôm nay)", "in force from (default: today)"),
    )
    _add_line(parser, console, console.text("quan hệ (mặc định: theo loại đơn vị)", "the line (default: by kind of unit)"))


def _configure_list(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--on",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text("vào ngày (mặc định: hôm nay)", "as of (default: today)"),
    )
    _add_line(parser, console, console.text("chỉ một quan hệ (mặc định: tất cả)", "only one line (default: all)"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--csv", action="store_true", help=console.text("dạng CSV, nạp lại được bằng units load", "as CSV that units load reads back")
    )
    form.add_argument("--json", action="store_true", help=console.text("dạng JSON", "as JSON"))


def _add_line(parser: argparse.ArgumentParser, console: Console, words: str) -> None:
    known = ", ".join(f"{line} ({name})" for line, name in LINE_NAMES.items())
    parser.add_argument("--line", choices=[line.value for line in Line], metavar=console.text("QUAN_HỆ", "LINE"), help=f"{words}: {known}")


def _load(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.actions import load_units

    at = now()
    line = Line(arguments.line) if arguments.line else None
    content = read_input(arguments.file)
    console.progress(f"Đang đọc {arguments.file}…", f"Reading {arguments.file}…")
    result = load_units(content, str(arguments.file), on=arguments.on or local_day(at), by=keeper(), at=at, line=line)
    if result.problems:
        return tell_problems(result.problems, console)
    added, unchanged = count_words(result.added), count_words(result.unchanged)
    console.result(f"Đã nạp {added} đơn vị mới; {unchanged} đơn vị đã có, không đổi.", f"Loaded {added} new units; {unchanged} unchanged.")
    return DONE


def _list(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries import listed

    on = arguments.on or local_day(now())
    rows = listed(on, Line(arguments.line) if arguments.line else None)
    if arguments.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    elif arguments.json:
        console.data([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    else:
        for code, name, kind, parent in rows:
            console.plain("\t".join([code, name, kind_name(kind), parent]))
        console.progress(f"{count_words(len(rows))} dòng, ngày {on:%d/%m/%Y}.", f"{len(rows)} rows as of {on}.")
    return DONE


def _configure_borders(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text("ranh giới theo GeoJSON, thuộc tính code là mã đơn vị", "borders as GeoJSON, the property code names the unit")
    parser.add_argument("file", type=Path, metavar=console.text("TỆP.geojson", "FILE.geojson"), help=words)
    parser.add_argument(
        "--on",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text("mã theo ngày (mặc định: hôm nay)", "codes as of (default: today)"),
    )
    parser.add_argument(
        "--metres",
        type=int,
        default=30,
        metavar="M",
        help=console.text("lược bớt điểm, sai lệch tối đa bấy nhiêu mét (mặc định 30; 0: giữ đủ)", "simplify by at most so much"),
    )


def _borders(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.actions import keep_borders

    at = now()
    tolerance = max(0, arguments.metres) / METRES_A_DEGREE
    content = read_input(arguments.file)
    result = keep_borders(content, str(arguments.file), on=arguments.on or local_day(at), by=keeper(), at=at, tolerance=tolerance)
    if result.problems:
        return tell_problems(result.problems, console)
    kept, points = count_words(result.kept), count_words(result.points)
    console.result(f"Đã giữ ranh giới của {kept} đơn vị ({points} điểm).", f"Kept the borders of {kept} units ({points} points).")
    return DONE


COMMANDS = (
    Command(
        words=("units", "load"),
        vietnamese="nạp cây đơn vị từ bảng CSV; sai dòng nào thì liệt kê hết và không nạp gì",
        english="load units from a CSV table; wrong rows are all listed and nothing is loaded",
        run=_load,
        configure=_configure_load,
    ),
    Command(
        words=("units", "list"),
        vietnamese="in cây đơn vị vào một ngày",
        english="print the units as of a day",
        run=_list,
        configure=_configure_list,
    ),
    Command(
        words=("units", "borders"),
        vietnamese="nhận ranh giới đơn vị từ tệp GeoJSON, để vẽ trên bản đồ của các sổ",
        english="keep the borders of units from a GeoJSON file, drawn on the maps of registers",
        run=_borders,
        configure=_configure_borders,
    ),
)
