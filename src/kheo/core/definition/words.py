"""The kinds of words a definition is written in: their shapes, limits and Vietnamese descriptions.

Every text is brought to one form on reading (Unicode NFC, runs of white space as one space), so that neither an editor's
line breaks nor its way of composing letters changes the meaning or the hash.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from kheo.core.text import nfc

# The type of an error whose message is already a sentence of ours.
OWN_ERROR = "kheo"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Frozen(BaseModel):
    """Immutable, and refuses keys it does not know: a misspelt key must not be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def tidy(value: Any) -> Any:
    """Text in its one form; anything else untouched, for the type check to refuse."""
    return nfc(value) if isinstance(value, str) else value


def iso_day(value: Any) -> Any:
    """A day written `2023-03-15`; no other spelling, so that 03/04 is never guessed."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError(OWN_ERROR, "“{value}” không phải là một ngày có thật.", {"value": value}) from None
    raise PydanticCustomError(OWN_ERROR, "Cần một ngày viết theo dạng năm-tháng-ngày, ví dụ 2023-03-15.")


# What each pattern asks for, told to the author of a file; `loading` shows it when a word does not fit.
SHAPES: dict[str, str] = {}


def shaped(pattern: str, shape: str, longest: int) -> StringConstraints:
    SHAPES[pattern] = shape
    return StringConstraints(strict=True, min_length=1, max_length=longest, pattern=pattern)


tidied = BeforeValidator(tidy)

CampaignId = Annotated[
    str, shaped(r"^[a-z0-9]+(-[a-z0-9]+)*$", "chữ thường không dấu và chữ số, nối bằng gạch ngang (5-khong)", 40), tidied
]
IndicatorCode = Annotated[str, shaped(r"^[A-Z][A-Za-z0-9]{0,11}$", "một chữ hoa rồi chữ, số không dấu, tối đa 12 (B01, C308a)", 12), tidied]
ChoiceCode = Annotated[str, shaped(r"^[A-Z][A-Z0-9]{0,15}$", "một chữ hoa rồi chữ hoa, số không dấu, tối đa 16 (KT, VHXH)", 16), tidied]
ContentId = Annotated[str, shaped(r"^[A-Za-z][A-Za-z0-9]{0,15}$", "một chữ rồi chữ, số không dấu, tối đa 16 (N1, chung)", 16), tidied]
SectionId = Annotated[str, shaped(r"^[A-Z0-9]{1,8}(\.[A-Z0-9]{1,8}){0,4}$", "chữ hoa, số, cách nhau bằng dấu chấm (I, II.1)", 40), tidied]
PeriodId = Annotated[str, shaped(r"^[A-Z0-9]{1,8}$", "chữ hoa, số không dấu, tối đa 8 (6T, N)", 8), tidied]
Name = Annotated[str, shaped(r"^[a-z][a-z0-9_]{0,39}$", "một chữ thường rồi chữ thường, số, gạch dưới, tối đa 40 (fields)", 40), tidied]
CalendarName = Annotated[str, shaped(r"^[a-z][a-z0-9-]{0,39}$", "một chữ thường rồi chữ thường, số, gạch ngang (vn)", 40), tidied]
CycleTemplate = Annotated[
    str, shaped(r"^[A-Z0-9{}a-z-]{1,40}$", "chữ hoa, số, gạch ngang và {year}, {month}, {quarter} ({year}-6T)", 40), tidied
]

Title = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300), tidied]
Short = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60), tidied]
Line = Annotated[str, StringConstraints(strict=True, max_length=300), tidied]
FormulaText = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500), tidied]
Day = Annotated[date, BeforeValidator(iso_day), WithJsonSchema({"type": "string", "format": "date"})]
Year = Annotated[int, Field(strict=True, ge=1900, le=2999)]
