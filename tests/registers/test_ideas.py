"""Ideas: sent by anybody, judged by another unit that does not know whose they are, confirmed by their author."""

from collections.abc import Mapping

import pytest

from kheo.core.registers.values import Kept
from kheo.org.access import Person
from kheo.registers.access import entry_to_read, figures_to_read
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.book_figures import Told
from kheo.registers.queries.definitions import Book
from tests.registers.books import did, recorded, said, shipped, tried
from tests.registers.public import CODE, asked, offered, pressed, sent
from tests.web.registers.test_copies import IDEA
from tests.world import World, head_of, later

SENT: dict[str, Kept] = {
    "ten": "Che nắng chỗ chờ xe",
    "chu_de": "GT",
    "van_de": "Ca chiều đứng nắng nửa giờ.",
    "giai_phap": "Dựng mái bạt, mỗi tổ giữ một tuần.",
    "dong_y": True,
}
SORTED: Mapping[str, Kept] = {"noi_dung": ["N2"]}
ADOPTED: Mapping[str, Kept] = {"muc_tiep_thu": "TOANBO", "diem": 75}


@pytest.fixture
def ideas(world: World) -> Book:
    return shipped("mo-hinh", "hien-ke")


def adopted(entry: Entry, world: World) -> Entry:
    binh = world.person("binh")
    entry = did(entry, "so_khao", binh, later(2), values=SORTED)
    return did(entry, "tiep_thu", binh, later(3), values=ADOPTED, reply="Sẽ làm thử.")


def share(book: Book, world: World, code: str) -> Told:
    reached = figures_to_read(world.person("binh", later(days=60)), book, world.units["G1"], 2023)
    (figure,) = [each for each in book.definition.figures if each.code == code]
    return reached.figures.lines([figure])[0][None]


def test_what_a_citizen_sends_is_an_idea_without_a_name_and_its_sender_follows_it(ideas: Book, world: World) -> None:
    """Asked for more, the sender says more; told that it was carried out, the sender says whether it was. Nobody says so for them."""
    entry = sent(ideas, world, SENT)
    assert (entry.subject_kind, entry.subject_name, f"{entry.occurred_on}") == ("citizen", "", "2023-04-01")
    did(entry, "hoi_tac_gia", world.person("binh"), later(2), reason="Cổng nào?")
    assert offered(CODE) == {"bo_sung"}
    assert pressed(CODE, "bo_sung", 1, "Cổng số 2").state == "tham_dinh"
    assert "Chưa điền “Nội dung “5 không””" in said(
        tried(entry, "tiep_thu", world.person("binh"), later(days=2), values=ADOPTED, reply="Làm")
    )
    done = did(entry, "tiep_thu", world.person("binh"), later(days=2), values={**SORTED, **ADOPTED}, reply="Làm")
    did(done, "ap_dung", world.person("an"), later(days=30), values={"noi_da_ap_dung": "Cổng số 2"})
    assert (share(ideas, world, "xac_nhan").number, share(ideas, world, "xac_nhan").among) == (0, 1)
    assert offered(CODE) == {"xac_nhan"}
    assert pressed(CODE, "xac_nhan", 40).extra["tac_gia_xac_nhan"] is True
    assert offered(CODE) == set(), "once"
    assert (share(ideas, world, "xac_nhan").number, share(ideas, world, "xac_nhan").among) == (1, 1)
    assert not isinstance(asked(CODE, "rut", 41), Entry)


def test_who_wrote_down_that_it_was_carried_out_does_not_confirm_it_as_well(ideas: Book, world: World) -> None:
    entry = adopted(recorded(ideas, world, IDEA), world)
    entry = did(entry, "ap_dung", world.person("an"), later(days=30), values={"noi_da_ap_dung": "Cả công ty"})
    assert "cần một người khác" in said(tried(entry, "xac_nhan", world.person("an"), later(days=31)))
    assert did(entry, "xac_nhan", world.person("hoa"), later(days=31)).extra["tac_gia_xac_nhan"] is True


def test_another_unit_judges_without_knowing_the_author_and_each_opinion_is_kept(ideas: Book, world: World) -> None:
    values = {**IDEA, "ty_le_tac_gia": "60 + 40", "lien_he": "Qua tổ trưởng"}
    entry = did(recorded(ideas, world, values), "so_khao", world.person("binh"), later(1), values={**SORTED})
    entry = did(entry, "phan_cong", world.person("binh"), later(2), values={"don_vi_tham_dinh": world.units["G2"]})
    expert: Person = head_of(world, "G2")
    assert {"tac_gia", "ty_le_tac_gia", "lien_he"} <= entry_to_read(expert, entry.pk).unseen
    assert "Cần ghi lý do" in said(tried(entry, "y_kien", expert, later(3), values={"diem": 70}))
    entry = did(entry, "y_kien", expert, later(3), values={"diem": 70}, reason="Làm được ở phân xưởng nhỏ.")
    entry = did(entry, "y_kien", world.person("binh"), later(4), values={"diem": 82}, reason="Làm được ở mọi nơi.")
    told = [(deed.reason, deed.changes["diem"]) for deed in Deed.objects.filter(entry=entry, act="y_kien").order_by("pk")]
    assert told == [("Làm được ở phân xưởng nhỏ.", [None, 70]), ("Làm được ở mọi nơi.", [70, 82])]
    assert (entry.state, entry.score) == ("tham_dinh", 82), "the superior decides"


@pytest.mark.parametrize("parts", ["60 + 30", "hai người"])
def test_shares_of_authors_make_the_whole(ideas: Book, world: World, parts: str) -> None:
    entry = recorded(ideas, world, IDEA)
    binh = world.person("binh")
    assert entry_to_read(binh, entry.pk).unseen >= {"ty_le_tac_gia"}
    with pytest.raises(AssertionError, match=r"phải bằng 100|chưa đúng cách viết"):
        recorded(ideas, world, {**IDEA, "ten": "Khác", "ty_le_tac_gia": parts})
