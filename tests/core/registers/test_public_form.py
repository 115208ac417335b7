"""What a register may take from people without an account: checked in its definition, as is what it never may."""

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.moves import History, Stance, allowed_acts, doers
from kheo.core.registers.second_thoughts import looks_like_complaint, second_thought
from kheo.core.registers.words import Scope
from kheo.core.workflow import Role
from tests.core.registers.test_load_register import SHIPPED, campaign, problems, walled

FILES = {file.stem: file.read_text(encoding="utf-8") for file in SHIPPED}


def told(register: str, before: str, after: str) -> list[str]:
    """What is wrong with a shipped register after one change."""
    text = FILES[register]
    assert text.count(before) == 1, before
    loaded = load_register(text.replace(before, after), "so.yaml", campaign=campaign("campaigns/5-khong.yaml"))
    return [str(each) for each in loaded.problems]


FORM = "asks: [tom_tat, noi_dung, linh_vuc, nguoi_gui_la]"


@pytest.mark.parametrize(
    ("register", "before", "after", "said"),
    [
        ("phan-anh", FORM, "asks: [tom_tat, noi_dung, linh_vuc, nguoi_gui]", "asks: Không có trường “nguoi_gui”"),
        ("phan-anh", FORM, "asks: [tom_tat, noi_dung, linh_vuc]", "“Người gửi là” cần có ngay từ đầu mà biểu mẫu không hỏi"),
        ("phan-anh", FORM, f"{FORM[:-1]}, y_kien]", "asks: “Ý kiến của người gửi” chỉ do thao tác ghi"),
        ("phan-anh", "sets: {kenh: TRUCTUYEN}", "sets: {kenh: BUUDIEN}", "from_public.sets"),
        ("phan-anh", "  day: ngay_nhan", "  day: dia_ban", "day: Trường “dia_ban” phải có kiểu day."),
        ("phan-anh", "name: dia_ban", "name: kenh", "place_name: Trường “kenh” phải có kiểu text."),
        ("phan-anh", "name: dia_ban", "name: dia_ban\n  photos: document", "photos: Không có vai trò ảnh “document”"),
        ("diem-o-nhiem", "may_lack: [vi_tri]", "may_lack: [muc_do]", "may_lack: “muc_do” không có trong asks."),
        ("diem-o-nhiem", "may_lack: [vi_tri]", "phone: [vi_tri]", "from_public.phone"),
    ],
)
def test_the_form_asks_what_there_is_and_what_begins_an_entry(register: str, before: str, after: str, said: str) -> None:
    assert any(said in each for each in told(register, before, after))


def test_the_form_never_asks_who_somebody_is() -> None:
    named = "  - {key: nguoi_gui_la,"
    added = "  - {key: ben_gui, label: Bên gửi, type: text, column: subject_name, personal: true}\n" + named
    text = FILES["phan-anh"].replace(named, added, 1).replace(FORM, f"{FORM[:-1]}, ben_gui]")
    found = load_register(text, "so.yaml", campaign=campaign("campaigns/5-khong.yaml")).problems
    assert [str(each).split(": ", 1)[1] for each in found] == ["from_public.asks: Biểu mẫu không hỏi người gửi là ai."]


def test_what_the_asker_thinks_is_written_by_the_asker() -> None:
    """Where entries come through the form, an act that writes it has the asker's side, and it is no field of any form."""
    asker = "{scope: asker, roles: [officer]}, {scope: own, roles: [officer, head]}],\n     not_by: [tra_loi, tra_loi_lai], sets"
    without = asker.removeprefix("{scope: asker, roles: [officer]}, ")
    assert any("“Ghi người gửi hài lòng” ghi “Ý kiến của người gửi”: cần scope asker" in each for each in told("phan-anh", asker, without))


def test_an_asker_is_never_asked_for_fields_files_or_entries() -> None:
    found = told("phan-anh", "asker_name: Hài lòng}", "asker_name: Hài lòng, asks: [van_ban]}")
    assert any("người gửi (scope asker) không làm được" in each for each in found)


DONE, OWN = "name: Đã họp, meaning: done_good", "to: xong, by: ["


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("edit: ", "from_public: {name: Gửi, asks: [hinh_thuc, ngay]}\nedit: ", "from_public: Sổ được che không nhận gì"),
        ("options: forms,", "options: forms, public: true,", "fields[0].public: Sổ được che không công khai gì."),
        (DONE, f"{DONE}, public: true", "states[1].public: Sổ được che không công khai"),
        (DONE, f"{DONE}, told: Xong", "states[1].told: Sổ được che không nói gì"),
        (OWN, f"{OWN}{{scope: asker, roles: [officer]}}, ", "acts[0].by: Sổ được che không có người gửi"),
    ],
)
def test_behind_the_wall_nothing_comes_from_the_public_and_nothing_goes_to_it(before: str, after: str, said: str) -> None:
    text = walled()
    assert problems(text) == []
    assert text.count(before) == 1
    assert any(said in each for each in problems(text.replace(before, after)))


def test_no_book_of_the_fifth_content_takes_anything_from_the_public() -> None:
    """Of those that are shipped, and which do."""
    loaded = [load_register(text, name, campaign=campaign("campaigns/5-khong.yaml")).definition for name, text in FILES.items()]
    public = {each.register_code for each in loaded if each is not None and each.from_public is not None}
    assert public == {"phan-anh", "diem-o-nhiem", "hien-ke"}
    assert not any(each.walled for each in loaded if each is not None and each.register_code in public)


def test_only_the_asker_says_what_the_asker_thinks_where_the_asker_can_come_back() -> None:
    definition = load_register(FILES["phan-anh"], "x").definition
    assert definition is not None
    assert definition.askers_own == {"hai_long", "chua_hai_long", "len_cap_tren"}
    officer = Stance(7, frozenset({(Scope.OWN, Role.OFFICER)}))
    asker = Stance(None, frozenset({(Scope.ASKER, Role.OFFICER)}))

    def may(stance: Stance, state: str, *, from_public: bool) -> set[str]:
        return {act.code for act in allowed_acts(definition, state, stance, History(), from_public=from_public)}

    assert may(officer, "da_tra_loi", from_public=False) == {"hai_long", "chua_hai_long", "dong"}
    assert may(officer, "da_tra_loi", from_public=True) == {"dong"}
    assert may(asker, "da_tra_loi", from_public=True) == {"hai_long", "chua_hai_long"}
    assert may(officer, "cho_bo_sung", from_public=True) == {"bo_sung"}
    assert may(asker, "tiep_nhan", from_public=True) == set()
    assert doers(definition, definition.by_act["dong"], from_public=True) == definition.by_act["dong"].by


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tôi tố cáo ông A", "nhận ở đây"),
        ("ĐƠN KHIẾU NẠI lần hai", "nhận ở đây"),
        ("don to cao", "nhận ở đây"),
        ("Gọi tôi số 0912 345 678", "có số điện thoại (“0912 345 678”)"),
        ("CCCD 079123456789", "số căn cước"),
        ("Đèn hẻm 12 hỏng từ 01/04/2023, đã báo hai lần", ""),
        ("Tổ cao nhất của khu phố", ""),
    ],
)
def test_what_looks_like_a_complaint_or_a_persons_data_is_asked_back(text: str, said: str) -> None:
    found = second_thought(text)
    assert said in found
    assert bool(found) == bool(said)


def test_words_that_only_sound_alike_are_no_complaint() -> None:
    assert not looks_like_complaint("Toà cao ốc, tổ caosu, tờ cáo thị rách")
