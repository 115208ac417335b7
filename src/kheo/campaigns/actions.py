"""Publishing definitions."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.campaigns.models import Campaign, Edition
from kheo.core.definition import Definition, definition_hash, definition_to_json, load_definition
from kheo.core.problems import Problem
from kheo.journal.actions import Actor, record


@dataclass(frozen=True)
class PublishResult:
    """The edition that now holds this definition, whether it is new, or why nothing was published."""

    edition: Edition | None
    is_new: bool
    problems: tuple[Problem, ...]


def publish(text: str, file: str, *, by: Actor, at: datetime) -> PublishResult:
    """Freeze a definition as the campaign's next edition.

    The same definition published again gives the edition it already has (its hash ignores layout and comments); cycles
    that are running keep the edition they opened with.
    """
    loaded = load_definition(text, file)
    if loaded.definition is None:
        return PublishResult(None, False, loaded.problems)
    return _publish(loaded.definition, text, file, by, at)


@transaction.atomic
def _publish(definition: Definition, text: str, file: str, by: Actor, at: datetime) -> PublishResult:
    digest = definition_hash(definition)
    campaign, _ = Campaign.objects.get_or_create(code=definition.campaign, defaults={"name": definition.name})
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    kept = campaign.editions.filter(hash=digest).first()
    if kept:
        return PublishResult(kept, False, ())
    last = campaign.editions.order_by("-number").first()
    edition = Edition.objects.create(
        campaign=campaign,
        number=last.number + 1 if last else 1,
        hash=digest,
        definition=definition_to_json(definition),
        source=text,
        published_at=at,
        published_by=by.name,
    )
    Campaign.objects.filter(pk=campaign.pk).update(name=definition.name)
    record(
        "publish_edition",
        by=by,
        at=at,
        object_type="edition",
        object_id=edition.pk,
        campaign=campaign.code,
        number=edition.number,
        hash=digest,
        file=file,
    )
    return PublishResult(edition, True, ())
