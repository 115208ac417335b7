"""Patterns of texts (`pattern` of a field): regular expressions that take time in proportion to the text, whoever wrote either.

Python's own engine can be made to run for years by a short pattern and a short text. These are asked of the engine of pydantic-core (Rust's
regex): it knows no look-around and no back-references, refuses patterns that would grow too large, and never backtracks.
"""

from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, core_schema

LONGEST = 200


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=f"^(?:{pattern})$", regex_engine="rust-regex", strict=True))


def is_pattern(pattern: str) -> bool:
    """Whether it can be asked at all."""
    try:
        _compiled(pattern)
    except SchemaError:
        return False
    return True


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether the whole text is as the pattern says."""
    return _compiled(pattern).isinstance_python(text)


def wrong_parts(whole: int | None, text: str) -> str | None:
    """Why a text is not whole numbers from 1 with a plus between them that make the whole (`60 + 40`), which is at least 2; None: it is,
    or nothing is asked.
    """
    if whole is None:
        return None
    parts = [part.strip() for part in text.split("+")]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 and int(part) for part in parts):
        less = max(1, whole // 3)
        return f"“{text}” chưa đúng cách viết: các số nguyên từ 1, dấu cộng ở giữa, ví dụ {whole - less} + {less}."
    total = sum(map(int, parts))
    return None if total == whole else f"{' + '.join(parts)} = {total}, phải bằng {whole}."
