"""Whatever people call themselves, their units, files and lists, and whatever they write: on every page it is words, never markup.

Every page of the policy is asked for by everybody who may read it, in a world where each text tries to break out of its place.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kheo.core.proposals import Move
from kheo.core.remarks import Answered
from kheo.files.actions import store_file
from kheo.journal.actions import SYSTEM
from kheo.org.models import UnitName
from kheo.people.actions import make_token
from kheo.people.models import User
from kheo.registers.actions import Made, Naming, save_entries_list, write_words
from kheo.registers.models import Entry, EntryAttachment, EntryLine, SavedEntries
from kheo.registers.queries.definitions import book
from kheo.reports import actions
from kheo.reports.models import Attachment, Proposal, SavedList, WorkbookBatch, WorkbookFile
from tests import world as worlds
from tests.registers.entries import FILLED, done
from tests.standing import standing
from tests.two_recipients import dispatch_of, two_recipients
from tests.web.nobodys import SHOWN, WITHOUT_OBJECT
from tests.web.test_access_matrix import GET, POLICY, POST, SENT_ONLY, address, photo_of
from tests.web.visits import day
from tests.world import GOOD, World, fill, later

pytestmark = pytest.mark.django_db
EVIL = "\"'><x-evil a=1>{{7*7}}</textarea></script>"
SIDES = {"G1", "D1", "LDLD"}
FIELDS = (
    "loi", "ly-do", "reason", "ten", "cau", "den", "name", "version", "pick", "chon", "caption", "muc", "tim", "loc", "viec", "seal", "dau",
    "nx.B02", "vi-sao.B02", "tra-loi", "B02", "section:I", "doan-0", "days", "confirmed", "trang", "xem", "ds", "lan", "loai", "so", "ma",
    "dia-chi", "luc-mo", "noi", "trang-thai", "login", "next", "q", "loai", "linh_vuc", "ten_chu_the", "tu_ngay", "so_nguoi", "dien_tich",
    "dip", "cach_lam", "vi_tri", "on", "text", "source", "amount_vnd", "sap", "cot", "code", "handler", "qua_han",
    "full_number", "from_day",
)  # fmt: skip


class Reader(HTMLParser):
    """Reads a page as a browser does: which elements there are, and attributes that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "x-evil":
            self.faults.append(str(self.getpos()))
        self.faults += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or (value or "").startswith("javascript:")]


def is_page(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


# Without one of these there is nothing that the reader could say: an attribute's name stands behind a blank, a quote or a stroke. To read
# a page costs as much as to ask for it, and of thousands hardly one has any.
WORTH_READING = re.compile(r"<x-evil|[\s\"'/]on", re.IGNORECASE)


def faults_of(answer: HttpResponse) -> list[str]:
    """What on a page is markup that somebody typed; nothing of what is no page."""
    return markup_in(answer.content.decode()) if is_page(answer) else []


def markup_in(page: str) -> list[str]:
    reader = Reader()
    if WORTH_READING.search(page) or "javascript:" in unescape(page):
        reader.feed(page)
    return [*reader.faults, *(["a template was run"] if "49</textarea" in page else [])]


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<p title=""><x-evil a=1>', "(1, 12)"),
        ("<X-Evil>", "(1, 0)"),
        ('<p class="a" onclick="f()">', "p onclick"),
        ('<p class="a"ONCLICK=f()>', "p onclick"),
        ("<p class='a'onclick>", "p onclick"),
        ("<img/onerror=f()>", "img onerror"),
        ("<img\nonerror=f()>", "img onerror"),
        ('<a href="javascript:f()">', "a href"),
        ('<a href="java&#115;cript:f()">', "a href"),
        ("<textarea>49</textarea>", "a template was run"),
    ],
)
def test_markup_would_be_seen(page: str, fault: str) -> None:
    assert markup_in(page) == [fault]


def evil_units() -> str:
    """The small world's units, the grassroots unions with hostile names; the others are in the line of the Party as well."""
    rows = [line.split(",") for line in worlds.UNITS.strip().splitlines()]
    quoted = EVIL.replace('"', '""')
    named = [(code, f'"{name} {quoted}"' if code.startswith("G") else name, kind, parent) for code, name, kind, parent in rows[1:]]
    return "\n".join(",".join(row) for row in (rows[0], *named)) + "\n"


@pytest.fixture
def world() -> Iterator[World]:
    made = hostile()
    with day(later(days=2)):
        yield made


