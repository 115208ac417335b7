"""The report as HTML: one section per content, with its table of cells and the words that go with it. Joined strings, all escaped."""

from collections.abc import Iterator, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.core.checking import SECTION
from kheo.core.definition import Content, Definition, Indicator, OutlineSection
from kheo.core.numbers import format_int, format_ratio
from kheo.reports.queries.filling import Sheet, is_own_ratio
from kheo.web.filling.cells import NOTHING, Look, entry, problem_row, remark, remark_row, side_cell, total

_GAP = format_html("<span>{}</span>", "")
WORDS = "loi-van"  # the section of the narrative that belongs to no content
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
    definition = look.sheet.definition
    parts = parts_of(definition)
    contents = {content.id: content for content in definition.contents}
    return format_html_join(
        "\n",
        '<section class="content-section" id="{}" aria-labelledby="t-{}">{}{}{}{}</section>',
        (
            (
                part,
                part,
                _headline(look, part, full),
                _table(look, contents[part], messages) if part in contents else NOTHING,
                _words(look, outline_of(definition, part if part in contents else None), messages),
                _steps(parts, index),
            )
            for index, (part, _, full) in enumerate(parts)
        ),
    )


def _headline(look: Look, part: str, name: str) -> SafeString:
    count = look.sheet.standing.by_content.get(part)
    if count is None:
        return format_html('<header><h2 id="t-{}">{}</h2></header>', part, name)
    fill = NOTHING
    if look.is_open:
        fill = format_html(
            '<button class="button secondary fill" name="fill" value="{}"{}>Điền “không phát sinh” cho <b data-left>{}</b> ô còn trống'
            "</button>",
            part,
            NOTHING if count.left else format_html(" {}", "hidden"),
            count.left,
        )
    text = '<header><h2 id="t-{0}">{1}</h2><p class="part-do"><span class="muted" data-count="{0}">{2}/{3} ô</span>{4}</p></header>'
    return format_html(text, part, name, count.answered, count.of, fill)


def _table(look: Look, content: Content, messages: Messages) -> SafeString:
    sheet = look.sheet
    rows = ((row,) for indicator in sheet.definition.indicators_of(content.id) for row in _rows(look, indicator, messages))
    text = '<table class="sheet"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return format_html(text, _head(sheet), format_html_join("", "{}", rows))


def _head(sheet: Sheet) -> SafeString:
    own = format_html("<small>{}</small>", "trực tiếp của đơn vị") if sheet.below else NOTHING
    last = format_html('<th scope="col" class="last">Kỳ trước<small>{}</small></th>', sheet.past.name) if sheet.past else NOTHING
    below = NOTHING
    if sheet.below:
        below = format_html(
            '<th scope="col" class="below">Cấp dưới<small>{}/{} báo cáo</small></th>',
            format_int(sheet.below.reported),
            format_int(sheet.below.expected),
        )
    return format_html(
        '<th scope="col" class="code">Mã</th><th scope="col" class="name">Chỉ tiêu</th><th scope="col" class="unit">Đơn vị tính</th>'
        '{}<th scope="col" class="entry">Kỳ này{}</th>{}<th scope="col" class="source">Căn cứ</th>',
        last,
        own,
        below,
    )


def columns_of(sheet: Sheet) -> int:
    """How many columns the table has."""
    return 5 + (sheet.past is not None) + (sheet.below is not None)


def _rows(look: Look, indicator: Indicator, messages: Messages) -> Iterator[SafeString]:
    """The row of an indicator and, of a breakdown, one for each part."""
    if indicator.aggregation == "ratio":
        if is_own_ratio(indicator):
            yield _ratio_row(look, indicator)
        return
    definition = look.sheet.definition
    names = {part.code: part.name for part in definition.lists[indicator.breakdown]} if indicator.breakdown else {}
    for cell in definition.cells_of(indicator.code):
        label = f"n-{cell.key}"
        if cell.is_total:
            middle = total(look, cell.key, indicator.decimals)
        else:
            middle = entry(look, cell.key, label if cell.part is None else f"n-{indicator.code} {label}", indicator.decimals)
        row_class = _row_class(look, cell.key, cell.part, messages)
        yield _row(look, indicator, cell.key, names[cell.part] if cell.part else "", middle, row_class)
        yield problem_row(look, cell.key, messages, columns_of(look.sheet))
        yield remark_row(look, cell.key, columns_of(look.sheet))


def _row_class(look: Look, key: str, part: str | None, messages: Messages) -> str:
    words = ["part"] if part else []
    if look.is_open:
        if key in look.overlay.faults:
            words.append("has-problem")
        elif key in messages:
            words.append("has-question" if messages[key][0] == "question" else "has-problem")
        if key in look.sheet.standing.unanswered and not look.overlay.typed.get(key):
            words.append("is-unanswered")
    return " ".join(words)


