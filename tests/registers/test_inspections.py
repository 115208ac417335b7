"""Inspections as data alone: whoever is inspected scores first, the team after, what is wrong is mended by a day and seen by another."""

from collections.abc import Mapping
from datetime import date

from kheo.core.definition.records import CountingRule, RecordRule
from kheo.core.registers.values import Kept
from kheo.core.reorganising import Absorbed
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.registers.access import entry_to_read, figures_to_read, receivers_for
from kheo.registers.actions import Made, Move, Refused, act_on_many, link_entries, write_line
from kheo.registers.actions.lining import Line
from kheo.registers.models import DeadlineRun, Entry, EntryLine
from kheo.registers.queries.beside import beside
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.ready import UnitsWithout
from tests.registers.books import did, photographed, recorded, said, shipped, tried
from tests.world import World, later

VISIT: Mapping[str, Kept] = {"ten": "Thực hiện Dân vận khéo đợt 1", "hinh_thuc": "TRUCTIEP", "noi_dung": ["N1", "N3"], "ngay": "2023-04-10"}
WINDOW = Window(date(2023, 4, 1), date(2023, 6, 30), date(2023, 7, 1))


def announced(book: Book, world: World) -> Entry:
    """District 1 inspects G1."""
    entry = recorded(book, world, VISIT, who="dung", unit="D1")
    return did(entry, "thong_bao", world.person("dung"), later(1), handler=world.units["G1"])


def scored(world: World, entry: Entry, kind: str, who: str, *, at: int) -> Made:
    line = Line(kind, later(days=at).date(), kind="MOHINH", quantity=40, text="Có sổ, có ảnh")
    result = write_line(entry.pk, line, by=world.person(who), at=later(days=at))
    assert isinstance(result, Made)
    return result


def concluded(book: Book, world: World) -> Entry:
    """An inspection after which there is something to mend."""
    visit, dung, hoa = announced(book, world), world.person("dung"), world.person("hoa")
    scored(world, visit, "tu_cham", "an", at=2)
    visit = did(visit, "tu_cham", hoa, later(days=3), values={"diem_tu_cham": 95})
    scored(world, visit, "cham", "dung", at=9)
    visit = did(visit, "cham", dung, later(days=9), values={"diem": 70})
    return did(visit, "ket_luan", dung, later(days=12), values={"ket_luan": "Hai việc.", "han_khac_phuc": "2023-05-15"})


def mended(world: World, visit: Entry) -> Entry:
    """The unit says that all is mended."""
    line = Line("khac_phuc", later(days=30).date(), kind="KEHOACH", text="Đã làm")
    assert isinstance(write_line(visit.pk, line, by=world.person("hoa"), at=later(days=30)), Made)
    return did(visit, "bao_xong", world.person("hoa"), later(days=31))


def linked(things: Book, world: World, visit: Entry, title: str, *, who: str, unit: str) -> Entry:
    """Something to mend that somebody writes down and links to an inspection."""
    at = later(days=12)
    thing = recorded(things, world, {"ten": title, "ve_noi_dung": "KEHOACH"}, who=who, unit=unit, at=at)
    assert isinstance(link_entries(thing.pk, "thuoc_luot", visit.code, on=at.date(), by=world.person(who), at=at), Made)
    return thing


def test_the_team_scores_after_the_unit_has_and_the_unit_cannot_score_for_it(world: World) -> None:
    entry = announced(shipped("kiem-tra"), world)
    dung, hoa = world.person("dung"), world.person("hoa")
    assert "đang ở trạng thái khác" in said(tried(entry, "cham", dung, later(days=2), values={"diem": 70}))
    assert "Cần ít nhất một dòng “Bản tự chấm”" in said(tried(entry, "tu_cham", hoa, later(days=2), values={"diem_tu_cham": 95}))
    scored(world, entry, "tu_cham", "an", at=2)
    entry = did(entry, "tu_cham", hoa, later(days=3), values={"diem_tu_cham": 95})
    assert "không có quyền" in said(tried(entry, "cham", hoa, later(days=4), values={"diem": 95}))
    scored(world, entry, "cham", "dung", at=9)
    entry = did(entry, "cham", dung, later(days=9), values={"diem": 70})
    assert (entry.state, entry.meaning, entry.score) == ("doan_cham", "waiting_on_us", 70)