@standing
def hostile() -> World:
    """As in the access matrix: G1 and D1 sent, LDLD and G4 being written; every text of everybody hostile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "UNITS", evil_units())
        made = two_recipients()
    for row in UnitName.objects.filter(unit__in=[made.units[code] for code in ("D1", "LDLD", "BD1")]):
        UnitName.objects.filter(pk=row.pk).update(name=f"{row.name} {EVIL}")
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(full_name=f"{user.full_name} {EVIL}")
        user.refresh_from_db()
    for name in made.users:
        made.users[name].refresh_from_db()
    write_everything(made)
    return made


def write_everything(world: World) -> None:
    an, binh, dung = (world.person(name) for name in ("an", "binh", "dung"))
    g1 = world.obligation("G1").pk
    actions.propose(g1, section="II", text=EVIL, by=an, at=later())
    for code, who in (("G1", an), ("D1", dung), ("LDLD", world.person("minh")), ("G4", world.person("chi"))):
        fill(world, code, GOOD, by=who)
        narrative = actions.Change("Đã triển khai tốt.", EVIL)
        actions.save_draft(
            world.obligation(code).pk, cells={}, sections={"I": narrative, "II": actions.Change("", EVIL)}, by=who, at=later()
        )
    with_file(world, "G1")
    sent(world, "G1", "hoa", 1)
    actions.remark(g1, target="B02", text=EVIL, version=world.report("G1").version, by=binh, at=later(minutes=2))
    actions.return_report(g1, reason=EVIL, version=world.report("G1").version, by=binh, at=later(minutes=3))
    actions.answer_remark(g1, target="B02", kind=Answered.KEPT, text=EVIL, by=an, at=later(minutes=4))
    section = actions.Change(EVIL, f"Khác {EVIL}")
    actions.save_draft(g1, cells={}, sections={"I": section}, by=an, at=later(minutes=5))
    sent(world, "G1", "hoa", 6)
    sent(world, "D1", "dung", 7)
    actions.extend_due([world.obligation("G2").pk], until=later(days=60).date(), reason=EVIL, by=binh, at=later(minutes=8), is_meant=True)
    actions.ask_extension(world.obligation("G4").pk, until=later(days=50).date(), reason=EVIL, by=world.person("chi"), at=later())
    actions.send_dispatch(dispatch_of(world).pk, version=world.report("D1").version, by=dung, at=later(minutes=9))
    actions.write_about_dispatch(dispatch_of(world).pk, text=EVIL, by=world.person("phuong"), at=later(minutes=10))
    proposal = Proposal.objects.get()
    actions.move_proposal(proposal.pk, Move.WRITE, text=EVIL, version=proposal.version, by=binh, at=later(minutes=11))
    actions.save_list(world.units["D1"], name=EVIL, query="han=nop-tre&", is_shared=True, by=binh, at=later())
    actions.write_phrase(world.units["D1"], kind="remark", text=EVIL, by=binh, at=later())
    write_entries(world)
    make_token(world.users["an"], name=EVIL, days=30, by=SYSTEM, at=later())
    bad_workbook(world)


def write_entries(world: World) -> None:
    """The entries of the matrix, made here with hostile words in every field, deed, line, note, caption and name of a list."""
    an, binh = world.person("an"), world.person("binh")
    with pytest.MonkeyPatch.context() as patch:
        filled = {"ten": EVIL, "chu_the": "individual", "ten_chu_the": EVIL, "loai": "MH", "cach_lam": f"{EVIL}\n\n{EVIL}"}
        patch.setattr("tests.registers.entries.FILLED", {**FILLED, **filled})
        address(world, "entry", "G1")
        address(world, "like_pair", "G1")
    entry = Entry.objects.get(owner=world.units["G1"], lines__isnull=False)
    done(entry, "hoi_lai", binh, later(), reason=EVIL)
    done(entry, "bo_sung", an, later())
    # The lines of the small register have no words.
    EntryLine.objects.create(
        entry=entry, register=entry.register, line="chi", number=9, on=later().date(), source="NS", text=EVIL, known_from=later()
    )
    assert isinstance(write_words(entry.pk, "note", EVIL, by=binh, at=later()), Made)
    EntryAttachment.objects.filter(entry=entry).update(caption=EVIL)
    kept = book("so-nho")
    assert kept is not None
    assert isinstance(save_entries_list(kept, {"qua_han": ["1"]}, Naming(EVIL), by=an, at=later()), SavedEntries)


def sent(world: World, code: str, who: str, minute: int) -> None:
    receipt = actions.submit_report(
        world.obligation(code).pk, version=world.report(code).version, by=world.person(who), at=later(minutes=minute)
    )
    assert isinstance(receipt, actions.Receipt), receipt


def with_file(world: World, code: str) -> None:
    file = store_file(b"jpeg", name=f"{EVIL}.jpg", media_type="image/jpeg", by=SYSTEM, at=later())
    for kind in ("photo", "pdf"):
        Attachment.objects.create(
            report=world.report(code), content="chung", kind=kind, file=file, thumbnail=file, caption=EVIL, added_at=later()
        )


def bad_workbook(world: World) -> None:
    stored = store_file(b"x", name=EVIL, media_type="application/octet-stream", by=SYSTEM, at=later())
    batch = WorkbookBatch.objects.create(sent_by=world.users["an"], sender=EVIL, sent_at=later(), channel="page", finished_at=later())
    told = [{"sheet": EVIL, "cell": EVIL, "message": EVIL, "expected": EVIL, "severity": "error"}]
    WorkbookFile.objects.create(
        batch=batch, number=1, name=EVIL, stored=stored, outcome="refused", obligation=world.obligation("G1"), problems=told, message=EVIL
    )


def browsers(world: World, policy: dict[str, set[str]], signed_in: dict[str, Client] | None = None) -> Iterator[tuple[str, Client]]:
    """Each unit with each who is allowed there; whoever is not `signed_in` yet signs in."""
    here = {} if signed_in is None else signed_in
    for unit, allowed in policy.items():
        for who in sorted(allowed):
            if who not in here:
                here[who] = Client()
                here[who].force_login(world.users[who])
            yield unit, here[who]


def test_every_page_shows_hostile_words_as_words(world: World) -> None:
    wrong, seen, signed_in = [], 0, dict[str, Client]()
    for (name, method), policy in POLICY.items():
        if method != GET:
            continue
        shown = {unit: allowed for unit, allowed in policy.items() if unit in (*SIDES, "BD1", "G4")}
        addresses: dict[str, str] = {}  # a look changes nothing, so everybody comes to the same one
        for unit, client in browsers(world, shown, signed_in):
            if name in SENT_ONLY and unit in ("LDLD", "G4"):
                continue
            if unit not in addresses:
                addresses[unit] = address(world, name, unit)
            for query in ({}, dict.fromkeys(FIELDS, EVIL)):
                answer = client.get(addresses[unit], query)
                assert answer.status_code in (200, 302, 404, 409), (name, unit, answer.status_code)
                seen += is_page(answer) and "x-evil" in answer.content.decode()
                wrong += [f"{name} {unit}: {fault}" for fault in faults_of(answer)]
    assert wrong == []
    assert seen > 200, "hardly a page showed any of it: the test looks at nothing"


def test_every_answer_to_a_form_shows_what_was_typed_as_words(world: World) -> None:
    wrong = []
    for (name, method), policy in POLICY.items():
        if method != POST:
            continue
        for unit, client in browsers(world, dict(policy)):
            answer = client.post(address(world, name, unit), dict.fromkeys(FIELDS, EVIL), follow=True)
            assert answer.status_code < 500, (name, unit)
            wrong += [f"{name} {unit}: {fault}" for fault in faults_of(answer)]
    assert wrong == []


def test_pages_of_ones_own_and_of_nobody_too(world: World, settings: LazySettings) -> None:
    wrong, client = [], Client()
    settings.PUBLIC_FORM = True
    client.force_login(world.users["an"])
    # The public form names its register: tests/web/public.
    for name in sorted(WITHOUT_OBJECT - {"change_address", "kit", "account_logout", "public_form", *(SHOWN - {"shown_start"})}):
        for ask in (client.get, client.post):
            answer = ask(reverse(name), dict.fromkeys(FIELDS, EVIL))
            assert answer.status_code < 500, name
            wrong += [f"{name}: {fault}" for fault in faults_of(answer)]
    assert wrong == []


def test_one_text_put_in_as_it_is_would_be_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the escape of one joined page taken out."""
    monkeypatch.setattr("kheo.web.review.cards.escape", lambda text: text)
    client = Client()
    client.force_login(world.users["binh"])
    answer = client.get(address(world, "board", "D1"))
    assert UnitName.objects.filter(name__contains="x-evil").exists()
    assert faults_of(answer)
    assert SavedList.objects.exists()
    assert photo_of(world, "G1")
    shown = [client.get(address(world, name, "G1")).content.decode() for name in ("entry", "entries", "like_pair")]
    assert all("&lt;x-evil" in page for page in shown), "an entry's words are on its pages"
