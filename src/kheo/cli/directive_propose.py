"""`kheo directive propose`: the draft campaign of one or several papers, as a file that a person goes on with. Nothing is published."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kheo.cli.arguments import read_input, read_text
from kheo.cli.campaign import LARGEST_DEFINITION
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.cli.directive import tell_converted
from kheo.cli.shipped import shipped_plan_books
from kheo.config.calendars import working_calendars
from kheo.config.environment import campaigns_dir
from kheo.config.refusals import Refused, reason_of

if TYPE_CHECKING:
    from kheo.core.definition import Definition, LoadResult
    from kheo.core.directives.reading import Directive
    from kheo.core.drafting.proposing import CampaignDraft


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    file = console.text("TỆP", "FILE")
    parser.add_argument(
        "files", type=Path, nargs="+", metavar=file,
        help=console.text("các văn bản của một phong trào (.txt, .docx, .pdf có chữ)", "the papers of one campaign (.txt, .docx, .pdf)"),
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, required=True, metavar=console.text("NHÁP.yaml", "DRAFT.yaml"),
        help=console.text("nơi ghi bản nháp; tệp đã có thì không ghi đè", "where to write; a file that is there is not replaced"),
    )  # fmt: skip
    parser.add_argument(
        "--catalogue", type=Path, nargs="+", metavar=file, default=(),
        help=console.text("các tệp phong trào đã dùng, để lấy chỉ tiêu (mặc định: các tệp kèm theo)", "campaigns to take indicators from"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _propose(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.core.definition import load_definition
    from kheo.core.drafting.indicators import Catalogue
    from kheo.core.drafting.proposing import propose
    from kheo.core.drafting.writing import as_yaml

    plans = {code: each.issued for code, each in shipped_plan_books().items()}
    read = [paper for file in arguments.files for paper in _read(file, console)]
    draft = propose(read, Catalogue(_known(arguments.catalogue)), plans=plans)
    text = as_yaml(draft)
    _write(arguments.out, text)
    calendars = working_calendars()
    checked = load_definition(text, str(arguments.out), calendars=calendars, working=calendars)
    if arguments.json:
        console.plain(json.dumps(_as_data(draft, checked, arguments.out), ensure_ascii=False))
    else:
        _show(draft, checked, arguments.out, console)
    return FAILED if checked.problems else DONE


def _read(file: Path, console: Console) -> Iterator[tuple[str, "Directive"]]:
    """The papers that a file holds; a secret one refuses the whole, and nothing is written."""
    from kheo.core.directives.reading import Secret, read
    from kheo.core.drafting.papers import LONGEST, TOO_LONG, TooLong, cut_papers
    from kheo.files.papers import LARGEST_PAPER, read_paper, words_of_refusal, words_of_scanned

    paper = read_paper(read_input(file, LARGEST_PAPER))
    if paper.refusal:
        raise Refused(f"{file}: {words_of_refusal(paper.refusal)}", f"{file}: not read ({paper.refusal})")
    tell_converted(file, paper.encoding, console)
    if paper.some_scanned:
        console.error(f"{file}: {words_of_scanned(paper.some_scanned)}", f"{file}: pages without text: {list(paper.some_scanned)}")
    try:
        texts = cut_papers(paper.text)
    except TooLong as fault:
        raise Refused(f"{file}: {TOO_LONG}", f"{file}: too long, a draft takes at most {LONGEST:,} characters.") from fault
    for text in texts:
        directive = read(text)
        if isinstance(directive, Secret):
            raise Refused(
                f"{file}: văn bản có dấu “{directive.mark}”: Khéo không nhận văn bản mật và không giữ gì của nó.",
                f"{file}: marked “{directive.mark}”: Kheo takes no secret papers and keeps nothing of it.",
            )
        yield file.name, directive


def _known(named: list[Path]) -> "list[Definition]":
    """The campaigns to take indicators from, the newest first."""
    from kheo.core.definition import load_definition

    found = []
    for file in named or sorted(campaigns_dir().glob("*.yaml")):
        loaded = load_definition(read_text(file, LARGEST_DEFINITION), str(file))
        if loaded.definition is None:
            raise Refused(f"{file} không dùng được: {loaded.problems[0]}", f"{file} cannot be used: {loaded.problems[0]}")
        found.append(loaded.definition)
    return sorted(found, key=lambda each: -each.year_from)


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise Refused(f"Đã có {file}; chọn tên khác, Khéo không ghi đè.", f"{file} is there already; nothing is replaced.") from None
    except OSError as fault:
        raise Refused(f"Không ghi được {file}: {reason_of(fault)}.", f"{file} cannot be written: {fault.strerror}.") from fault


def _as_data(draft: "CampaignDraft", checked: "LoadResult", out: Path) -> dict[str, Any]:
    return {
        "out": str(out),
        "ok": not checked.problems,
        "problems": [str(each) for each in checked.problems],
        "papers": [{"short": each.short, "number": each.number, "file": each.file} for each in draft.papers],
        "contents": draft.data["contents"],
        "open": [{"at": list(each.path), "words": each.words} for each in draft.left_open],
        "tasks": [
            {
                "source": task.source,
                "text": task.found.value.text,
                "asked": task.found.value.asked,
                "content": task.content,
                "line": task.paper.line_of(task.found.place),
                "proposals": [
                    {"code": each.known.indicator.code, "name": each.known.indicator.name, "score": each.score, "reason": each.reason}
                    for each in task.proposals
                ],
            }
            for task in draft.tasks
        ],
    }


def _show(draft: "CampaignDraft", checked: "LoadResult", out: Path, console: Console) -> None:
    data = draft.data
    counts = len(data["contents"]), len(data["indicators"]), len(draft.tasks), len(draft.left_open)
    console.result(
        "Đã ghi bản nháp {}: {} nội dung, {} chỉ tiêu cho {} việc; {} chỗ phải xác nhận (xem đầu tệp). Chưa công bố.".format(out, *counts),
        "Wrote {}: {} contents, {} indicators for {} tasks; {} places to confirm, listed at its top. Nothing is published.".format(
            out, *counts
        ),
    )
    for problem in checked.problems:
        console.plain(str(problem))
    if checked.problems:
        console.error("Bản nháp chưa công bố được: còn các chỗ trên.", "The draft cannot be published yet.")


COMMANDS = (
    Command(
        ("directive", "propose"),
        "lập bản nháp phong trào từ văn bản chỉ đạo",
        "propose a draft campaign from directives",
        _propose,
        "nothing",
        _configure,
    ),
)
