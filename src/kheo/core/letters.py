"""What is sent to somebody: a message as subject, plain text and simple HTML. Everything that is put in is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from kheo.core.days import format_day
from kheo.core.text import nfc

_FOOT = "Anh/chị nhận thư này vì đã chọn nhận nhắc việc qua thư. Đổi hoặc tắt: {settings}"


@dataclass(frozen=True)
class LinkedLine:
    """A line with the full address it leads to."""

    text: str
    url: str


@dataclass(frozen=True)
class Letter:
    """A message ready for any channel. `gist` (at most 30 letters, no name, no figure of a report) and `url` are all that a channel

    without privacy may carry: Zalo puts them into its own sentence, "Khéo nhắc anh/chị: {gist}."
    """

    subject: str
    text: str
    html: str
    gist: str
    url: str


def digest_letter(name: str, day: date, todo: Sequence[LinkedLine], news: Sequence[LinkedLine], *, home: str, settings: str) -> Letter:
    """The digest of a day: what to do first, then what else happened. No name can add a line of its own to the letter."""
    subject = f"Khéo: {len(todo)} việc cần làm, ngày {format_day(day)}"
    todo, news = ([LinkedLine(nfc(line.text), line.url) for line in lines] for lines in (todo, news))
    parts = [("Việc cần làm", todo), *([("Tin mới", news)] if news else [])]
    greeting = f"Chào anh/chị {nfc(name)},"
    text = [greeting, ""]
    body = [f"<p>{escape(greeting)}</p>"]
    for title, lines in parts:
        text += [f"{title}:", *(f"- {line.text}\n  {line.url}" for line in lines), ""]
        body.append(f"<h2>{title}</h2><ul>{''.join(_item(line) for line in lines)}</ul>")
    foot = _FOOT.format(settings=settings)
    text += [f"Mở Khéo: {home}", "", foot]
    body += [f'<p><a href="{escape(home)}">Mở Khéo</a></p>', f"<p><small>{escape(foot)}</small></p>"]
    return Letter(subject, "\n".join(text) + "\n", _page("".join(body)), _gist(len(todo)), home)


def _gist(count: int) -> str:
    """`3 việc cần làm`; with nothing to do the digest holds news."""
    return f"{count} việc cần làm" if count else "có tin mới, mở ra xem"


def _item(line: LinkedLine) -> str:
    return f'<li><a href="{escape(line.url)}">{escape(line.text)}</a></li>'


def _page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><head><meta charset="utf-8"></head><body>{body}</body></html>'


def code_letter(code: str, minutes: int, *, page: str, link: str) -> Letter:
    """The code that confirms an address. `page` is where it is typed, `link` leads there with the code typed already."""
    lines = [
        f"Mã xác nhận của anh/chị: {code}",
        f"Ghi mã này ở trang {page} trong {minutes} phút.",
        "Nếu anh/chị không yêu cầu, hãy bỏ qua thư này: không có gì thay đổi.",
    ]
    return _plain(f"Khéo: mã xác nhận {code}", lines, "xác nhận số điện thoại này", link)


def invitation_letter(name: str, role: str, unit: str, sender: str, *, code: str, link: str, until: str) -> Letter:
    """An invitation to take up a post. No name can add a line of its own to the letter."""
    lines = [
        f"Chào anh/chị {nfc(name)},",
        f"{nfc(sender)} mời anh/chị nhận nhiệm vụ {role} tại {nfc(unit)} trên Khéo, nơi nộp báo cáo phong trào.",
        f"Mở đường dẫn này để xem được làm gì và nhận, đến hết ngày {until}: {link}",
        f"Hoặc mở trang nhận lời mời và ghi mã: {code}",
        "Đường dẫn chỉ dùng được một lần. Không chuyển thư này cho người khác.",
        "Nếu không phải việc của anh/chị, hãy bỏ qua: không có gì thay đổi.",
    ]
    return _plain(f"Khéo: lời mời nhận nhiệm vụ tại {nfc(unit)}", lines, "có lời mời, mở ra xem", link)


def reset_letter(name: str, username: str, minutes: int, link: str) -> Letter:
    """The way to a new password, for somebody who said on the page that they forgot theirs."""
    lines = [
        f"Chào anh/chị {nfc(name)},",
        f"Có người (có lẽ là anh/chị) báo quên mật khẩu của tên đăng nhập {username}.",
        f"Mở đường dẫn này trong {minutes} phút để đặt mật khẩu mới: {link}",
        "Đường dẫn chỉ dùng được một lần. Không chuyển thư này cho người khác.",
        "Nếu không phải anh/chị, hãy bỏ qua: mật khẩu cũ vẫn dùng được.",
    ]
    return _plain("Khéo: đặt mật khẩu mới", lines, "đặt mật khẩu mới", link)


def trial_letter(*, home: str) -> Letter:
    """A message that shows that messages arrive."""
    lines = ["Đây là tin thử. Nhắc việc của Khéo sẽ đến với anh/chị ở đây.", f"Mở Khéo: {home}"]
    return _plain("Khéo: tin thử", lines, "tin thử, không phải làm gì", home)


def _plain(subject: str, lines: Sequence[str], gist: str, url: str) -> Letter:
    return Letter(subject, "\n\n".join(lines) + "\n", _page("".join(f"<p>{escape(line)}</p>" for line in lines)), gist, url)
