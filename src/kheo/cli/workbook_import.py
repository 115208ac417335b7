"""`kheo workbook import`: filled workbooks from files and folders, in the name of somebody who may hand them in."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import add_by, count_words, user_named
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused, reason_of

if TYPE_CHECKING:
    from kheo.people.models import User
    from kheo.reports.actions.receiving import Upload
    from kheo.reports.models import WorkbookBatch

TURN = 200  # files read in one transaction
WORDS = {
    "stored": ("đã nhận", "stored"),
    "same": ("giống số đã có", "nothing new"),
    "decide": ("cần quyết định", "to be decided"),
    "refused": ("không nhận", "refused"),
    "declined": ("đã bỏ qua", "left aside"),
}


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "paths",
        type=Path,
        nargs="+",
        metavar=console.text("TỆP|THƯ_MỤC", "FILE|DIR"),
        help=console.text("tệp .xlsx, tệp .zip, hoặc thư mục chứa chúng", "workbooks, zips, or folders of them"),
    )
    add_by(parser, console, console.text("gửi thay người này, với quyền của người này", "in the name and with the rights of this person"))
    parser.add_argument("--json", action="store_true", help=console.text("kết quả từng tệp dạng JSON", "a result for each file as JSON"))


def _import(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.access import Unreachable, person
    from kheo.reports.actions.receiving import receive_workbooks, unpacked
    from kheo.reports.models import WorkbookBatch

    user = user_named(arguments.by)
    paths = list(_files(arguments.paths))
    console.progress(f"Đang nhận {count_words(len(paths))} tệp…", f"Taking in {len(paths)} files…")
    try:
        incoming = unpacked(_opened(paths))
        batch = receive_workbooks(incoming, channel=WorkbookBatch.COMMAND, by=person(user, now()), at=now())
    except Unreachable:
        raise Refused(f"{user.full_name} không được nộp tệp cho đơn vị nào.", f"{user.username} may hand in nothing.") from None
    if batch is None:
        raise Refused("Không có tệp nào để nhận.", "There is no file.")
    _read_all(batch.pk, user, console)
    return _tell(batch, arguments, console)


def _files(paths: list[Path]) -> Iterator[Path]:
    """Files as named, and everything in a folder that looks like a workbook or a zip, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in (".xlsx", ".zip", ".xlsm", ".xls", ".ods"))
        else:
            yield path


def _opened(paths: list[Path]) -> Iterator["Upload"]:
    from kheo.reports.actions.receiving import Upload

    for path in paths:
        with ExitStack() as stack:
            try:
                content = stack.enter_context(path.open("rb"))
                size = path.stat().st_size
            except OSError as fault:
                raise Refused(f"Không đọc được {path}: {reason_of(fault)}.", f"{path} cannot be read: {fault.strerror}.") from fault
            yield Upload(path.name, size, content)


def _read_all(batch: int, user: "User", console: Console) -> None:
    """A turn at a time: what was read stays read when this is interrupted."""
    from kheo.config.clock import now
    from kheo.org.access import person
    from kheo.reports.actions.reading_in import read_next

    done = 0
    while True:
        progress = read_next(batch, by=person(user, now()), at=now(), most=TURN)
        done += progress.read
        if not progress.left:
            return
        console.progress(f"Đã đọc {count_words(done)} tệp, còn {count_words(progress.left)}…", f"{done} read, {progress.left} left…")


def _tell(batch: "WorkbookBatch", arguments: argparse.Namespace, console: Console) -> int:
    from kheo.reports.queries.workbook_batches import batch_counts, batch_rows

    counts = batch_counts(batch)
    if arguments.json:
        console.data({"batch": batch.pk, "counts": counts, "files": batch_rows(batch)})
        return FAILED if counts.get("refused") else DONE
    told = [(count_words(count), *WORDS[outcome]) for outcome, count in counts.items()]
    console.result(
        f"Lần gửi {batch.pk}: " + ", ".join(f"{count} tệp {words}" for count, words, _ in told) + ".",
        f"Batch {batch.pk}: " + ", ".join(f"{count} {words}" for count, _, words in told) + ".",
    )
    for row in batch_rows(batch, outcome="refused"):
        first = row["problems"][0]["message"] if row["problems"] else row["message"]
        more = f" (và {len(row['problems']) - 1} chỗ nữa)" if len(row["problems"]) > 1 else ""
        console.plain(f"{row['name']}: {first}{more}")
    return FAILED if counts.get("refused") else DONE


COMMANDS = (
    Command(
        words=("workbook", "import"),
        vietnamese="nhận nhiều tệp Excel đã điền (tệp, thư mục, .zip) vào bản nháp của các đơn vị",
        english="take filled workbooks (files, folders, zips) into the drafts of their units",
        run=_import,
        configure=_configure,
    ),
)
