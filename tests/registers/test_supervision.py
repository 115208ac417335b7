"""Supervision and criticism as data alone: each form has its own steps, what was asked is answered or not, and done when it is shown."""

from datetime import date

import pytest

from kheo.core.definition.records import CountingRule
from kheo.core.registers.values import Kept
from kheo.core.registers.waiting import Awaited, awaited
from kheo.registers.access import Waits, entry_to_read, queue
from kheo.registers.actions import Made, drop_link, link_entries
from kheo.registers.models import DeadlineRun, Entry, EntryLink
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.work import case_of
from tests.registers.books import did, photographed, recorded, said, shipped, tried
from tests.world import OPENING, World, later

WHY: dict[str, Kept] = {"can_cu": "Chương trình năm", "pham_vi_cuoc": "Hai khu phố"}
HELD: dict[str, Kept] = {"ngay": "2023-04-03", "thanh_vien": 5, "ket_qua": "Phần lớn làm đúng."}
SENT: dict[str, Kept] = {**HELD, "van_ban": "12/CV", "han_phan_hoi": "2023-04-28"}
YEAR = Window(date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))


def session(world: World, form: str) -> Entry:
    body = {"co_quan_la": "organisation", "co_quan": "Ban Giám đốc"}
    return recorded(shipped("giam-sat"), world, {"ten": "Cuộc", "hinh_thuc": form, "linh_vuc": "LAODONG", **body})


def offered(world: World, entry: Entry, who: str = "hoa") -> list[str]:
    return [act.code for act in entry_to_read(world.person(who), entry.pk).acts]


def test_a_supervision_is_prepared_and_held_and_a_criticism_goes_from_draft_to_answer(world: World) -> None:
    hoa, one = world.person("hoa"), session(world, "GS")
    assert offered(world, one) == ["chuan_bi", "bat_dau", "huy"]
    assert "không có bước “Nhận dự thảo”" in said(tried(one, "nhan_du_thao", hoa, later(1), values=WHY))
    assert "Chưa điền “Căn cứ”" in said(tried(one, "chuan_bi", hoa, later(1)))
    one = did(did(one, "chuan_bi", hoa, later(1), values=WHY), "bat_dau", hoa, later(2))
    assert did(one, "ket_luan", hoa, later(3), values=HELD).meaning == "done_good"
    assert offered(world, one) == ["dinh_chinh", "la_phan_bien"], "a supervision waits for nobody's answer"
    other = session(world, "PB")
    assert offered(world, other) == ["nhan_du_thao", "huy"]
    other = did(did(other, "nhan_du_thao", hoa, later(1), values=WHY), "gop_y", hoa, later(2))
    other = did(other, "gui_van_ban", hoa, later(3), values=SENT)
    assert DeadlineRun.objects.get(entry=other, clock="phan_hoi", known_to=None).due_on == date(2023, 4, 28)
    other = did(other, "phan_hoi", hoa, later(9), values={"tra_loi": "MOTPHAN", "phan_hoi": "Sửa hai điều."})
    assert (other.state, DeadlineRun.objects.get(entry=other, clock="phan_hoi", known_to=None).met_on) == ("phan_hoi", later(9).date())


def test_an_answer_that_does_not_come_waits_for_who_asked_from_a_week_before_its_limit(world: World) -> None:
    """The paper was sent: done and counted. What is still waited for is named on the page and stands in queues, behind and not overdue."""
    hoa, book = world.person("hoa"), shipped("giam-sat")
    entry = did(did(session(world, "PB"), "nhan_du_thao", hoa, later(1), values=WHY), "gop_y", hoa, later(2))
    entry = did(entry, "gui_van_ban", hoa, later(3), values=SENT)
    held = values_of(book.definition, entry)
    assert awaited(book.definition, entry.state, case_of(entry), held) == (
        Awaited("đơn vị ghi", ("Ghi phản hồi của cơ quan soạn thảo",), True),
    )
    for day, waits in ((date(2023, 4, 20), None), (date(2023, 4, 21), Waits(1)), (date(2023, 5, 3), Waits(1, behind=1))):
        at = later(days=(day - later(0).date()).days)
        assert queue(world.person("hoa", at), [book]).waits.get(book.register.pk) == waits


def test_a_form_that_was_chosen_wrongly_goes_on_by_the_steps_of_the_right_one(world: World) -> None:
    hoa = world.person("hoa")
    entry = did(session(world, "GS"), "chuan_bi", hoa, later(1), values=WHY)
    Entry.objects.filter(pk=entry.pk).update(extra={**entry.extra, "hinh_thuc": "PB"})
    entry.refresh_from_db()
    assert offered(world, entry) == ["nhan_du_thao", "huy"]
    assert did(entry, "nhan_du_thao", hoa, later(2)).state == "nhan_du_thao"


