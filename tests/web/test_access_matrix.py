"""Not yours and not there look alike: every address × everybody × (own, other, absent), by one policy.

An address without a row in the policy fails the test, and so does a row that refuses everybody or nobody.
"""

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kheo.core.reorganising import Absorbed
from kheo.files.actions import store_file
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.org.models import Post
from kheo.people.actions import MadeToken, make_token
from kheo.people.models import AccessToken
from kheo.reports.models import Attachment, CalledIn, CallIn, Proposal, SavedList, WorkbookBatch, WorkbookFile
from tests.counted import counted_cell
from tests.two_recipients import dispatch_of, partly_sent
from tests.web.drafting.whose import DRAFTS, OF_DRAFTS, draft_address
from tests.web.nobodys import WITHOUT_OBJECT
from tests.web.office_books.whose import OF_BOOKS, book_address
from tests.web.people.whose import NUMBERS, OF_PEOPLE
from tests.web.registers.whose import OF_REGISTERS, REGISTER_PAGES, register_address
from tests.web.tree.whose import CHANGES, OF_TABLES, TABLES, event_of, sent_changes
from tests.world import World, later

pytestmark = pytest.mark.django_db

EVERYBODY = ("an", "hoa", "binh", "dung", "bich", "lan", "minh", "phuc", "kien", "chi", "quan", "phuong")
# Readers of each unit's report: its own people, its recipient's, and readers of the units above. Quân keeps the system and reads nothing.
ABOVE = {"bich", "lan", "minh", "kien"}
READ = {"G1": {"an", "hoa", "binh", "dung"} | ABOVE, "G4": {"chi"} | ABOVE, "D1": {"binh", "dung"} | ABOVE, "LDLD": {"phuc"} | ABOVE}
FILL = {"G1": {"an", "hoa"}, "G4": {"chi"}, "D1": {"dung"}, "LDLD": {"minh"}}
SIGN = {"G1": {"hoa"}, "G4": {"chi"}, "D1": {"dung"}, "LDLD": {"minh"}}
REVIEW = {"G1": {"binh"}, "G4": set[str](), "D1": {"bich", "lan"}, "LDLD": {"phuc"}}
# Totals of a subtree: readers of the unit or of one above, and the Party board for what it receives and everything under it.
TOTALS = {unit: READ[unit] | {"phuc"} for unit in READ}
# A board belongs to the unit that receives: only its reviewers decide there.
DECIDE = {"G1": set[str](), "G4": set[str](), "D1": {"binh"}, "LDLD": {"bich", "lan"}}
BOARD = {"G1": set[str](), "G4": set[str](), "D1": {"binh", "dung"} | {"bich", "lan", "kien"}, "LDLD": {"bich", "lan", "minh", "kien"}}

# A unit's workbook: its own people and its recipient's reviewers. A batch of files belongs to whoever sent it.
CARRY = {unit: FILL[unit] | REVIEW[unit] for unit in FILL}
SENT = {"G1": {"an"}, "G4": {"chi"}, "D1": {"dung"}, "LDLD": {"minh"}}
# The phrases of a unit are its reviewers' own.
DESK = {"G1": set[str](), "G4": set[str](), "D1": {"binh"}, "LDLD": {"bich", "lan"}}

# The copy of D1's report for the Party board of the district: its readers, and the people of that board (Phượng) for it alone.
COPY_READ = {"D1": READ["D1"] | {"phuong"}}
COPY_SEND, COPY_TAKE_IN = {"D1": FILL["D1"]}, {"D1": {"phuong"}}
COPY_WRITE = {"D1": FILL["D1"] | {"phuong"}}
COPIES = {"BD1": {"phuong"}}
# Proposals: of a unit, for its own people; that of G1, for whoever reads G1's report; moved by those whose turn it can be.
PROPOSALS = {"G1": {"an", "hoa"}, "G4": {"chi"}, "D1": {"binh", "dung"}, "LDLD": {"bich", "lan", "minh", "kien"}}
MERGE = {"G1": {"hoa"}, "G4": {"chi"}, "D1": {"binh", "dung"}, "LDLD": {"bich", "lan", "minh"}}
LEFT = {"G1": {"binh"}}  # what waits at a unit of D1 that has ended
PROPOSAL, MOVE = {"G1": READ["G1"]}, {"G1": {"an", "hoa", "binh", "dung"}}

