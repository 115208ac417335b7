"""What `bench.registers` measures, each with its goal: pages 40 ms of CPU, a list 100 ms, an indicator of the city 1 s."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.measuring import goal as measured_goal
from bench.registers import NOW

PAGE, LIST, CITY = 0.040, 0.100, 1.0  # seconds: CPU of a page; a list and a figure of the city by the clock
READERS = ("country", "city", "district", "ward", "officer")
PLANS = False


def goal(name: str, work: Callable[[], Any], **asked: Any) -> Any:
    """As `measuring.goal`; where plans are asked for, the plans of its queries."""
    return measured_goal(name, work, explained=PLANS, **asked)


def client(username: str) -> Any:
    from django.test import Client

    from kheo.people.models import User

    found = Client(SERVER_NAME="localhost")
    found.force_login(User.objects.get(username=username))
    return found


def person(username: str) -> Any:
    from kheo.org.access import person as person_of
    from kheo.people.models import User

    return person_of(User.objects.get(username=username), NOW)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written is not kept."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def books() -> dict[str, Any]:
    from kheo.registers.queries.definitions import books as all_books

    return {each.register.code: each for each in all_books()}


def page(name: str, username: str, address: str, *, cpu: float | None = PAGE, rounds: int = 7) -> None:
    """A page as a reader gets it: all middleware, no network."""
    asking = client(username)
    goal(f"{name} ({username})", lambda: asking.get(address), cpu=cpu, rounds=rounds)


SINCE, EXPORTED = "2023-04-01", 50_000  # of the city some 55,000 models, more than are exported
TWO_FILTERS = "?loai=CT&muc_tieu.tu=20&xep=-muc_tieu"


def lists() -> None:
    """Lists of a register of 260,000 entries, by who reads."""
    from kheo.registers.queries.listing import EntryList
    from kheo.registers.queries.wanted import wanted_of

    found = books()["mo-hinh"]
    query = {"loai": ["CT"], "muc_tieu.tu": ["20"], "xep": ["-muc_tieu"]}
    asked = EntryList(found, wanted_of(found, query, None, NOW.date()))
    goal("list with two filters and a sort on a declared number", lambda: (asked.page(), asked.count()), wall=LIST)
    whole = EntryList(found, wanted_of(found, {}, None, NOW.date()))
    goal("  newest", lambda: whole.page(), wall=LIST)
    goal("  a page deep in it (the 190th)", lambda: whole.page(190), wall=LIST)
    for words in ("tu quan", "kenh 2045", "vuon rau khu pho to dan pho"):
        searched = EntryList(found, wanted_of(found, {"tim": [words]}, None, NOW.date()))
        goal(f"  by words: {words}", lambda searched=searched: (searched.page(), searched.count()), wall=LIST)
    for reader in READERS:
        page("page: list, newest", reader, "/so/mo-hinh/")
        page("page: list, two filters and a sort", reader, f"/so/mo-hinh/{TWO_FILTERS}")
    page("page: list, the limit that ends first", "city", "/so/mo-hinh/?xep=han")
    page("page: list, overdue", "city", "/so/phan-anh/?qua_han=1")
    page("page: list, by words", "city", "/so/mo-hinh/?tim=tu+quan+kenh")
    page("page: list, one unit", "city", "/so/mo-hinh/?don_vi=5")
    page("page: list, a district", "city", "/so/mo-hinh/?don_vi=3")


def ready() -> None:
    """Lists that come with the books, and the units that have nothing."""
    from kheo.registers.queries.keyset import Reading
    from kheo.registers.queries.listing import EntryList
    from kheo.registers.queries.wanted import wanted_of

    for code, found in books().items():
        for each in found.definition.ready:
            if not each.units_without:
                asked = EntryList(found, wanted_of(found, {"co_san": [each.code]}, None, NOW.date()))
                goal(f"{code}: {each.code}", lambda asked=asked: (asked.page(), asked.count()), wall=LIST)
                goal(f"{code}: {each.code}, as a program reads it", lambda asked=asked: Reading(asked, 50).after(None), wall=LIST)
    for code, ready_code in (
        ("mo-hinh", "chua_gioi_thieu"),
        ("mo-hinh", "chua_hen"),
        ("mo-hinh", "chua_kiem_lai"),
        ("mo-hinh", "duy_tri_hai_nam"),
        ("phan-anh", ""),
        ("ke-hoach", "chua_ke_hoach"),
        ("ke-hoach", "chua_tieu_chi"),
    ):
        for reader in ("city", "district"):
            ready_code = ready_code or books()[code].definition.ready[0].code
            page(f"page: {code} {ready_code}", reader, f"/so/{code}/?co_san={ready_code}")


def faces() -> None:
    """Board, map, queue, books, an entry, a form, the first page."""
    for reader in READERS:
        page("page: all books", reader, "/so/")
    for reader in ("country", "city", "district", "officer"):
        page("page: board by state", reader, "/so/mo-hinh/bang/")
    for reader in ("city", "district"):
        page("page: map", reader, "/so/diem-o-nhiem/ban-do/")
    west, south = 106_400_000, 10_400_000
    box = f"tay={west - 20_000}&nam={south - 20_000}&dong={west + 40_000}&bac={south + 40_000}"
    page("map of a district: its dots", "district", f"/so/diem-o-nhiem/ban-do/diem?{box}")
    page("map of a district: its dots", "city", f"/so/diem-o-nhiem/ban-do/diem?{box}")
    page("map of the city: its dots", "city", "/so/diem-o-nhiem/ban-do/diem")
    for reader in READERS[1:]:
        page("page: what waits in the books", reader, "/so/viec/")
        page("page: Việc của tôi", reader, "/")
    entries = _entries()
    for name, entry in entries.items():
        page(f"page: an entry, {name}", "city", f"/so/ho-so/{entry}/")
    page("page: an entry, own", "officer", f"/so/ho-so/{_own()}/")
    page("page: form of a new entry", "officer", "/so/mo-hinh/ghi-moi/")


def _entries() -> dict[str, int]:
    from kheo.registers.models import Entry

    found = {}
    for code in ("mo-hinh", "phan-anh", "diem-o-nhiem"):
        found[code] = (
            Entry.objects.filter(register__code=code, owner__gt=4, owner__lt=19_000).order_by("pk").values_list("pk", flat=True)[1000]
        )
    return found


def _own() -> int:
    from kheo.registers.models import Entry

    return Entry.objects.filter(register__code="mo-hinh", owner=5).order_by("-pk").values_list("pk", flat=True)[0]


def figures() -> None:
    """Tables of a register, indicators over 20,000 units, now and as known half a year ago; reports that registers fill."""
    from kheo.registers.queries.figures import numbers_of
    from kheo.reports.queries.counted import counted_for, counted_of, feeds_of, listed_for

    figure_tables()
    cycle = _cycle()
    feeds = {each.indicator.code: each for each in feeds_of(cycle)}
    for code in ("B02", "B01", "B04", "B06", "B08", "C101", "C206", "C305", "A01", "A02a", "A02b"):
        if code in feeds:
            figure = feeds[code].counted(cycle)
            goal(f"{code}, {figure.rule.fact} of {figure.rule.register_code}, all units", lambda figure=figure: figure.numbers(), wall=CITY)
    then = datetime(2023, 5, 1, tzinfo=UTC)
    for code in ("B02", "B01", "B08", "C206"):
        from dataclasses import replace as put

        figure = put(feeds[code].counted(cycle), known_at=then)
        goal(f"{code}, as known half a year ago, all units", lambda figure=figure: figure.numbers(), wall=CITY)
    whole = [each.counted(cycle) for each in feeds.values()]
    goal(f"all {len(whole)} indicators of the campaign, all units", lambda: numbers_of(whole), rounds=1)
    own, ward = _obligations(5, 5)[0], _obligations(4, 94)
    goal(f"counted cells of a ward's {len(ward)} reports", lambda: counted_for(ward))
    goal("counted cells of one report", lambda: counted_of(own), cpu=PAGE)
    goal("counted cells of one report with the rows behind", lambda: listed_for(own))
    page("page: a report with its counted cells", "officer", f"/bao-cao/{own.pk}/")
    page("page: entries behind a counted cell", "officer", f"/bao-cao/{own.pk}/B02/ho-so/")


def figure_tables() -> None:
    """The table of a city: the first look, what a worker counts meanwhile, and every look after it."""
    from bench.measuring import once

    from kheo.registers.actions.counting_figures import count_figures

    with taken_back():
        for code in ("mo-hinh", "phan-anh"):
            page(f"page: figures, being counted, {code}", "city", f"/so/{code}/so-lieu/?don_vi=2")
            counted = {"path": [2], "whole": False, "on": NOW.date(), "year": NOW.year}
            once(f"a worker counts them, {code}", lambda code=code, counted=counted: count_figures(code, **counted, at=NOW))
            page(f"page: figures, counted, {code}", "city", f"/so/{code}/so-lieu/?don_vi=2")


def _cycle() -> Any:
    from kheo.campaigns.models import Cycle

    return Cycle.objects.select_related("campaign", "edition", "snapshot").get(code="2023-N")


def _obligations(first: int, last: int) -> list[Any]:
    from kheo.reports.models import Obligation

    rows = Obligation.objects.select_related("cycle__campaign", "cycle__edition", "cycle__snapshot")
    return list(rows.filter(cycle=_cycle(), unit__gte=first, unit__lte=last).order_by("unit"))


def exports() -> None:
    """Exactly 50,000 rows as a table, as CSVs in a zip, and as a workbook that a worker writes and its author takes: to the last byte."""
    from bench.measuring import once

    from kheo.registers.queries.listing import EntryList
    from kheo.web.registers.export_file import write_ordered

    found, whole = books()["mo-hinh"], EntryList.ids
    EntryList.ids = lambda self: whole(self)[:EXPORTED]  # type: ignore[method-assign]  # no filter leaves exactly so many
    asking = client("city")

    def table(name: str) -> int:
        answer = asking.get(f"/so/mo-hinh/tai/{name}?bat_dau.tu={SINCE}")
        assert answer.status_code == 200, answer.status_code
        return sum(map(len, answer.streaming_content))

    def workbook() -> int:
        from kheo.registers.actions.ordering_exports import order_export, take_export
        from kheo.registers.models import EntryExport

        by = person("city")
        with taken_back():
            made = order_export(found, f"bat_dau.tu={SINCE}", entries=EXPORTED, name="so.xlsx", by=by, at=NOW)
            write_ordered(made.pk, at=NOW)
            written = EntryExport.objects.select_related("register").get(pk=made.pk)
            assert written.entries == EXPORTED, written.entries
            return sum(map(len, take_export(written, by=by, unit=2, at=NOW)))

    sizes = list[int]()
    for name, work in (("table", lambda: table("so.csv")), ("CSVs in a zip", lambda: table("so.zip")), ("workbook", workbook)):
        once(f"export of {EXPORTED:,} entries, {name}", lambda work=work: sizes.append(work()))
        print(f"    {sizes[-1] / 1e6:.1f} MB")


def acts() -> None:
    """Writing: an entry, an edit, an act; taken back afterwards."""
    from kheo.registers.actions import Made, Move, act_on_entry, create_entry, edit_entry
    from kheo.registers.models import Entry
    from kheo.registers.queries.holding import values_of

    officer, head, found = person("officer"), person("head"), books()["mo-hinh"]
    values = {"ten": "Tổ tự quản đo thử", "loai": "MH"}
    with taken_back():
        made = goal("write a new entry", lambda: create_entry(found, 5, values, by=officer, at=NOW), cpu=PAGE)
        entry = Entry.objects.get(pk=made.entry.pk) if made is not None else Entry.objects.get(pk=_own())

        def edit() -> Any:
            entry.refresh_from_db()
            held = {**values_of(found.definition, entry), "ten": f"Tổ tự quản {entry.version}"}
            return edit_entry(entry.pk, held, version=entry.version, by=officer, at=NOW)

        goal("edit an entry", edit, cpu=PAGE)
        wish = {"tom_tat": "Đèn hẻm hỏng", "noi_dung": "Đèn đầu hẻm hỏng hai tuần.", "linh_vuc": "KHAC", "kenh": "TRUCTIEP"}
        wish |= {"nguoi_gui_la": "citizen", "ngay_nhan": NOW.date().isoformat()}
        received = create_entry(books()["phan-anh"], 5, wish, by=officer, at=NOW)
        assert isinstance(received, Made), received  # none was left waiting by chance: what is not there would not be measured

        def hand_over() -> Any:
            with taken_back():
                done = act_on_entry(received.entry.pk, Move("giao", 1, {}, handler=5), by=head, at=NOW)
                assert isinstance(done, Made), done

        goal("an act (a petition given to a unit)", hand_over, cpu=PAGE)


def indexes() -> None:
    """A declared field's index, made beside running work."""
    from django.db import connection

    from kheo.registers.actions.indexing import provision_indexes
    from kheo.registers.models import FieldIndex

    found = books()["mo-hinh"]

    def made_anew() -> Any:
        row = FieldIndex.objects.get(register=found.register, key="muc_tieu")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {row.name}")
        row.delete()
        return provision_indexes(found, at=NOW)

    goal("index of a declared field of 260,000 entries, concurrently", made_anew, rounds=1)


