"""`kheo paper check`: measure a Word file against the profile of an issuing body."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import read_input
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.documents.profiles import PaperProfile


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("file", type=Path, metavar=console.text("TỆP.docx", "FILE.docx"), help=console.text("văn bản cần đo", "the paper"))
    parser.add_argument(
        "--profile",
        required=True,
        metavar=console.text("TÊN", "NAME"),
        help=console.text(
            "thể thức của cơ quan ban hành: nd30, union933, party36 …", "profile of the issuing body: nd30, union933, party36 …"
        ),
    )
    parser.add_argument(
        "--allowed",
        action="store_true",
        help=console.text(
            "nhận mọi số đo mà quy định cho phép, không chỉ số đo Khéo dùng", "accept whatever the rule allows, not only what Khéo prints"
        ),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _check(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.documents.checker import NotAPaper, check_paper

    profile = _profile(arguments.profile)
    try:
        found = check_paper(read_input(arguments.file), profile, exactly=not arguments.allowed)
    except NotAPaper as fault:
        raise Refused(f"{arguments.file}: {fault}", f"{arguments.file} cannot be measured: {fault}") from fault
    if arguments.json:
        notes = list(profile.unverified)
        console.data({"ok": not found, "profile": profile.name, "unverified": notes, "deviations": [asdict(each) for each in found]})
        return FAILED if found else DONE
    for each in found:
        console.plain(str(each))
    for words in profile.unverified:
        console.progress(f"Lưu ý: {words}", f"Note: {words}")
    if found:
        console.error(f"{len(found)} chỗ khác với {profile.title}.", f"{len(found)} deviations from {profile.name}.")
        return FAILED
    console.result(f"Đúng thể thức: {profile.title}.", f"No deviation from {profile.name}.")
    return DONE


def _profile(name: str) -> "PaperProfile":
    from kheo.documents.profiles import profile_named, profile_names

    if name not in profile_names():
        names = ", ".join(profile_names())
        raise Refused(f"Không có thể thức “{name}”; có: {names}.", f"There is no profile “{name}”; there are: {names}.")
    return profile_named(name)


COMMANDS = (
    Command(
        words=("paper", "check"),
        vietnamese="đo một văn bản Word theo thể thức của cơ quan ban hành; liệt kê mọi chỗ khác",
        english="measure a Word file against the profile of an issuing body; lists every deviation",
        run=_check,
        configure=_configure,
        needs="nothing",
    ),
)
