"""What is filed in the field, from what was asked there to a whole entry: the day of the telephone, texts put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Formatter

from kheo.core.days import local_day
from kheo.core.registers.columns import Column, form_columns
from kheo.core.registers.faces import QuickDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Kept, Options, Values, write_value

LONGEST_KEPT = timedelta(days=366)  # older than that is no day in a bag, but a clock that was set meanwhile


def quick_columns(definition: RegisterDefinition, options: Options) -> tuple[Column, ...]:
    """What the page asks, in its order: the place first, since it is there now. Empty for a register without this face."""
    quick = definition.quick
    if quick is None:
        return ()
    columns = {each.key: each for each in form_columns(definition, options)}
    return tuple(columns[key] for key in ((quick.place,) if quick.place else ()) + quick.fields if key in columns)


def said_at(age: timedelta | None, *, now: datetime) -> datetime | None:
    """When somebody pressed the button: so long ago by the telephone's own clock, which may go wrong and still tells how long it was.

    None where it was set meanwhile, so that what it tells cannot be.
    """
    return now - age if age is not None and timedelta(0) <= age <= LONGEST_KEPT else None


@dataclass(frozen=True)
class Completed:
    """Values with those that follow from them, and what is wrong with what follows, told at a field that was asked."""

    values: dict[str, Kept]
    problems: tuple[FieldProblem, ...]


def completed(definition: RegisterDefinition, options: Options, values: Values, *, said: datetime) -> Completed:
    """A new entry's values: the day is that of Việt Nam at the instant that was said."""
    quick, whole, problems = definition.quick, dict(values), list[FieldProblem]()
    if quick is None:
        return Completed(whole, ())
    if quick.day is not None:
        whole[quick.day] = local_day(said).isoformat()
    columns = {each.key: each for each in form_columns(definition, options)}
    for key, template in quick.fills.items():
        read = columns[key].read(_put_together(definition, options, values, template))
        if isinstance(read, FieldProblem):
            problems.append(FieldProblem(_asked_last(quick, template), f"“{columns[key].field.label}” ghép lại: {read.message}"))
        elif read is not None:
            whole[key] = read
    return Completed(whole, tuple(problems))


def told_where_asked(definition: RegisterDefinition, problems: Sequence[FieldProblem]) -> tuple[FieldProblem, ...]:
    """Problems of fields that follow from others, told at one that was asked, unless what they follow from is wrong itself."""
    fills = definition.quick.fills if definition.quick else {}
    asked = {each.key for each in problems if each.key not in fills}
    found = dict.fromkeys(each for each in problems if each.key not in fills)
    for each in problems:
        if definition.quick is not None and each.key in fills and asked.isdisjoint(_names(fills[each.key])):
            found[FieldProblem(_asked_last(definition.quick, fills[each.key]), each.message)] = None
    return tuple(found)


def _names(template: str) -> Sequence[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


def _put_together(definition: RegisterDefinition, options: Options, values: Values, template: str) -> str:
    """Empty while one of its parts is."""
    if any(name not in values for name in _names(template)):
        return ""
    return template.format_map({name: write_value(definition.by_key[name], values[name], options) for name in _names(template)})


def _asked_last(quick: QuickDef, template: str) -> str:
    return max(_names(template), key=quick.fields.index)