def due(entry: Entry) -> list[date]:
    """The limits that run for an answer, as they stand; the entry says the same."""
    runs = DeadlineRun.objects.filter(entry=entry, clock="phan_hoi", known_to=None, met_on=None)
    found = list(runs.values_list("due_on", flat=True))
    assert Entry.objects.get(pk=entry.pk).due_on == min(found, default=None)
    return found


def test_a_supervision_that_was_a_criticism_is_corrected_to_one_that_waits_for_an_answer(world: World) -> None:
    hoa, entry = world.person("hoa"), session(world, "GS")
    entry = did(did(entry, "bat_dau", hoa, later(1), values=WHY), "ket_luan", hoa, later(3), values=HELD)
    assert due(entry) == []
    lacking = said(tried(entry, "la_phan_bien", hoa, later(4), values={"hinh_thuc": "PB"}, reason="Ghi nhầm"))
    assert "Chưa điền “Hạn phản hồi”" in lacking
    assert "Chưa điền “Số, ký hiệu văn bản phản biện”" in lacking
    named: dict[str, Kept] = {"hinh_thuc": "PB", "van_ban": "12/CV", "han_phan_hoi": "2023-04-28"}
    entry = did(entry, "la_phan_bien", hoa, later(4), values=named, reason="Ghi nhầm")
    assert due(entry) == [date(2023, 4, 28)]
    assert offered(world, entry) == ["phan_hoi", "dinh_chinh", "la_giam_sat"]
    answer: dict[str, Kept] = {"tra_loi": "TIEPTHU", "phan_hoi": "Đã sửa."}
    assert due(did(entry, "phan_hoi", hoa, later(9), values=answer)) == []


def test_a_criticism_that_was_a_supervision_is_corrected_to_one_that_waits_for_nobody(world: World) -> None:
    hoa, entry = world.person("hoa"), session(world, "PB")
    entry = did(did(entry, "nhan_du_thao", hoa, later(1), values=WHY), "gop_y", hoa, later(2))
    entry = did(entry, "gui_van_ban", hoa, later(3), values=SENT)
    assert due(entry) == [date(2023, 4, 28)]
    entry = did(entry, "la_giam_sat", hoa, later(4), values={"hinh_thuc": "GS"}, reason="Ghi nhầm")
    assert due(entry) == []
    left = values_of(shipped("giam-sat").definition, entry, {}).keys() & {"van_ban", "han_phan_hoi"}
    assert not left, "frozen, nobody could take it out afterwards"
    reckoned = CountingRule(fact="due", clock="phan_hoi")
    assert number(shipped("giam-sat"), reckoned, YEAR)[0] == 0
    again: dict[str, Kept] = {"hinh_thuc": "PB", "han_phan_hoi": "2023-05-05"}
    entry = did(entry, "la_phan_bien", hoa, later(5), values={**again, "van_ban": "12/CV"}, reason="Đúng là phản biện")
    assert due(entry) == [date(2023, 5, 5)]


def test_what_was_answered_is_corrected_both_ways(world: World) -> None:
    """One that was met stays so: whoever answered comes neither to be late nor in time by a correction (062)."""
    hoa, entry = world.person("hoa"), session(world, "PB")
    entry = did(did(entry, "nhan_du_thao", hoa, later(1), values=WHY), "gop_y", hoa, later(2))
    answer: dict[str, Kept] = {"tra_loi": "TIEPTHU", "phan_hoi": "Đã sửa."}
    entry = did(did(entry, "gui_van_ban", hoa, later(3), values=SENT), "phan_hoi", hoa, later(9), values=answer)
    answered = next(each for each in shipped("giam-sat").definition.figures if each.code == "phan_hoi").counts
    assert number(shipped("giam-sat"), answered, YEAR)[0] == 1
    entry = did(entry, "la_giam_sat", hoa, later(10), values={"hinh_thuc": "GS"}, reason="Ghi nhầm")
    assert (texts_of(entry).get("phan_hoi"), number(shipped("giam-sat"), answered, YEAR)[0]) == (None, 0)
    again = {**answer, "hinh_thuc": "PB", "van_ban": "12/CV", "han_phan_hoi": "2023-04-28"}
    assert "Chưa điền “Nội dung phản hồi”" in said(
        tried(
            entry,
            "la_phan_bien",
            hoa,
            later(11),
            values={key: value for key, value in again.items() if key != "phan_hoi"},
            reason="Đúng là phản biện",
        )
    )
    entry = did(entry, "la_phan_bien", hoa, later(11), values=again, reason="Đúng là phản biện")
    assert (due(entry), number(shipped("giam-sat"), answered, YEAR)[0]) == ([], 1)