def _row(look: Look, indicator: Indicator, key: str, part_name: str, middle: SafeString, row_class: str) -> SafeString:
    sheet, decimals = look.sheet, indicator.decimals
    is_part = bool(part_name)
    return format_html(
        '<tr{}><td class="code">{}</td>{}<td class="unit">{}</td>{}{}{}<td class="source">{}</td></tr>',
        format_html(' class="{}"', row_class) if row_class else NOTHING,
        "" if is_part else indicator.code,
        _name(key, part_name or indicator.name, "" if is_part else indicator.hint),
        "" if is_part else indicator.unit,
        side_cell(look, "last", "Kỳ trước", sheet.past.figures, key, decimals) if sheet.past else NOTHING,
        middle,
        side_cell(look, "below", "Cấp dưới", sheet.below.figures, key, decimals) if sheet.below else NOTHING,
        "" if is_part else indicator.source,
    )


def _name(key: str, name: str, hint: str) -> SafeString:
    small = format_html("<small>{}</small>", hint) if hint else NOTHING
    return format_html('<th scope="row" class="name" id="n-{}">{}{}</th>', key, name, small)


def _ratio_row(look: Look, indicator: Indicator) -> SafeString:
    """A ratio is computed from what was typed, never typed. Of hidden counts no ratio is shown: it would give them away."""
    sheet = look.sheet
    walled = bool(sheet.hidden) and sheet.definition.content_of(indicator.content).walled
    text = "" if walled else format_ratio(sheet.standing.ratios[indicator.code])
    return format_html(
        '<tr class="ratio"><td class="code">{0}</td>{1}<td class="unit">{2}</td>{3}'
        '<td class="entry"><output id="{0}" data-computed>{4}</output></td>{5}<td class="source">{6}</td></tr>',
        indicator.code,
        _name(indicator.code, indicator.name, indicator.hint),
        indicator.unit,
        format_html('<td class="{}"></td>', "last") if sheet.past else NOTHING,
        text,
        format_html('<td class="{}"></td>', "below") if sheet.below else NOTHING,
        indicator.source,
    )


def _words(look: Look, outline: list[OutlineSection], messages: Messages) -> SafeString:
    draw_one = _textarea if look.is_open else _text
    return format_html_join("", "{}", ((draw_one(look, section, messages),) for section in outline))


def _textarea(look: Look, section: OutlineSection, messages: Messages) -> SafeString:
    target = SECTION + section.id
    stored = look.sheet.narrative.get(section.id, "")
    text = look.overlay.typed.get(target, stored)
    # That a required section is still empty is said in the list of problems; red at the field would scold before the work.
    fault = look.overlay.faults.get(target) or (messages.get(target, ("", ""))[1] if text.strip() else "")
    return format_html(
        '<div class="field field-wide words{5}"><label for="{0}">{1}. {2}{3}</label>{4}{6}{7}'
        '<textarea id="{0}" name="{0}"{8}>\n{9}</textarea>'
        '<p class="length" data-length-of="{0}" data-most="{10}">Tối đa {11} ký tự</p></div>',
        target,
        section.id,
        section.title,
        format_html(' <span class="muted">{}</span>', "(bắt buộc)") if section.required else NOTHING,
        format_html('<p class="hint">{}</p>', section.hint) if section.hint else NOTHING,
        " has-error" if fault else "",
        format_html('<p class="field-error" id="p-{}">{}</p>', target, fault) if fault else NOTHING,
        remark(look.sheet.remarks[target]) if target in look.sheet.remarks else NOTHING,
        format_html(' data-before="{}"', stored) if text != stored else NOTHING,
        text,
        section.max_chars,
        format_int(section.max_chars),
    )


def _text(look: Look, section: OutlineSection, messages: Messages) -> SafeString:
    target = SECTION + section.id
    text = look.sheet.narrative.get(section.id, "").strip()
    return format_html(
        '<div class="words" id="{}"><h3>{}. {}</h3>{}{}</div>',
        target,
        section.id,
        section.title,
        remark(look.sheet.remarks[target]) if target in look.sheet.remarks else NOTHING,
        format_html('<p class="told">{}</p>', text) if text else format_html('<p class="muted">{}</p>', "Không viết."),
    )


def _steps(parts: list[tuple[str, str, str]], index: int) -> SafeString:
    """Previous and next, for a phone, where one section is a screen."""
    before = format_html('<a class="button secondary" href="#{}">Trước</a>', parts[index - 1][0]) if index else _GAP
    last = index == len(parts) - 1
    after = _GAP if last else format_html('<a class="button secondary" href="#{}">Tiếp</a>', parts[index + 1][0])
    text = '<nav class="steps" aria-label="Nội dung trước và sau">{}<span class="muted">{}/{}</span>{}</nav>'
    return format_html(text, before, index + 1, len(parts), after)
