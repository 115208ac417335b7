"""The page whose address an entry holds: where it leads, and what looking at it told."""

from dataclasses import dataclass

from kheo.core.days import format_day
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.looking import Seen, Verdict, why_words
from kheo.core.registers.values import Kept
from kheo.core.web_addresses import WebAddress, read_web_address
from kheo.registers.models import PageLook


@dataclass(frozen=True)
class PageTold:
    """`url`: "" where the text is no address that is led to. `words`: "" where nobody looked; `tone` as of a limit; `print`: what proves
    what the page was at the first look, in words."""

    url: str
    words: str = ""
    tone: str = ""
    print: str = ""


def page_told(field: FieldDef, value: Kept, look: PageLook | None) -> PageTold | None:
    """Of a field that holds an address; None for any other. What an earlier edition took for text alone was looked at all the same."""
    if field.web is None and look is None:
        return None
    url = str(value) if isinstance(read_web_address(str(value)), WebAddress) else ""
    if look is None:
        return PageTold(url)
    tone = {Verdict.BROKEN: "overdue", Verdict.READABLE: "ok"}.get(Verdict(look.verdict), "")
    return PageTold(url, look_words(look), tone, f"Dấu vân trang lần đọc đầu (SHA-256): {look.first_digest}" if look.first_digest else "")


def look_words(look: PageLook) -> str:
    """`Còn truy cập, xem ngày 12/5/2023.` and so on: what is said of the link, and what the last look came to where that is another."""
    on, why = format_day(look.on), why_words(look.why, look.status)
    because = f" ({why})" if why else ""
    waits = f"ngày {on} chưa mở được{because}, xem lại ngày {format_day(look.again_on)}"
    if look.verdict == Verdict.BROKEN:
        return f"Liên kết hỏng từ ngày {format_day(look.since)}{because}, xem ngày {on}."
    if look.verdict == Verdict.READABLE and look.seen == Seen.READ:
        changed = " Nội dung trang đã khác lần đọc đầu." if look.digest != look.first_digest else ""
        return f"Còn truy cập, xem ngày {on}.{changed}"
    if look.seen == Seen.FAULT:
        return f"{'Trước đó còn truy cập; ' if look.verdict == Verdict.READABLE else 'Máy chưa rõ: '}{waits}."
    said = "Trước đó còn truy cập; " if look.verdict == Verdict.READABLE else "Máy chưa rõ: "
    return f"{said}ngày {on} không xem được{because}. Anh/chị mở thử."
