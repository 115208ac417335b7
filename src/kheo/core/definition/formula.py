"""Formulas of ratios and checks: sums of cells with whole-number weights, and nothing else.

    sum     := product (("+" | "-") product)*
    product := factor ("*" factor)*
    factor  := "-" factor | integer | code | "(" sum ")"

A formula may not multiply two cells: only a weighted sum gives the same answer on a total as on the parts it is the total of.
So a parsed formula is simply its weights. No Python is ever evaluated.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

SYSTEM_CODES = frozenset({"system:on_time", "system:expected"})
MAX_DEPTH = 20
MAX_CHARACTERS = 500
_MAX_DIGITS = 15
_TOKEN = re.compile(r"(?P<code>system:[a-z_]+|[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Z0-9]*)?)|(?P<integer>[0-9]+)|(?P<sign>[-+*()−×])")
_SAME_SIGN = {"−": "-", "×": "*"}


@dataclass(frozen=True)
class Formula:
    """`constant + Σ weight × code`. `terms` are in the order in which the codes first appear."""

    text: str
    terms: tuple[tuple[str, int], ...]
    constant: int

    @property
    def codes(self) -> frozenset[str]:
        """Every code the formula names, whatever its weight."""
        return frozenset(code for code, _ in self.terms)

    def evaluate(self, lookup: Callable[[str], int | None]) -> int | None:
        """The value, or None when any code it needs has none."""
        total = self.constant
        for code, weight in self.terms:
            value = lookup(code)
            if value is None:
                return None
            total += weight * value
        return total


@dataclass(frozen=True)
class FormulaProblem:
    """Why a text is no formula, and at which character (from 0)."""

    message: str
    position: int


def parse_formula(text: str) -> Formula:
    """The formula of a checked definition. Raises ValueError where `read_formula` gives a problem."""
    result = read_formula(text)
    if isinstance(result, Formula):
        return result
    raise ValueError(f"{text!r}, character {result.position + 1}: {result.message}")


@lru_cache(maxsize=4096)
def read_formula(text: str) -> Formula | FormulaProblem:
    """The formula that a text states, or the first thing that is wrong with it."""
    if len(text) > MAX_CHARACTERS:
        return FormulaProblem(f"Công thức dài quá {MAX_CHARACTERS} ký tự.", MAX_CHARACTERS)
    tokens = _tokens(text)
    if isinstance(tokens, FormulaProblem):
        return tokens
    try:
        weights = _Reader(tokens, len(text)).read()
    except _WrongError as wrong:
        return FormulaProblem(wrong.message, wrong.position)
    return Formula(text, tuple(weights.of.items()), weights.constant)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


@dataclass
class _Weights:
    constant: int = 0
    of: dict[str, int] = field(default_factory=dict)

    def plus(self, other: "_Weights", times: int) -> "_Weights":
        sums = dict(self.of)
        for code, weight in other.of.items():
            sums[code] = sums.get(code, 0) + times * weight
        return _Weights(self.constant + times * other.constant, sums)


class _WrongError(Exception):
    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message, self.position = message, position


def _tokens(text: str) -> list[_Token] | FormulaProblem:
    tokens = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            shown = text[position] if text[position].isprintable() else "?"
            return FormulaProblem(f"Ký hiệu “{shown}” không dùng được trong công thức.", position)
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, _SAME_SIGN.get(match[0], match[0]), position))
        position = match.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens = [*tokens, _Token("end", "", length)]
        self._next = 0
        self._depth = 0

    def read(self) -> _Weights:
        weights = self._sum()
        rest = self._peek()
        if rest.kind != "end":
            raise _WrongError(f"Thiếu phép tính trước “{rest.text}”.", rest.position)
        return weights

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _sum(self) -> _Weights:
        weights = self._product()
        while self._peek().text in ("+", "-"):
            sign = 1 if self._take().text == "+" else -1
            weights = weights.plus(self._product(), sign)
        return weights

    def _product(self) -> _Weights:
        left = self._factor()
        while self._peek().text == "*":
            star = self._take()
            right = self._factor()
            if left.of and right.of:
                raise _WrongError("Không nhân hai chỉ tiêu với nhau: tích của các tổng không phải là tổng của các tích.", star.position)
            cells, times = (left, right.constant) if left.of else (right, left.constant)
            left = _Weights().plus(cells, times)
        return left

    def _factor(self) -> _Weights:
        token = self._take()
        if token.kind == "integer":
            if len(token.text) > _MAX_DIGITS:
                raise _WrongError(f"Số trong công thức dài quá {_MAX_DIGITS} chữ số.", token.position)
            return _Weights(int(token.text))
        if token.kind == "code":
            return _Weights(0, {token.text: 1})
        if token.text not in ("-", "("):
            what = f"“{token.text}”" if token.text else "hết công thức"
            raise _WrongError(f"Cần một mã chỉ tiêu hoặc một số, nhưng gặp {what}.", token.position)
        return self._nested(token)

    def _nested(self, opening: _Token) -> _Weights:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _WrongError(f"Công thức lồng nhau quá {MAX_DEPTH} tầng.", opening.position)
        if opening.text == "-":
            weights = _Weights().plus(self._factor(), -1)
        else:
            weights = self._sum()
            closing = self._take()
            if closing.text != ")":
                raise _WrongError("Thiếu dấu đóng ngoặc “)”.", closing.position)
        self._depth -= 1
        return weights
