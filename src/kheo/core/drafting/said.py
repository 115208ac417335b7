"""What a paper says beside the fields of its draft: who signs, to whom, on what it rests, figures, days, outline; each with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kheo.core.days import format_day
from kheo.core.directives.citation import Citation
from kheo.core.directives.dates import When
from kheo.core.directives.due import Deadline
from kheo.core.directives.found import DOUBTFUL, Found, Place
from kheo.core.directives.head import Stamp
from kheo.core.drafting.papers import DraftedPaper
from kheo.core.drafting.regime import other_limits

_LONGEST = 90  # letters of an item of the outline, of a limit
# Dashes stand before what they begin; articles are called by their word.
_NUMBERS = {
    "dash": "–", "plus": "+", "article": "Điều {}", "chapter": "Chương {}", "section": "Mục {}", "part": "Phần {}",
    "annex": "Phụ lục {}", "form": "Mẫu số {}",
}  # fmt: skip
_RHYTHMS = {"month": "hằng tháng", "quarter": "hằng quý", "half-year": "6 tháng một lần", "year": "hằng năm"}
ROLES = {"basis": "căn cứ", "body": "nhắc tới", "annex": "ở phụ lục", "footnote": "ở chú thích"}


@dataclass(frozen=True)
class Said:
    """One thing that a paper says: `key` names its anchors. `beside`: what it is there, in muted words; `below`: items under it."""

    key: str
    text: str
    place: Place
    beside: str = ""
    sure: float = 1.0
    below: list["Said"] = field(default_factory=list)

    @property
    def is_doubtful(self) -> bool:
        """Whether the reading itself was not sure."""
        return self.sure < DOUBTFUL


@dataclass(frozen=True)
class Group:
    """Things of one sort, with what the draft does with them. `count`: all of them, those under others too."""

    name: str
    rows: list[Said]
    count: int
    note: str = ""


def said_by(papers: list[DraftedPaper], turn: int) -> list[Group]:
    """The groups of a paper that say something, in the order of the paper: head, addressees, bases, body, limits, foot, outline."""
    paper = papers[turn]
    read, key = paper.directive, f"v{turn}"
    head = [
        _named(f"{key}-noi", "nơi ban hành", read.place), _named(f"{key}-tren", "cơ quan cấp trên", read.superior),
        _named(f"{key}-khan", "độ khẩn", read.urgency), _stamped(f"{key}-den", read.stamp),
    ]  # fmt: skip
    foot = [_named(f"{key}-ky", "người ký", read.signer), _named(f"{key}-quyen", "quyền hạn, chức vụ", read.signer_title)]
    limits = [found for at, found in other_limits(papers) if at is paper]
    outline = _tree(paper, key)
    groups = [
        _group("Đầu văn bản", head),
        _group("Kính gửi", _rows(f"{key}g", ((each, each.value, "") for each in read.addressees)), "Loại đơn vị ở Cấp báo cáo lấy từ đây."),
        _group("Văn bản được dẫn", _rows(f"{key}d", ((each, cited(each.value), _role(each.value)) for each in read.citations))),
        _group("Số liệu đã nêu", _rows(f"{key}s", ((each, f"{each.value.number} {each.value.unit}", "") for each in read.figures))),
        _group("Hạn không thành kỳ báo cáo", _rows(f"{key}h", ((each, *limit_words(each.value)) for each in limits)), OTHER_LIMITS),
        _group("Người ký", foot),
        _group("Nơi nhận", _rows(f"{key}n", ((each, each.value, "") for each in read.copies))),
        Group("Dàn bài", outline, len(read.outline)),
    ]
    return [each for each in groups if each.rows]


OTHER_LIMITS = (
    "Tệp phong trào chỉ có chỗ cho kỳ báo cáo định kỳ: các hạn này ghi ở đầu tệp, và giao khi chuyển văn bản xuống "
    "(hạn từng việc, hạn có kế hoạch)."
)


def anchored(groups: Iterable[Group]) -> Iterator[Said]:
    """All of them, those under others too."""
    for group in groups:
        yield from _with_below(group.rows)


def _with_below(rows: Iterable[Said]) -> Iterator[Said]:
    for row in rows:
        yield row
        yield from _with_below(row.below)


def _group(name: str, rows: Iterable[Said | None], note: str = "") -> Group:
    kept = [each for each in rows if each]
    return Group(name, kept, len(kept), note)


def _named(key: str, beside: str, found: Found[str] | None) -> Said | None:
    return Said(key, " ".join(found.value.split()), found.place, beside, found.sure) if found else None


def _stamped(key: str, found: Found[Stamp] | None) -> Said | None:
    if found is None:
        return None
    stamp = found.value
    parts = (stamp.by, f"số {stamp.number}" if stamp.number else None, f"ngày {day_words(stamp.date)}" if stamp.date else None)
    return Said(key, ", ".join(each for each in parts if each), found.place, "dấu đến", found.sure)


def _rows(key: str, found: Iterable[tuple[Found[Any], str, str]]) -> list[Said]:
    return [Said(f"{key}{at}", text, each.place, beside, each.sure) for at, (each, text, beside) in enumerate(found)]


def cited(document: Citation) -> str:
    """`Nghị quyết 131/2020/QH14`, with its day or year and the name of a law where the paper says them."""
    said = " ".join(each for each in (document.kind, document.name, document.number) if each)
    if document.date:
        return f"{said}, ngày {day_words(document.date)}"
    return f"{said}, năm {document.year}" if document.year else said


def _role(document: Citation) -> str:
    return ROLES.get(document.role, document.role)


def day_words(when: When) -> str:
    """A day, of one year or of every year."""
    return format_day(when.date) if when.date else f"{when.day:02d}/{when.month:02d}"


def limit_words(limit: Deadline) -> tuple[str, str]:
    """What a limit asks, and by when and for whom: `trước 17:00, 20/03/2024, gửi Sở Y tế`."""
    day = day_words(limit.when) if limit.when else f"ngày {limit.day}" if limit.day else ""
    rhythm = _RHYTHMS.get(limit.period or "", "")
    within = f"trong {limit.within}" if limit.within else ""
    parts = (limit.time, " ".join(each for each in (day, rhythm) if each), within, f"gửi {limit.to}" if limit.to else "")
    return _short(limit.text), ", ".join(each for each in parts if each)


def _tree(paper: DraftedPaper, key: str) -> list[Said]:
    read, rows = paper.directive, list[Said]()
    top: list[Said] = []
    for at, item in enumerate(read.outline):
        number = _NUMBERS.get(item.kind, "{}.").format(item.number)
        text = _short(f"{number} {read.paper.told(item.text_start, item.heading_end)}")
        rows.append(Said(f"{key}m{at}", text, Place(item.start, max(item.start + 1, item.text_start)), sure=item.sure))
        (rows[item.parent].below if item.parent is not None else top).append(rows[-1])
    return top


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]}…"