# A unit is looked at by whoever holds a reading post on its line: the Party's people of the Party's line, the union's of their own.
UNION_LINE = {"an", "hoa", "binh", "dung", "chi"} | ABOVE
# The keeper of the top unit, who changes units, sees what the top sees of them.
LINE = UNION_LINE | {"quan"}
OF_THE_TREE = ("unit", "branch", "place_below", "flows", "flows_file")
TREE = {"G1": LINE, "G4": LINE, "LDLD": LINE | {"phuc", "phuong"}, "BDV": {"phuc", "phuong", "binh", "dung", "quan"} | ABOVE}
# Taking back what happened to any unit: the campaign office and the keeper of the top unit.
UNDO = {"LDLD": {"lan", "quan"}}

GET, POST = "get", "post"
POLICY: Mapping[tuple[str, str], Mapping[str, set[str]]] = {
    ("report", GET): READ,
    ("report", POST): FILL,
    ("save_report", POST): FILL,
    ("submit_report", GET): FILL,
    ("submit_report", POST): FILL,
    ("receipt", GET): READ,
    ("revise_report", GET): FILL,
    ("revise_report", POST): FILL,
    ("recall_report", GET): FILL,
    ("recall_report", POST): FILL,
    ("report_history", GET): READ,
    ("counted_entries", GET): READ,
    ("compose", GET): FILL,
    ("compose", POST): FILL,
    ("passage_sources", GET): READ,
    ("unit_workbook", GET): CARRY,
    ("upload_for_report", GET): CARRY,
    ("upload_for_report", POST): CARRY,
    ("unit_workbooks", GET): DECIDE,
    ("workbook_batch", GET): SENT,
    ("workbook_read_on", POST): SENT,
    ("workbook_store_many", POST): SENT,
    ("revoke_token", POST): SENT,
    ("workbook_file", GET): CARRY,
    ("workbook_file", POST): CARRY,
    ("compare_revisions", GET): READ,
    ("keep_as_sent", POST): FILL,
    ("workbook_marked", GET): CARRY,
    ("dispatches_received", GET): COPIES,
    ("dispatch", GET): COPY_READ,
    ("dispatch_paper", GET): COPY_READ,
    ("send_dispatch", POST): COPY_SEND,
    ("acknowledge_dispatch", POST): COPY_TAKE_IN,
    ("write_about_dispatch", POST): COPY_WRITE,
    ("proposals_of_report", GET): FILL,
    ("proposals_of_report", POST): FILL,
    ("proposals", GET): PROPOSALS,
    ("merge_proposals", POST): MERGE,
    ("proposal", GET): PROPOSAL,
    ("move_proposal", POST): MOVE,
    ("board", GET): BOARD,
    ("recipient_papers", GET): BOARD,
    ("recipient_paper", GET): BOARD,
    ("call_in", POST): DECIDE,
    ("call_in_letter", GET): BOARD,
    ("report_paper", GET): READ,
    ("accept_many", POST): DECIDE,
    ("return_many", POST): DECIDE,
    ("save_list", POST): BOARD,
    ("drop_list", POST): DECIDE,
    ("review_report", GET): REVIEW,
    ("remark", POST): REVIEW,
    ("settle_remark", POST): REVIEW,
    ("phrase_book", GET): DESK,
    ("phrase_book", POST): DESK,
    ("return_report", POST): REVIEW,
    ("accept_report", POST): REVIEW,
    ("consolidated", GET): TOTALS,
    ("cell_units", GET): TOTALS,
    ("download", GET): TOTALS,
    ("choose_structure", GET): TOTALS,
    ("structure_table", GET): TOTALS,
    ("structure_download", GET): TOTALS,
    ("trend", GET): TOTALS,
    ("structure_outside", GET): TOTALS,
    ("progress", GET): TOTALS,
    ("schedule", GET): TOTALS,
    ("discipline", GET): TOTALS,
    ("extend", GET): DECIDE,
    ("extend", POST): DECIDE,
    ("ask_extension", GET): FILL,
    ("ask_extension", POST): FILL,
    ("answer_extension", GET): REVIEW,
    ("answer_extension", POST): REVIEW,
    ("proposals_left", GET): LEFT,
    ("proposals_left", POST): LEFT,
    ("decide_on_ended", GET): REVIEW,
    ("decide_on_ended", POST): REVIEW,
    ("waiting_reports", GET): DECIDE,
    ("decide_many", POST): DECIDE,
    ("evidence", GET): FILL,
    ("evidence", POST): FILL,
    ("remove_evidence", POST): FILL,
    ("caption_evidence", POST): FILL,
    ("evidence_file", GET): READ,
    ("evidence_thumbnail", GET): READ,
    **{(name, GET): TREE for name in OF_THE_TREE},
    ("preview_changes", GET): CHANGES,
    ("preview_changes", POST): CHANGES,
    **{(name, method): UNDO for name in ("undo_event", "undo_batch") for method in (GET, POST)},
    **(OF_PEOPLE | OF_TABLES | OF_REGISTERS | OF_BOOKS | OF_DRAFTS),
}
# The API's addresses are reached with tokens: their policy is in tests/api/test_access.py.
API = "api:"
ABSENT = 987_654_321
# About something that was sent: of a report that is only being written there is none.
SENT_ONLY = ("receipt", "report_paper")


