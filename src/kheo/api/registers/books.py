"""The registers: what each asks, in which states its entries stand, what may be done to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from kheo.api.answers import ProblemOut
from kheo.api.asking import holder
from kheo.api.registers.routing import router
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef
from kheo.org.access import Person, Unreachable
from kheo.registers.access import book_to_read, keeps_books, writing_units
from kheo.registers.queries.definitions import Book, books, edition_number, edition_of

Asked: dict[int, Any] = dict.fromkeys((401, 404, 422, 429), ProblemOut)


class BookOut(Schema):
    """A register. `writes`: the units for which the holder may write new entries; `walled`: numbers only, single entries at their unit."""

    code: str
    name: str
    one: str
    prefix: str
    campaign: str | None
    walled: bool
    edition: int
    writes: list[int]


class ChoiceOut(Schema):
    """One choice of a list. `offered`: it may be chosen today; entries that have another keep it."""

    code: str
    name: str
    offered: bool


class FieldOut(Schema):
    """A field. `concept` joins it with fields of other registers and years that mean the same, in the same type and unit.

    `scale`: how many digits stand after the point. `asked`: it is filled in by hand today; acts or nobody fill in the others.
    """

    key: str
    label: str
    type: str
    concept: str | None
    help: str
    section: str | None
    unit: str | None
    scale: int
    at_least: int | None
    at_most: int | None
    choices: list[ChoiceOut]
    required_from: str | None
    frozen_from: str | None
    shown_if: list[dict[str, Any]]
    filter: bool
    sort: bool
    export: bool
    public: bool
    personal: bool
    for_judges: bool
    status: str
    asked: bool


class StateOut(Schema):
    """A state; `meaning` is its class: draft, waiting_on_us, waiting_on_them, done_good, done_bad, void."""

    code: str
    name: str
    meaning: str
    public: bool


class ActOut(Schema):
    """An act, and what is sent with it."""

    code: str
    name: str
    states: list[str]
    to: str | None
    reason: str
    asks: list[str]
    needs: list[str]
    reply: bool
    assigns: bool
    names_another: bool
    corrects: bool


class LineKindOut(Schema):
    """A kind of lines: names of its columns where it has them, choices of kind and source. `amended_by`: the correction under which
    they are still written once frozen, each with a reason.
    """

    code: str
    name: str
    quantity: str | None
    amount_vnd: str | None
    text: str | None
    frozen_from: str | None
    amended_by: str | None
    kinds: list[ChoiceOut]
    sources: list[ChoiceOut]


class LinkKindOut(Schema):
    """A kind of links, from an entry of this register to one of register `to`; `verified`: it counts once somebody has verified it."""

    code: str
    name: str
    back: str
    to: str
    verified: bool
    at_most: int | None
    frozen_from: str | None
    kept_from: str | None


class RoleOut(Schema):
    """A role of photographs and files; `takes`: photo, pdf, any."""

    role: str
    name: str
    takes: str
    at_most: int
    after: str | None
    within_m: int | None
    frozen_from: str | None
    kept_from: str | None


class ClockOut(Schema):
    """A time limit."""

    code: str
    name: str
    working_days: int | None
    days: int | None
    until: str | None
    source: str


class ReadyOut(Schema):
    """A list that comes with the register: `co_san=` in the address of its entries."""

    code: str
    name: str


class DefinitionOut(BookOut):
    """A register with everything that it asks, as its newest edition has it."""

    hash: str
    published_at: datetime
    fields: list[FieldOut]
    states: list[StateOut]
    acts: list[ActOut]
    clocks: list[ClockOut]
    lines: list[LineKindOut]
    links: list[LinkKindOut]
    attachments: list[RoleOut]
    ready: list[ReadyOut]


@router.get("/registers", response={200: list[BookOut], **Asked}, summary="Các sổ")
def registers(request: HttpRequest) -> list[dict[str, Any]]:
    """For everybody who reads entries anywhere."""
    person = holder(request)
    if not keeps_books(person):
        raise Unreachable
    return [_book(each, person) for each in books()]


@router.get("/registers/{slug:code}", response={200: DefinitionOut, **Asked}, summary="Một sổ: trường, trạng thái, thao tác")
def register(request: HttpRequest, code: str) -> dict[str, Any]:
    """The dictionary of its entries."""
    book = book_to_read(holder(request), code)
    edition, definition = edition_of(book), book.definition
    return {
        **_book(book, holder(request)),
        "edition": edition.number,
        "hash": edition.hash,
        "published_at": edition.published_at,
        "fields": [_field(each, book) for each in definition.fields],
        "states": [state.model_dump(mode="json", include=set(StateOut.model_fields)) for state in definition.states],
        "acts": [act_out(act) for act in definition.acts],
        "clocks": [clock.model_dump(mode="json", include=set(ClockOut.model_fields)) for clock in definition.clocks],
        "lines": [_line(each.code, book) for each in definition.lines],
        "links": [
            each.model_dump(mode="json", include=set(LinkKindOut.model_fields)) | {"verified": bool(each.verified_by)}
            for each in definition.links
        ],
        "attachments": [each.model_dump(mode="json", include=set(RoleOut.model_fields)) for each in definition.attachments],
        "ready": [{"code": each.code, "name": each.name} for each in definition.ready if not each.units_without],
    }


def _book(book: Book, person: Person) -> dict[str, Any]:
    definition = book.definition
    return {
        "code": book.register.code,
        "name": definition.name,
        "one": definition.one,
        "prefix": definition.prefix,
        "campaign": definition.campaign,
        "walled": definition.walled,
        "edition": edition_number(book.edition_id),
        "writes": writing_units(person, definition),
    }


def _field(field: FieldDef, book: Book) -> dict[str, Any]:
    plain = {"key", "label", "type", "concept", "help", "section", "unit", "at_least", "at_most", "required_from", "frozen_from"}
    flags = {"filter", "sort", "export", "public", "personal", "for_judges", "status"}
    return {
        **field.model_dump(mode="json", include=plain | flags),
        "scale": field.decimals,
        "choices": _choices(book.options.of(field), book.options.offered(field)),
        "shown_if": [each.model_dump(mode="json", exclude_none=True) for each in field.shown_if],
        "asked": field.status == "active" and field.key not in book.definition.set_by_acts,
    }


def act_out(act: ActDef) -> dict[str, Any]:
    """An act in the words of the API."""
    return {
        **act.model_dump(mode="json", include={"code", "name", "states", "to", "reason", "asks", "needs", "reply", "corrects"}),
        "assigns": act.chooses_unit,
        "names_another": act.names_another,
    }


def _line(code: str, book: Book) -> dict[str, Any]:
    kind, options = book.definition.by_line[code], book.options
    return {
        "code": kind.code,
        "name": kind.name,
        "quantity": kind.quantity,
        "amount_vnd": kind.amount,
        "text": kind.text,
        "frozen_from": kind.frozen_from,
        "amended_by": kind.amended_by,
        "kinds": _choices(options.names.get(kind.kinds or "", {}), options.offered_in(kind.kinds or "")),
        "sources": _choices(options.names.get(kind.sources or "", {}), options.offered_in(kind.sources or "")),
    }


def _choices(known: Mapping[str, str], offered: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "name": name, "offered": code in offered} for code, name in known.items()]
