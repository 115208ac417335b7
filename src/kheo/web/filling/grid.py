"""The report as HTML: one section per content, with its table of cells and the words that go with it. Joined strings, all escaped."""

from collections.abc import Iterator, Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

from kheo.core.checking import CAPTION, EXPLAIN, SECTION
from kheo.core.definition import Content, Definition, Indicator, OutlineSection
from kheo.core.numbers import format_int, format_ratio
from kheo.reports.queries.filling import Sheet, is_own_ratio
from kheo.web.filling.booked import counted_row
from kheo.web.filling.cells import Look, entry, explain_row, name_cell, problem_row, remark, remark_row, side_cell, total

WORDS = "loi-van"  # the section of the narrative that belongs to no content
LAST, BELOW = "Kỳ trước", "Cấp dưới"
Messages = Mapping[str, tuple[str, str]]


def parts_of(definition: Definition) -> list[tuple[str, str, str]]:
    """(id, short name, full name) of every section of the page in its order."""
    found = [(content.id, content.short, content.name) for content in definition.contents]
    if outline_of(definition, None):
        found.append((WORDS, "Lời văn chung", "Lời văn chung của báo cáo"))
    return found


def outline_of(definition: Definition, content: str | None) -> list[OutlineSection]:
    """The sections of the narrative about one content, or about none."""
    return [section for section in definition.outline if section.content == content]


def draw(look: Look) -> SafeString:
    """All sections of the report."""
    messages = {problem.target: (problem.severity, problem.message) for problem in reversed(look.sheet.standing.problems)}
    parts = parts_of(look.sheet.definition)
    sections = (_section(look, parts, index, messages) for index in range(len(parts)))
    return mark_safe("\n".join(sections))  # noqa: S308  # every text in it is escaped where it is put in


def _section(look: Look, parts: list[tuple[str, str, str]], index: int, messages: Messages) -> str:
    part, _, name = parts[index]
    content = next((each for each in look.sheet.definition.contents if each.id == part), None)
    table = _table(look, content, messages) if content else ""
    words = _words(look, outline_of(look.sheet.definition, content.id if content else None), messages)
    proofs = look.evidence.get(part, "")
    return (
        f'<section class="content-section{_marked(look, part)}" id="{part}" aria-labelledby="t-{part}">'
        f"{_headline(look, part, name)}{table}{proofs}{words}{_steps(parts, index)}</section>"
    )


def _marked(look: Look, part: str) -> str:
    """Whether something in the section was remarked on: a class for showing nothing else."""
    definition = look.sheet.definition
    return " has-notes" if any(place_of(definition, target) == part for target in look.sheet.remarks) else ""


def place_of(definition: Definition, target: str) -> str:
    """The section of the page on which a cell or a part of the narrative stands."""
    if target.startswith(CAPTION):
        return WORDS
    if target.startswith(SECTION):
        return next((each.content or WORDS for each in definition.outline if SECTION + each.id == target), WORDS)
    return definition.indicator(definition.cell(target.removeprefix(EXPLAIN)).indicator).content


def _headline(look: Look, part: str, name: str) -> str:
    title = f'<h2 id="t-{part}">{escape(name)}</h2>'
    count = look.sheet.standing.by_content.get(part)
    if count is None:
        return f"<header>{title}</header>"
    fill = ""
    if look.is_open:
        fill = (
            f'<button class="button secondary fill" name="fill" value="{part}"{"" if count.left else " hidden"}>'
            f"Điền “không phát sinh” cho <b data-left>{count.left}</b> ô còn trống</button>"
        )
    done = f'<span class="muted" data-count="{part}">{count.answered}/{count.of} ô</span>'
    return f'<header>{title}<p class="part-do">{done}{fill}</p></header>'


def _table(look: Look, content: Content, messages: Messages) -> str:
    sheet = look.sheet
    rows = "".join(row for indicator in sheet.definition.indicators_of(content.id) for row in _rows(look, indicator, messages))
    wide = " is-wide" if sheet.below else ""
    return f'<table class="sheet{wide}"><thead><tr>{_head(sheet)}</tr></thead><tbody>{rows}</tbody></table>'


