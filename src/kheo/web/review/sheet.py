"""A sent report as a reviewer reads it: figures by content, what is odd under its cell, a place to remark. All joined, all escaped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.answers import BLANK_WORDS, NA_WORDS, ZERO_WORDS
from kheo.core.cell_signs import ratio_of
from kheo.core.checking import SECTION
from kheo.core.days import format_instant
from kheo.core.definition import Content, Definition, Indicator, OutlineSection
from kheo.core.figures import NA, Figure
from kheo.core.numbers import format_int, format_percent, format_scaled
from kheo.core.word_diff import word_diff
from kheo.reports.queries.evidence import evidence_sent
from kheo.reports.queries.filling import is_own_ratio
from kheo.reports.queries.remarks import Asked
from kheo.reports.queries.review import Sent
from kheo.web.counted import counted_row
from kheo.web.differences import draw_pieces, reply_words
from kheo.web.proof_changes import changes_list
from kheo.web.proofs import evidence_strip
from kheo.web.vouching import vouching_tick

WORDS = "loi-van"
# How the fields of a remark are named: nx.C304 as typed, truoc.C304 as it stood when the page was made, cau.C304 a phrase used before.
NOTE, BEFORE, PHRASE = "nx.", "truoc.", "cau."
PHRASES = "cau-hay-dung"  # the list of phrases that a browser offers
FORM = "nhan-xet"


@dataclass(frozen=True)
class Look:
    """A sent report as somebody sees it; `typed`: remarks that were not taken, as they were typed."""

    sent: Sent
    can_remark: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    has_phrases: bool = False
    obligation: int = 0


def parts_of(definition: Definition) -> list[tuple[str, str, str]]:
    """(id, short name, full name) of every part of the page: the contents, then the words that belong to none."""
    parts = [(each.id, each.short, each.name) for each in definition.contents]
    return [*parts, (WORDS, "Lời văn chung", "Lời văn chung của báo cáo")] if _outline(definition, None) else parts


def draw(look: Look) -> SafeString:
    """Every part of the report."""
    contents = {each.id: each for each in look.sent.definition.contents}
    parts = "".join(_part(look, part, name, contents.get(part)) for part, _, name in parts_of(look.sent.definition))
    return mark_safe(parts)  # noqa: S308  # every text in it is escaped


def _part(look: Look, part: str, name: str, content: Content | None) -> str:
    table = _table(look, content) if content else ""
    words = "".join(_words(look, section) for section in _outline(look.sent.definition, content.id if content else None))
    proofs = evidence_strip(look.obligation, evidence_sent(look.sent.revision), part) if content else ""
    proofs += changes_list(look.obligation, (each for each in look.sent.proofs_changed if each.proof.content == part))
    header = f'<header><h2 id="t-{escape(part)}">{escape(name)}</h2></header>'
    folded = f'<p class="see-all"><a href="#{escape(part)}">Xem đủ phần này</a></p>'
    opening = f'<section class="content-section" id="{escape(part)}" aria-labelledby="t-{escape(part)}">'
    return f"{opening}{header}{table}{proofs}{words}{folded}</section>"


def _outline(definition: Definition, content: str | None) -> list[OutlineSection]:
    return [section for section in definition.outline if section.content == content]


def _table(look: Look, content: Content) -> str:
    rows = "".join(row for indicator in look.sent.definition.indicators_of(content.id) for row in _rows(look, indicator))
    return f'<table class="sheet reviewed"><thead><tr>{_head(look)}</tr></thead><tbody>{rows}</tbody></table>' if rows else ""


def _head(look: Look) -> str:
    sent = look.sent
    past = f'<th scope="col" class="last">Kỳ trước<small>{escape(sent.past.name)}</small></th>' if sent.past else ""
    own = "<small>trực tiếp của đơn vị</small>" if sent.below else ""
    below = ""
    if sent.below:
        counted = f"{format_int(sent.below.reported)}/{format_int(sent.below.expected)} báo cáo"
        below = f'<th scope="col" class="below">Cấp dưới<small>{counted}</small></th>'
    note = '<th scope="col" class="note"><span class="visually-hidden">Nhận xét</span></th>' if look.can_remark else ""
    lead = '<th scope="col" class="code">Mã</th><th scope="col" class="name">Chỉ tiêu</th><th scope="col" class="unit">Đơn vị tính</th>'
    return f'{lead}{past}<th scope="col" class="entry">Kỳ này{own}</th>{below}{note}'


def _columns(look: Look) -> int:
    return 4 + bool(look.sent.past) + bool(look.sent.below) + look.can_remark


def _rows(look: Look, indicator: Indicator) -> Iterator[str]:
    if indicator.aggregation == "ratio":
        if is_own_ratio(indicator):
            yield _ratio_row(look, indicator)
        return
    names = {each.code: each.name for each in look.sent.definition.lists.get(indicator.breakdown or "", ())}
    for cell in look.sent.definition.cells_of(indicator.code):
        yield _row(look, indicator, cell.key, names[cell.part] if cell.part else "")
        yield from _below_row(look, cell.key)


def _row(look: Look, indicator: Indicator, key: str, part: str) -> str:
    sent, decimals = look.sent, indicator.decimals
    odd = _odd_at(look, key)
    state = [*(["part"] if part else []), *(["has-question"] if odd else []), *(["has-note"] if key in sent.threads else [])]
    state += ["matters"] if odd or key in sent.threads or key in sent.changed or key in sent.behind.drift else []
    state += ["has-counted"] if key in sent.behind.counted else []
    last = _side("last", "Kỳ trước", sent.past.figures, key, decimals, _change(look, key)) if sent.past else ""
    below = _side("below", "Cấp dưới", sent.below.figures, key, decimals) if sent.below else ""
    code = '<td class="code"></td>' if part else f'<td class="code">{escape(indicator.code)}</td>'
    unit = f'<td class="unit">{"" if part else escape(indicator.unit)}</td>'
    note = f'<td class="note">{_note_box(look, key)}</td>' if look.can_remark else ""
    name = f'<th scope="row" class="name">{escape(part or indicator.name)}</th>'
    cells = f"{code}{name}{unit}{last}{_entry(look, key, decimals, bool(odd))}{below}{note}"
    kinds = " ".join(state)
    return f'<tr class="{kinds}" id="{escape(key)}">{cells}</tr>'


def _entry(look: Look, key: str, decimals: int, is_odd: bool) -> str:
    figure = look.sent.figures.get(key, "")
    text = f"0<small>{ZERO_WORDS}</small>" if figure == 0 else _in_words(figure, decimals)
    is_plain = isinstance(figure, int) and figure != 0
    classes = [
        "entry",
        *([] if is_plain else ["is-zero"]),
        *(["is-odd"] if is_odd else []),
        *(["is-changed"] if key in look.sent.changed else []),
    ]
    was = ""
    if key in look.sent.changed:
        was = f"<small>lần trước: {_in_words(look.sent.before.get(key, ''), decimals)}</small>"
    kinds = " ".join(classes)
    return f'<td class="{kinds}">{text}{was}</td>'


def shown(figure: Figure | str, decimals: int) -> tuple[str, str]:
    """(class, text) of a figure; the signs of blank and not applicable are drawn by the class."""
    if figure is None:
        return "is-blank", ""
    if figure == NA:
        return "is-na", ""
    if not isinstance(figure, int):
        return "is-open", ""
    return ("is-zero" if figure == 0 else ""), format_scaled(figure, decimals)


def _in_words(figure: Figure | str, decimals: int) -> str:
    words = {"is-blank": BLANK_WORDS, "is-na": NA_WORDS, "is-open": "chưa nhập"}
    kind, text = shown(figure, decimals)
    return words.get(kind, text)


def _side(column: str, label: str, figures: Mapping[str, Figure], key: str, decimals: int, more: str = "") -> str:
    if key not in figures:
        return f'<td class="{column}" data-label="{label}"></td>'
    kind, text = shown(figures[key], decimals)
    return f'<td class="{column} {kind}" data-label="{label}">{text}{more}</td>'


def _change(look: Look, key: str) -> str:
    """Against last period: `+25 %`. Nothing where there is no percentage, or no change."""
    before = look.sent.past.figures.get(key) if look.sent.past else None
    now = look.sent.figures.get(key)
    if not isinstance(before, int) or not isinstance(now, int) or before <= 0 or now == before:
        return ""
    sign = "+" if now > before else "−"
    return f"<small>{sign}{format_percent(abs(now - before), before, 0)}</small>"


def _ratio_row(look: Look, indicator: Indicator) -> str:
    sent = look.sent
    last = '<td class="last"></td>' if sent.past else ""
    below = '<td class="below"></td>' if sent.below else ""
    note = '<td class="note"></td>' if look.can_remark else ""
    text = _ratio_text(look, indicator) or '<span class="is-blank"></span>'
    name = f'<th scope="row" class="name">{escape(indicator.name)}</th><td class="unit">{escape(indicator.unit)}</td>'
    return f'<tr class="ratio"><td class="code">{escape(indicator.code)}</td>{name}{last}<td class="entry">{text}</td>{below}{note}</tr>'


def _ratio_text(look: Look, indicator: Indicator) -> str:
    def amount(key: str) -> int | None:
        figure = look.sent.figures.get(key)
        return figure if isinstance(figure, int) else None

    return ratio_of(indicator, amount, is_missing=False).text


def _odd_at(look: Look, key: str) -> list[str]:
    return [odd.words for odd in look.sent.odd if odd.cell == key]


def _below_row(look: Look, key: str) -> Iterator[str]:
    """Under a cell: why it looks odd, how the unit explains it, and the remark on it."""
    columns = _columns(look)
    if key in look.sent.behind.counted:
        yield counted_row(look.obligation, look.sent.behind.counted[key], look.sent.behind.drift.get(key, ""), columns)
    for words in _odd_at(look, key):
        yield f'<tr class="problem is-question matters"><td colspan="{columns}">{escape(words)}</td></tr>'
    explained = (look.sent.revision.enclosures or {}).get("explanations", {}).get(key)
    if explained:
        told = f'<p class="told"><b>Đơn vị giải trình:</b> {escape(explained)}</p>'
        yield f'<tr class="explaining matters"><td colspan="{columns}">{told}</td></tr>'
    if key in look.sent.threads:
        yield f'<tr class="noted matters"><td colspan="{columns}">{_thread(look, key)}</td></tr>'


def _thread(look: Look, target: str) -> str:
    """Every remark on the place over the rounds with its answer, the newest last."""
    return "".join(f'<div class="remark">{_asked(each)}</div>' for each in look.sent.threads[target])


def _asked(asked: Asked) -> str:
    question = f"<b>{escape(asked.author)} · {format_instant(asked.written_at)}</b>{escape(asked.text)}"
    return f'{question}<p class="replied">{reply_words(asked.reply)}</p>' if asked.reply else question


def _note_box(look: Look, target: str) -> str:
    """A remark is written in place: `<details>` opens the field, all fields belong to one form at the foot of the page."""
    kept = look.sent.notes[target].text if target in look.sent.notes else ""
    text = look.typed.get(target, kept)
    is_open = " open" if target in look.typed else ""
    label = "Sửa nhận xét" if kept else "Nhận xét"
    name = escape(f"{NOTE}{target}")
    before = f'<input type="hidden" name="{escape(f"{BEFORE}{target}")}" value="{escape(kept)}" form="{FORM}">' if kept else ""
    area = f'<textarea name="{name}" form="{FORM}" maxlength="1000" aria-label="Nhận xét {escape(target)}">{escape(text)}</textarea>'
    phrase = ""
    if look.has_phrases:
        named = f'name="{escape(f"{PHRASE}{target}")}" list="{PHRASES}" form="{FORM}"'
        phrase = f'<input {named} placeholder="Câu hay dùng" aria-label="Câu hay dùng">'
    button = f'<button class="button" form="{FORM}">Ghi</button>'
    body = f'<div class="menu-body">{before}{phrase}{area}{vouching_tick(look.typed.get(target, ""), target, FORM)}{button}</div>'
    return f'<details class="menu" data-remark-of="{escape(target)}"{is_open}><summary>{label}</summary>{body}</details>'


def _words(look: Look, section: OutlineSection) -> str:
    """One section of the narrative with its remark."""
    target = f"{SECTION}{section.id}"
    text = look.sent.revision.narrative.get(section.id, "").strip()
    body = f'<div class="told">{escape(text)}</div>' if text else '<p class="muted">Đơn vị không viết mục này.</p>'
    note = _thread(look, target) if target in look.sent.threads else ""
    box = _note_box(look, target) if look.can_remark else ""
    title = f"<h3>{escape(section.id)}. {escape(section.title)}</h3>"
    matters = " matters" if note or target in look.sent.changed else ""
    return f'<div class="words{matters}" id="{escape(target)}">{title}{_rewritten(look, section, target)}{body}{note}{box}</div>'


def _rewritten(look: Look, section: OutlineSection, target: str) -> str:
    if target not in look.sent.changed:
        return ""
    pieces = word_diff(look.sent.narrative_before.get(section.id, ""), look.sent.revision.narrative.get(section.id, ""))
    told = f'<div class="told">{draw_pieces(pieces)}</div>'
    return f'<details class="rewritten"><summary>Đã viết lại so với lần nộp trước</summary>{told}</details>'