def test_the_unit_says_what_it_thinks_of_the_difference_by_a_day_before_anybody_concludes_without_it(world: World) -> None:
    entry = announced(shipped("kiem-tra"), world)
    dung, hoa = world.person("dung"), world.person("hoa")
    scored(world, entry, "tu_cham", "an", at=2)
    entry = did(entry, "tu_cham", hoa, later(days=3), values={"diem_tu_cham": 95})
    scored(world, entry, "cham", "dung", at=9)
    entry = did(entry, "cham", dung, later(days=9), values={"diem": 70})
    assert DeadlineRun.objects.get(entry=entry, clock="trao_doi", known_to__isnull=True).met_on is None
    entry = did(entry, "y_kien", hoa, later(days=10), reason="Mô hình thứ ba có biên bản, gửi kèm.")
    assert (entry.state, entry.meaning) == ("trao_doi", "waiting_on_us")
    assert DeadlineRun.objects.get(entry=entry, clock="trao_doi", known_to__isnull=True).met_on == later(days=10).date()
    entry = did(entry, "cham_lai", dung, later(days=11), reason="Xem biên bản thứ ba.")
    entry = did(entry, "cham", dung, later(days=12), values={"diem": 80})
    entry = did(entry, "nhat_tri", hoa, later(days=13))
    assert did(entry, "ket_luan_dat", dung, later(days=14), values={"ket_luan": "Đạt."}).meaning == "done_good"


def test_nobody_inspects_itself(world: World) -> None:
    """Neither offered nor taken: not when the unit is chosen by hand, nor of many at once."""
    book = shipped("kiem-tra")
    entry, dung = recorded(book, world, VISIT, who="dung", unit="D1"), world.person("dung")
    reached = entry_to_read(dung, entry.pk)
    offered = receivers_for(dung, reached, reached.book.definition.by_act["thong_bao"]).offered()
    assert world.units["D1"] not in offered
    assert {world.units["G1"], world.units["LDLD"]} <= offered.keys()
    assert "không tự làm việc này với chính mình" in said(tried(entry, "thong_bao", dung, later(1), handler=world.units["D1"]))
    ((_, refused),) = act_on_many([(entry.pk, entry.version)], Move("thong_bao", 0, handler=world.units["D1"]), by=dung, at=later(1))
    assert isinstance(refused, Refused)
    assert did(entry, "thong_bao", dung, later(1), handler=world.units["G1"]).handler_id == world.units["G1"]


def test_what_has_to_be_mended_has_a_day_and_is_seen_by_another(world: World) -> None:
    book = shipped("kiem-tra")
    entry = announced(book, world)
    dung, hoa = world.person("dung"), world.person("hoa")
    scored(world, entry, "tu_cham", "an", at=2)
    entry = did(entry, "tu_cham", hoa, later(days=3), values={"diem_tu_cham": 95})
    scored(world, entry, "cham", "dung", at=9)
    entry = did(entry, "cham", dung, later(days=9), values={"diem": 70})
    refused = said(tried(entry, "ket_luan", dung, later(days=12), values={"ket_luan": "Thiếu tiêu chí."}))
    assert "Hạn khắc phục" in refused
    entry = did(entry, "ket_luan", dung, later(days=12), values={"ket_luan": "Thiếu tiêu chí.", "han_khac_phuc": "2023-05-15"})
    assert DeadlineRun.objects.get(entry=entry, clock="khac_phuc", known_to__isnull=True).due_on == date(2023, 5, 15)
    assert "Cần ít nhất một dòng “Việc đã khắc phục”" in said(tried(entry, "bao_xong", hoa, later(days=30)))
    mended = Line("khac_phuc", later(days=30).date(), kind="KEHOACH", text="Đã ban hành tiêu chí")
    assert isinstance(write_line(entry.pk, mended, by=world.person("an"), at=later(days=30)), Made)
    entry = did(entry, "bao_xong", hoa, later(days=30))
    assert "không có quyền" in said(tried(entry, "dong", hoa, later(days=31)))
    assert did(entry, "dong", dung, later(days=31)).meaning == "done_good"
    rule = RecordRule(register_code="kiem-tra", fact="entered", states=("doan_cham",), once=True)
    assert Counted(book.register.pk, book.definition, rule, WINDOW).numbers() == {world.units["D1"]: {None: 1}}


def test_nobody_scores_a_visit_that_was_called_off(world: World) -> None:
    entry = announced(shipped("kiem-tra"), world)
    scored(world, entry, "tu_cham", "an", at=2)
    did(entry, "huy", world.person("dung"), later(days=3), reason="Dời sang quý sau")
    line = Line("tu_cham", later(days=4).date(), kind="MOHINH", quantity=90, text="Có sổ")
    assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=later(days=4)), Refused)
    assert EntryLine.objects.get(entry=entry).quantity == 40


