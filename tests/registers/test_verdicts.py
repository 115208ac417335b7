"""Who is judged does not write the verdict: not by the form, not by a file, not by a program; what is closed says what it said."""

from collections.abc import Mapping

import pytest

from kheo.core.registers.values import Kept
from kheo.registers.actions import Made, Refused, create_entry, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from tests.api.asking import program
from tests.registers.books import WISH, did, photographed, recorded, shipped, tried
from tests.registers.tables import at, edited, exported, plans, problems, sent
from tests.web.visits import day
from tests.world import World, later

IDEA: Mapping[str, Kept] = {
    "ten": "Hộp thư ở cổng", "chu_de": "DT", "noi_dung": ["KC1"], "tac_gia_la": "individual", "tac_gia": "Tổ 5", "dong_y": True,
    "van_de": "Góp ý không tới nơi.", "giai_phap": "Đặt hộp thư ở cổng.", "ngay_gui": "2023-04-01",
}  # fmt: skip
ONLY_BY = "“Điểm thẩm định” được ghi bằng nút “Ghi ý kiến thẩm định” hoặc “Tiếp thu”."


@pytest.fixture
def ideas(world: World) -> Book:
    return shipped("hien-ke")


def idea(ideas: Book, world: World) -> Entry:
    contents = sorted(ideas.options.of(ideas.definition.by_key["noi_dung"]))[:1]
    return recorded(ideas, world, {**IDEA, "noi_dung": contents})


def judged(ideas: Book, world: World) -> Entry:
    entry = did(idea(ideas, world), "so_khao", world.person("binh"), later(1))
    return did(entry, "tiep_thu", world.person("binh"), later(2), values={"muc_tiep_thu": "MOTPHAN", "diem": 40}, reply="Làm thử một nơi.")


def wrong(result: Made | Refused) -> list[str]:
    assert isinstance(result, Refused)
    return [each.message for each in result.problems]


def test_an_idea_is_not_begun_with_its_own_score(ideas: Book, world: World) -> None:
    values = {**values_of(ideas.definition, idea(ideas, world)), "van_de": "x", "giai_phap": "y", "diem": 100}
    assert wrong(create_entry(ideas, world.units["G1"], values, by=world.person("an"), at=later(1))) == [ONLY_BY]


def test_its_unit_changes_neither_score_nor_verdict_afterwards(ideas: Book, world: World) -> None:
    entry = judged(ideas, world)
    before = values_of(ideas.definition, entry, texts_of(entry))
    only_by_act = {
        "diem": (100, ONLY_BY),
        "muc_tiep_thu": ("TOANBO", "“Mức tiếp thu” được ghi bằng nút “Tiếp thu”."),
    }
    for key, (value, sentence) in only_by_act.items():
        said = edit_entry(entry.pk, {**before, key: value}, version=entry.version, by=world.person("hoa"), at=later(3))
        assert wrong(said) == [sentence], key
    # What their form does send leaves both as they are.
    sent_by_form = {key: value for key, value in before.items() if key not in ("diem", "muc_tiep_thu")}
    result = edit_entry(entry.pk, {**sent_by_form, "dong_y": False}, version=entry.version, by=world.person("hoa"), at=later(3))
    assert isinstance(result, Made)
    assert (result.entry.score, result.entry.extra["muc_tiep_thu"], result.entry.extra["dong_y"]) == (40, "MOTPHAN", False)


def test_nor_does_a_file_or_a_program(ideas: Book, world: World) -> None:
    entry = judged(ideas, world)
    file = edited(exported(ideas, world), lambda sheet: setattr(at(sheet, "Điểm thẩm định"), "value", 100))
    table = sent(ideas, world, file)
    assert (plans(table), [ONLY_BY in each for each in problems(table)]) == (["refused"], [True])
    with day(later(3)):
        answer = program(world, "an").send("PATCH", f"/entries/{entry.pk}", {"version": entry.version, "values": {"diem": 100}})
    assert answer.status_code == 409
    assert [each["place"] for each in answer.json()["problems"]] == ["values.diem"]
    entry.refresh_from_db()
    assert entry.score == 40


def test_what_was_judged_stays_what_it_was(ideas: Book, world: World) -> None:
    entry = judged(ideas, world)
    values = {**values_of(ideas.definition, entry, texts_of(entry)), "giai_phap": "Một cách khác hẳn."}
    assert wrong(edit_entry(entry.pk, values, version=entry.version, by=world.person("an"), at=later(3))) == [
        "“Giải pháp đề xuất” không sửa được nữa ở trạng thái “Được tiếp thu”."
    ]


def test_a_petition_that_was_answered_does_not_change_its_asker(world: World) -> None:
    """Citizens and businesses are counted apart: one that turned into the other would move both figures."""
    petitions = shipped("phan-anh")
    entry = recorded(petitions, world, WISH)
    values = {**values_of(petitions.definition, entry, texts_of(entry)), "nguoi_gui_la": "business"}
    corrected = edit_entry(entry.pk, values, version=entry.version, by=world.person("an"), at=later(1))
    assert isinstance(corrected, Made)
    entry = did(corrected.entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    entry = did(entry, "tra_loi", world.person("hoa"), later(2), values={"chuc_vu_ky": "Chủ tịch"}, reply="Đã thay bóng.")
    again = edit_entry(entry.pk, {**values, "chuc_vu_ky": "Chủ tịch", "nguoi_gui_la": "citizen"},
                       version=entry.version, by=world.person("an"), at=later(3))  # fmt: skip
    assert wrong(again) == [
        "“Người gửi là” không sửa được nữa ở trạng thái “Đã trả lời, chờ ý kiến”. Ghi sai thì dùng nút “Đính chính” ở trang hồ sơ."
    ]


def test_who_is_recognised_writes_neither_the_visit_nor_the_decision(world: World) -> None:
    models = shipped("mo-hinh")
    for key, value in (("ngay_xac_minh", "2023-04-01"), ("quyet_dinh", "1/QĐ")):
        said = wrong(create_entry(models, world.units["G1"], {"ten": "Hẻm xanh", key: value}, by=world.person("an"), at=later(1)))
        assert len(said) == 1
        assert "được ghi bằng nút" in said[0]


def test_nothing_is_told_of_somebody_who_did_not_agree(world: World) -> None:
    """Of whom an article tells has said yes (registers.md R4): no, or no answer, is no."""
    news = shipped("mo-hinh", "tin-bai")
    channel, content = (min(news.options.of(news.definition.by_key[key])) for key in ("kenh", "noi_dung"))
    item = {
        "ten": "Hẻm xanh",
        "kenh": channel,
        "noi_dang": "Báo",
        "ngay_dang": "2023-04-01",
        "noi_dung": [content],
        "gioi_thieu_gi": "GUONG",
    }
    for answer, told in ((False, 1), (None, 2), (True, 0)):
        entry = recorded(news, world, item if answer is None else {**item, "dong_y": answer})
        photographed(entry, "copy", later(1))
        result = tried(entry, "dang", world.person("an"), later(1))
        assert ([] if isinstance(result, Made) else wrong(result)) == [
            "“Người được nêu đã đồng ý” phải là Có mới “Ghi đã đăng” được.", "Chưa điền “Người được nêu đã đồng ý”.",
        ][:told]  # fmt: skip
