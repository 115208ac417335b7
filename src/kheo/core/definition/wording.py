"""What the schema finds wrong, told in Vietnamese to the author of a definition file. No sentence of pydantic reaches a person."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kheo.core.definition.regime import DUE_FORMS
from kheo.core.definition.words import OWN_ERROR, SHAPES
from kheo.core.numbers import format_int
from kheo.core.text import fold

_ECHO = 40
_FEW = 8


def told(error: ErrorDetails, schema: type[BaseModel]) -> str:
    """One sentence for one error that `schema` found."""
    if error["type"] == "missing":
        described = _description(schema, error["loc"])
        return f"Thiếu khóa “{error['loc'][-1]}”. {described}".rstrip()
    if error["type"] == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), _annotation(schema, error["loc"][:-1]))
    if error["input"] is None:
        return "Đang để trống; hãy điền giá trị."
    if error["type"] == OWN_ERROR:
        return error["msg"]
    if error["type"] == "literal_error":
        return _not_offered(error["input"], get_args(_annotation(schema, error["loc"])))
    if error["type"] == "enum":
        return _not_offered(error["input"], tuple(_annotation(schema, error["loc"])))
    teller = _TELLERS.get(error["type"])
    return teller(error["input"], error.get("ctx", {})) if teller else "Giá trị này không dùng được."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    by_folded = {fold(candidate): candidate for candidate in known}
    close = get_close_matches(fold(word), sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, or the few there are."""
    words = list(known)
    close = nearest(word, words)
    if close is not None:
        return f"; có phải là “{close}”?"
    return f"; hiện có: {', '.join(sorted(words))}." if 0 < len(words) <= _FEW else "."


def echo(value: object) -> str:
    """What stands in the file, short enough to be repeated in a sentence."""
    if isinstance(value, bool):
        return "“true”" if value else "“false”"
    if isinstance(value, list | tuple):
        return "một danh sách"
    if isinstance(value, Mapping):
        return "một nhóm khóa"
    shown = str(value)
    return f"“{shown[:_ECHO]}…”" if len(shown) > _ECHO else f"“{shown}”"


def _unknown_key(key: str, where: Any) -> str:
    known = list(where.model_fields) if isinstance(where, type) and issubclass(where, BaseModel) else []
    return f"Không có khóa “{key}” ở đây" + suggestion(key, known)


def _not_offered(value: Any, offered: tuple[Any, ...]) -> str:
    words = [str(option) for option in offered]
    close = nearest(str(value), words)
    question = f" Có phải là “{close}”?" if close else ""
    return f"{echo(value)} không dùng được; chỉ nhận: {', '.join(words)}.{question}"


def _text_expected(value: Any, _: Mapping[str, Any]) -> str:
    if isinstance(value, int):
        shown = echo(value).strip("“”")
        return f'Cần chữ; hãy đặt trong dấu nháy: "{shown}".'
    return f"Cần chữ, nhưng gặp {echo(value)}."


_TELLERS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "string_type": _text_expected,
    "string_too_short": lambda *_: "Không được để trống.",
    "string_too_long": lambda value, context: f"Dài quá {format_int(context['max_length'])} ký tự (đang có {format_int(len(str(value)))}).",
    "string_pattern_mismatch": lambda value, context: f"{echo(value)} không đúng dạng: cần {SHAPES.get(context['pattern'], 'dạng khác')}.",
    "int_type": lambda value, _: f"Cần một số nguyên, nhưng gặp {echo(value)}.",
    "bool_type": lambda value, _: f"Chỉ nhận true hoặc false, nhưng gặp {echo(value)}.",
    "greater_than_equal": lambda value, context: f"Số phải từ {context['ge']} trở lên, nhưng gặp {echo(value)}.",
    "less_than_equal": lambda value, context: f"Số phải từ {context['le']} trở xuống, nhưng gặp {echo(value)}.",
    "tuple_type": lambda value, _: f"Cần một danh sách (mỗi mục một dòng “- …”), nhưng gặp {echo(value)}.",
    "dict_type": lambda value, _: f"Cần một nhóm “khóa: giá trị”, nhưng gặp {echo(value)}.",
    "model_type": lambda value, _: f"Cần một nhóm “khóa: giá trị”, nhưng gặp {echo(value)}.",
}


def _description(schema: type[BaseModel], location: tuple[str | int, ...]) -> str:
    holder, name = _annotation(schema, location[:-1]), location[-1]
    if isinstance(holder, type) and issubclass(holder, BaseModel) and name in holder.model_fields:
        return holder.model_fields[str(name)].description or ""
    return ""


def _annotation(schema: type[BaseModel], location: tuple[str | int, ...]) -> Any:
    """The type that the schema has at a location, without `None`; None where it has none."""
    here: Any = schema
    for part in location:
        if isinstance(here, type) and issubclass(here, BaseModel):
            known = here.model_fields.get(str(part))
            here = known.annotation if known else None
        elif part in DUE_FORMS:
            here = DUE_FORMS[str(part)]
        elif get_origin(here) is tuple:
            here = get_args(here)[0]
        elif get_origin(here) is dict:
            here = get_args(here)[1]
        else:
            return None
        here = _without_none(here)
    return here


def _without_none(annotation: Any) -> Any:
    """`X | None` as X, `Annotated[X, …]` as X; literals as they are."""
    if hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return _without_none(options[0]) if len(options) == 1 else annotation
    return annotation