def _head(sheet: Sheet) -> str:
    last = f'<th scope="col" class="last">{LAST}<small>{escape(sheet.past.name)}</small></th>' if sheet.past else ""
    own, below = "", ""
    if sheet.below:
        own = "<small>trực tiếp của đơn vị</small>"
        reported, expected = format_int(sheet.below.reported), format_int(sheet.below.expected)
        below = f'<th scope="col" class="below">{BELOW}<small>{reported}/{expected} báo cáo</small></th>'
    return (
        '<th scope="col" class="code">Mã</th><th scope="col" class="name">Chỉ tiêu</th><th scope="col" class="unit">Đơn vị tính</th>'
        f'{last}<th scope="col" class="entry">Kỳ này{own}</th>{below}<th scope="col" class="source">Căn cứ</th>'
    )


def columns_of(sheet: Sheet) -> int:
    """How many columns the table has."""
    return 5 + (sheet.past is not None) + (sheet.below is not None)


def _rows(look: Look, indicator: Indicator, messages: Messages) -> Iterator[str]:
    """The row of an indicator and, of a breakdown, one for each part."""
    if indicator.aggregation == "ratio":
        if is_own_ratio(indicator):
            yield _ratio_row(look, indicator)
        return
    definition, columns = look.sheet.definition, columns_of(look.sheet)
    names = {part.code: part.name for part in definition.lists[indicator.breakdown]} if indicator.breakdown else {}
    for cell in definition.cells_of(indicator.code):
        label = f"n-{cell.key}"
        if cell.is_total:
            middle = total(look, cell.key, indicator.decimals)
        else:
            middle = entry(look, cell.key, label if cell.part is None else f"n-{indicator.code} {label}", indicator.decimals)
        row_class = _row_class(look, cell.key, cell.part, messages)
        yield _row(look, indicator, cell.key, names[cell.part] if cell.part else "", middle, row_class)
        yield counted_row(look, indicator, cell, columns)
        yield problem_row(look, cell.key, messages, columns)
        yield explain_row(look, cell.key, messages, columns)
        yield remark_row(look, cell.key, columns)


def _row_class(look: Look, key: str, part: str | None, messages: Messages) -> str:
    words = ["part"] if part else []
    if key in look.sheet.counted or any(each.startswith(f"{key}.") for each in look.sheet.counted):
        words.append("has-counted")
    if key in look.sheet.remarks:
        words.append("has-note")
    if look.is_open:
        if key in look.overlay.faults:
            words.append("has-problem")
        elif key in messages:
            words.append("has-question" if messages[key][0] == "question" else "has-problem")
        elif EXPLAIN + key in messages:
            words.append("has-question")
        if key in look.sheet.standing.unanswered and not look.overlay.typed.get(key):
            words.append("is-unanswered")
    together = " ".join(words)
    return f' class="{together}"' if words else ""


def _row(look: Look, indicator: Indicator, key: str, part_name: str, middle: str, row_class: str) -> str:
    sheet, decimals = look.sheet, indicator.decimals
    last = side_cell(look, "last", LAST, sheet.past.figures, key, decimals) if sheet.past else ""
    below = side_cell(look, "below", BELOW, sheet.below.figures, key, decimals) if sheet.below else ""
    if part_name:
        name = name_cell(key, part_name, "")
        return f'<tr{row_class}><td class="code"></td>{name}<td class="unit"></td>{last}{middle}{below}<td class="source"></td></tr>'
    return (
        f'<tr{row_class}><td class="code">{escape(indicator.code)}</td>{name_cell(key, indicator.name, indicator.hint)}'
        f'<td class="unit">{escape(indicator.unit)}</td>{last}{middle}{below}<td class="source">{escape(indicator.source)}</td></tr>'
    )


def _ratio_row(look: Look, indicator: Indicator) -> str:
    """A ratio is computed from what was typed, never typed. Of hidden counts no ratio is shown: it would give them away."""
    sheet = look.sheet
    text = "" if indicator.code in sheet.hidden else format_ratio(sheet.standing.ratios[indicator.code])
    last = '<td class="last"></td>' if sheet.past else ""
    below = '<td class="below"></td>' if sheet.below else ""
    code = escape(indicator.code)
    return (
        f'<tr class="ratio"><td class="code">{code}</td>{name_cell(indicator.code, indicator.name, indicator.hint)}'
        f'<td class="unit">{escape(indicator.unit)}</td>{last}<td class="entry">'
        f'<output class="total" id="{code}" data-computed>{text}</output></td>{below}'
        f'<td class="source">{escape(indicator.source)}</td></tr>'
    )