def digests() -> None:
    """What a morning tells of entries, to whoever may be told: one statement a register."""
    from kheo.config.jobs.reminding import almanac
    from kheo.reports.actions.reminding import would_remind

    monday = NOW + timedelta(days=1)
    goal("digests of a morning, all registers", lambda: would_remind(almanac(), at=monday), rounds=3)


def sent_reports() -> None:
    """What was sent with counted numbers, and what has drifted since."""
    from bench.register_sent import sent

    sent()


def sent_city() -> None:
    """The same where every unit has sent."""
    from bench.register_sent import sent_by_all

    sent_by_all()


def by_filters() -> None:
    """By every field that is filtered or sorted by."""
    from bench.register_filters import filters

    filters()


STAGES: dict[str, Callable[[], None]] = {
    "sent": sent_reports,
    "sent-city": sent_city,
    "lists": lists,
    "filters": by_filters,
    "ready": ready,
    "faces": faces,
    "figures": figures,
    "exports": exports,
    "acts": acts,
    "indexes": indexes,
    "digests": digests,
}


def run(stage: str, *, plans: bool = False) -> None:
    """One stage, at the instant until which entries were planted."""
    global PLANS
    from kheo.config import clock

    PLANS = plans
    clock._demo = clock.DemoTime(NOW)
    STAGES[stage]()
