"""`propose(papers, catalogue)`: the draft campaign of one or several read papers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.definition.forbidden import find_forbidden
from kheo.core.directives.found import DOUBTFUL, Found
from kheo.core.directives.reading import Directive
from kheo.core.directives.tasks import Task
from kheo.core.drafting.indicators import SURE, Catalogue, Known, Proposal
from kheo.core.drafting.notes import Notes, Open
from kheo.core.drafting.outline import outline_of
from kheo.core.drafting.papers import DraftedPaper, arrange
from kheo.core.drafting.plans import WHY, PlanDays, plan_codes, plan_fields
from kheo.core.drafting.regime import regime_of
from kheo.core.drafting.sources import source_of, source_of_task
from kheo.core.text import fold, nfc

COMMON = "chung"
UNKNOWN = "chưa rõ"  # what stands in the file where a paper does not say it
_YEAR = re.compile(r"\s*,?\s*(?:trong\s+)?năm\s+((?:19|20)\d{2})\s*$")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,60})[”\"]")
_SHORT_NAME = 40  # letters of a content's short name


@dataclass(frozen=True)
class DraftTask:
    """A task of a paper with the indicators that may count it. `content`: the id of the content it belongs to."""

    key: str
    paper: DraftedPaper
    found: Found[Task]
    content: str
    source: str
    proposals: list[Proposal]

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must look: nothing fits, or nothing for sure."""
        return not self.proposals or self.proposals[0].score < SURE


@dataclass(frozen=True)
class CampaignDraft:
    """`data`: a campaign's file as plain data. `notes`: what stands beside its fields; `tasks`: in the order of the papers.

    `counts_plans`: there are indicators that a register of plans fills, which a person may leave out.
    """

    papers: list[DraftedPaper]
    data: dict[str, Any]
    tasks: list[DraftTask]
    notes: Notes
    counts_plans: bool = False

    @property
    def left_open(self) -> list[Open]:
        """What a person must decide, in the order in which it was found."""
        return self.notes.left_open


def propose(
    read: Iterable[tuple[str, Directive]],
    catalogue: Catalogue,
    chosen: Mapping[str, str | None] | None = None,
    walled: Mapping[int, bool] | None = None,
    *,
    plans: PlanDays,
) -> CampaignDraft:
    """The draft of papers, each with the name of its file. `chosen`: by the key of a task the indicator a person chose, None: none.

    `walled`: by the turn of a content what a person decided of its wall; it also decides what its tasks are offered. `plans`: the registers
    of plans that are kept where the draft is made; empty where none is.
    """
    papers, notes = arrange(read), Notes()
    root = max(papers, key=lambda paper: (len(paper.directive.contents), papers.index(paper)))
    contents = _contents(root, walled or {}, notes)
    tasks = _tasks(papers, root, contents, catalogue)
    indicators, lists = _indicators(papers, tasks, contents, catalogue, chosen or {}, notes, plans)
    subject = root.directive.subject.value if root.directive.subject else ""
    data = {
        "schema_version": 1,
        "campaign": _campaign_id(subject, notes),
        "name": _name(subject, notes),
        "year_from": _year(root, subject, notes),
        "documents": [_document(paper, at, notes) for at, paper in enumerate(papers)],
        "contents": contents,
        **lists,
        "indicators": indicators,
        "outline": outline_of(contents, notes),
        "regime": regime_of(papers, notes),
    }
    return CampaignDraft(papers, data, tasks, notes, bool(plan_codes(catalogue, plans)))


def _campaign_id(subject: str, notes: Notes) -> str:
    quoted = _QUOTED.search(subject)
    made = re.sub(r"[^a-z0-9]+", "-", fold(quoted[1] if quoted else _YEAR.sub("", subject))).strip("-")[:40].strip("-")
    if not quoted:
        notes.open(("campaign",), "Mã phong trào đặt theo trích yếu; xin xem lại vì mã không đổi được nữa sau khi công bố.")
    return made or "phong-trao"


def _name(subject: str, notes: Notes) -> str:
    name = nfc(_YEAR.sub("", subject))
    if not name:
        notes.open(("name",), "Văn bản không có trích yếu: hãy đặt tên phong trào.")
        return "Phong trào chưa có tên"
    return (name[0].upper() + name[1:])[:300]


