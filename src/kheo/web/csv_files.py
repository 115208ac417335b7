"""Tables as CSV that a spreadsheet opens as they are: UTF-8 with its mark, and no cell that it would take for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# OWASP, "CSV Injection": signs that begin a formula, their full-width forms, and white space that hides one.
_TRIGGERS = tuple("=+-@\t\r\n|＝＋－＠")
_WITHIN = re.compile(r"([;,\t\r\n]\s*[\"']?\s*)(?=[=+\-@|＝＋－＠])")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A head and rows of texts."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([plain_cell(text) for text in head])
    writer.writerows([plain_cell(text) for text in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would calculate it.

    Also within it: where a comma stands before decimals, as in Vietnam, Excel parts a CSV at semicolons, whatever its quotes say.
    """
    whole = _WITHIN.sub(r"\1'", text)
    return f"'{whole}" if text.lstrip(" ").startswith(_TRIGGERS) else whole
