"""What figures count is not changed by hand afterwards, nor its proof taken back; what hands change no more can still be corrected."""

import re
from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition
from kheo.core.registers.beside import BesideAct, amending, why_not
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import frozen_changes, frozen_in, required_fields
from kheo.core.registers.words import OPEN_CLASSES

PROJECT = Path(__file__).resolve().parents[3]
BOOKS = PROJECT / "campaigns/registers"
CAMPAIGN = (PROJECT / "campaigns/5-khong.yaml").read_bytes()


def campaign() -> Definition:
    loaded = load_definition(CAMPAIGN, "5-khong.yaml").definition
    assert loaded is not None
    return loaded


def text_of(code: str) -> str:
    return (BOOKS / f"{code}.yaml").read_text(encoding="utf-8")


def problems(text: str, *, known: bool = True) -> list[str]:
    return [each.message for each in load_register(text, "so.yaml", campaign=campaign() if known else None).problems]


def read(code: str) -> RegisterDefinition:
    found = load_register(text_of(code), code, campaign=campaign()).definition
    assert found is not None
    return found


def without(code: str, key: str, words: str = r", frozen_from: \w+") -> str:
    """The file, with something taken out of the line of a field or a kind."""
    text = text_of(code)
    line = next(each for each in text.splitlines() if re.match(rf"  - {{(key|code|role): {key},", each))
    changed, times = re.subn(words, "", line)
    assert times == 1, line
    return text.replace(line, changed)


@pytest.mark.parametrize(
    ("code", "key", "said"),
    [
        ("doi-thoai", "hinh_thuc", "“Hình thức” được đếm (số liệu cuoc, chỉ tiêu C310, chỉ tiêu C501, chỉ tiêu C502, chỉ tiêu C502a,"),
        ("doi-thoai", "so_du", "“Số người dự, lượt tiếp” được đếm (chỉ tiêu C503a) từ “Đã họp, còn việc” mà"),
        ("giam-sat", "linh_vuc", "“Lĩnh vực” được đếm (chỉ tiêu C113, chỉ tiêu C406) từ “Đã kết luận, đã gửi văn bản” mà"),
        ("ke-hoach", "co_tieu_chi", "“Có tiêu chí cụ thể” được đếm (số liệu tieu_chi, chỉ tiêu A03) từ “Đã ban hành” mà"),
        ("ke-hoach", "den_ngay", "“Thực hiện đến hết ngày” được đếm (số liệu don_vi, số liệu tieu_chi, chỉ tiêu A01,"),
        ("mo-hinh", "ten_chu_the", "“Tên tập thể, cá nhân, gia đình” được đếm (chỉ tiêu B04, chỉ tiêu B05) từ “Đang thực hiện” mà"),
        ("doi-hinh", "loai", "đặt frozen_from: hoat_dong, hoặc nói vì sao ở counted_open."),
        ("tin-bai", "kenh", "“Kênh đăng” được đếm (số liệu da_dang, chỉ tiêu D05) từ “Đã đăng” mà sau đó vẫn sửa tay được"),
    ],
)
def test_a_field_that_a_figure_filters_by_divides_by_or_adds_is_frozen_once_it_counts(code: str, key: str, said: str) -> None:
    found = problems(without(code, key))
    assert any(said in each for each in found), found


def test_frozen_too_late_is_not_frozen() -> None:
    before = "column: subject_kind, required_from: da_dang_ky, frozen_from: thuc_hien"
    late = text_of("mo-hinh").replace(before, before.replace("thuc_hien", "cong_nhan"))
    assert late != text_of("mo-hinh")
    assert problems(late) == [
        "“Ai đăng ký” được đếm (chỉ tiêu B04, chỉ tiêu B05) từ “Đang thực hiện” mà sau đó vẫn sửa tay được: đặt frozen_from: thuc_hien,"
        " hoặc nói vì sao ở counted_open.",
        "“Đính chính” đính chính “Ai đăng ký” mà ở các trạng thái ấy vẫn sửa tay được.",
    ]


