"""What came of an entry: dirty again within 180 days, made known within 30, learned from a place that had learned it; told and listed."""

from datetime import date, datetime

from kheo.core.definition.records import CountingRule
from kheo.registers.access import figures_to_read
from kheo.registers.actions import Made, link_entries, verify_link
from kheo.registers.models import Entry, EntryLink
from kheo.registers.queries.book_figures import Behind
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from tests.registers.books import POINT, did, photographed, recorded, said, shipped, tried
from tests.registers.entries import done, made
from tests.registers.test_published_somewhere import NEWS
from tests.registers.test_ready_lists import MODEL, listed, recognised, working
from tests.registers.test_spreading import learned
from tests.world import OPENING, World, later

WINDOW = Window(date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
CLEARED = {"cach_xu_ly": "Dọn sạch", "nguoi_tham_gia": 9}


def share(book: Book, world: World, code: str, day: int, year: int = 2023) -> tuple[int, int, set[str]]:
    """A share of the first union as its superior reads it so many days after the opening: both numbers, and the titles behind the first."""
    reached = figures_to_read(world.person("binh", later(days=day)), book, world.units["G1"], year)
    (figure,) = [each for each in book.definition.figures if each.code == code]
    (lines,) = reached.figures.lines([figure])
    rows = reached.figures.rows(Behind(figure))
    titles = {entry.title for entry in Entry.objects.filter(pk__in=[row.entry for row in rows])}
    assert (len(rows), lines[None].number) == (len(titles), len(titles)), "the number is its list"
    return lines[None].number or 0, lines[None].among or 0, titles


def cleared(book: Book, world: World, ten: str, place: int, day: int) -> Entry:
    """A point that was put right so many days after the opening."""
    entry = recorded(book, world, {**POINT, "ten": ten, "vi_tri": (10_776_889 + place, 106_700_806)})
    seen = {"muc_do": "NHO", "nguoi_bao": "DAN"}
    entry = did(entry, "xac_minh", world.person("binh"), later(days=1), values=seen)
    for role, minute in (("before", 3), ("after", 4)):
        photographed(entry, role, later(minute), taken=later(minute), away=1)
    return did(entry, "giai_toa", world.person("an"), later(days=day), values=CLEARED)


def test_dirty_again_is_of_those_whose_180_days_have_passed_and_counts_in_the_year_in_which_they_end(world: World) -> None:
    book = shipped("diem-o-nhiem")
    soon, late, clean = (cleared(book, world, ten, 9_000 * place, 10) for place, ten in enumerate(("Sớm", "Muộn", "Sạch")))
    cleared(book, world, "Cuối năm", 90_000, 150)
    did(soon, "tai_phat", world.person("an"), later(days=60), reason="Lại có rác")
    assert share(book, world, "tai_phat_180", 190) == (0, 0, set()), "the last of the 180 days is not over"
    assert share(book, world, "tai_phat_180", 191) == (1, 3, {"Sớm"})
    did(late, "tai_phat", world.person("an"), later(days=195), reason="Lại có rác")
    assert share(book, world, "tai_phat_180", 200) == (1, 3, {"Sớm"}), "after the 180 days it is another matter"
    assert share(book, world, "tai_phat_180", 340) == (1, 3, {"Sớm"}), "what is read of the whole year stays"
    assert share(book, world, "tai_phat_180", 340, 2024) == (0, 1, set()), "cleared in one year, waited for into the next"
    assert clean.state == "da_giai_toa"


def test_an_exemplar_is_made_known_in_time_by_the_day_of_the_news(world: World) -> None:
    """Whenever the news was written down: the first of two was out in time, the second too late."""
    news, book = shipped("mo-hinh", "tin-bai"), shipped("mo-hinh")
    for ten, out in (("Kịp", "2023-07-20"), ("Trễ", "2023-08-05"), ("Chưa", "")):
        model = did(recognised(book, world, ten), "dien_hinh", world.person("lan"), later(days=90))
        if out:
            entry = recorded(news, world, {**NEWS, "ten": f"Bài về {ten}", "gioi_thieu_gi": "MOHINH", "ngay_dang": out})
            photographed(entry, "copy", later(1))
            head = world.person("an")
            assert "Chưa ghi liên kết “Giới thiệu mô hình”" in said(tried(entry, "dang", head, later(days=130)))
            assert isinstance(
                link_entries(entry.pk, "gioi_thieu", model.code, on=later(days=130).date(), by=head, at=later(days=130)), Made
            )
            did(entry, "dang", head, later(days=130))
    assert share(book, world, "gioi_thieu", 120) == (0, 0, set())
    assert share(book, world, "gioi_thieu", 131) == (1, 3, {"Kịp"})


def test_news_of_the_movement_names_no_model(world: World) -> None:
    news = shipped("mo-hinh", "tin-bai")
    entry = recorded(news, world, {**NEWS, "gioi_thieu_gi": "PHONGTRAO"})
    photographed(entry, "copy", later(1))
    assert did(entry, "dang", world.person("an"), later(1)).state == "da_dang"


def test_what_was_learned_from_a_place_that_had_learned_it_is_further_on(world: World, small_book: Book) -> None:
    """A link that nobody has seen, or to what was cancelled, is none; and what was known before stays."""
    first, second, third = made(small_book, world), made(small_book, world, "chi", "G4"), made(small_book, world)
    learned(world, third, second, "an", 10)
    assert further_on(small_book) == set()
    learned(world, second, first, "chi", 20, verifier="")
    assert further_on(small_book) == set(), "nobody has been there"
    link = EntryLink.objects.get(entry=second, known_to__isnull=True)
    assert isinstance(verify_link(link.pk, by=world.person("bich"), at=later(30)), Made)
    assert further_on(small_book) == {third.pk}
    assert further_on(small_book, later(25)) == set(), "not as it was known then"
    done(first, "huy", world.person("hoa"), later(40), reason="Ghi nhầm")
    assert further_on(small_book) == set()
    assert further_on(small_book, later(35)) == {third.pk}


def further_on(book: Book, known_at: datetime | None = None) -> set[int]:
    """The entries behind the number of the first union."""
    rule = CountingRule(fact="link", link="hoc_theo", onward=True)
    found = Counted(book.register.pk, book.definition, rule, WINDOW, known_at)
    rows = {row.entry for row in found.rows_of(None)}
    assert sum(parts[None] or 0 for parts in found.numbers().values()) == len(rows)
    return rows


def test_who_said_nothing_of_the_progress_is_listed_from_thirty_days_before_the_cut_off(world: World) -> None:
    """Cut off on 10 November: who was accepted in spring, not who began a week before; a note of the spring is one of the spring."""
    book = shipped("mo-hinh")
    silent, told = working(book, world, "Im"), working(book, world, "Nói")
    did(told, "tien_do", world.person("an"), later(days=20), reason="Được mười hộ")
    assert listed(book, "chua_tien_do", 36) == ["Im"], "the cut-off of 5 May has passed"
    autumn = (date(2023, 10, 11) - OPENING.date()).days
    assert listed(book, "chua_tien_do", autumn - 1) == ["Im"]
    assert sorted(listed(book, "chua_tien_do", autumn)) == ["Im", "Nói"], "thirty days before the next"
    did(told, "tien_do", world.person("an"), later(days=autumn), reason="Được bốn mươi hộ")
    late = recorded(book, world, {**MODEL, "ten": "Mới"}, at=later(days=autumn + 20))
    late = did(late, "dang_ky", world.person("an"), later(days=autumn + 20))
    did(late, "tiep_nhan", world.person("binh"), later(days=autumn + 21))
    assert listed(book, "chua_tien_do", autumn + 22) == ["Im"]
    assert listed(book, "chua_tien_do", autumn + 60) == ["Im"], "the cut-off has passed, and nothing was said"
    did(silent, "tien_do", world.person("an"), later(days=autumn + 61), reason="Xong phần đầu")
    assert listed(book, "chua_tien_do", autumn + 62) == []


def test_what_is_registered_late_in_the_year_is_taken_and_listed(world: World) -> None:
    """From May on. What was registered in time, sent back and registered again is not late."""
    book, an = shipped("mo-hinh"), world.person("an")
    again = did(recorded(book, world, {**MODEL, "ten": "Lại"}), "dang_ky", an, later(1))
    did(again, "tra_lai", world.person("binh"), later(days=2), reason="Thiếu")
    did(again, "dang_ky", an, later(days=40))
    late = recorded(book, world, {**MODEL, "ten": "Muộn"})
    assert did(late, "dang_ky", an, later(days=30)).state == "da_dang_ky"
    assert listed(book, "ngoai_thoi_gian", 41) == ["Muộn"]
