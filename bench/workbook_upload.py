"""One uploaded workbook, read and validated, against `openpyxl.load_workbook` of the same file, side by side in one run.

    .venv/bin/python bench/workbook_upload.py [rounds=7] [files=20]

Khéo: bytes to the child process and back as a plain grid (`files.workbooks.read_book`: zip and XML looked over, two counts of every
row compared, python-calamine), then `validate` against the edition: every answer, text and problem. CPU is of this process and of the
child (from /proc). Peer: `load_workbook` only reads, and validates nothing. The files are the shipped campaign's workbook, filled in,
as the template makes them and, where LibreOffice is there, as it saves them again. Variants run in turn; medians are printed. Peak
memory: the child's high-water mark, and that of a fresh process that only loads the file with openpyxl.

Measured on 2026-11-28 under other people's load: as the template makes it 5.3 times less (8.7 against 45.9 ms), as LibreOffice saves
it 6.2 times (10.6 against 65.5 ms); peak 38 MiB against 74.
"""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from kheo.core.definition import Definition, definition_hash, load_definition
from kheo.core.figures import Figure
from kheo.documents.unit_workbook import PastReport, WorkbookOrder, make_workbook, validate
from kheo.files.child import Reader
from kheo.files.workbooks import read_book

CAMPAIGN = Path(__file__).resolve().parents[1] / "campaigns" / "5-khong.yaml"
_TICK = os.sysconf("SC_CLK_TCK")


def filled(definition: Definition, unit: int) -> bytes:
    """A complete workbook of one unit: numbers, zeros, words, a narrative of some 5,000 characters, last year's numbers beside."""
    figures: dict[str, Figure] = {
        cell.key: ((cell.position * 37 + unit) % 5000, 0, None, "na", 12)[cell.position % 5] for cell in definition.input_cells
    }
    order = WorkbookOrder(
        definition=definition,
        edition_hash=definition_hash(definition),
        cycle_code="2023-6T",
        cycle_name="6 tháng đầu năm 2023",
        opens=date(2022, 11, 16),
        closes=date(2023, 5, 6),
        cutoff=date(2023, 5, 5),
        unit_code=f"G{unit}",
        unit_name=f"Công đoàn cơ sở {unit}",
        recipient_name="Liên đoàn Lao động Quận 1",
        due_on=date(2023, 5, 8),
        made_at=datetime(2023, 4, 1, 2, tzinfo=UTC),
        past=PastReport("năm 2022", {cell.key: cell.position * 11 for cell in definition.cells}),
        figures=figures,
        narrative={section.id: "Đơn vị đã triển khai đầy đủ. " * 18 for section in definition.outline},
    )
    return make_workbook(order)


def saved_again(files: list[bytes]) -> list[bytes]:
    """The same as LibreOffice saves them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, content in enumerate(files):
            (folder / f"{number}.xlsx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
        names = [f"{number}.xlsx" for number in range(len(files))]
        subprocess.run([*command, "--outdir", "saved", *names], cwd=folder, check=True, capture_output=True)
        return [(folder / "saved" / name).read_bytes() for name in names]


def child_cpu(reader: Reader) -> float:
    """CPU seconds of the child so far."""
    child = reader._child
    if child is None:
        return 0.0
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def measured(work: Callable[[bytes], object], files: list[bytes], reader: Reader) -> float:
    """CPU milliseconds a file, of this process and the child."""
    started, child = time.process_time(), child_cpu(reader)
    for content in files:
        work(content)
    return (time.process_time() - started + child_cpu(reader) - child) / len(files) * 1000


def peak_of_openpyxl(content: bytes) -> int:
    """MiB at the height of a fresh process that loads the file."""
    code = "import io,resource,sys,openpyxl;openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()));"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)"
    return int(subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True).stdout)


def compare(name: str, files: list[bytes], definition: Definition, rounds: int) -> None:
    reader = Reader()

    def ours(content: bytes) -> None:
        reading = validate(read_book(content, reader), definition)
        assert reading.is_storable
        assert len(reading.figures) == len(definition.input_cells)

    ours(files[0])
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(measured(ours, files * 5, reader))
        theirs.append(measured(lambda content: openpyxl.load_workbook(io.BytesIO(content)), files[: max(1, len(files) // 4)], reader))
    one, other = statistics.median(mine), statistics.median(theirs)
    print(f"{name}: {len(files[0]) / 1024:.0f} kB; Kheo {one:.2f} ms, openpyxl {other:.1f} ms CPU a file: {other / one:.1f} times less")
    print(f"  peak: child {reader.usage().peak >> 20} MiB, openpyxl {peak_of_openpyxl(files[0])} MiB")
    reader.close()


def main(rounds: int = 7, count: int = 20) -> None:
    loaded = load_definition(CAMPAIGN.read_bytes(), CAMPAIGN.name)
    assert loaded.definition
    files = [filled(loaded.definition, unit) for unit in range(1, count + 1)]
    compare("as the template makes it", files, loaded.definition, rounds)
    if shutil.which("soffice"):
        compare("as LibreOffice saves it", saved_again(files), loaded.definition, rounds)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
