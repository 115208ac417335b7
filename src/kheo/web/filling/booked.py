"""What stands under a cell that a register counts: its number, the way to its entries and, while one fills in, to take it."""

from html import escape

from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Cell, Indicator
from kheo.web.counted import counted_line, entries_link
from kheo.web.filling.cells import Look
from kheo.web.filling.intake import TAKE


def counted_row(look: Look, indicator: Indicator, cell: Cell, columns: int) -> str:
    """Under the cell. The rule in words stands once, under the first row of its indicator."""
    words = _rule(look, indicator) if cell.part is None else ""
    counted = look.sheet.counted.get(cell.key)
    line = _line(look, counted) if counted else ""
    if not words and not line:
        return ""
    return f'<tr class="counted"><td colspan="{columns - 1}">{line}{words}</td><td class="source"></td></tr>'


def _rule(look: Look, indicator: Indicator) -> str:
    first = next((each for each in look.sheet.counted.values() if each.key.partition(".")[0] == indicator.code), None)
    return f'<small class="muted">Đếm từ sổ “{escape(first.book)}”: {escape(first.rule)}.</small>' if first else ""


def _line(look: Look, counted: CountedCell) -> str:
    if not look.is_open:
        return counted_line(look.obligation, counted, look.sheet.drift.get(counted.key, ""))
    link = entries_link(look.obligation, counted.key)
    return f"<span>Sổ đếm được <b>{escape(counted.text)}</b> · {link}</span>{_take(look, counted)}"


def _take(look: Look, counted: CountedCell) -> str:
    """Hidden while the cell says the same; the page's script goes by what is typed."""
    stored = look.sheet.standing.figures.get(counted.key, "")
    is_same = look.overlay.typed.get(counted.key) is None and stored == counted.number
    key, text = escape(counted.key), escape(counted.typed)
    same = f'<span class="tag" data-same-as="{key}"{"" if is_same else " hidden"}>từ sổ</span>'
    hidden = " hidden" if is_same else ""
    return (
        f'{same}<button class="button secondary fill" name="{TAKE}" value="{key}" data-number="{text}"{hidden}>'
        f'Lấy số của sổ<span class="visually-hidden"> cho {key}</span></button>'
    )
