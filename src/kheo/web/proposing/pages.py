"""What the pages of this job say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_instant
from kheo.core.numbers import format_int
from kheo.core.passages import paragraphs_of
from kheo.core.proposals import STAGE_NAMES, Move, Party, Stage, allowed_moves
from kheo.core.workflow import Act, Role
from kheo.reports.access import Reached
from kheo.reports.access.proposals import ReachedProposal
from kheo.reports.actions import Refusal
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.proposals import Line, Said, may_be_wanted, proposals_in, proposals_of, root_of, thread_of
from kheo.web.numbers import number_in, number_of
from kheo.web.proposing.sections import open_sections, own_section
from kheo.web.reach import PageRequest
from kheo.web.trails import from_home, from_report
from kheo.web.wording import report_title

VIEWS = {"cho": "Cần đơn vị mình trả lời", "hoi": "Đơn vị mình kiến nghị", "chuyen": "Đã kính chuyển", "xong": "Đã trả lời"}
COLOURS = {
    Stage.DRAFTED: "draft",
    Stage.OPEN: "submitted",
    Stage.FORWARDED: "submitted",
    Stage.ANSWERED: "accepted",
    Stage.CLOSED: "not_started",
    Stage.WITHDRAWN: "not_started",
}
DONE = {
    Move.WITHDRAW: "Đã rút kiến nghị.",
    Move.WRITE: "Đã gửi lời trao đổi.",
    Move.FORWARD: "Đã kính chuyển lên cấp trên. Đơn vị kiến nghị thấy ngay.",
    Move.ANSWER: "Đã trả lời. Mọi đơn vị cùng kiến nghị đều thấy.",
    Move.ASK_AGAIN: "Đã hỏi lại.",
    Move.CLOSE: "Đã khép lại kiến nghị.",
}
BUTTONS = {
    Move.ANSWER: "Trả lời",
    Move.FORWARD: "Kính chuyển lên cấp trên",
    Move.CLOSE: "Khép lại",
    Move.ASK_AGAIN: "Hỏi lại",
    Move.WRITE: "Gửi lời trao đổi",
    Move.WITHDRAW: "Rút kiến nghị",
}
SAID = {
    Move.PROPOSE: "đánh dấu kiến nghị",
    Move.SUBMIT: "gửi cùng báo cáo",
    Move.WRITE: "viết",
    Move.MERGE: "gộp các kiến nghị giống nhau",
    Move.FORWARD: "kính chuyển",
    Move.ANSWER: "trả lời",
    Move.ASK_AGAIN: "hỏi lại",
    Move.CLOSE: "khép lại",
    Move.WITHDRAW: "rút",
    Move.REROUTE: "chuyển nơi trả lời",
}


def picks_in(sent: QueryDict) -> list[int]:
    """The ticked proposals."""
    return [number_of(str(each)) for each in sent.getlist("pick")]


def move_in(sent: QueryDict) -> Move | None:
    """The button that was pressed."""
    asked = sent.get("viec", "")
    return Move(asked) if asked in {each.value for each in BUTTONS} else None


@dataclass(frozen=True)
class Asked:
    """What the form of a report's proposals says: a paragraph (by place, -1 for none) or words of its own, and whom it should reach."""

    section: str
    paragraph: int
    text: str
    wanted: int | None
    words: str


def asked_in(sent: QueryDict, reached: Reached) -> Asked:
    """What was asked, the section being one that there is."""
    sections = open_sections(reached)
    section = sent.get("muc", "")
    section = section if section in {each.id for each in sections} else own_section(sections)
    texts = paragraphs_of(reached.report.narrative.get(section, "")) if reached.report else ()
    paragraph = number_in(sent, "doan")
    text = sent.get("loi", "").strip()
    words = texts[paragraph] if not text and 0 <= paragraph < len(texts) else text
    wanted = number_in(sent, "noi")
    return Asked(section, paragraph, text, wanted if wanted > 0 else None, words)


