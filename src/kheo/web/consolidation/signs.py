"""One number of a table as a cell of HTML: its sign by class, the units behind it, the link that opens it."""

from django.utils.html import escape

from kheo.core.cell_signs import Ratio, Sum
from kheo.core.numbers import format_int

# Signs that the sheets draw by themselves: the cell stays empty.
CLASSES = {"zero": "is-zero", "blank": "is-blank", "na": "is-na", "missing": "is-missing", "small": "is-small", "covered": "is-covered"}


def number_cell(cell: Sum | Ratio, url: str, *, reported: int = 0, is_late: bool = False, shows_behind: bool | None = False) -> str:
    """A `<td>`. Below the number stands how many units gave it where some did not; always with `shows_behind`, never with None.

    `reported`: reports counted in the row. That units without a report are missing stands at the row; loud is what lacks besides.
    """
    classes = [CLASSES[cell.sign]] if cell.sign in CLASSES else []
    if is_late and cell.text:
        classes.append("is-late")
    kinds = " ".join(classes)
    attribute = f' class="{kinds}"' if kinds else ""
    if not cell.text:
        return f"<td{attribute}></td>"
    shown = f'<a href="{escape(url)}">{escape(cell.text)}</a>' if url else escape(cell.text)
    behind = "" if shows_behind is None else _behind(cell, shows_behind, reported)
    return f"<td{attribute}{_title(cell)}>{shown}{behind}</td>"


def _behind(cell: Sum | Ratio, always: bool, reported: int) -> str:
    if isinstance(cell, Ratio) or not (always or cell.is_short):
        return ""
    is_loud = cell.is_short if always else cell.gave < reported
    return f'<small class="is-short">{cell.behind}</small>' if is_loud else f"<small>{cell.behind}</small>"


def _title(cell: Sum | Ratio) -> str:
    if isinstance(cell, Ratio):
        return f' title="{escape(parts_of_ratio(cell))}"' if cell.numerator is not None and cell.denominator is not None else ""
    return ""


def parts_of_ratio(cell: Ratio) -> str:
    """`4.364 chia cho 5.386`."""
    return f"{format_int(cell.numerator or 0)} chia cho {format_int(cell.denominator or 0)}"