def test_what_only_the_campaign_counts_is_told_where_the_campaign_is_known() -> None:
    text = without("giam-sat", "linh_vuc")
    assert any("C113" in each for each in problems(text))
    assert not any("được đếm" in each for each in problems(text, known=False))


def test_all_of_it_is_told_at_once() -> None:
    text = text_of("doi-thoai").replace(", frozen_from: da_hop", "")
    told = [each.split("”")[0] for each in problems(text) if "vẫn sửa tay được: đặt" in each]
    assert told == ["“Hình thức", "“Chủ trì", "“Số người dự, lượt tiếp", "“Kiến nghị nêu ra", "“Trả lời ngay tại chỗ"]


def test_an_exception_is_named_with_its_reason() -> None:
    text = text_of("doi-thoai")
    said = re.search(r",\n     counted_open: \"[^\"]+\"", text)
    assert said is not None
    assert any("“Kiến nghị đã giải quyết” được đếm (số liệu xong, chỉ tiêu C502a)" in each for each in problems(text.replace(said[0], "")))


@pytest.mark.parametrize(
    ("code", "key"),
    [("doi-thoai", "hinh_thuc"), ("giam-sat", "linh_vuc"), ("don-thu", "loai"), ("tuyen-duong", "loai"), ("tin-bai", "kenh")],
)
def test_what_is_frozen_and_counted_can_be_corrected_wherever_it_counts(code: str, key: str) -> None:
    text = text_of(code)
    correction = next(each for each in read(code).acts if each.corrects)
    cut = re.sub(rf"(code: {correction.code}, .*?asks: \[[^\]]*?)\b{key}\b,? ?", r"\1", text, count=1, flags=re.DOTALL)
    assert cut != text
    assert any("không thao tác đính chính nào (corrects) hỏi" in each for each in problems(cut)), problems(cut)


def test_lines_that_count_are_frozen_or_the_file_says_why_not_and_can_be_mended() -> None:
    never = problems(without("ke-hoach", "chi_tieu", r", frozen_from: ban_hanh, amended_by: dieu_chinh"))
    assert never[0] == (
        "Dòng “Chỉ tiêu phấn đấu” được đếm (số liệu chi_tieu) mà không bao giờ khóa: đặt frozen_from, hoặc nói vì sao ở counted_open."
    )
    assert problems(without("ke-hoach", "chi_tieu", r", amended_by: dieu_chinh")) == [
        "Dòng “Chỉ tiêu phấn đấu” được đếm, khóa rồi thì ghi sai không sửa được: đặt amended_by."
    ]
    wrong = text_of("ke-hoach").replace("amended_by: dieu_chinh", "amended_by: thay_the")
    assert any("là một thao tác đính chính (corrects)" in each for each in problems(wrong))


@pytest.mark.parametrize(
    ("code", "before", "after", "said"),
    [
        ("giam-sat", "reason: required,\n     asks: [linh_vuc,", "asks: [linh_vuc,", "là đính chính: phải có reason: required."),
        ("doi-thoai", ", needs: [ly_do_dinh_chinh]", "", "cần một trường lựa chọn nêu lý do trong needs."),
        ("giam-sat", "name: Đính chính, states: [ket_luan, phan_hoi],",
         "name: Đính chính, states: [ket_luan, phan_hoi], to: huy,", "không chuyển trạng thái"),
        ("giam-sat", "asks: [linh_vuc, ngay,", "asks: [linh_vuc, ten, ngay,",
         "đính chính “Tên cuộc” mà ở các trạng thái ấy"),
    ],
)  # fmt: skip
def test_a_correction_says_why_moves_nothing_and_changes_what_is_frozen(code: str, before: str, after: str, said: str) -> None:
    text = text_of(code)
    assert text.count(before) == 1
    assert any(said in each for each in problems(text.replace(before, after))), problems(text.replace(before, after))


