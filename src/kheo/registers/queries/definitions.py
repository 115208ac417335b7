"""Registers as published. Editions never change, so what is read by primary key is kept in memory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from kheo.campaigns.models import Edition
from kheo.campaigns.queries import definition_of
from kheo.core.definition import Definition
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import CONTENTS, SUBJECTS, Options
from kheo.core.registers.words import SUBJECT_NAMES
from kheo.registers.models import Register, RegisterEdition


@dataclass(frozen=True)
class Book:
    """A register as one of its editions has it, with the choices of its lists; `newest_id`: the edition by which it is kept today;
    `campaign_id`: the newest edition of its campaign."""

    register: Register
    edition_id: int
    definition: RegisterDefinition
    options: Options
    newest_id: int
    campaign_id: int | None = None

    @property
    def campaign(self) -> Definition | None:
        """The newest edition of the campaign whose contents and lists it uses, where there is one."""
        return definition_of(self.campaign_id) if self.campaign_id is not None else None

    @property
    def newest_definition(self) -> RegisterDefinition:
        """As the register is kept today, whichever edition this is."""
        return register_definition(self.newest_id)


@lru_cache(maxsize=128)
def register_definition(edition_id: int) -> RegisterDefinition:
    """The frozen definition of an edition."""
    return RegisterDefinition.model_validate(RegisterEdition.objects.values_list("definition", flat=True).get(pk=edition_id))


@lru_cache(maxsize=128)
def edition_number(edition_id: int) -> int:
    """Which edition of its register it is, from 1."""
    return RegisterEdition.objects.values_list("number", flat=True).get(pk=edition_id)


def earlier_labels(found: Book) -> dict[str, str]:
    """Keys of fields by the names that they had in the editions of a register, the newest name first: retired ones too."""
    labels: dict[str, str] = {}
    for edition in RegisterEdition.objects.filter(register=found.register).order_by("-number").values_list("pk", flat=True):
        for each in register_definition(edition).fields:
            for label in (each.label, f"{each.label} ({each.measured_in})" if each.measured_in else each.label, each.key):
                labels.setdefault(label, each.key)
    return labels


def campaign_of(definition_campaign: str | None) -> tuple[int | None, Definition | None]:
    """The newest edition of a campaign and its definition; None where there is none (yet)."""
    editions = Edition.objects.filter(campaign__code=definition_campaign).order_by("-number").values_list("pk", flat=True)
    edition = editions.first() if definition_campaign else None
    return edition, definition_of(edition) if edition is not None else None


@lru_cache(maxsize=128)
def _options(edition_id: int, campaign_edition: int | None) -> Options:
    definition = register_definition(edition_id)
    campaign = definition_of(campaign_edition) if campaign_edition is not None else None
    lists: dict[str, Mapping[str, str]] = {}
    if campaign is not None:
        lists |= {name: {choice.code: choice.name for choice in choices} for name, choices in campaign.lists.items()}
        # What is behind the wall is never written about in a register that takes words: it has registers of its own.
        lists[CONTENTS] = {content.id: content.short for content in campaign.contents if content.walled == definition.walled}
    lists |= {name: {choice.code: choice.name for choice in choices} for name, choices in definition.lists.items()}
    lists[SUBJECTS] = {kind: SUBJECT_NAMES[kind] for kind in definition.subjects}
    retired = {
        name: frozenset(choice.code for choice in choices if choice.status == "retired") for name, choices in definition.lists.items()
    }
    return Options(lists, retired)


def book(code: str) -> Book | None:
    """A register by its code, or None: two queries."""
    newest = RegisterEdition.objects.select_related("register").defer("definition", "source")
    edition = newest.filter(register__code=code).order_by("-number").first()
    return book_of(edition) if edition else None


# Every entry that is opened or written asks this: written out, a third of what it costs through the layer for queries.
_NEWEST = """
SELECT (SELECT id FROM registers_edition WHERE register_id = %s ORDER BY number DESC LIMIT 1),
  (SELECT e.id FROM campaigns_edition AS e JOIN campaigns_campaign AS c ON c.id = e.campaign_id WHERE c.code = %s
   ORDER BY e.number DESC LIMIT 1)
"""


def _newest(register: Register, campaign: str | None) -> tuple[int, int | None]:
    """The newest edition of a register that has one, and of a campaign: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [register.pk, campaign])
        edition, of_campaign = cursor.fetchone()
    return edition, of_campaign


def book_of(edition: RegisterEdition) -> Book:
    """The register as an edition has it: one query."""
    definition = register_definition(edition.pk)
    newest, campaign = _newest(edition.register, definition.campaign)
    return Book(edition.register, edition.pk, definition, _options(edition.pk, campaign), newest, campaign)


def book_now(seen: Book) -> Book:
    """A register that was read before, as it is kept now: one query, two where another edition was published since."""
    newest, campaign = _newest(seen.register, seen.definition.campaign)
    if newest != seen.edition_id:
        return book_of(RegisterEdition.objects.select_related("register").defer("definition", "source").get(pk=newest))
    return Book(seen.register, newest, seen.definition, _options(newest, campaign), newest, campaign)


def edition_of(book: Book) -> RegisterEdition:
    """The edition itself, but for its definition and source."""
    return RegisterEdition.objects.defer("definition", "source").get(pk=book.edition_id)


def books() -> list[Book]:
    """All registers in the order of their names, each as it is kept today."""
    newest: dict[int, RegisterEdition] = {}
    for edition in RegisterEdition.objects.select_related("register").defer("definition", "source").order_by("number"):
        newest[edition.register_id] = edition
    definitions = {pk: register_definition(edition.pk) for pk, edition in newest.items()}
    campaigns = {name: campaign_of(name)[0] for name in {each.campaign for each in definitions.values()}}
    found = [
        Book(edition.register, edition.pk, definitions[pk], _options(edition.pk, of_campaign), edition.pk, of_campaign)
        for pk, edition in newest.items()
        for of_campaign in (campaigns[definitions[pk].campaign],)
    ]
    return sorted(found, key=lambda each: each.definition.prefix)


def newest_editions(codes: Collection[str]) -> dict[str, tuple[int, int]]:
    """By code, the register and its newest edition, of those that are published: one query."""
    rows = RegisterEdition.objects.filter(register__code__in=codes).order_by("register_id", "-number").distinct("register_id")
    return {code: (register, edition) for code, register, edition in rows.values_list("register__code", "register_id", "pk")}


def asked_of_the_public(register: Register) -> frozenset[str]:
    """What any edition of a register asked people without an account: one query."""
    definitions = map(register_definition, RegisterEdition.objects.filter(register=register).values_list("pk", flat=True))
    return frozenset(key for each in definitions if each.from_public for key in each.from_public.asks)


def options_under(edition_id: int, campaign_edition: int) -> Options:
    """The choices of a register's lists, as an edition of its campaign has them."""
    return _options(edition_id, campaign_edition)


def there_are_books() -> bool:
    """Whether any register is kept: one small query."""
    return Register.objects.exists()
