"""Concepts: fields of several registers and years that mean the same, in one type and one unit."""

from collections.abc import Iterable, Iterator

from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition


def concept_problems(definition: RegisterDefinition, others: Iterable[RegisterDefinition]) -> Iterator[str]:
    """Where a field cannot be compared with one of the same concept, in its own register or in another, in Vietnamese.

    A retired field binds nobody: another one of its concept has taken its place.
    """
    here: dict[str, FieldDef] = {}
    for field in _with_concept(definition):
        earlier = here.setdefault(field.concept or "", field)
        if earlier is not field:
            yield f"Trường “{earlier.key}” và “{field.key}” cùng khái niệm “{field.concept}”: mỗi sổ chỉ một trường đang hỏi."
    for other in others:
        for theirs in _with_concept(other):
            own = here.get(theirs.concept or "")
            if own is not None and _measure(own) != _measure(theirs):
                yield (
                    f"Khái niệm “{own.concept}” ở sổ “{other.name}” là {_words(theirs)}, ở trường “{own.key}” là {_words(own)}: "
                    "cùng khái niệm thì cùng kiểu, cùng số lẻ, cùng đơn vị tính."
                )


def _with_concept(definition: RegisterDefinition) -> list[FieldDef]:
    return [field for field in definition.asked if field.concept is not None]


def _measure(field: FieldDef) -> tuple[str, int, str]:
    return field.type, field.decimals, field.unit or ""


def _words(field: FieldDef) -> str:
    scale = f", {field.decimals} số lẻ" if field.decimals else ""
    return f"{field.type}{scale}{f', tính bằng {field.unit}' if field.unit else ''}"