def names(resolver: URLResolver, room: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else room)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield room + pattern.name


def test_every_address_has_its_row_in_the_policy() -> None:
    found = {name for name in names(get_resolver()) if not name.startswith(API)}
    assert {name for name, _ in POLICY} | WITHOUT_OBJECT >= found


@pytest.fixture
def world() -> World:
    return partly_sent()


def sent_workbook(world: World, unit: str) -> WorkbookFile:
    """A file of a unit's own people that was refused with a problem: made once for each world."""
    (who,) = SENT[unit]
    found = WorkbookFile.objects.filter(obligation=world.obligation(unit)).first()
    if found:
        return found
    actor = world.person(who).actor(world.units[unit])
    stored = store_file(b"x", name="tep.xlsx", media_type="application/octet-stream", by=actor, at=later())
    batch = WorkbookBatch.objects.create(sent_by=world.users[who], sender=actor.name, sent_at=later(), channel="page", finished_at=later())
    told = [{"sheet": "", "cell": "", "message": "Hỏng.", "expected": "", "severity": "error"}]
    return WorkbookFile.objects.create(
        batch=batch, number=1, name="tep.xlsx", stored=stored, outcome="refused", obligation=world.obligation(unit), problems=told
    )


def sent_token(world: World, unit: str) -> int:
    """A token of whoever sends for the unit: made once for each world."""
    (who,) = SENT[unit]
    user = world.users[who]
    token = AccessToken.objects.filter(user=user).first()
    if token is None:
        made = make_token(user, name="Máy", days=30, by=SYSTEM, at=later())
        assert isinstance(made, MadeToken)
        token = made.token
    return token.pk


def shared_list(world: World, unit: str) -> int:
    """A list of the unit's reviewers: there again when somebody has dropped it."""
    kept = {"query": "han=nop-tre&", "saved_by": "", "saved_at": later()}
    return SavedList.objects.get_or_create(unit_id=world.units[unit], owner=None, name="Trễ", defaults=kept)[0].pk


def photo_of(world: World, unit: str) -> int:
    """A photograph with a unit's report: made once for each world."""
    report = world.report(unit)
    found = Attachment.objects.filter(report=report).first()
    if found is None:
        file = store_file(b"jpeg", name="anh.jpg", media_type="image/jpeg", by=SYSTEM, at=later())
        found = Attachment.objects.create(report=report, content="chung", kind="photo", file=file, thumbnail=file, added_at=later())
    return found.pk


def ended_holder(world: World) -> int:
    """G3, which ended while a proposal waited there: made once for each world."""
    holder = world.units["G3"]
    if not Proposal.objects.filter(holder=holder).exists():
        absorbed = Absorbed(day=later().date(), unit=holder, into=world.units["G2"])
        assert record_events([absorbed], by=SYSTEM, at=later()).problems == ()
        asked = {"asked_at": later(), "asked_by": "x", "changed_at": later()}
        Proposal.objects.create(obligation=world.obligation("G2"), section="II", text="?", stage="open", holder_id=holder, **asked)
    return holder