def test_units_that_were_inspected_are_a_share_of_all_from_the_unit_downwards_and_the_others_are_listed(world: World) -> None:
    """Each once, however often; counted where it was inspected, whoever inspected it."""
    book, dung, hoa = shipped("kiem-tra"), world.person("dung"), world.person("hoa")
    for _ in range(2):
        entry = announced(book, world)
        scored(world, entry, "tu_cham", "an", at=2)
        entry = did(entry, "tu_cham", hoa, later(days=3), values={"diem_tu_cham": 95})
        scored(world, entry, "cham", "dung", at=9)
        did(entry, "cham", dung, later(days=9), values={"diem": 70})
    announced(book, world)  # only told so far
    binh = world.person("binh", later(days=20))
    figure = next(each for each in book.definition.figures if each.code == "don_vi")
    reached = figures_to_read(binh, book, world.units["D1"], 2023).figures
    below = [world.units[each] for each in ("G1", "G2", "G3")]
    (lines,) = reached.lines([figure])
    assert {unit: (told.number, told.among) for unit, told in lines.items()} == {
        None: (1, 4), world.units["D1"]: (0, 1), below[0]: (1, 1), below[1]: (0, 1), below[2]: (0, 1),
    }  # fmt: skip
    ready = next(each for each in book.definition.ready if each.code == "chua_kiem_tra")
    lacking = UnitsWithout(book, ready, [world.units["D1"], *below], binh.on)
    assert {unit for unit, _ in lacking.page(0, 10)} == {world.units["D1"], below[1], below[2]}
    next_year = UnitsWithout(book, ready, below, date(2024, 2, 1))
    assert next_year.count() == 3, "a year later nobody has been"


def test_each_thing_to_mend_has_its_own_day_and_the_inspection_is_closed_when_all_are_mended(world: World) -> None:
    book = shipped("kiem-tra")
    dung, hoa, visit = world.person("dung"), world.person("hoa"), concluded(book, world)
    things = shipped("viec-khac-phuc")
    given = []
    for title, by in (("Ghi sổ", "2023-04-20"), ("Niêm yết", "2023-05-10")):
        thing = linked(things, world, visit, title, who="dung", unit="D1")
        assert "không tự làm việc này" in said(
            tried(thing, "giao", dung, later(days=12), handler=world.units["D1"], values={"han_xong": by})
        )
        given.append(did(thing, "giao", dung, later(days=12), handler=world.units["G1"], values={"han_xong": by}))
    assert "Cần ít nhất 1 chứng cứ khắc phục" in said(tried(given[0], "bao", hoa, later(days=30), values={"da_lam": "Đã ghi."}))
    for thing in given:
        photographed(thing, "proof", later(days=29))
        did(thing, "bao", hoa, later(days=30), values={"da_lam": "Đã ghi."})
    rule = CountingRule(fact="due", clock="khac_phuc", outcome="met")
    assert Counted(things.register.pk, things.definition, rule, WINDOW).numbers() == {world.units["D1"]: {None: 1}}, "one of two in time"
    visit = mended(world, visit)
    did(given[0], "xac_nhan", dung, later(days=32))
    assert f"Còn 1 hồ sơ nối tới chưa xong: {given[1].code}." in said(tried(visit, "dong", dung, later(days=32)))
    did(given[1], "xac_nhan", dung, later(days=33))
    assert did(visit, "dong", dung, later(days=33)).meaning == "done_good"


def test_nobody_holds_up_the_inspection_of_another_unit(world: World) -> None:
    """The unit that is inspected writes something down itself, and never does it: whose inspection it is closes it all the same."""
    visit, things = concluded(shipped("kiem-tra"), world), shipped("viec-khac-phuc")
    linked(things, world, visit, "Không bao giờ xong", who="hoa", unit="G1")
    assert did(mended(world, visit), "dong", world.person("dung"), later(days=33)).meaning == "done_good"


def test_what_is_to_mend_holds_where_its_unit_ended_and_one_of_both_was_taken_over(world: World) -> None:
    visit, things = concluded(shipped("kiem-tra"), world), shipped("viec-khac-phuc")
    thing = linked(things, world, visit, "Ghi sổ", who="hoa", unit="G1")
    Entry.objects.filter(pk=visit.pk).update(owner=world.units["G2"])
    definition, then = shipped("kiem-tra").definition, later(days=33).date()
    act = definition.by_act["dong"]
    assert beside([visit.pk], act, definition, then)[visit.pk].waiting == (), "both units are there"
    merger = Absorbed(day=later(days=32).date(), unit=world.units["G1"], into=world.units["G2"])
    assert record_events([merger], by=SYSTEM, at=later(days=32)).problems == ()
    assert beside([visit.pk], act, definition, then)[visit.pk].waiting == (thing.code,)
