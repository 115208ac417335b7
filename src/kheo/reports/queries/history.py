"""What happened to a report, in words, from the journal."""

from typing import cast

from kheo.campaigns.queries import definition_of
from kheo.core.answers import Answer, write_answer
from kheo.core.checking import label_of
from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.journal.models import JournalEntry
from kheo.journal.queries import history_of
from kheo.reports.models import Obligation

OBJECT = "obligation"
ACTS = {
    "save_draft": "lưu bản nháp",
    "enter_draft": "nhập hộ từ tệp của đơn vị",
    "arrange_section": "soạn mục từ báo cáo cấp dưới",
    "add_evidence": "thêm minh chứng",
    "remove_evidence": "bỏ minh chứng",
    "caption_evidence": "sửa chú thích minh chứng",
    "submit_report": "nộp báo cáo",
    "recall_report": "rút lại để sửa",
    "remark": "ghi nhận xét",
    "answer_remark": "trả lời nhận xét",
    "keep_as_sent": "giữ bản đã gửi",
    "settle_remark": "cho qua nhận xét đã trả lời",
    "return_report": "trả lại",
    "accept_report": "chấp nhận",
    "revise_report": "lập báo cáo bổ sung",
    "ask_extension": "xin gia hạn",
    "answer_extension": "trả lời đề nghị gia hạn",
    "extend_due": "gia hạn",
    "call_in": "đôn đốc",
    "hand_over": "giao đơn vị kế thừa nộp thay",
    "reroute": "chuyển nơi nhận",
    "close": "thôi thu",
    "reopen": "thu lại",
}


def history(obligation: Obligation) -> list[JournalEntry]:
    """The journal rows of one report, oldest first."""
    return history_of(OBJECT, obligation.pk)


def changes_since(obligation: Obligation, version: int) -> tuple[str, ...]:
    """Sentences about every act after `version` of the report."""
    definition = definition_of(obligation.cycle.edition_id)
    later = (entry for entry in history(obligation) if entry.detail.get("version", 0) > version)
    return tuple(sentence(entry, definition) for entry in later)


def sentence(entry: JournalEntry, definition: Definition) -> str:
    """`10:32 09/11/2023, Nguyễn Thị An lưu bản nháp: C301 …: 3 → 4`."""
    words = f"{format_instant(entry.at)}, {entry.actor_name} {ACTS.get(entry.act, entry.act)}"
    cells = [
        f"{label_of(definition, key)}: {figure_words(definition, key, before)} → {figure_words(definition, key, after)}"
        for key, (before, after) in entry.detail.get("cells", {}).items()
    ]
    cells += [f"sửa {label_of(definition, 'section:' + key)}" for key in entry.detail.get("sections", {})]
    return f"{words}: {'; '.join(cells)}" if cells else words


def figure_words(definition: Definition, key: str, figure: object) -> str:
    """A figure as people read it."""
    decimals = definition.indicator(definition.cell(key).indicator).decimals
    return write_answer(cast(Answer, figure), decimals) or "chưa nhập"