def _year(root: DraftedPaper, subject: str, notes: Notes) -> int:
    said = _YEAR.search(subject)
    if said:
        return int(said[1])
    notes.open(("year_from",), "Trích yếu không nêu năm: lấy năm ban hành văn bản.")
    return root.issued.year if root.issued else 2023


def _document(paper: DraftedPaper, at: int, notes: Notes) -> dict[str, Any]:
    path, read = ("documents", at), paper.directive
    names = {"issued": "ngày ban hành", "issuer": "cơ quan ban hành"}
    for field in paper.by_other:
        notes.say(path, f"{names[field]}: theo văn bản dẫn nó; trong chính văn bản không thấy")
    missing = [
        words
        for words, value in (
            ("số, ký hiệu", paper.number), ("ngày ban hành", paper.issued), ("cơ quan ban hành", paper.issuer),
            ("trích yếu", read.subject), ("loại", read.kind),
        ) if not value
    ]  # fmt: skip
    if missing:
        notes.open(path, f"Không đọc được {', '.join(missing)} của {paper.short} ({paper.file}).")
    for words, found in (("số", read.notation), ("ngày", read.date), ("cơ quan", read.issuer), ("trích yếu", read.subject)):
        if found:
            notes.say(path, f"{words}: {paper.file} dòng {paper.line_of(found.place)}")
            if found.sure < DOUBTFUL:
                notes.open(path, f"{words.capitalize()} của {paper.short} đọc chưa chắc.")
    return {
        "short": paper.short,
        "kind": read.kind.value if read.kind else "Văn bản",
        "number": paper.number or UNKNOWN,
        "issued_on": paper.issued,
        "issuer": paper.issuer or UNKNOWN,
        "title": (read.subject.value if read.subject else UNKNOWN)[:300],
    }


def _contents(root: DraftedPaper, walled: Mapping[int, bool], notes: Notes) -> list[dict[str, Any]]:
    contents: list[dict[str, Any]] = [{"id": COMMON, "name": "Công tác chung của phong trào", "short": "Công tác chung"}]
    notes.say(("contents", 0), "phần chung, không thuộc riêng nội dung nào; văn bản không đặt tên")
    for turn, found in enumerate(root.directive.contents, 1):
        path = ("contents", turn)
        notes.say(path, f"{source_of(root, found.place)}, dòng {root.line_of(found.place)}")
        content: dict[str, Any] = {"id": f"N{turn}", "name": found.value, "short": _short_name(found.value)}
        if turn in walled:
            content |= {"walled": True} if walled[turn] else {}
        elif why := _why_walled(root.directive, turn, found):
            content["walled"] = True
            notes.say(path, f"được che: {why}")
            notes.open(path, f"Nội dung N{turn} được che (chỉ nhận con số theo đơn vị), vì {why}.")
        contents.append(content)
    if len(contents) == 1:
        notes.open(("contents",), "Văn bản không nêu các nội dung có tên; chỉ có phần chung.")
    return contents


def _short_name(name: str) -> str:
    """The first part of the name, cut between words: papers give no short names."""
    first = name.split(",")[0]
    if len(first) <= _SHORT_NAME:
        return first
    return first[:_SHORT_NAME].rsplit(" ", 1)[0]


def _why_walled(directive: Directive, turn: int, name: Found[str]) -> str | None:
    """By the words of the wall (`definition.forbidden`): in the name itself, or in at least two of its tasks."""
    hits = [hit.written for hit in find_forbidden(name.value)]
    if hits:
        return "tên nội dung nói “" + "”, “".join(hits) + "”"
    tasks = [task.value.text for task in directive.tasks if task.value.content == turn]
    told = [found[0].written for text in tasks if (found := find_forbidden(text))]
    return "các việc của nội dung nói “" + "”, “".join(told) + "”" if len(told) >= 2 else None


