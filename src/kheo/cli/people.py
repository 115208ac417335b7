"""`kheo people list | invite | withdraw | reset | end`: the operator's way in, for the first people of all and where nobody else can."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from kheo.cli.arguments import day_of, keeper, number_between
from kheo.cli.campaign import tell_problems
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import format_day, format_instant, local_day
from kheo.core.holding import LEAVING_NAMES, Leaving
from kheo.core.workflow import ROLE_NAMES, Role

if TYPE_CHECKING:
    from kheo.org.models import Post

ROLES = ", ".join(f"{role} ({name.lower()})" for role, name in ROLE_NAMES.items())
REASONS = ", ".join(f"{reason} ({name})" for reason, name in LEAVING_NAMES.items())


def _configure_unit(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("unit", metavar=console.text("MÃ_ĐƠN_VỊ", "UNIT"), help=console.text("mã của đơn vị", "the code of the unit"))


def _configure_list(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure_unit(parser, console)
    parser.add_argument("--json", action="store_true", help=console.text("dạng JSON", "as JSON"))


def _add_role(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text(f"chức trách: {ROLES}", "the role")
    parser.add_argument("role", choices=[role.value for role in Role], metavar=console.text("CHỨC_TRÁCH", "ROLE"), help=words)


def _configure_invite(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure_unit(parser, console)
    _add_role(parser, console)
    parser.add_argument("name", metavar=console.text("HỌ_TÊN", "NAME"), help=console.text("người được mời", "who is invited"))
    day = console.text("NGÀY", "DAY")
    parser.add_argument(
        "--from",
        dest="starts_on",
        type=day_of(console),
        metavar=day,
        help=console.text("giữ từ ngày (mặc định: ngày nhận)", "from this day"),
    )
    said = console.text("tên đăng nhập của người bàn giao: thôi từ ngày người mới bắt đầu", "user name of who hands over")
    parser.add_argument("--replaces", metavar=console.text("TÊN", "USER"), help=said)
    said = console.text("mã dùng được bao nhiêu ngày: 3, 7, 14, 30 (mặc định 14)", "days for which the code works")
    parser.add_argument("--days", type=int, choices=(3, 7, 14, 30), default=14, help=said)


def _configure_withdraw(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text("số của lời mời (xem people list)", "number of the invitation")
    parser.add_argument("number", type=number_between(console, 1, 999_999_999), metavar=console.text("SỐ", "NUMBER"), help=words)


def _configure_end(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure_unit(parser, console)
    _add_role(parser, console)
    parser.add_argument("user", metavar=console.text("TÊN_ĐĂNG_NHẬP", "USER"), help=console.text("người thôi", "who leaves"))
    words = console.text(f"lý do: {REASONS}", "why")
    parser.add_argument("--reason", choices=[reason.value for reason in Leaving], required=True, help=words)
    said = console.text("thôi từ ngày (mặc định: hôm nay, mất quyền ngay)", "from this day (default: today, at once)")
    parser.add_argument("--on", type=day_of(console), metavar=console.text("NGÀY", "DAY"), help=said)
    parser.add_argument("--note", default="", help=console.text("căn cứ, ví dụ số quyết định", "by which decision"))
    said = console.text("kể cả khi không còn ai khác giữ chức trách này", "even where nobody else holds it")
    parser.add_argument("--even-last", action="store_true", help=said)


def _unit(code: str, on: date) -> int:
    from kheo.org.queries import unit_by_code

    found = unit_by_code(code, on)
    if found is None:
        raise Refused(f"Không có đơn vị mã “{code}” ngày {format_day(on)}.", f"There is no unit “{code}” on {on}.")
    return found


def _post(unit: int, role: str, username: str, on: date) -> "Post":
    from kheo.org.queries.holders import holders_from

    for post in holders_from(unit, on):
        if post.role == role and post.user.username == username:
            return post
    raise Refused(f"“{username}” không giữ chức trách {role} ở đơn vị này.", f"“{username}” does not hold {role} there.")


def _list(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries.holders import holders_from
    from kheo.org.queries.inviting import waiting_at

    at = now()
    today = local_day(at)
    unit = _unit(arguments.unit, today)
    held, waiting = holders_from(unit, today), waiting_at(unit)
    if arguments.json:
        console.data(
            {
                "posts": [
                    {"user": post.user.username, "name": post.user.full_name, "role": post.role, "starts": post.starts, "ends": post.ends}
                    for post in held
                ],
                "invitations": [
                    {"number": each.pk, "name": each.full_name, "role": each.role, "sender": each.sender, "expires": each.expires_at}
                    for each in waiting
                ],
            }
        )
        return DONE
    for post in held:
        until = f" – {format_day(post.ends)}" if post.ends else ""
        console.plain("\t".join([post.user.username, post.user.full_name, post.role, f"{format_day(post.starts)}{until}"]))
    for each in waiting:
        over = console.text(" (đã hết hạn)", " (over)") if each.expires_at <= at else ""
        said = console.text("lời mời số", "invitation")
        console.plain("\t".join([f"{said} {each.pk}{over}", each.full_name, each.role, format_day(local_day(each.expires_at))]))
    console.progress(f"{len(held)} chức trách, {len(waiting)} lời mời chưa ai nhận.", f"{len(held)} posts, {len(waiting)} invitations.")
    return DONE


def _invite(arguments: argparse.Namespace, console: Console) -> int:
    from django.conf import settings
    from django.urls import reverse

    from kheo.config.clock import now
    from kheo.reports.actions.inviting import Invited, Sender, Wish, offer

    at = now()
    today = local_day(at)
    unit = _unit(arguments.unit, today)
    replaces = _post(unit, arguments.role, arguments.replaces, today).pk if arguments.replaces else None
    role = Role(arguments.role)
    wish = Wish(role=role, full_name=arguments.name, starts_on=arguments.starts_on, replaces=replaces, days=arguments.days)
    done = offer(unit, wish, sender=Sender(keeper(), None), at=at)
    if not isinstance(done, Invited):
        return tell_problems(done, console)
    link = f"{settings.ENVIRONMENT.messaging.site}{reverse('accept_invitation')}?ma={done.code}"
    until = format_day(local_day(done.invitation.expires_at))
    console.progress(
        f"Đưa đường dẫn này cho {done.invitation.full_name}, dùng một lần, đến hết ngày {until}. Khéo không hiện lại.",
        f"Give this link to {done.invitation.full_name}; it works once, until {until}, and is not shown again.",
    )
    console.plain(link)
    return DONE


def _withdraw(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.reports.actions.inviting import withdraw_as_operator

    if not withdraw_as_operator(arguments.number, actor=keeper(), at=now()):
        console.error(f"không có lời mời số {arguments.number} đang chờ.", f"no invitation {arguments.number} is waiting.")
        return FAILED
    console.result(f"Đã thu hồi lời mời số {arguments.number}.", f"Invitation {arguments.number} is withdrawn.")
    return DONE


def _configure_reset(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text("tên đăng nhập của người quên mật khẩu", "user name of who forgot the password")
    parser.add_argument("user", metavar=console.text("TÊN_ĐĂNG_NHẬP", "USER"), help=words)


def _reset(arguments: argparse.Namespace, console: Console) -> int:
    from django.conf import settings
    from django.urls import reverse

    from kheo.config.clock import now
    from kheo.people.actions.resetting import make_reset
    from kheo.people.queries import account_named

    user = account_named(arguments.user)
    if user is None:
        raise Refused(f"Không có tài khoản “{arguments.user}” đang hoạt động.", f"There is no active account “{arguments.user}”.")
    made = make_reset(user, by=keeper(), at=now())
    until = format_instant(made.reset.expires_at)
    console.progress(
        f"Đưa đường dẫn này cho {user.full_name}, dùng một lần, đến {until}. Khéo không hiện lại.",
        f"Give this link to {user.full_name}; it works once, until {until}, and is not shown again.",
    )
    console.plain(f"{settings.ENVIRONMENT.messaging.site}{reverse('set_password')}?ma={made.code}")
    return DONE


def _end(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.reports.actions.leaving import end_as_operator

    at = now()
    today = local_day(at)
    on = arguments.on or today
    post = _post(_unit(arguments.unit, today), arguments.role, arguments.user, today)
    reason = Leaving(arguments.reason)
    problems = end_as_operator(post, on=on, reason=reason, note=arguments.note, even_last=arguments.even_last, actor=keeper(), at=at)
    if problems:
        return tell_problems(problems, console)
    words = f"{post.user.full_name} thôi chức trách {ROLE_NAMES[Role(post.role)].lower()} từ ngày {format_day(on)}."
    console.result(words, f"{post.user.full_name} leaves {post.role} from {on}.")
    return DONE


COMMANDS = (
    Command(
        words=("people", "list"),
        vietnamese="in người giữ chức trách ở một đơn vị và lời mời chưa ai nhận",
        english="print who holds what at a unit, and waiting invitations",
        run=_list,
        configure=_configure_list,
    ),
    Command(
        words=("people", "invite"),
        vietnamese="mời một người vào chức trách: in đường dẫn dùng một lần",
        english="invite somebody to a post: prints a link that works once",
        run=_invite,
        configure=_configure_invite,
    ),
    Command(
        words=("people", "withdraw"),
        vietnamese="thu hồi một lời mời",
        english="withdraw an invitation",
        run=_withdraw,
        configure=_configure_withdraw,
    ),
    Command(
        words=("people", "reset"),
        vietnamese="cho một người đặt mật khẩu mới: in đường dẫn dùng một lần",
        english="let somebody set a new password: prints a link that works once",
        run=_reset,
        configure=_configure_reset,
    ),
    Command(
        words=("people", "end"),
        vietnamese="ghi một người thôi chức trách",
        english="end somebody's post",
        run=_end,
        configure=_configure_end,
    ),
)
