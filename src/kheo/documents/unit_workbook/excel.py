"""Formulas of the workbook: the edition's totals, ratios and checks said in Excel's language, so that a fault shows while it is typed.

A figure reckons through the hidden column KNOWN: a number, `x` where the question does not apply, or nothing while it is unknown.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kheo.core.answers import BLANK_WORDS, NA_WORDS, ZERO_WORDS
from kheo.core.definition import Check, Definition, Formula, parse_formula
from kheo.core.figures import LARGEST
from kheo.documents.unit_workbook.layout import BASIC, CHOICE, FIGURES, KEPT, KNOWN, VALUE, a1

NA_SIGN = "x"
OPEN_WORDS = "Chưa nhập"
GOOD_SIGN = "✓"
WRONG, MUST, ASK = "Sai: ", "Phải sửa: ", "Xem lại: "
# Excel's limit for one text in a formula (Excel specifications and limits).
_LONGEST_LITERAL = 250
_EXCEL_SIGNS = {"==": "=", "<=": "<=", ">=": ">="}


def literal(text: str) -> str:
    """A text inside a formula, in pieces where it is too long for one."""
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


# Words that many formulas need stand once, in the hidden columns beside the head; so formulas stay short, and a file small.
ZERO, BLANK, NOT_APPLICABLE = (f"${a1(row, KNOWN)[0]}${row + 1}" for row in range(3))
ACCEPTED = f"${a1(0, KNOWN)[0]}$1:${a1(0, KNOWN)[0]}$5"
FAULT, BOTH, NEGATIVE, LARGE, NO_NUMBER = (f"${a1(row, KEPT)[0]}${row + 1}" for row in range(5))
FRACTIONS = tuple(f"${a1(row, BASIC)[0]}${row + 1}" for row in range(5))
WORDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (KNOWN, (ZERO_WORDS, BLANK_WORDS, NA_WORDS, "-", "…")),
    (
        KEPT,
        (
            f"{WRONG}ô báo lỗi",
            f"{WRONG}nhập số hoặc chọn, không cả hai",
            f"{WRONG}số âm",
            f"{WRONG}số quá lớn",
            f"{WRONG}không phải con số",
        ),
    ),
    (BASIC, (f"{WRONG}chỉ nhận số nguyên", *(f"{WRONG}tối đa {places} chữ số sau dấu phẩy" for places in range(1, 5)))),
)


KNOWN_NAME, BASIC_NAME = "kheo_so", "kheo_loi"


def named_formulas(decimals: Collection[int]) -> Iterator[tuple[str, str]]:
    """Formulas that are the same in every row, as names of the workbook: said once, reckoned against the row they stand in."""
    yield KNOWN_NAME, _known_of_cell()
    for places in sorted(decimals):
        yield f"{BASIC_NAME}{places}", _basic(places)


def _here(column: int) -> str:
    """A cell of the row in which the name is used: relative to the first row, as names are written."""
    return f"'{FIGURES}'!${a1(0, column)}"


def _fixed(cell: str) -> str:
    return f"'{FIGURES}'!{cell}"


def _known_of_cell() -> str:
    """What the checks may reckon with of a cell that is filled in."""
    value, choice, zero, na = _here(VALUE), _here(CHOICE), _fixed(ZERO), _fixed(NOT_APPLICABLE)
    words = f'IF(OR({value}={zero},{choice}={zero},{value}="-"),0,IF(OR({value}={na},{choice}={na}),"{NA_SIGN}",""))'
    return f'=IFERROR(IF(ISNUMBER({value}),{value},{words}),"")'


def known_of_total(rows: Sequence[int]) -> str:
    """The total of a breakdown over its parts: as `core.figures.with_totals` reckons it."""
    span = f"{a1(rows[0], KNOWN)}:{a1(rows[-1], KNOWN)}"
    return f'=IF(COUNT({span})>0,SUM({span}),IF(COUNTIF({span},"{NA_SIGN}")={len(rows)},"{NA_SIGN}",""))'


def shown_total(row: int) -> str:
    """The total as people read it."""
    known = a1(row, KNOWN)
    return f'=IF({known}="{NA_SIGN}",{NOT_APPLICABLE},{known})'


def ratio(numerator: Formula, denominator: Formula, rows: Mapping[str, int]) -> str:
    """A ratio of one report: nothing while a part is no number or the denominator is 0."""
    codes = sorted(numerator.codes | denominator.codes)
    are_numbers = ",".join(f"ISNUMBER({a1(rows[code], KNOWN)})" for code in codes)
    over, under = weighted(numerator, rows, ""), weighted(denominator, rows, "")
    return f'=IF(AND({are_numbers}),IF(({under})=0,"",({over})/({under})),"")'


def weighted(formula: Formula, rows: Mapping[str, int], sheet: str, decimals: int = 0) -> str:
    """Constant plus weighted cells. The constant counts in the smallest digit, as figures do."""
    terms = [f"{'' if weight == 1 else f'{weight}*'}N({sheet}{a1(rows[code], KNOWN)})" for code, weight in formula.terms]
    if formula.constant or not terms:
        terms.append(str(formula.constant) if not decimals else f"{formula.constant}/{10**decimals}")
    return "+".join(terms).replace("+-", "-")


def _basic(decimals: int) -> str:
    """The first fault of one row by itself, `Chưa nhập`, or nothing."""
    value, choice = _here(VALUE), _here(CHOICE)
    fault, both_words, negative, large, no_number = map(_fixed, (FAULT, BOTH, NEGATIVE, LARGE, NO_NUMBER))
    most = (LARGEST + 1) // 10**decimals
    in_bounds = f'IF(ROUND({value},{decimals})={value},"",{_fixed(FRACTIONS[decimals])})'
    number = f"IF({value}<0,{negative},IF({value}>={most},{large},{in_bounds}))"
    both = f'AND(LEN({value})*LEN({choice})>0,NOT(OR({value}={choice},{value}&{choice}="0"&{_fixed(ZERO)})))'
    text = f'IF(ISNA(MATCH({value},{_fixed(ACCEPTED)},0)),{no_number},"")'
    given = f'IF({both},{both_words},IF({value}="","",IF(ISNUMBER({value}),{number},{text})))'
    return f'=IF(ISERROR({value}),{fault},IF({value}&{choice}="","{OPEN_WORDS}",{given}))'


def status(basic_cell: str, checks: Sequence[str]) -> str:
    """The row's own fault, else the first check that does not hold, else a good sign."""
    inner = literal(GOOD_SIGN)
    for cell in reversed(checks):
        inner = f'IF({cell}="",{inner},{cell})'
    return f'=IF({basic_cell}="",{inner},{basic_cell})'