def asked(world: World, body: str, title: str, answer: str = "") -> Entry:
    """A recommendation to a body, due on the 20th of April; `answer`: the act by which it was answered."""
    to = {"noi_nhan_la": "organisation", "noi_nhan": body, "ngay_gui": "2023-04-03", "han_tra_loi": "2023-04-20"}
    hoa, entry = world.person("hoa"), recorded(shipped("kien-nghi-giam-sat"), world, {"ten": title, **to}, at=later(days=3))
    assert isinstance(link_entries(entry.pk, "thuoc_cuoc", session(world, "GS").code, on=OPENING.date(), by=hoa, at=later(days=3)), Made)
    entry = did(entry, "gui", hoa, later(days=3))
    reason = "Chưa có kinh phí." if answer == "giai_trinh" else ""
    return did(entry, answer, world.person("an"), later(days=9), values={"tra_loi": "Đã xem."}, reason=reason) if answer else entry


def test_what_was_promised_is_done_when_it_is_shown_and_another_confirms_it(world: World) -> None:
    an, hoa = world.person("an"), world.person("hoa")
    entry = asked(world, "Ban Giám đốc", "Niêm yết nội quy", "tiep_thu")
    assert "Cần ít nhất 1 chứng cứ đã thực hiện" in said(tried(entry, "bao_lam", an, later(days=20)))
    photographed(entry, "proof", later(days=20))
    entry = did(entry, "bao_lam", an, later(days=20))
    assert "cần một người khác" in said(tried(entry, "da_lam", an, later(days=21)))
    entry = did(did(entry, "chua_lam", hoa, later(days=21), reason="Mới ở xưởng một."), "bao_lam", an, later(days=30))
    assert did(entry, "da_lam", hoa, later(days=31)).meaning == "done_good"


@pytest.fixture
def silent(world: World) -> Book:
    asked(world, "Ban Giám đốc", "Niêm yết nội quy", "tiep_thu")
    asked(world, "Ban Giám đốc", "Thêm tủ thuốc")
    asked(world, "Công ty Hai", "Sửa mái che")
    asked(world, "công ty  hai", "Sửa cổng")
    asked(world, "Phòng Quản lý đô thị", "Kẻ vạch qua đường", "giai_trinh")
    return shipped("kien-nghi-giam-sat")


def number(found: Book, rule: CountingRule, window: Window) -> tuple[int, list[int]]:
    """A number of all units together, and the entries of its list."""
    counted = Counted(found.register.pk, found.definition, rule, window, one_each=True)
    return sum(parts[None] for parts in counted.numbers().values()), sorted(row.entry for row in counted.rows_of(None))


def test_bodies_that_never_answer_are_counted_once_each_of_those_whose_time_has_come(world: World, silent: Book) -> None:
    """One was asked twice, however its name was typed; one answered one thing of two; one said no, which is an answer."""
    figure = next(each for each in silent.definition.figures if each.code == "chua_tra_loi")
    assert figure.among is not None
    counted, listed = number(silent, figure.counts, YEAR)
    last = Entry.objects.get(title="Sửa cổng")
    assert (counted, listed) == (1, [last.pk]), "the number is as long as its list"
    of_all, all_listed = number(silent, figure.among, YEAR)
    assert (of_all, len(all_listed)) == (3, 3)
    before = Window(date(2023, 1, 1), date(2023, 4, 20), date(2023, 4, 20))
    assert number(silent, figure.counts, before) == (0, []), "nobody's time had come"
    did(last, "tiep_thu", world.person("an"), later(days=40), values={"tra_loi": "Sẽ làm."})
    assert number(silent, figure.counts, YEAR)[0] == 0


def test_late_and_still_open_is_of_the_last_of_the_days(world: World, silent: Book) -> None:
    late = Entry.objects.get(title="Sửa mái che")
    did(late, "tiep_thu", world.person("an"), later(days=40), values={"tra_loi": "Sẽ làm."})
    rule = CountingRule(fact="due", clock="tra_loi", outcome="open")
    assert number(silent, rule, YEAR)[0] == 2, "answered late is answered"
    then = Window(date(2023, 1, 1), date(2023, 4, 30), date(2023, 5, 1))
    assert number(silent, rule, then)[0] == 3


def test_a_recommendation_that_was_sent_stays_with_its_session_and_a_wrong_one_is_exchanged(world: World) -> None:
    entry, hoa = asked(world, "Ban Giám đốc", "Niêm yết nội quy"), world.person("hoa")
    wrong = EntryLink.objects.get(entry=entry)
    assert "không bỏ liên kết cuối cùng" in said(drop_link(wrong.pk, reason="Nhầm cuộc", by=hoa, at=later(days=4)))
    right = session(world, "GS")
    assert isinstance(link_entries(entry.pk, "thuoc_cuoc", right.code, on=OPENING.date(), by=hoa, at=later(days=4)), Made)
    assert "cần ghi lý do bỏ" in said(drop_link(wrong.pk, by=hoa, at=later(days=5)))
    assert isinstance(drop_link(wrong.pk, reason="Nhầm cuộc", by=hoa, at=later(days=5)), Made)
    assert list(EntryLink.objects.filter(entry=entry, known_to=None).values_list("other", flat=True)) == [right.pk]
