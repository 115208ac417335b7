"""What the unit itself said in the cycle before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.definition import Definition, counted_alike
from kheo.core.figures import Figure, with_totals
from kheo.reports.models import Obligation, Report, Revision


@dataclass(frozen=True)
class Past:
    """What was accepted of the same unit in the cycle before: figures and sections as far as both editions ask the same."""

    name: str
    figures: Mapping[str, Figure]
    narrative: Mapping[str, str] = field(default_factory=dict)


def past_of(obligation: Obligation, definition: Definition) -> Past | None:
    """The cycle to set beside this one, with what the unit's accepted report said then; None when there was no such cycle."""
    before = previous_cycle(obligation.cycle)
    if before is None:
        return None
    revision = Revision.objects.filter(
        pk__in=Report.objects.filter(obligation__cycle=before, obligation__unit=obligation.unit_id).values("accepted")
    ).first()
    if revision is None:
        return Past(before.name, {})
    return Past(before.name, comparable(revision, before, definition), _same_sections(revision, before, definition))


def past_figures(obligations: Collection[Obligation], definition: Definition) -> dict[int, dict[str, Figure]]:
    """The same figures for many units of one cycle at once, by unit; units of which nothing was accepted then are left out."""
    before = previous_cycle(next(iter(obligations)).cycle)
    if before is None:
        return {}
    rows = Report.objects.filter(
        obligation__cycle=before, obligation__unit__in=[owed.unit_id for owed in obligations], accepted__isnull=False
    ).select_related("accepted", "obligation")
    return {row.obligation.unit_id: comparable(row.accepted, before, definition) for row in rows if row.accepted}


def comparable(revision: Revision, before: Cycle, definition: Definition) -> dict[str, Figure]:
    """Figures of cells that both editions have and count alike."""
    then = definition_of(before.edition_id)
    alike = counted_alike(definition, then)
    figures = with_totals(then, revision.figures)
    return {cell.key: figures[cell.key] for cell in definition.cells if cell.key in figures and cell.indicator in alike}


def _same_sections(revision: Revision, before: Cycle, definition: Definition) -> dict[str, str]:
    """Texts of sections that both editions call the same."""
    then = {section.id: section.title for section in definition_of(before.edition_id).outline}
    same = (section.id for section in definition.outline if then.get(section.id) == section.title)
    return {key: text for key in same if (text := revision.narrative.get(key, "").strip())}