def letter(world: World, unit: str | None) -> int:
    """A call-in letter of a unit: made once for each world."""
    if unit is None:
        return ABSENT
    made, is_new = CallIn.objects.get_or_create(
        cycle=world.cycle, recipient_id=world.units[unit], defaults={"expected": 1, "made_at": later(), "made_by": "x"}
    )
    if is_new:
        owed = world.obligation(unit)
        CalledIn.objects.create(call_in=made, obligation=owed, state="draft", due_at=owed.due_at)
    return made.pk


def address(world: World, name: str, unit: str | None) -> str:
    """The address for a unit's object, or for one that is not there."""
    if name in DRAFTS:
        return draft_address(world, name, unit, ABSENT)
    if (name, GET) in OF_BOOKS or (name, POST) in OF_BOOKS:
        return book_address(world, name, unit, ABSENT)
    if name in REGISTER_PAGES:
        return register_address(world, name, unit, ABSENT)
    if name in {"proposal", "move_proposal"}:
        return reverse(name, args=[Proposal.objects.get().pk if unit else ABSENT])
    if name.endswith("_dispatch") or name in {"dispatch", "dispatch_paper"}:
        return reverse(name, args=[dispatch_of(world).pk if unit else ABSENT, *([1] if name == "dispatch_paper" else [])])
    if name == "dispatches_received":
        return reverse(name, args=[world.cycle.pk, world.units["BD1"] if unit else ABSENT])
    if name == "proposals_left":
        return reverse(name, args=[world.cycle.pk, ended_holder(world) if unit else ABSENT])
    if name == "drop_list":
        return reverse(name, args=[world.cycle.pk, world.units[unit], shared_list(world, unit)] if unit else [ABSENT] * 3)
    if name == "revoke_token":
        return reverse(name, args=[sent_token(world, unit) if unit else ABSENT])
    if name.startswith("workbook_"):
        sent = sent_workbook(world, unit) if unit else None
        number = (sent.pk if name in ("workbook_file", "workbook_marked") else sent.batch_id) if sent else ABSENT
        return reverse(name, args=[number])
    if name in {"undo_event", "undo_batch"}:
        event = event_of(world) if unit else None
        return reverse(name, args=[(event.pk if name == "undo_event" else event.batch_id) if event else ABSENT])
    if name == "preview_changes":
        return reverse(name, args=[sent_changes(world, unit if unit in CHANGES else "LDLD") if unit else ABSENT])
    if name == "call_in_letter":
        return reverse(name, args=[world.cycle.pk, world.units[unit] if unit else ABSENT, letter(world, unit), "cong-van-don-doc.docx"])
    if name in {"structure_table", "structure_download", "trend", "structure_outside"}:
        at = [world.cycle.pk, "union", "2023-04-01", world.units[unit] if unit else ABSENT]
        return reverse(name, args=[*at, *(["tong-hop.json"] if name == "structure_download" else [])])
    of_units = {"board", "accept_many", "return_many", "save_list", "unit_workbooks", "consolidated", "cell_units", "download", "progress"}
    of_units |= {"recipient_papers", "recipient_paper", "call_in", "choose_structure"}
    of_units |= {"proposals", "merge_proposals", "waiting_reports", "decide_many"}
    if name in of_units | {"schedule", "extend", "discipline"}:
        extra = {"cell_units": ["B01"], "download": ["tong-hop.json"], "recipient_paper": ["danh-sach-nop.xlsx"]}.get(name, [])
        return reverse(name, args=[world.cycle.pk, world.units[unit] if unit else ABSENT, *extra])
    if name in {"remove_evidence", "caption_evidence", "evidence_file", "evidence_thumbnail"}:
        return reverse(name, args=[world.obligation(unit).pk, photo_of(world, unit)] if unit else [ABSENT, ABSENT])
    if name in NUMBERS | TABLES:
        return reverse(name, args=[(NUMBERS | TABLES)[name](world, unit) if unit else ABSENT])
    if name in {"phrase_book", "people", "invite", *OF_THE_TREE}:
        return reverse(name, args=[world.units[unit] if unit else ABSENT, *(["sap-xep-don-vi.csv"] if name == "flows_file" else [])])
    more: dict[str, list[object]] = {
        "counted_entries": [counted_cell(world, unit if name == "counted_entries" else None)],
        "receipt": [1],
        "report_paper": [1, "bien-nhan.docx"],
        "evidence": ["chung"],
        "compose": ["I"],
        "passage_sources": ["I"],
    }
    return reverse(name, args=[world.obligation(unit).pk if unit else ABSENT, *more.get(name, [])])


