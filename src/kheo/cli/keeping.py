"""`kheo verify`, `backup`, `restore`: what a system keeper does so that nothing is lost and nothing is changed unseen."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kheo.cli.arguments import count_words
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.cli.shipped import shipped_plan_books

EVERY = 64 * 1024 * 1024


def _configure_verify(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--head",
        type=_published_head(console),
        metavar=console.text("SỐ:MÃ", "NUMBER:HASH"),
        help=console.text(
            "đầu chuỗi đã công bố hôm trước: phát hiện cả khi toàn bộ nhật ký bị viết lại",
            "an earlier published head: finds even a journal rewritten as a whole",
        ),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _published_head(console: Console) -> Callable[[str], tuple[int, str]]:
    def parse(text: str) -> tuple[int, str]:
        number, _, digest = text.partition(":")
        if not (number.isascii() and number.isdigit() and len(digest) == 64):
            raise argparse.ArgumentTypeError(
                console.text("cần dạng SỐ:MÃ như kheo verify đã in", "must be NUMBER:HASH as kheo verify prints it")
            )
        return int(number), digest

    return parse


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.journal.queries import broken_link, head
    from kheo.org.queries import event_faults
    from kheo.registers.queries.field_indexes import index_remarks
    from kheo.registers.queries.plans import plan_remarks
    from kheo.reports.queries.verifying import faults

    console.progress("Đang kiểm tra nhật ký…", "Checking the journal…")
    broken = broken_link(arguments.head)
    console.progress("Đang cộng lại mọi bảng tổng hợp…", "Counting every roll-up again…")
    found = [*([broken] if broken else []), *event_faults(), *faults(now())]
    remarks = [*index_remarks(), *plan_remarks(shipped_plan_books())]
    number, digest = head()
    if arguments.json:
        console.data({"ok": not found, "journal": {"number": number, "hash": digest}, "faults": found, "remarks": remarks})
    else:
        for remark in remarks:
            console.progress(remark, remark)
        for fault in found:
            console.plain(fault)
        console.result(f"Đầu chuỗi nhật ký: {number}:{digest}", f"Head of the journal: {number}:{digest}")
        if not found:
            console.result(
                "Mọi thứ khớp: nhật ký nguyên vẹn, số tổng hợp bằng số cộng lại.", "All is well: the journal is whole, roll-ups agree."
            )
    if found:
        console.error(f"có {len(found)} chỗ không khớp", f"{len(found)} faults")
        return FAILED
    return DONE


def _configure_backup(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("file", type=Path, metavar=console.text("TỆP", "FILE"), help=console.text("tệp sẽ được tạo ra", "the file to make"))


def _backup(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.backup import write_backup
    from kheo.config.clock import now

    told = 0

    def progress(size: int) -> None:
        nonlocal told
        if size - told >= EVERY:
            told = size
            console.progress(f"Đã ghi {size >> 20} MB…", f"{size >> 20} MB written…")

    manifest = write_backup(arguments.file, at=now(), progress=progress)
    rows, tables = count_words(manifest.total_rows), len(manifest.rows)
    console.result(
        f"Đã sao lưu {rows} dòng của {tables} bảng vào {arguments.file} ({manifest.size >> 10} KB).",
        f"Backed up {rows} rows of {tables} tables into {arguments.file} ({manifest.size >> 10} KB).",
    )
    return DONE


def _configure_restore(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("file", type=Path, metavar=console.text("TỆP", "FILE"), help=console.text("bản sao lưu", "the backup"))
    parser.add_argument(
        "--replace",
        action="store_true",
        help=console.text("xoá dữ liệu đang có và thay bằng bản sao lưu", "delete the present data and put the backup in its place"),
    )


def _restore(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.backup import restore_backup
    from kheo.core.days import format_instant
    from kheo.registers.actions.indexing import order_lacking_indexes

    manifest = restore_backup(arguments.file, replace=arguments.replace, say=console.progress)
    order_lacking_indexes()  # a backup holds rows; these indexes are made from them
    rows = count_words(manifest.total_rows)
    console.result(
        f"Đã khôi phục {rows} dòng, sao lưu lúc {format_instant(datetime.fromisoformat(manifest.created_at))}. Nên chạy tiếp: kheo verify",
        f"Restored {rows} rows, backed up at {manifest.created_at}. Run next: kheo verify",
    )
    return DONE


COMMANDS = (
    Command(
        words=("verify",),
        vietnamese="kiểm tra nhật ký, các báo cáo đã nộp và cộng lại mọi số tổng hợp",
        english="check the journal and the sent reports, and count every roll-up again",
        run=_verify,
        configure=_configure_verify,
    ),
    Command(
        words=("backup",),
        vietnamese="sao lưu toàn bộ dữ liệu vào một tệp",
        english="copy all data into one file",
        run=_backup,
        configure=_configure_backup,
    ),
    Command(
        words=("restore",),
        vietnamese="khôi phục từ một tệp sao lưu; tệp bị cắt cụt hoặc hỏng thì không nhận",
        english="restore from a backup; one that is cut short or damaged is refused",
        run=_restore,
        configure=_configure_restore,
        needs="database",
    ),
)
