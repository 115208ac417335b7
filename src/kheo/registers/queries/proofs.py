"""What photographs prove when an act asks for them: how many of a role stand up to each other, whichever of a pair was added first."""

from collections.abc import Collection, Mapping, Sequence

from kheo.core.registers.models import AttachmentNeed, RegisterDefinition
from kheo.core.registers.pairs import Sight, sight_problems
from kheo.core.registers.values import FieldProblem, Values
from kheo.registers.models import EntryAttachment


def photos_of(entries: Collection[int]) -> dict[int, dict[str, list[Sight]]]:
    """By entry and role, when and where the photographs were taken that stand: one query."""
    found: dict[int, dict[str, list[Sight]]] = {}
    standing = EntryAttachment.objects.filter(entry__in=entries, removed_at__isnull=True).order_by("pk")
    for entry, role, taken_at, metres_off in standing.values_list("entry_id", "role", "taken_at", "metres_off"):
        found.setdefault(entry, {}).setdefault(role, []).append(Sight(taken_at, metres_off))
    return found


def missing_photos(
    needs: Sequence[AttachmentNeed], definition: RegisterDefinition, held: Mapping[str, Sequence[Sight]], values: Values
) -> list[FieldProblem]:
    """Photographs and files that an act needs and the entry lacks; one that cannot be what it is said to be is told, and does not count.

    `values`: what the entry holds; some of it may stand in the place of a file.
    """
    roles, found = definition.by_role, list[FieldProblem]()
    for need in needs:
        if need.unless in values:
            continue
        role = roles[need.role]
        before = held.get(role.after or "", [])
        wrong = [sight_problems(role, each, before, roles[role.after].name if role.after else "") for each in held.get(need.role, ())]
        good = sum(not each for each in wrong)
        if good < need.at_least:
            instead = f", hoặc điền “{definition.by_key[need.unless].label}”" if need.unless else ""
            found.append(FieldProblem(need.role, f"Cần ít nhất {need.at_least} {role.name.lower()}{instead}; đang có {good}."))
            told = dict.fromkeys(each for problems in wrong for each in problems)
            found += [FieldProblem(need.role, f"{role.name} {each}") for each in told]
    return found