def check(definition: Definition, each: Check, rows: Mapping[str, int], *, demands: bool) -> str:
    """The message of a check with its numbers where it does not hold, else nothing."""
    left, right = parse_formula(each.left), parse_formula(each.right)
    codes = sorted(left.codes | right.codes)
    decimals = max((definition.indicator(code.partition(".")[0]).decimals for code in codes), default=0)
    sheet = f"'{FIGURES}'!"
    one = f"ROUND({weighted(left, rows, sheet, decimals)},{decimals})"
    other = f"ROUND({weighted(right, rows, sheet, decimals)},{decimals})"
    unknown = ",".join(f'{sheet}{a1(rows[code], KNOWN)}=""' for code in codes) or "FALSE"
    opening = MUST if demands else ASK
    message = _message(opening + each.message, {"left": one, "right": other, "difference": f"ABS({one}-{other})"}, decimals)
    return f'=IF(OR({unknown}),"",IF({one}{_EXCEL_SIGNS[each.operator]}{other},"",{message}))'


def _message(text: str, values: Mapping[str, str], decimals: int) -> str:
    pieces = []
    while text:
        found = min(((text.find(f"{{{name}}}"), name) for name in values if f"{{{name}}}" in text), default=None)
        if found is None:
            pieces.append(literal(text))
            break
        position, name = found
        if position:
            pieces.append(literal(text[:position]))
        pieces.append(_written(values[name], decimals))
        text = text[position + len(name) + 2 :]
    return "&".join(pieces)


def _written(value: str, decimals: int) -> str:
    """A number in words of the reader's own Excel; whole numbers with dots everywhere."""
    return f'SUBSTITUTE(FIXED({value},0),",",".")' if decimals == 0 else f"FIXED({value},{decimals})"


def allowed(row: int, decimals: int) -> str:
    """The validation of an answer cell: a number within bounds, or one of the three words."""
    value = a1(row, VALUE)
    most = (LARGEST + 1) // 10**decimals
    number = f"AND(ISNUMBER({value}),{value}>=0,{value}<{most},ROUND({value},{decimals})={value})"
    return "=OR(" + number + "".join(f',{value}="{each}"' for each in (ZERO_WORDS, BLANK_WORDS, NA_WORDS)) + ")"
