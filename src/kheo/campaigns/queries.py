"""Reading campaigns. Editions and opened cycles never change, so what is read by primary key is kept in memory."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from kheo.campaigns.models import Campaign, Cycle, Edition
from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition, definition_from_json, load_calendar
from kheo.core.definition.planning import PlannedDue
from kheo.core.relaying.rule import RelayRule, load_rule


@lru_cache(maxsize=64)
def definition_of(edition_id: int) -> Definition:
    """The frozen definition of an edition."""
    return definition_from_json(Edition.objects.values_list("definition", flat=True).get(pk=edition_id))


def light_cycles() -> QuerySet[Cycle]:
    """Cycles with their campaign and edition, but for what the edition says: a hundred kB that every page would read and parse.

    Whoever needs it asks `definition_of`.
    """
    return Cycle.objects.select_related("campaign", "edition").defer("edition__definition", "edition__source")


@lru_cache(maxsize=256)
def opened_cycle(cycle_id: int) -> Cycle:
    """A cycle by its primary key, for reading only: the same object for everybody."""
    return Cycle.objects.get(pk=cycle_id)


def edition_for(campaign: Campaign, cycle_code: str) -> Edition | None:
    """The newest edition that has such a cycle: an earlier year may belong to an earlier edition."""
    editions = campaign.editions.order_by("-number")
    return next((edition for edition in editions if definition_of(edition.pk).cycle(cycle_code) is not None), None)


def cycle_templates(campaign: Campaign) -> list[str]:
    """How the campaign's cycles are called, newest edition first: `{year}-6T`."""
    found: dict[str, None] = {}
    for edition in campaign.editions.order_by("-number"):
        found.update(dict.fromkeys(period.code for period in definition_of(edition.pk).regime.periods))
    return list(found)


def campaign_by_code(code: str) -> Campaign | None:
    """The campaign, or None."""
    return Campaign.objects.filter(code=code).first()


def cycle_by_code(campaign: str, code: str) -> Cycle | None:
    """The cycle with its campaign, edition and snapshot, or None."""
    return light_cycles().filter(campaign__code=campaign, code=code).first()


def cycles() -> list[Cycle]:
    """All cycles, the newest window first."""
    return list(light_cycles().order_by("-closes", "-opens", "pk"))


def latest_cycles(cycle: Cycle, most: int) -> list[Cycle]:
    """This cycle and the ones of its campaign before it, the oldest first, `most` of them in all."""
    earlier = light_cycles().filter(campaign=cycle.campaign_id)
    before = earlier.filter(closes__lte=cycle.closes).exclude(pk=cycle.pk).order_by("-closes", "-opens", "-pk")
    return [cycle, *before[: most - 1]][::-1]


def previous_cycle(cycle: Cycle) -> Cycle | None:
    """The cycle to set beside this one: the last earlier one of the same period. A half-year is never set beside a whole year."""
    earlier = light_cycles().filter(campaign=cycle.campaign_id, closes__lt=cycle.closes)
    return earlier.filter(period=cycle.period).order_by("-closes").first()


def planned_dues(cycle: Cycle) -> tuple[PlannedDue, ...]:
    """The due dates of the tiers as planned at the opening, from below; nothing for a cycle opened before they were kept."""
    return tuple(
        PlannedDue(each["tier"], each["name"], date.fromisoformat(each["rule_day"]), date.fromisoformat(each["day"]), each["why"])
        for each in cycle.plan or ()
    )


def plan_as_kept(dues: Iterable[PlannedDue]) -> list[dict[str, str]]:
    """The same as `Cycle.plan` holds it."""
    return [{**asdict(each), "rule_day": each.rule_day.isoformat(), "day": each.day.isoformat()} for each in dues]


def edition_hashed(campaign_id: int, digest: str) -> int | None:
    """The edition of a campaign with this hash, or None."""
    return Edition.objects.filter(campaign=campaign_id, hash=digest).values_list("pk", flat=True).first()


def calendar_of(cycle: Cycle) -> WorkingCalendar | None:
    """The working-day calendar that the cycle's campaign names; None where its file is not there or wrong: nothing is guessed."""
    return working_calendar(definition_of(cycle.edition_id).regime.calendar)


@lru_cache(maxsize=8)
def working_calendar(name: str) -> WorkingCalendar | None:
    """A calendar kept beside the campaigns; read once while the program runs."""
    file = Path(settings.CAMPAIGNS_DIR) / "calendars" / f"{name}.yaml"
    try:
        loaded = load_calendar(file.read_bytes(), str(file))
    except OSError:
        return None
    return loaded.calendar.working if loaded.calendar else None


@lru_cache(maxsize=1)
def relay_rule() -> RelayRule:
    """By how many working days each level asks earlier than the one above, as the office's file says; without it no day is moved."""
    file = Path(settings.CAMPAIGNS_DIR) / "relaying" / "mac-dinh.yaml"
    try:
        loaded = load_rule(file.read_bytes(), str(file))
    except OSError:
        return RelayRule(0)
    return loaded.rule or RelayRule(0)
