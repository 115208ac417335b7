"""What registers counted when a report was sent, and what they count now: `nộp 120, nay 118: 2 hồ sơ bị thu hồi`.

What was sent stays as it was sent; the entries behind it live on. The two are told apart cell by cell, with why of each entry.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from kheo.core.chain import content_hash
from kheo.core.counted_cells import CountedCell
from kheo.core.numbers import format_scaled
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import register_definition
from kheo.reports.models import Obligation, Revision
from kheo.reports.queries.counted import Listed, listed_for

COUNTED = "counted"  # the kind of enclosure

Cause = Literal["withdrawn", "moved", "state", "edited", "late"]
CAUSE_WORDS: Mapping[Cause, str] = {
    "withdrawn": "bị thu hồi",
    "moved": "chuyển sang đơn vị khác",
    "state": "đổi trạng thái",
    "edited": "được sửa",
    "late": "ghi sau khi nộp",
}
DEED_NAMES = {
    "create": "ghi mới",
    "edit": "sửa",
    "line": "ghi dòng",
    "unline": "bỏ dòng",
    "link": "nối hồ sơ",
    "unlink": "bỏ nối",
    "verify_link": "xác minh liên kết",
    "take_over": "tiếp nhận hồ sơ",
    "attach": "thêm ảnh, tệp",
    "detach": "bỏ ảnh, tệp",
    "not_alike": "kết luận không trùng",
    "reply": "trả lời người gửi",
    "note": "ghi chú",
    "asker_says": "người gửi viết thêm",
    "page_broken": "liên kết hỏng",
    "page_answers": "liên kết mở lại được",
}


def counted_enclosed(listed: Mapping[str, Listed]) -> dict[str, Any]:
    """What is frozen with a revision: by cell, the number counted, its entries with what each adds, and a hash over all of it.

    Where units below are counted, also these, each with its entries.
    """
    cells = {key: _enclosed(each) for key, each in sorted(listed.items())}
    return {COUNTED: cells} if cells else {}


def _enclosed(listed: Listed) -> dict[str, Any]:
    entries = [[entry, amount] for entry, amount in sorted(listed.amounts.items())]
    stands: dict[str, Any] = {"register": listed.cell.register, "number": listed.cell.number, "entries": entries}
    if listed.units is not None:
        stands["units"] = [[unit, behind] for unit, behind in listed.units.items()]
    return {**stands, "hash": content_hash(stands)}


@dataclass(frozen=True)
class AsSent:
    """What a revision says of one cell: the figure sent, what was counted then, the entries with what each added."""

    figure: Any
    number: int
    entries: Mapping[int, int]


def counted_as_sent(revision: Revision | None) -> dict[str, AsSent]:
    """By cell; empty for what was sent before registers were counted."""
    enclosed = ((revision.enclosures if revision else None) or {}).get(COUNTED) or {}
    figures: Mapping[str, Any] = revision.figures if revision else {}
    return {key: AsSent(figures.get(key), each["number"], dict(each["entries"])) for key, each in enclosed.items()}


@dataclass(frozen=True)
class Drift:
    """One cell of what was sent: `then` and `now`, and the entries that make the difference."""

    listed: Listed
    sent: AsSent

    @property
    def cell(self) -> CountedCell:
        """What is counted now."""
        return self.listed.cell

    @property
    def changed(self) -> dict[int, tuple[int | None, int | None]]:
        """By entry, what it added then and adds now; None where it was not, or is not any more."""
        then, now = self.sent.entries, self.listed.amounts
        return {entry: (then.get(entry), now.get(entry)) for entry in sorted({*then, *now}) if then.get(entry) != now.get(entry)}

    @property
    def is_there(self) -> bool:
        """Whether anything is different."""
        return self.sent.number != self.cell.number or bool(self.changed)


@dataclass(frozen=True)
class Changed:
    """One entry that makes a difference: what it added then and adds now, why, and the act that did it in words."""

    entry: Entry
    then: int | None
    now: int | None
    cause: Cause
    act: str
    who: str
    on: date | None
    at: datetime | None
    reason: str


def compared(obligation: Obligation, revision: Revision | None) -> dict[str, Drift]:
    """By cell that registers counted when it was sent, what they count now. Three queries, none where they counted nothing."""
    sent = counted_as_sent(revision)
    return {key: Drift(listed, sent[key]) for key, listed in listed_for(obligation, sent.keys()).items()} if sent else {}


@dataclass(frozen=True)
class Behind:
    """What a reader is shown of the counted cells of what was sent: each as it counts now, and where that differs, how and why."""

    counted: Mapping[str, CountedCell]
    drift: Mapping[str, str]


def behind(obligation: Obligation, revision: Revision | None) -> Behind:
    """Three queries where registers were counted, two more where they count otherwise now; none else."""
    drifts = compared(obligation, revision)
    there = {key: drift for key, drift in drifts.items() if drift.is_there}
    causes = causes_of(obligation, revision, there) if revision and there else {}
    words = {key: drift_words(drift, causes[key]) for key, drift in there.items()}
    return Behind({key: drift.cell for key, drift in drifts.items()}, words)


def causes_of(obligation: Obligation, revision: Revision, drifts: Mapping[str, Drift]) -> dict[str, list[Changed]]:
    """By cell, why each entry counts otherwise than when it was sent. A fixed number of queries, however many cells and entries."""
    ids = {entry for drift in drifts.values() for entry in drift.changed}
    entries = Entry.objects.select_related("register").in_bulk(ids)
    since: dict[int, list[Deed]] = {}
    for deed in Deed.objects.filter(entry__in=ids, at__gt=revision.submitted_at).order_by("pk"):
        since.setdefault(deed.entry_id, []).append(deed)
    figures = {drift.listed.feed.looks_at: drift.listed.feed.counted(obligation.cycle) for drift in drifts.values()}
    own = {units: figure.named(obligation.unit_id) for units, figure in figures.items()}
    return {
        key: [
            _changed(own[drift.listed.feed.looks_at], entries[entry], then, now, since.get(entry, []))
            for entry, (then, now) in drift.changed.items()
        ]
        for key, drift in drifts.items()
    }


def _changed(own: Collection[int], entry: Entry, then: int | None, now: int | None, deeds: Sequence[Deed]) -> Changed:
    """The act told is the last one since: for an entry recorded late its creation."""
    cause = _cause(own, entry, now, deeds)
    told = next(iter(deeds if cause == "late" else reversed(deeds)), None)
    if told is None:
        return Changed(entry, then, now, cause, "", "", None, None, "")
    names = {act.code: act.name for act in register_definition(entry.edition_id).acts}
    act = names.get(told.act) or DEED_NAMES.get(told.act, told.act)
    return Changed(entry, then, now, cause, act, told.who, told.on, told.at, told.reason)


def _cause(own: Collection[int], entry: Entry, now: int | None, deeds: Sequence[Deed]) -> Cause:
    if entry.meaning == "void":
        return "withdrawn"
    if now is None and own and {entry.owner_id, entry.handler_id, entry.ward_id}.isdisjoint(own):
        return "moved"
    if any(deed.act == "create" for deed in deeds):
        return "late"
    moved = any(deed.state_before != deed.state_after for deed in deeds)
    return "state" if moved else "edited"


def drift_words(drift: Drift, causes: Sequence[Changed]) -> str:
    """`nộp 120, nay 118: 2 hồ sơ bị thu hồi`; of a cell that did not follow its register also what that counted."""
    then, now = format_scaled(drift.sent.number, drift.cell.decimals), drift.cell.text
    lead = f"nộp {then}" if drift.sent.figure == drift.sent.number else f"lúc nộp sổ đếm {then}"
    told = ", ".join(_counts(causes))
    return f"{lead}, nay {now}" + (f": {told}" if told else "")


def _counts(causes: Sequence[Changed]) -> Iterator[str]:
    counts = Counter(each.cause for each in causes)
    for cause, words in CAUSE_WORDS.items():
        if counts[cause]:
            yield f"{counts[cause]} hồ sơ {words}"
