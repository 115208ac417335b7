"""What a person may correct in a draft: every field with its place; the draft with what was typed and without what was seen."""

import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kheo.core.days import format_day
from kheo.core.directives.found import DOUBTFUL, Found, Place
from kheo.core.drafting.notes import Notes, Open, Path
from kheo.core.drafting.proposing import CampaignDraft
from kheo.core.unit_kinds import KINDS

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(-?\d{1,2})")


@dataclass(frozen=True)
class Field:
    """A field of the draft that may be corrected: `key` is its path with dots; `paper` is the turn of the paper that says it."""

    key: str
    label: str
    value: str
    paper: int | None = None
    place: Place | None = None
    sure: float = 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether the reading itself was not sure."""
        return self.sure < DOUBTFUL


@dataclass(frozen=True)
class Corrected:
    """The draft with the corrections, and what could not be understood, by key."""

    draft: CampaignDraft
    wrong: dict[str, str]


def open_key(item: Open) -> str:
    """By which an open place is known from one reading to the next."""
    return f"{'.'.join(map(str, item.path))}~{zlib.crc32(item.words.encode()):08x}"


def fields_of(draft: CampaignDraft) -> list[Field]:
    """In the order of the page: the campaign, its papers, contents, then the days of each tier."""
    data = draft.data
    fields = [Field("name", "Tên phong trào", data["name"]), Field("campaign", "Mã phong trào", data["campaign"])]
    for turn, row in enumerate(data["documents"]):
        fields += _document(draft, turn, row)
    root = max(range(len(draft.papers)), key=lambda at: (len(draft.papers[at].directive.contents), at))
    for turn, row in enumerate(data["contents"]):
        found = draft.papers[root].directive.contents[turn - 1] if turn else None
        fields.append(_field(f"contents.{turn}.name", f"Nội dung {row['id']}", row["name"], root, found))
        fields.append(Field(f"contents.{turn}.short", f"Tên ngắn của {row['id']}", row["short"]))
    for turn, row in enumerate(data["regime"]["tiers"]):
        fields += _tier(draft, turn, row)
    return fields


def _document(draft: CampaignDraft, turn: int, row: Mapping[str, Any]) -> list[Field]:
    read, short = draft.papers[turn].directive, row["short"]
    day = format_day(row["issued_on"]) if row["issued_on"] else ""
    return [
        _field(f"documents.{turn}.number", f"Số, ký hiệu ({short})", row["number"], turn, read.notation),
        _field(f"documents.{turn}.issued_on", f"Ngày ban hành ({short})", day, turn, read.date),
        _field(f"documents.{turn}.issuer", f"Cơ quan ban hành ({short})", row["issuer"], turn, read.issuer),
        _field(f"documents.{turn}.title", f"Trích yếu ({short})", row["title"], turn, read.subject),
    ]


def _tier(draft: CampaignDraft, turn: int, row: Mapping[str, Any]) -> list[Field]:
    key = f"regime.tiers.{turn}"
    fields = [Field(f"{key}.name", f"Cấp báo cáo {turn + 1}", row["name"]), Field(f"{key}.kinds", "Loại đơn vị", ", ".join(row["kinds"]))]
    for period, rule in row["due"].items():
        at, found = _limit(draft, row["source"], rule)
        fields.append(_field(f"{key}.due.{period}", f"Hạn kỳ {period}", f"{rule['day']}/{rule['month']}", at, found))
    return fields


def _limit(draft: CampaignDraft, source: str, rule: Mapping[str, int]) -> tuple[int | None, Found[Any] | None]:
    for at, paper in enumerate(draft.papers):
        for found in paper.directive.deadlines if source.startswith(f"{paper.short} ") else ():
            when = found.value.when
            if (when and when.month_day == f"{rule['month']:02d}-{rule['day']:02d}") or found.value.day == rule["day"]:
                return at, found
    return None, None


def _field(key: str, label: str, value: str, paper: int | None, found: Found[Any] | None) -> Field:
    return Field(key, label, value, paper, found.place, found.sure) if found else Field(key, label, value)


def corrected(draft: CampaignDraft, typed: Mapping[str, str], seen: Collection[str]) -> Corrected:
    """`typed`: by the key of a field what a person wrote; `seen`: keys of open places that a person looked at (`open_key`)."""
    known = {field.key for field in fields_of(draft)}
    wrong = {}
    for key, text in typed.items():
        if key not in known:
            continue
        value = _understood(key, text)
        if value is None:
            wrong[key] = f"Không hiểu “{text}”."
        else:
            _put(draft.data, key, value)
            draft.notes.say(_path(key), "do người sửa")
    return Corrected(replace(draft, notes=_without(draft.notes, seen)), wrong)


def _understood(key: str, text: str) -> Any:
    """The value of a field as the file has it; None where the text says none."""
    text = " ".join(text.split())
    if key.endswith(".issued_on"):
        said = _DAY.fullmatch(text)
        return _real(int(said[3]), int(said[2]), int(said[1])) if said else None
    if ".due." in key:
        said = _DAY_AND_MONTH.fullmatch(text)
        return {"day": int(said[1]), "month": int(said[2])} if said else None
    if key.endswith(".kinds"):
        kinds = [each.strip() for each in text.split(",") if each.strip()]
        return kinds if kinds and all(each in KINDS for each in kinds) else None
    return text or None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _path(key: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in key.split("."))


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    *way, last = _path(key)
    holder: Any = data
    for part in way:
        holder = holder[part]
    holder[last] = {**holder[last], **value} if isinstance(value, dict) else value


def _without(notes: Notes, seen: Collection[str]) -> Notes:
    done = {(each.path, each.words) for each in notes.left_open if open_key(each) in seen}
    said = {path: [each for each in lines if (path, each.removeprefix("CẦN XÁC NHẬN: ")) not in done] for path, lines in notes.said.items()}
    return Notes(said, [each for each in notes.left_open if (each.path, each.words) not in done])