def _tasks(papers: list[DraftedPaper], root: DraftedPaper, contents: list[dict[str, Any]], catalogue: Catalogue) -> list[DraftTask]:
    by_id = {content["id"]: content for content in contents}
    made = []
    for paper in papers:
        for turn, found in enumerate(paper.directive.tasks, 1):
            content = f"N{found.value.content}" if paper is root and found.value.content else COMMON
            name = by_id[content]["name"] if content != COMMON else None
            proposals = catalogue.proposals(found.value.text, name, walled=bool(by_id[content].get("walled")))
            made.append(DraftTask(f"{paper.short}-{turn}", paper, found, content, source_of_task(paper, found.place), proposals))
    return made


def _indicators(
    papers: list[DraftedPaper],
    tasks: list[DraftTask],
    contents: list[dict[str, Any]],
    catalogue: Catalogue,
    chosen: Mapping[str, str | None],
    notes: Notes,
    plans: PlanDays,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What the tasks are counted by: what a person chose, else the best proposal, each indicator once with all the places that ask it."""
    sources: dict[str, list[DraftTask]] = {}
    for task in tasks:
        best = task.proposals[0].known.indicator.code if task.proposals else None
        code = chosen.get(task.key, best)
        if code is not None and code in catalogue.known:
            sources.setdefault(code, []).append(task)
    of_plans = plan_codes(catalogue, plans)
    for code in of_plans:
        sources.setdefault(code, [])
    made = [
        _indicator(catalogue.known[code], asking, contents)
        | (plan_fields(catalogue.known[code].indicator, papers, plans) if code in of_plans else {})
        for code, asking in sorted(sources.items())
    ]
    for at, (code, asking) in enumerate(sorted(sources.items())):
        _note_indicator(("indicators", at), code, asking, chosen, notes)
    if not made:
        notes.open(("indicators",), "Chưa có chỉ tiêu nào: không chỉ tiêu đã dùng nào giống các việc của văn bản.")
    for task in tasks:
        if not task.proposals and task.key not in chosen:
            notes.open(("indicators",), f"Chưa có chỉ tiêu cho việc ở {task.source}.")
    used = {known.indicator.breakdown: known for code in sources if (known := catalogue.known[code]).indicator.breakdown}
    if not used:
        return made, {}
    lists = {str(name): [{"code": each.code, "name": each.name} for each in known.choices] for name, known in used.items()}
    return made, {"list_names": {str(name): known.list_name or str(name) for name, known in used.items()}, "lists": lists}


def _note_indicator(
    path: tuple[str | int, ...], code: str, asking: list[DraftTask], chosen: Mapping[str, str | None], notes: Notes
) -> None:
    if not asking:
        notes.say(path, WHY)
        return
    for task in asking:
        proposal = next((each for each in task.proposals if each.known.indicator.code == code), None)
        why = f"giống {proposal.score}%: {proposal.reason}" if proposal else "do người chọn"
        notes.say(path, f"{task.source} (dòng {task.paper.line_of(task.found.place)}): {why}")
        others = [f"{each.known.indicator.code} ({each.score}%)" for each in task.proposals if each.known.indicator.code != code]
        if others:
            notes.say(path, "có thể chọn: " + ", ".join(others))
    if not any(chosen.get(task.key) == code for task in asking):
        notes.open(path, f"Chỉ tiêu {code} là đề xuất cho {asking[0].source}; xin xác nhận hoặc chọn chỉ tiêu khác.")


def _indicator(known: Known, asking: list[DraftTask], contents: list[dict[str, Any]]) -> dict[str, Any]:
    """As it was asked before, under the content of the same name here, else under that of the task; of no register but those of plans."""
    own = known.indicator
    same = next((each["id"] for each in contents if fold(each["name"]) == fold(known.content)), None)
    fields: dict[str, Any] = {"code": own.code, "name": own.name, "unit": own.unit, "aggregation": own.aggregation}
    fields["content"] = same or (asking[0].content if asking else COMMON)
    fields["source"] = "; ".join(dict.fromkeys(task.source for task in asking))[:300] or WHY
    for field in ("breakdown", "hint"):
        if getattr(own, field):
            fields[field] = getattr(own, field)
    return {**fields, **({"decimals": own.decimals} if own.decimals else {})}
