"""The page whose address an entry holds: where it leads, and what looking at it told."""

from dataclasses import dataclass

from kheo.core.days import format_day
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.looking import Seen, Verdict, why_words
from kheo.core.registers.values import Kept
from kheo.core.web_addresses import WebAddress, read_web_address
from kheo.registers.models import PageLook

BROKEN, READABLE, UNSURE = "Liên kết hỏng", "Còn truy cập", "Máy chưa rõ"
TONES = {BROKEN: "overdue", READABLE: "ok"}


@dataclass(frozen=True)
class PageTold:
    """`url`: "" where the text is no address that is led to. `standing` in a word or two, "" where nobody looked, with its `tone` as of a
    limit; `words`: since when and why; `print`: what proves what the page was at the first look, in words."""

    url: str
    standing: str = ""
    tone: str = ""
    words: str = ""
    print: str = ""


def page_told(field: FieldDef, value: Kept, look: PageLook | None) -> PageTold | None:
    """Of a field that holds an address; None for any other. What an earlier edition took for text alone was looked at all the same."""
    if field.web is None and look is None:
        return None
    url = str(value) if isinstance(read_web_address(str(value)), WebAddress) else ""
    if look is None:
        return PageTold(url)
    standing, words = look_words(look)
    first = f"Dấu vân trang lần đọc đầu (SHA-256): {look.first_digest}" if look.first_digest else ""
    return PageTold(url, standing, TONES.get(standing, ""), words, first)


def look_words(look: PageLook) -> tuple[str, str]:
    """`Còn truy cập` and `xem ngày 12/05/2023.` and so on: how the link stands, and what tells it."""
    on, why = format_day(look.on), why_words(look.why, look.status)
    because = f" ({why})" if why else ""
    if look.verdict == Verdict.BROKEN:
        return BROKEN, f"từ ngày {format_day(look.since)}{because}, xem ngày {on}."
    if look.verdict == Verdict.READABLE and look.seen == Seen.READ:
        changed = " Nội dung trang đã khác lần đọc đầu." if look.digest != look.first_digest else ""
        return READABLE, f"xem ngày {on}.{changed}"
    earlier = "trước đó còn truy cập; " if look.verdict == Verdict.READABLE else ""
    if look.seen == Seen.FAULT:
        return UNSURE, f"{earlier}ngày {on} chưa mở được{because}, xem lại ngày {format_day(look.again_on)}."
    return UNSURE, f"{earlier}ngày {on} không xem được{because}. Anh/chị mở thử."
