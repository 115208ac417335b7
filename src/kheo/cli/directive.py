"""`kheo directive read | measure`: what a paper says, and how well such papers are read."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kheo.cli.arguments import read_input
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.core.directives.measuring import Score

_KINDS = (".txt", ".docx", ".pdf")
_FEW = 12  # lines of a list that are shown to a person


def _configure_read(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar=console.text("TỆP", "FILE"),
        help=console.text("văn bản .txt, .docx, .pdf có chữ; hoặc thư mục", "a .txt, .docx, .pdf with text; or a folder"),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _configure_measure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "folder",
        type=Path,
        metavar=console.text("THƯ_MỤC", "FOLDER"),
        help=console.text("các cặp TÊN.txt và TÊN.json đã chú giải", "pairs of NAME.txt and annotated NAME.json"),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))
    parser.add_argument("--wrong", action="store_true", help=console.text("liệt kê từng chỗ sai", "list every wrong item"))


def _papers(named: list[Path]) -> Iterator[Path]:
    for each in named:
        if not each.is_dir():
            yield each
            continue
        found = sorted(file for file in each.iterdir() if file.suffix.lower() in _KINDS)
        if not found:
            raise Refused(f"Thư mục {each} không có tệp .txt, .docx, .pdf nào.", f"The folder {each} has no .txt, .docx or .pdf.")
        yield from found


def _read(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.files.papers import words_of_scanned

    files = list(_papers(arguments.files))
    many = len(files) > 1 or any(each.is_dir() for each in arguments.files)
    done = DONE
    for file in files:
        told, refusal = _told(file)
        if refusal:
            console.error(f"{file}: {refusal[0]}", f"{file}: {refusal[1]}")
            done = FAILED
        if told:
            tell_converted(file, told.get("converted_from", ""), console)
        if told and told.get("pages_without_text"):
            console.error(
                f"{file}: {words_of_scanned(told['pages_without_text'])}", f"{file}: pages without text: {told['pages_without_text']}"
            )
        if arguments.json and many:
            line = {"file": str(file), **(told if told is not None else {"error": refusal[0] if refusal else ""})}
            console.plain(json.dumps(line, ensure_ascii=False))
        elif arguments.json and told is not None:
            console.data(told)
        elif told is not None:
            _show(file, told, console)
    return done


def tell_converted(file: Path, encoding: str, console: Console) -> None:
    """Beside the answer, where a file came in letters of an old font."""
    from kheo.files.papers import words_of_converted

    if told := words_of_converted(encoding):
        guessed = "; its capitals with tones are guessed" if encoding == "tcvn3" else ""
        console.progress(f"{file}: {told}", f"{file}: letters of {encoding.upper()} were turned to Unicode{guessed}.")


def _told(file: Path) -> tuple[dict[str, Any] | None, tuple[str, str] | None]:
    """What a file says, or why nothing is told of it, in both languages."""
    from kheo.core.directives.reading import Secret, read
    from kheo.core.directives.telling import told
    from kheo.files.papers import LARGEST_PAPER, read_paper, words_of_converted, words_of_refusal

    try:
        paper = read_paper(read_input(file, LARGEST_PAPER))
    except Refused as refused:
        return None, (refused.vietnamese, refused.english)
    if paper.refusal:
        return None, (words_of_refusal(paper.refusal), f"not read ({paper.refusal})")
    directive = read(paper.text)
    if isinstance(directive, Secret):
        said = f"văn bản có dấu “{directive.mark}”: Khéo không nhận văn bản mật và không giữ gì của nó."
        return None, (said, f"marked “{directive.mark}”: Kheo takes no secret papers and keeps nothing of it.")
    scanned = {"pages_without_text": list(paper.some_scanned)} if paper.some_scanned else {}
    converted = {"converted_from": paper.encoding} if words_of_converted(paper.encoding) else {}
    return {**told(directive), **scanned, **converted}, None


def _show(file: Path, told: dict[str, Any], console: Console) -> None:
    """For a person: the head, then each list with the line where it stands."""
    console.plain(str(file))
    rows = (
        ("Loại", "doc_type"),
        ("Số, ký hiệu", "full_number"),
        ("Ngày", "date"),
        ("Nơi", "place"),
        ("Cơ quan", "issuer"),
        ("Cấp trên", "issuer_superior"),
        ("Trích yếu", "subject"),
        ("Độ khẩn", "urgency"),
        ("Người ký", "signer_name"),
    )
    for words, key in rows:
        if told[key]:
            console.plain(f"  {words}: {told[key]}")
    _list(console, "Kính gửi", told["recipients"])
    _list(console, "Nội dung", told["contents"])
    _list(console, "Hạn", [_due(each) for each in told["deadlines"]])
    _list(console, "Văn bản được nêu", [_cited(each) for each in told["cited_documents"]])
    console.plain(f"  Mục lớn nhất: {told['top_level_items'] or 0}; việc phải làm: {len(told['tasks'])}")


def _list(console: Console, words: str, lines: list[str]) -> None:
    if not lines:
        return
    console.plain(f"  {words} ({len(lines)}):")
    for line in lines[:_FEW]:
        console.plain(f"    - {line}")
    if len(lines) > _FEW:
        console.plain(f"    … còn {len(lines) - _FEW}")


def _due(each: dict[str, Any]) -> str:
    when = " ".join(str(part) for part in (each.get("time"), each["date"] or each["month_day"] or each.get("day"), each["period"]) if part)
    return f"{when}: {each['to'] or 'không nêu nơi nhận'}"


def _cited(each: dict[str, Any]) -> str:
    return " ".join(str(part) for part in (each["type"], each["number"] or each.get("name"), each["date"] or each.get("year")) if part)


def _measure(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.core.directives.measuring import LISTS, SINGLE, measure

    pairs = list(_annotated(arguments.folder, console))
    scores = measure(pairs)
    done = DONE if all(told for _, told, _ in pairs) else FAILED
    if arguments.json:
        refused = [name for name, told, _ in pairs if not told]
        console.data({"papers": len(pairs), "refused": refused, "fields": {name: _as_data(score) for name, score in scores.items()}})
        return done
    console.result(f"{len(pairs)} văn bản", f"{len(pairs)} papers")
    for name in (*SINGLE, *LISTS):
        score = scores[name]
        console.plain(f"{name:<18}  P {score.precision:6.1%}  R {score.recall:6.1%}  F1 {score.f1:6.1%}  ({score.right}/{score.wanted})")
        for line in score.wrong if arguments.wrong else ():
            console.plain(f"    {line}")
    return done


def _as_data(score: "Score") -> dict[str, Any]:
    counts = {"right": score.right, "told": score.told, "wanted": score.wanted}
    return {**counts, "precision": score.precision, "recall": score.recall, "f1": score.f1, "wrong": score.wrong}


def _annotated(folder: Path, console: Console) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    files = sorted(file for file in folder.iterdir() if file.suffix == ".json") if folder.is_dir() else []
    if not files:
        raise Refused(f"{folder} không có tệp .json chú giải nào.", f"{folder} has no annotated .json.")
    for file in files:
        paper = next((file.with_suffix(kind) for kind in _KINDS if file.with_suffix(kind).exists()), None)
        if paper is None:
            raise Refused(f"{file} không có văn bản đi cùng.", f"{file} has no paper beside it.")
        told, refusal = _told(paper)
        if refusal:  # nothing is told of it: all that its annotation says counts as missed
            console.error(f"{paper}: {refusal[0]}", f"{paper}: {refusal[1]}")
        try:
            yield file.stem, told or {}, json.loads(file.read_text(encoding="utf-8"))
        except ValueError as fault:
            raise Refused(f"{file} không phải JSON: {fault}.", f"{file} is no JSON: {fault}.") from fault


COMMANDS = (
    Command(
        ("directive", "read"),
        "đọc một văn bản chỉ đạo: ai, việc gì, hạn nào",
        "read a directive: who, what, by when",
        _read,
        "nothing",
        _configure_read,
    ),
    Command(
        ("directive", "measure"),
        "đo độ đúng khi đọc văn bản, so với chú giải",
        "measure the reading against annotations",
        _measure,
        "nothing",
        _configure_measure,
    ),
)