def _words(look: Look, outline: list[OutlineSection], messages: Messages) -> str:
    return "".join(_textarea(look, section, messages) if look.is_open else _text(look, section) for section in outline)


def _textarea(look: Look, section: OutlineSection, messages: Messages) -> str:
    target = SECTION + section.id
    noted = " has-note" if target in look.sheet.remarks else ""
    stored = look.sheet.narrative.get(section.id, "")
    text = look.overlay.typed.get(target, stored)
    # That a required section is still empty is said in the list of problems; red at the field would scold before the work.
    severity, asked = messages.get(target, ("", "")) if text.strip() else ("", "")
    fault = look.overlay.faults.get(target) or (asked if severity != "confirm" else "")
    warned = asked if severity == "confirm" and not fault else ""
    required = ' <span class="muted">(bắt buộc)</span>' if section.required else ""
    told = " ".join(each for each in (section.hint, _length_words(section)) if each)
    hint = f'<p class="hint">{escape(told)}</p>' if told else ""
    message = f'<p class="field-error" id="p-{target}">{escape(fault)}</p>' if fault else ""
    message += f'<p class="field-warning" id="p-{target}">{escape(warned)}</p>' if warned else ""
    before = f' data-before="{escape(stored)}"' if text != stored else ""
    most = section.max_chars
    error = " has-error" if fault else ""
    past = _past_words(look, section.id, target)
    beside = " has-past" if past else ""
    return (
        f'<div class="field field-wide words{error}{noted}{beside}"><label for="{target}">{section.id}. {escape(section.title)}'
        f"{required}</label>{hint}{message}{_remark(look, target)}"
        f'<textarea id="{target}" name="{target}" autocomplete="off"{before}>\n{escape(text)}</textarea>'
        f'<p class="length" data-length-of="{target}" data-most="{most}">Tối đa {format_int(most)} ký tự</p>'
        f"{past}{look.beside.get(section.id, '')}</div>"
    )


def _length_words(section: OutlineSection) -> str:
    """How long to write, where the campaign recommends a length."""
    return f"Nên viết khoảng {format_int(section.recommended_chars)} ký tự." if section.recommended_chars else ""


def _past_words(look: Look, section: str, target: str) -> str:
    """What the unit wrote here last period, to read and to start from; nothing where it wrote nothing."""
    past = look.sheet.past
    text = past.narrative.get(section, "") if past else ""
    if not past or not text:
        return ""
    button = f'<button type="button" class="button secondary fill" data-copies="{target}" hidden>Lấy lại làm mẫu</button>'
    return (
        f'<details class="past-words folded" open><summary>Kỳ trước đã viết ({escape(past.name)})</summary>'
        f'<div class="told">{escape(text)}</div>{button}</details>'
    )


def _text(look: Look, section: OutlineSection) -> str:
    target = SECTION + section.id
    text = look.sheet.narrative.get(section.id, "").strip()
    told = f'<p class="told">{escape(text)}</p>' if text else '<p class="muted">Không viết.</p>'
    beside = look.beside.get(section.id, "")
    return f'<div class="words" id="{target}"><h3>{section.id}. {escape(section.title)}</h3>{_remark(look, target)}{told}{beside}</div>'


def _remark(look: Look, target: str) -> str:
    return remark(look, target) if target in look.sheet.remarks else ""


def _steps(parts: list[tuple[str, str, str]], index: int) -> str:
    """Previous and next, for a phone, where one section is a screen."""
    before = f'<a class="button secondary" href="#{parts[index - 1][0]}">Trước</a>' if index else "<span></span>"
    after = "<span></span>" if index == len(parts) - 1 else f'<a class="button secondary" href="#{parts[index + 1][0]}">Tiếp</a>'
    return f'<nav class="steps" aria-label="Nội dung trước và sau">{before}<span class="muted">{index + 1}/{len(parts)}</span>{after}</nav>'
