"""`kheo demo` and the demo of `kheo up --demo`: an invented year in a real tree."""

import argparse
from dataclasses import asdict

from kheo.cli.arguments import count_words
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

STAGES = ("collecting", "reviewing", "closed")
DEFAULT_UNITS, DEFAULT_SEED = 1000, 7


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--stage",
        choices=STAGES,
        default=STAGES[0],
        help=console.text("chặng: đang thu, đang duyệt hay đã chốt (mặc định: collecting)", "stage (default: collecting)"),
    )
    parser.add_argument(
        "--units",
        type=int,
        default=DEFAULT_UNITS,
        metavar="N",
        help=console.text(f"số công đoàn cơ sở (mặc định: {DEFAULT_UNITS})", f"number of grassroots unions (default: {DEFAULT_UNITS})"),
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="S",
        help=console.text(
            f"hạt giống: cùng số thì cùng dữ liệu (mặc định: {DEFAULT_SEED})", f"seed of all chance (default: {DEFAULT_SEED})"
        ),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _demo(arguments: argparse.Namespace, console: Console) -> int:
    build(console, arguments.stage, arguments.units, arguments.seed)
    if arguments.json:
        from kheo.demo.queries import logins

        told = {"stage": arguments.stage, "units": arguments.units, "seed": arguments.seed}
        console.data({**told, "logins": [asdict(login) for login in logins()]})
        return DONE
    console.result(
        f"Đã dựng dữ liệu mẫu: {count_words(arguments.units)} công đoàn cơ sở, chặng {arguments.stage}.",
        f"The demo stands: {count_words(arguments.units)} grassroots unions, stage {arguments.stage}.",
    )
    tell_logins(console)
    return DONE


def build(console: Console, stage: str, units: int, seed: int) -> None:
    """Build a demo, or finish this one where it was interrupted. Raises Refused; then nothing was changed."""
    from kheo.config import clock
    from kheo.demo.actions import DemoRefusal, build_demo

    result = build_demo(stage=stage, units=units, seed=seed, progress=console.progress)
    if isinstance(result, DemoRefusal):
        raise Refused(result.vietnamese, result.english)
    clock.reset()


def ensure_demo(console: Console) -> None:
    """What `up --demo` needs: the demo of this database, built where the database is empty, finished where it was interrupted."""
    from kheo.demo.queries import has_data, standing_build

    standing = standing_build()
    if standing is None and has_data():
        console.progress(
            "Cơ sở dữ liệu đã có dữ liệu của bạn: không nạp dữ liệu mẫu.", "The database holds data of yours: the demo is not loaded."
        )
    elif standing is None:
        build(console, STAGES[0], DEFAULT_UNITS, DEFAULT_SEED)
    elif not standing.is_complete:
        build(console, standing.stage, standing.units, standing.seed)


def tell_logins(console: Console) -> None:
    """Who can sign in to the demo, and what each may try first."""
    from kheo.demo.queries import code_to_follow, logins

    cast, code = logins(), code_to_follow()
    if not cast:
        return
    passwords = {login.password for login in cast}
    console.result(
        f"\nĐăng nhập bằng một trong các tên sau, mật khẩu: {', '.join(sorted(passwords))}",
        f"\nSign in with one of these names, password: {', '.join(sorted(passwords))}",
    )
    width = max(len(login.username) for login in cast)
    for login in cast:
        console.plain(f"  {login.username:<{width}}  {login.full_name}, {login.role.lower()}, {login.unit}")
        console.plain(f"  {'':<{width}}  → {login.what_to_try}")
    if code:
        console.result(
            f"Người dân, không cần đăng nhập: trang /gop-y/; xem một việc đã gửi bằng mã theo dõi {code}",
            f"The public, without signing in: the page /gop-y/; follow something that was sent with the code {code}",
        )


COMMANDS = (
    Command(
        words=("demo",),
        vietnamese="dựng dữ liệu mẫu trong cơ sở dữ liệu trống",
        english="build the demo in an empty database",
        run=_demo,
        configure=_configure,
    ),
)
