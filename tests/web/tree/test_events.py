"""The page of events: by day, the newest first, those to come said to be so; searched, by batch, a page at a time, line by line."""

import re
from datetime import date

import pytest
from django.urls import reverse

from kheo.core.reorganising import Closed, Decision, Established, Event, Merged, Place, Renamed, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, record_events
from kheo.org.models import Post, UnitEvent
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import OPENING, World

PAST, COMING = date(2023, 1, 1), date(2025, 7, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))
ALL = 'class="found-head"'


def page(world: World, who: str = "lan", **query: object) -> str:
    answer = enter(world, who).get(reverse("events"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(world: World, who: str = "lan", **query: object) -> str:
    return text_of(page(world, who, **query).encode())


def happen(*events: Event) -> int:
    done = record_events(events, by=SYSTEM, at=OPENING)
    assert done.problems == ()
    assert done.batch
    return done.batch


@pytest.fixture
def changed(world: World) -> World:
    """G1 was renamed; G1 and G2 will be merged."""
    happen(Renamed(day=PAST, unit=world.units["G1"], name="Công đoàn <Nhất>", note="Theo đề nghị."))
    place = (Place(Line.UNION, world.units["D1"]),)
    happen(
        Established(day=COMING, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=place, decision=DECISION),
        Merged(day=COMING, unit=-1, predecessors=(world.units["G1"], world.units["G2"]), decision=DECISION),
    )
    return world


def test_events_are_told_by_day_with_their_decisions_and_what_is_to_come_says_so(changed: World) -> None:
    told = words(changed)
    coming, past = told.index("Sẽ có hiệu lực ngày 01/07/2025"), told.index("Ngày 01/01/2023")
    assert coming < past
    assert "Thành lập với tên Công đoàn Một Hai: Liên đoàn Lao động Quận 1 Theo 12/QĐ-LĐLĐ ngày 15/06/2025" in told[coming:past]
    assert "Hợp nhất từ các đơn vị cũ. Từ: Công đoàn <Nhất> , Công đoàn cơ sở Hai Theo 12/QĐ-LĐLĐ" in told[coming:past]
    assert "Công đoàn cơ sở Một G1 Đổi tên thành Công đoàn <Nhất> Theo đề nghị. Không rõ số quyết định" in told[past:]
    assert "<Nhất>" not in page(changed)
    with day(OPENING.replace(year=2025, month=7, day=1)):
        assert "Sẽ có hiệu lực ngày" not in words(changed)


def test_each_event_leads_to_its_unit_on_that_day(changed: World) -> None:
    address = f"{reverse('unit', args=[changed.units['G1']])}?tuyen=cong-doan&amp;ngay=2023-01-01"
    assert f'href="{address}"' in page(changed)
    assert enter(changed, "lan").get(address.replace("&amp;", "&")).status_code == 200


def test_events_are_chosen_by_unit_by_batch_and_by_whether_they_are_to_come(changed: World) -> None:
    def count(**query: object) -> int:
        return page(changed, **query).count(ALL)

    batch = UnitEvent.objects.get(kind="renamed").batch_id
    assert (count(), count(khi="sap-toi"), count(khi="da-qua"), count(khi="x")) == (3, 2, 1, 3)
    assert (count(dot=batch), count(dot=batch + 1), count(dot=987_654), count(dot="x"), count(dot=batch, khi="sap-toi")) == (1, 2, 0, 0, 0)
    assert (count(tim="G1"), count(tim="cong doan co so hai"), count(tim="co so ba"), count(tim="zzz")) == (2, 1, 0, 0)
    assert f"Đợt số {batch} ghi lúc" in words(changed, dot=batch)
    assert "Không có sự kiện nào khớp" in words(changed, tim="zzz")
    assert "Đợt số" not in words(changed, dot=987_654).replace("Đợt ghi số", "")


def test_what_was_taken_back_stays_and_its_counter_event_is_told_with_the_reason(world: World) -> None:
    happen(Renamed(day=PAST, unit=world.units["G3"], name="Công đoàn Tam"))
    event = UnitEvent.objects.get().pk
    assert "Đã huỷ bỏ" not in words(world)
    assert annul_events([event], reason="Ghi nhầm tên", by=SYSTEM, at=OPENING).problems == ()
    told = words(world)
    assert "Công đoàn cơ sở Ba G3 Đã huỷ bỏ Đổi tên thành Công đoàn Tam" in told
    assert f"Huỷ bỏ sự kiện số {event} Ghi nhầm tên" in told


def test_a_unit_whose_beginning_was_taken_back_is_told_without_a_link(changed: World) -> None:
    events = list(UnitEvent.objects.filter(day=COMING).values_list("pk", flat=True))
    assert annul_events(events, reason="Chưa ban hành", by=SYSTEM, at=OPENING).problems == ()
    shown = page(changed)
    assert '<span class="node-name">Công đoàn Một Hai</span>' in shown
    for address in set(re.findall(r'href="(/cay/don-vi/[^"]*)"', shown)):
        assert enter(changed, "lan").get(address.replace("&amp;", "&")).status_code == 200, address
    assert not re.findall(r"<a [^>]*></a>", shown)


def test_only_lines_that_are_open_are_told(world: World) -> None:
    happen(
        Established(
            day=PAST, unit=-1, name="Ban Dân vận Quận", kind="party_board", code="BQ", places=(Place(Line.PARTY, world.units["BDV"]),)
        ),
        Transferred(day=PAST, unit=world.units["D1"], place=Place(Line.PARTY, world.units["BDV"])),
        Renamed(day=PAST, unit=world.units["G1"], name="Nhất"),
    )
    union, party = words(world, "chi"), words(world, "phuc")
    assert ("Dân vận" in union, "Chuyển cấp trên" in union, "Nhất" in union) == (False, False, True)
    assert ("Ban Dân vận Quận" in party, "Chuyển cấp trên (Đảng)" in party, "Nhất" in party) == (True, True, False)


def test_of_a_unit_on_two_lines_only_the_place_on_an_open_one_is_told(world: World) -> None:
    places = (Place(Line.PARTY, world.units["BDV"]), Place(Line.UNION, world.units["LDLD"]))
    happen(Established(day=PAST, unit=-1, name="LĐLĐ Quận 3", kind="district_federation", code="D3", places=places))
    assert "Thành lập với tên LĐLĐ Quận 3: Liên đoàn Lao động Thành phố" in words(world, "chi")
    assert "Thành lập với tên LĐLĐ Quận 3: Ban Dân vận Thành ủy" in words(world, "phuc")


def test_the_keeper_finds_the_events_from_the_first_page_and_takes_them_back_from_there(changed: World) -> None:
    home = enter(changed, "quan").get("/").content.decode()
    assert f'href="{reverse("events")}"' in home
    event = UnitEvent.objects.get(kind="renamed")
    undo, unit = reverse("undo_event", args=[event.pk]), reverse("unit", args=[changed.units["G1"]])
    told = page(changed, "quan")
    assert (f'href="{undo}"' in told, unit in told) == (True, True)
    life = enter(changed, "quan").get(unit).content.decode()
    assert f'href="{undo}"' in life
    assert ("Nguyễn Thị An" in life, "6 tháng đầu năm" in life, "/bao-cao/" in life) == (False, False, False)
    assert f'href="{undo}"' in enter(changed, "lan").get(unit).content.decode()
    assert f'href="{undo}"' not in enter(changed, "binh").get(unit).content.decode()
    assert enter(changed, "quan").get(undo).status_code == 200


def test_who_reads_nothing_and_changes_no_units_finds_no_events(changed: World) -> None:
    Post.objects.filter(user=changed.users["quan"]).update(unit=changed.units["D1"])
    assert enter(changed, "quan").get(reverse("events")).status_code == 404
    assert "Sắp xếp đơn vị" in text_of(enter(changed, "an").get(reverse("tree")).content)


def test_a_page_holds_fifty_and_the_number_of_queries_does_not_move(world: World) -> None:
    def queries(**query: str) -> int:
        return queries_of(enter(world, "lan"), reverse("events") + "?" + "&".join(f"{key}={value}" for key, value in query.items()))

    place = (Place(Line.UNION, world.units["D1"]),)

    def found(number: int) -> Event:
        return Established(day=PAST, unit=-1 - number, name=f"Nhà máy {number}", kind="grassroots_union", code=f"N{number}", places=place)

    happen(found(0))
    one = queries(), queries(tim="nhà")
    happen(*(found(number) for number in range(1, 60)))
    happen(Closed(day=COMING, unit=world.units["G3"]))
    assert (queries(), queries(tim="nhà")) == one
    assert page(world).count(ALL) == 50
    assert "Dòng 1–50 trong 61" in words(world)
    assert page(world, trang=2).count(ALL) == page(world, trang=99).count(ALL) == 11
    assert "khi=da-qua&trang=2" in page(world, khi="da-qua").replace("&amp;", "&")