def report_page(request: PageRequest, reached: Reached, asked: Asked, refusal: Refusal | None = None) -> dict[str, Any]:
    """The proposals of a report, and the form for another."""
    texts = paragraphs_of(reached.report.narrative.get(asked.section, "")) if reached.report else ()
    above = may_be_wanted(reached.obligation)
    address = reverse("report", args=[reached.obligation.pk])
    return {
        "obligation": reached.obligation,
        "unit": reached.unit,
        "cycle": reached.cycle,
        "title": report_title(reached.cycle.name),
        "trail": from_report(reached.cycle.name, reached.obligation.pk, "Kiến nghị cần trả lời"),
        "report_url": address,
        "is_open": Act.SAVE in reached.acts,
        "refusal": refusal,
        "asked": asked,
        "sections": [(each.id, each.title, each.id == asked.section) for each in open_sections(reached)],
        "paragraphs": [(place, text, place == asked.paragraph) for place, text in enumerate(texts)],
        "recipient": name_of(reached.obligation.recipient_id, reached.cycle.opened_on),
        "above": [(unit, name_of(unit, reached.cycle.opened_on), unit == asked.wanted) for unit in above],
        "rows": [
            {"proposal": each, "url": reverse("proposal", args=[each.pk]), "stage": _tag(Stage(root_of(each).stage))}
            for each in proposals_in(reached.obligation)
        ],
    }


def _tag(stage: Stage) -> dict[str, str]:
    return {"state": COLOURS[stage], "words": STAGE_NAMES[stage]}


def list_page(request: PageRequest, unit: int, refusal: Refusal | None = None) -> dict[str, Any]:
    """One view of a unit's proposals."""
    view = request.GET.get("xem", "cho")
    view, search = (view if view in VIEWS else "cho"), request.GET.get("tim", "").strip()
    found = proposals_of(request.cycle, unit, view=view, search=search, page=request.GET.get("trang"))
    can_merge = view == "cho" and bool(request.person.roles_at(unit) & {Role.REVIEWER, Role.OFFICE, Role.HEAD})
    return {
        "cycle": request.cycle,
        "unit": unit,
        "name": name_of(unit, request.cycle.opened_on),
        "tabs": [(key, words, found.counts[key], key == view) for key, words in VIEWS.items()],
        "view": view,
        "search": search,
        "found": found,
        "rows": [row_of(each, view) for each in found.rows],
        "can_merge": can_merge and len(found.rows) > 1,
        "query": f"{urlencode({'xem': view, **({'tim': search} if search else {})})}&",
        "refusal": refusal,
    }


def row_of(line: Line, view: str) -> dict[str, Any]:
    """A proposal in a list."""
    many = f"{format_int(line.askers)} đơn vị cùng đề nghị" if line.askers > 1 else ""
    return {
        "line": line,
        "stage": _tag(line.stage),
        "url": reverse("proposal", args=[line.proposal.pk]),
        "many": many,
        "when": format_instant(line.proposal.asked_at),
        "who": line.holder if view in ("hoi", "chuyen") else line.asker,
        "instead": "" if view in ("hoi", "chuyen") else line.instead,
    }


def thread_page(request: PageRequest, reached: ReachedProposal, refusal: Refusal | None) -> dict[str, Any]:
    """The thread as this reader sees it, with the buttons that are theirs."""
    thread = thread_of(reached.proposal, sees_all=reached.sees_all)
    moves = allowed_moves(thread.stage, dict(reached.roles))
    buttons = [{"value": each.value, "words": words, "is_first": False} for each, words in BUTTONS.items() if each in moves]
    for button in buttons[:1]:
        button["is_first"] = True
    unit = _list_of(reached)
    others = [{"name": name, "text": text} for name, text in thread.askers]
    is_mine = unit in request.person.reading_units
    listed = [("Kiến nghị", reverse("proposals", args=[reached.cycle.pk, unit]))] if is_mine else []
    return {
        "thread": thread,
        "proposal": reached.proposal,
        "cycle": reached.cycle,
        "stage": _tag(thread.stage),
        "trail": from_home(*listed, (thread.asker, "")),
        "many": f"{format_int(thread.asking)} đơn vị cùng đề nghị" if thread.asking > 1 else "",
        "askers": others if len(others) > 1 else [],
        "said": [{"said": each, "words": _told(each), "when": format_instant(each.written_at)} for each in reversed(thread.said)],
        "buttons": buttons,
        "needs_words": any(each in moves for each in (Move.ANSWER, Move.WRITE, Move.ASK_AGAIN)),
        "version": thread.root.version,
        "typed": request.POST.get("loi", "") if refusal else "",
        "refusal": refusal,
    }


def _list_of(reached: ReachedProposal) -> int:
    """The list to go back to: that of the party to which the reader belongs."""
    roles: Mapping[Party, Any] = reached.roles
    return reached.proposal.obligation.answering_id if roles.get(Party.ASKER) else root_of(reached.proposal).holder_id


def _told(said: Said) -> str:
    return f"{SAID[said.move]} {'sang' if said.move is Move.REROUTE else 'lên'} {said.to}" if said.to else SAID[said.move]
