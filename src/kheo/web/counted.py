"""Under a number that was sent and that a register counted: that it did, how it counts otherwise now, the way to its entries."""

from html import escape

from django.urls import reverse

from kheo.core.counted_cells import CountedCell


def counted_line(obligation: int, counted: CountedCell, drift: str) -> str:
    """`Nộp 120, nay 118: 2 hồ sơ bị thu hồi. Xem hồ sơ`, as HTML in which every text is escaped."""
    told = f'<b class="drifted">{escape(drift[0].upper() + drift[1:])}.</b> ' if drift else ""
    return f"<span>{told}{entries_link(obligation, counted.key)}</span>"


def entries_link(obligation: int, key: str) -> str:
    """The way to the entries behind a cell."""
    address = escape(reverse("counted_entries", args=[obligation, key]))
    return f'<a href="{address}">Xem hồ sơ<span class="visually-hidden"> của {escape(key)}</span></a>'


def counted_row(obligation: int, counted: CountedCell, drift: str, columns: int) -> str:
    """The same as a row of the reviewer's table."""
    matters = " matters" if drift else ""
    book = f'<span class="muted">Từ sổ “{escape(counted.book)}”</span> '
    return f'<tr class="counted{matters}"><td colspan="{columns}">{book}{counted_line(obligation, counted, drift)}</td></tr>'