Ask = Callable[[str, str, str], HttpResponse]


# What looking may write: that somebody is signed in, and how often a number is opened (never by whom).
KEPT = ("django_session", "reports_indicator_opening")
WRITES = re.compile(r"^\W*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY)\s+\W*(\w+)|\b(?:nextval|setval)\(", re.IGNORECASE)


@pytest.fixture
def ask(world: World) -> Iterator[Ask]:
    """What somebody is answered: `ask("an", GET, "/")`; each of the cast signs in once. No look may write anything."""
    signed_in: dict[str, Client] = {}
    written: set[str] = set()

    def answer(who: str, method: str, url: str) -> HttpResponse:
        if who not in signed_in:
            signed_in[who] = Client()
            signed_in[who].force_login(world.users[who])

        def look(execute: Callable[..., object], sql: str, *more: object) -> object:
            if (found := WRITES.match(sql)) and found[1] not in KEPT:
                written.add(f"{who} looks at {url}: {sql[:120]}")
            return execute(sql, *more)

        if method == POST:
            return signed_in[who].post(url, data={})
        with connection.execute_wrapper(look):
            return signed_in[who].get(url)

    yield answer
    assert written == set()


@pytest.mark.parametrize(("name", "method"), list(POLICY))
def test_not_yours_is_not_there(world: World, ask: Ask, name: str, method: str) -> None:
    policy = POLICY[name, method]
    wrong, addresses = list[str](), dict[str, str]()
    for who in EVERYBODY:
        absent = ask(who, method, address(world, name, None))
        if absent.status_code != 404:
            wrong.append(f"{who}: absent → {absent.status_code}")
        for unit, allowed in policy.items():
            if name in SENT_ONLY and unit in ("LDLD", "G4"):
                continue  # nothing was sent there
            addresses[unit] = addresses.get(unit) or address(world, name, unit)
            answer = ask(who, method, addresses[unit])
            if method == POST and answer.status_code != 404:
                addresses.clear()  # it may have taken away what stood there
            if (answer.status_code == 404) == (who in allowed) or answer.status_code >= 500:
                wrong.append(f"{who}: {unit} → {answer.status_code}")
            elif answer.status_code == 404 and answer.content != absent.content:
                wrong.append(f"{who}: {unit}: another body than for an absent one")
    assert wrong == []


@pytest.mark.parametrize(("name", "method"), list(POLICY))
def test_a_visitor_is_sent_to_sign_in_whether_the_thing_exists_or_not(world: World, name: str, method: str) -> None:
    for unit in ("G1", None):
        url = address(world, name, unit)
        answer = getattr(Client(), method)(url)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('account_login')}?next={url}")


def test_a_look_that_writes_would_be_seen(world: World) -> None:
    assert WRITES.match('UPDATE "reports_report" SET x = 1')[1] == "reports_report"  # type: ignore[index]
    assert WRITES.match("SELECT updated_at FROM reports_report FOR SHARE") is None


def test_a_post_without_its_token_is_refused(world: World) -> None:
    for name, method in POLICY:
        if method == POST:
            client = Client(enforce_csrf_checks=True)
            client.force_login(world.users["hoa"])
            assert client.post(address(world, name, "G1")).status_code == 403, name


def test_a_right_taken_away_is_gone_with_the_next_request(world: World) -> None:
    client = Client()
    client.force_login(world.users["an"])
    url = address(world, "report", "G1")
    assert client.get(url).status_code == 200
    Post.objects.filter(user=world.users["an"]).update(ends=later().date())
    assert client.get(url).status_code == 404
