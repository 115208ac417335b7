"""What stands on top of a report: why it came back, that it is late, that it waits, what one may do now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kheo.core.cutoff import after_cutoff_words, is_between
from kheo.core.days import due_day, format_day_of_week, format_instant, format_instant_exact
from kheo.core.workflow import Act, State
from kheo.reports.access import Reached
from kheo.reports.queries.campaign_endings import why_not_again
from kheo.reports.queries.extensions import extensions_of, last_request
from kheo.reports.queries.filling import is_recalled, last_decision
from kheo.reports.queries.transitions import has_ended, transitions_of
from kheo.reports.queries.workbook_batches import undecided_about
from kheo.web.reach import PageRequest


@dataclass(frozen=True)
class Link:
    """A way on."""

    label: str
    url: str


@dataclass(frozen=True)
class Notice:
    """A message with its tone (`info`, `success`, `warning`, `error`: also the icon)."""

    tone: str
    title: str
    text: str = ""
    quote: str = ""
    links: tuple[Link, ...] = ()


def notices_of(request: PageRequest, reached: Reached, page: dict[str, Any]) -> list[Notice]:
    """The messages for this person and this state, the most urgent first."""
    waiting = _waiting_file(reached) if page["may_carry"] else []
    if page["is_open"]:
        return [*waiting, *_while_open(reached, page)]
    return [*waiting, *_while_closed(request, reached, page)]


def _waiting_file(reached: Reached) -> list[Notice]:
    """A workbook whose numbers differ from what stands here, until somebody has decided."""
    file = undecided_about(reached.obligation) if reached.report else None
    if file is None:
        return []
    title = f"{file.batch.sender} gửi tệp Excel lúc {format_instant(file.batch.sent_at)}, có số khác với báo cáo này."
    return [Notice("warning", title, "Chưa lấy số nào trong tệp.", links=(Link("Xem và chọn", reverse("workbook_file", args=[file.pk])),))]


def _while_open(reached: Reached, page: dict[str, Any]) -> list[Notice]:
    report, found = reached.report, []
    if report and report.state == State.RETURNED:
        decision = last_decision(report)
        who = f"{decision.decided_by} trả lại lúc {format_instant(decision.decided_at)}" if decision else "Báo cáo bị trả lại"
        found.append(Notice("warning", f"{who}.", "Nhận xét ở từng ô nằm ngay dưới ô đó. Sửa xong thì nộp lại.", report.reason))
    elif report and is_recalled(report):
        text = "Nơi nhận coi như chưa nhận được báo cáo cho đến khi nộp lại."
        found.append(Notice("warning", "Báo cáo đã được rút lại để sửa.", text, report.reason))
    elif report and report.accepted_id:
        text = "Số liệu đã chấp nhận vẫn được tính cho đến khi số liệu mới được chấp nhận."
        found.append(Notice("info", "Anh/chị đang lập báo cáo bổ sung.", text, report.reason))
    found += _about_time(reached, page)
    if page["due"].days_left < 0 and page["due"].received_at is None:
        text = "Vẫn nộp được; báo cáo sẽ ghi là nộp trễ."
        found.append(Notice("error", f"Đã quá hạn {-page['due'].days_left} ngày.", text))
    return found


def _about_time(reached: Reached, page: dict[str, Any]) -> list[Notice]:
    """More time that was given, asked for or refused; and that figures are cut off though the report is not due yet."""
    owed, due, found = reached.obligation, page["due"], list[Notice]()
    if due.received_at is not None:
        return found
    last = extensions_of(owed.pk)[-1:] if owed.promised_at else []
    found += [
        Notice(
            "info",
            f"Được gia hạn đến hết {format_day_of_week(due.on)}.",
            f"Hạn gốc {page['first_due']}. {each.granted_by} quyết định lúc {format_instant(each.granted_at)}, lý do:",
            each.reason,
        )
        for each in last
    ]
    asked = last_request(owed.pk)
    answer = getattr(asked, "answer", None)
    if asked and answer is None:
        title = f"Đã xin gia hạn đến hết {format_day_of_week(due_day(asked.wanted))}, đang chờ trả lời."
        text = "Hạn nộp vẫn như cũ cho đến khi nơi nhận đồng ý."
        links = (Link("Trả lời", reverse("answer_extension", args=[owed.pk])),) if Act.EXTEND in reached.acts else ()
        found.append(Notice("info", title, text, asked.reason, links))
    elif asked and answer and not answer.is_granted and answer.answered_at > (last[0].granted_at if last else asked.asked_at):
        found.append(Notice("warning", "Không được gia hạn.", f"{answer.answered_by} trả lời, lý do:", answer.reason))
    if is_between(page["today_day"], reached.cycle.cutoff, due.on):
        found.append(Notice("info", f"{page['cutoff_words']}.", after_cutoff_words(reached.cycle.cutoff)))
    return found


def _while_closed(request: PageRequest, reached: Reached, page: dict[str, Any]) -> list[Notice]:
    owed, report = reached.obligation, reached.report
    links: list[Link] = []
    if page["last_number"]:
        links.append(Link("Xem biên nhận", reverse("receipt", args=[owed.pk, page["last_number"]])))
    if {Act.RETURN, Act.ACCEPT} & reached.acts:
        links.insert(0, Link("Duyệt báo cáo này", reverse("review_report", args=[owed.pk])))
    if Act.RECALL in reached.acts:
        links.append(Link("Rút lại để sửa", reverse("recall_report", args=[owed.pk])))
    if Act.REVISE in reached.acts:
        links.append(Link("Lập báo cáo bổ sung", reverse("revise_report", args=[owed.pk])))
    if Act.EXTEND in reached.acts and page["due"].received_at is None:
        links.append(Link("Gia hạn", f"{reverse('extend', args=[owed.cycle_id, owed.recipient_id])}?pick={owed.pk}"))
    if {Act.HAND_OVER, Act.REOPEN} & reached.acts and (owed.filler_id or has_ended(owed, request.person.on)):
        words = _decide_words(reached)
        links.append(Link(words, reverse("decide_on_ended", args=[owed.pk])))
    if reached.state is State.CLOSED:
        last = transitions_of(owed.pk)[-1]
        if last.ending_id:
            text = "Không phải nộp báo cáo này nữa; những gì đã nhập vẫn còn. Không bị tính là còn thiếu hay quá hạn."
            decide = reverse("decide_on_ended", args=[owed.pk])
            kept = [each for each in links if each.url != decide]
            if Act.REOPEN in reached.acts and not why_not_again(owed):
                kept.append(Link(_decide_words(reached), decide))
            return [Notice("info", f"{last.reason}.", text, report.reason if report else "", tuple(kept))]
        title = f"{last.decided_by} quyết định thôi thu báo cáo này lúc {format_instant(last.decided_at)}."
        return [Notice("info", title, "Được tính là chỗ trống có lý do, không phải quá hạn.", last.reason, tuple(links))]
    if report is None:
        return [*_about_time(reached, page), Notice("info", "Đơn vị chưa bắt đầu nhập báo cáo này.", links=tuple(links))]
    if report.state == State.SUBMITTED and report.latest:
        title = f"Đã nộp lúc {format_instant_exact(report.latest.submitted_at)}, đang chờ {page['recipient']} duyệt."
        return [
            Notice(
                "info", title, "Số liệu không sửa được nữa, trừ khi nơi nhận trả lại hoặc thủ trưởng đơn vị rút lại.", links=tuple(links)
            )
        ]
    if report.state == State.ACCEPTED and report.accepted_at:
        title = f"{page['recipient']} đã chấp nhận lúc {format_instant(report.accepted_at)}."
        text = "Cần sửa số liệu thì thủ trưởng đơn vị lập báo cáo bổ sung, có lý do." if page["is_own"] else ""
        return [Notice("success", title, text, links=tuple(links))]
    words = "Đơn vị đang sửa theo nhận xét" if report.state == State.RETURNED else "Đơn vị đang nhập"
    return [Notice("info", f"{words}; số liệu dưới đây chưa được ký, nộp.", links=tuple(links))]


def _decide_words(reached: Reached) -> str:
    """The way to the decision about the report of a unit that has ended."""
    if reached.state is State.CLOSED:
        return "Thu lại báo cáo này"
    return "Xem quyết định về đơn vị cũ" if reached.obligation.filler_id else "Đơn vị đã ngừng hoạt động: quyết định"