def test_proof_that_an_act_demanded_is_not_taken_back_from_where_it_led() -> None:
    assert problems(without("mo-hinh", "after", ", kept_from: tu_bao_xong")) == [
        "“Báo hoàn thành” cần “Ảnh sau” mà sau đó vẫn bỏ ra được: đặt kept_from: tu_bao_xong."
    ]
    definition = read("mo-hinh")
    role, states = definition.by_role["after"], [each.code for each in definition.states if each.meaning != "void"]
    kept = [state for state in states if why_not(definition, BesideAct.DETACH, state, role)]
    assert kept == ["tu_bao_xong", "cong_nhan", "dien_hinh", "khong_cong_nhan", "ngung"]
    assert [state for state in states if why_not(definition, BesideAct.ATTACH, state, role)] == []
    assert why_not(definition, BesideAct.DETACH, "cong_nhan", role) == (
        "“Ảnh sau” không bỏ được nữa ở trạng thái “Được công nhận”: việc đã làm dựa vào đó. Thêm thì vẫn được."
    )


def test_frozen_lines_are_written_under_their_correction_only_where_it_is_done() -> None:
    definition = read("ke-hoach")
    kind = definition.by_line["chi_tieu"]
    assert [each.code for each in definition.states if amending(definition, kind, each.code)] == ["ban_hanh", "thay_the"]


def test_a_correction_makes_no_field_one_that_only_acts_write_but_why_it_was_corrected_is_one() -> None:
    assert "linh_vuc" not in read("mo-hinh").set_by_acts
    assert set(read("doi-thoai").set_by_acts) == {"ly_do_dinh_chinh"}


def test_what_is_wanted_and_frozen_can_still_be_given_where_it_was_never_asked() -> None:
    """An open entry of an edition that did not ask it; what only acts write is asked by these."""
    seen = 0
    for book in (read(file.stem) for file in sorted(BOOKS.glob("*.yaml"))):
        for state in (each.code for each in book.states if each.meaning in OPEN_CLASSES):
            wanted = {each.key for each in required_fields(book, state)} - book.set_by_acts.keys()
            for one in (each for each in book.asked if each.key in wanted and book.has_come_to(each.frozen_from, state)):
                seen += 1
                assert one.key not in frozen_in(book, state, {}), (book.register_code, state, one.key)
                assert frozen_changes(book, {}, {one.key: "x"}, state) == ()
                assert one.key in frozen_in(book, state, {one.key: "x"})
                assert [each.key for each in frozen_changes(book, {one.key: "x"}, {one.key: "y"}, state)] == [one.key]
    assert seen > 20


def test_a_link_without_which_an_act_is_not_done_stays_from_where_it_led() -> None:
    text = text_of("kien-nghi-giam-sat")
    assert text.count(", kept_from: da_gui}") == 1
    assert problems(text.replace(", kept_from: da_gui}", "}")) == [
        "“Gửi kiến nghị” cần “Sau cuộc” mà sau đó vẫn bỏ ra được: đặt kept_from: da_gui."
    ]
    assert any("kept_from" in each for each in problems(text.replace("kept_from: da_gui}", "kept_from: tiep_thu}"))), "too late"


def test_a_correction_asks_what_such_an_entry_must_then_hold() -> None:
    """Else an idea of a unit could not be corrected to one of a person: their name is frozen, and the correction had no box for it."""
    text = text_of("hien-ke")
    assert text.count("asks: [tac_gia_la, tac_gia, ty_le_tac_gia]") == 1
    assert problems(text.replace("asks: [tac_gia_la, tac_gia, ty_le_tac_gia]", "asks: [tac_gia_la]")) == [
        "“Đính chính tác giả” có thể làm hồ sơ phải có “Tên tác giả”, mà trường ấy đã khóa và thao tác không hỏi: thêm vào asks."
    ]
