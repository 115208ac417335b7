"""Nine hundred units below: the page stays as light, asks as little, finds a unit by its name, and a pick knows whose it is."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from kheo.reports.models import Obligation, Report, Revision
from kheo.reports.queries.attribution import MOST_CHARACTERS, PAGE, Wanted, child_texts
from kheo.reports.queries.sources import draft_passages
from tests import world as small
from tests.web.composing.test_compose import address, form_of
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import OPENING, World, later, small_world

MANY = 900
LONG = "Đã vận động doanh nghiệp chăm lo bữa ăn ca, hỗ trợ tiền trọ cho đoàn viên. " * 50  # 3.750 characters


def words_of(number: int) -> str:
    """Every tenth unit wrote nothing, every third of the others much."""
    if number % 10 == 0:
        return ""
    return f"Đơn vị {number}: {LONG if number % 3 == 0 else 'đã lập hai tổ tự quản.'}"


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Units are loaded as ever; their reports are put into the tables as they would stand, since nine hundred signatures take minutes."""
    units = "".join(f"X{number},Công đoàn cơ sở Xưởng {number},grassroots_union,D1\n" for number in range(MANY))
    monkeypatch.setattr(small, "UNITS", small.UNITS + units)
    made = small_world()
    owed = {each.unit_id: each.pk for each in Obligation.objects.filter(cycle=made.cycle)}
    told = {"started_at": OPENING, "updated_at": OPENING, "updated_by": "", "received_at": OPENING}
    texts = {owed[made.units[f"X{number}"]]: {"I": words_of(number)} for number in range(MANY)}
    reports = Report.objects.bulk_create(
        [Report(obligation_id=key, version=1, state="submitted", narrative=text, **told) for key, text in texts.items()]
    )
    sent = {"figures": {}, "vector": b"", "number": 1, "draft_version": 1, "submitted_at": OPENING, "previous_hash": "", "hash": ""}
    revisions = Revision.objects.bulk_create([Revision(report=each, narrative=each.narrative, **sent) for each in reports])
    for report, revision in zip(reports, revisions, strict=True):
        report.latest = revision
    Report.objects.bulk_update(reports, ["latest"])
    with day(later(minutes=20)):
        yield made


def test_the_page_is_bounded_and_asks_as_little_as_with_few(world: World) -> None:
    client = enter(world, "dung")
    few = queries_of(client, address(world) + "?tim=xuong+899")
    for page in (1, 7, 30):
        url = f"{address(world)}?trang={page}"
        assert queries_of(client, url) == few
        assert len(client.get(url).content) < 150_000
    assert "810 đơn vị đã nộp và có viết mục I; 0 đơn vị đã được dùng." in text_of(client.get(address(world)).content)


def test_every_unit_with_words_stands_on_one_page_and_none_twice(world: World) -> None:
    owed = world.obligation("D1")
    first = child_texts(owed, None, "I", Wanted("I"))
    pages = [child_texts(owed, None, "I", Wanted("I", page=str(number + 1))) for number in range(first.page.paginator.num_pages)]
    codes = [row.code for page in pages for row in page.rows]
    assert sorted(codes) == sorted(f"X{number}" for number in range(MANY) if number % 10)
    assert max(sum(len(text) for row in page.rows for text in row.paragraphs) for page in pages) <= MOST_CHARACTERS
    assert max(len(page.rows) for page in pages) <= PAGE


def test_units_are_found_by_name_without_marks_and_by_length(world: World) -> None:
    client = enter(world, "dung")
    found = text_of(client.get(address(world) + "?tim=xuong+899").content)
    assert ("Công đoàn cơ sở Xưởng 899" in found, "Công đoàn cơ sở Xưởng 898" in found) == (True, False)
    short = text_of(client.get(address(world) + "?dai=ngan").content)
    long = text_of(client.get(address(world) + "?dai=dai").content)
    assert ("Xưởng 1 " in short, "Xưởng 3 " in short) == (True, False)
    assert ("Xưởng 1 " in long, "Xưởng 3 " in long) == (False, True)


def test_a_pick_among_many_knows_whose_it_is(world: World) -> None:
    client = enter(world, "dung")
    url = address(world) + "?tim=xuong+899&dai=ngan"
    page = client.get(url).content.decode()
    box = f"lay-{world.report('X899').latest_id}-0"
    assert f'name="{box}"' in page
    answer = client.post(address(world), form_of(page) | {box: "on", "viec": "lay", "tim": "xuong 899", "dai": "ngan"})
    assert answer.status_code == 302
    assert "tim=xuong+899&dai=ngan" in answer.headers["Location"]
    standing, _ = draft_passages(world.report("D1"), "I", world.cycle.snapshot_id)
    assert [(each.text, [source.name for source in each.sources]) for each in standing] == [
        ("Đơn vị 899: đã lập hai tổ tự quản.", ["Công đoàn cơ sở Xưởng 899"])
    ]
    assert reverse("compose", args=[world.obligation("D1").pk, "I"]) in answer.headers["Location"]
