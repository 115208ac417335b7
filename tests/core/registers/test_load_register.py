"""Reading a register's file: everything that is wrong with it, at once, each at its line."""

from datetime import date
from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition
from kheo.core.registers.acts import Season
from kheo.core.registers.loading import load_register

PROJECT = Path(__file__).resolve().parents[3]
SMALL = (PROJECT / "tests/files/so-nho.yaml").read_text(encoding="utf-8")
SHIPPED = sorted((PROJECT / "campaigns/registers").glob("*.yaml"))


def campaign(file: str = "tests/files/mini.yaml") -> Definition:
    loaded = load_definition((PROJECT / file).read_bytes(), file).definition
    assert loaded is not None
    return loaded


def problems(text: str) -> list[str]:
    return [str(each) for each in load_register(text, "so.yaml", campaign=campaign()).problems]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_register_that_is_shipped_is_right(file: Path) -> None:
    loaded = load_register(file.read_bytes(), file.name, campaign=campaign("campaigns/5-khong.yaml"))
    assert [str(each) for each in loaded.problems] == []
    assert loaded.definition is not None
    assert loaded.definition.register_code == file.stem


def test_the_small_register_is_right() -> None:
    assert problems(SMALL) == []


WRONG = [
    ("key: ten, label", "key: Ten, label", "fields[0].key: “Ten” không đúng dạng"),
    ("{key: loai, label: Loại", "{key: ten, label: Loại", "fields[1].key: Khóa trường “ten” đã dùng ở mục thứ 1 của cùng danh sách."),
    ("options: kinds", "options: kind", "fields[1].options: Không có danh mục “kind”; có phải là “kinds”?"),
    ("options: kinds, ", "", "fields[1]: Trường kiểu choice cần khóa options"),
    ("column: area", "column: title", "fields[2]: Cột title chỉ giữ trường kiểu: text."),
    ("type: text, column: title, ", "type: text, ", "fields: Cần một trường có column: title"),
    ("required_from: da_gui, filter", "required_from: dagui, filter", "Không có trạng thái “dagui”; có phải là “da_gui”?"),
    ("type: day, column: occurred_on", "type: day, column: planned", "fields[5].column: “planned” không dùng được"),
    ("at_most: 100000", "at_least: 9, at_most: 1", "fields[6].at_most: Số lớn nhất 1 nhỏ hơn số nhỏ nhất 9."),
    ("type: decimal, decimals: 2", "type: integer, decimals: 2", "fields[7]: Chỉ kiểu decimal có số chữ số thập phân."),
    ("shown_if: [{field: loai, equals: MH}]", "shown_if: [{field: loai, equals: XX}]", "Danh mục “kinds” không có mã “XX”"),
    ("shown_if: [{field: loai, equals: MH}]", "shown_if: [{field: vi_tri, filled: true}]", "Không có trường “vi_tri” đứng trước"),
    ("shown_if: [{field: loai, equals: MH}]", "shown_if: [{field: loai, at_least: 3}]", "Trường “loai” kiểu choice không so lớn bé được."),
    ("shown_if: [{field: loai, equals: MH}]", "shown_if: [{field: loai}]", "Mỗi điều kiện có đúng một phép so"),
    ("name: Đã xong, meaning: done_good", "name: Đã xong, meaning: done", "states[3].meaning: “done” không dùng được"),
    ("to: cho, by", "to: cho_doi, by", "acts[1].to: Không có trạng thái “cho_doi”"),
    ("{code: nhap, name: Nháp, meaning: draft}", "{code: nhap, name: Nháp, meaning: void}", "Trạng thái đầu tiên là lúc mới ghi"),
    ("states: [cho], to: da_gui", "states: [nhap], to: da_gui", "Trạng thái “cho” chưa xong mà không thao tác nào đi tiếp."),
    ("to: huy, by", "to: xong, by", "states[5].code: Không thao tác nào đưa hồ sơ tới trạng thái “huy”."),
    ("to: khong_dat, by: [{scope: above, roles: [reviewer]}], reason: required", "to: khong_dat, by: [{scope: above, roles: [reviewer]}]",
     "acts[5].reason: “Không duyệt” là từ chối: phải có reason: required."),
    ("not_by: [create, gui]", "not_by: [create, duyet]", "Một thao tác không loại trừ chính nó"),
    ("assigns: true}", "effect: transfer}", "acts[7].assigns: “Giao” chuyển sang đơn vị khác: cần assigns: true."),
    ("assigns: true}", "assigns: true, effect: transfer}", "acts[7].reason: “Giao” chuyển sang đơn vị khác: cần reason: required."),
    ("assigns: true}", "assigns_to: around}", "acts[7].assigns_to: “Giao” không giao cho đơn vị nào (assigns); bỏ assigns_to."),
    ("assigns: true}", "assigns: true, only_if: [{field: cach_lam, filled: true}]}",
     "acts[7].only_if: “cach_lam” là lời văn dài: không xét ở đây được."),
    ("assigns: true}", "assigns: true, invites: loai}", "acts[7].invites: “Giao” mời một đơn vị: invites là một trường type: unit"),
    ("paused_in: [cho], extension: 5}", "paused_in: [cho], extension: 5, only_if: [{field: cach_lam, filled: true}]}",
     "clocks[0].only_if: “cach_lam” là lời văn dài: không xét ở đây được."),
    ("assigns: true}", "assigns_other: true}", "acts[7].assigns_other: “Giao” không cho chọn đơn vị; bỏ assigns_other."),
    ("assigns: true}", "assigns: true, assigns_to: up}", "acts[7].assigns_to: “Giao” đưa lên cấp trên: cần to, và không phải transfer."),
    ("assigns: true}", "assigns: true, effect: extend}", "acts[7].effect: “Giao” giao cho đơn vị khác: effect chỉ có thể là transfer."),
    ("assigns: true}", "assigns: true, assigns_to: up, to: da_gui}",
     "acts[4].by: “Duyệt” kết thúc việc đã đưa lên cấp trên: chỉ scope superior hoặc asker, không phải above, other."),
    ("above, roles: [reviewer]}], reason: required, effect: extend}", "superior, roles: [head]}], reason: required, effect: extend}",
     "acts[3].by: “Gia hạn” là của cấp trên được đưa lên (superior): chỉ ở trạng thái mà một thao tác assigns_to: up đưa tới."),
    ("[{scope: above, roles: [reviewer]}], assigns: true}", "[{scope: asker, roles: [officer]}], assigns: true, assigns_to: below}",
     "acts[7].assigns_to: “Giao”: người gửi (scope asker) không chọn đơn vị; cần assigns_to: up."),
    ("[{scope: above, roles: [reviewer]}], assigns: true}", "[{scope: other, roles: [officer]}], assigns: true, assigns_to: around}",
     "acts[7].by: “Giao”: đơn vị không có phần trong hồ sơ (scope other) không giao nó cho ai; bỏ other."),
    ("assigns: true}", "effect: merge}", "acts[7].to: “Giao” gộp vào hồ sơ khác: trạng thái sau đó phải là void."),
    ("assigns: true}", "effect: merge}", "acts[7].links: “Giao” gộp vào hồ sơ khác: cần links"),
    ("assigns: true}", "effect: new_episode}", "acts[7].effect: “Giao” là việc của một nơi: sổ cần khóa places."),
    ("assigns: true}", "after_clock: traloi}", "acts[7].after_clock: Không có thời hạn “traloi”; có phải là “tra_loi”?"),
    (", extension: 5", "", "acts[3].effect: “Gia hạn” gia hạn, mà không thời hạn nào có extension."),
    ("extension: 5", "extension: 5, early: 3", "clocks[0].early: early chỉ dùng với lịch kiểm tra lại (repeats)."),
    ("met_by: [duyet, bac]", "met_by: [duyet, bac], ended_by: [huyy]", "clocks[0].ended_by: Không có thao tác “huyy”; có phải là “huy”?"),
    ("lines:\n", "places: {episode: hoc, new_use: loai}\nlines:\n", "Sổ theo nơi cần một trường vị trí"),
    ("lines:\n", "places: {episode: hoc, new_use: loai}\nlines:\n", "places.episode: Đợt trước của một nơi"),
    ("lines:\n", "places: {episode: hoc, new_use: loai}\nlines:\n", "places.new_use: Không có trường “loai” kiểu text."),
    ("fields: [loai, dip, dien_tich]", "fields: []", "quick.fields: Ghi tại chỗ hỏi từ 1 đến 3 trường (đang có 0)."),
    ("fields: [loai, dip, dien_tich]", "fields: [loai, dip, dien_tich, so_nguoi]",
     "quick.fields: Ghi tại chỗ hỏi từ 1 đến 3 trường (đang có 4)."),
    ("fields: [loai, dip, dien_tich]", "fields: [loai, dip_nao, dien_tich]", "quick.fields: Không có trường “dip_nao” để hỏi"),
    ("fields: [loai, dip, dien_tich]", "fields: [loai, cach_lam, dien_tich]",
     "quick.fields: “Cách làm” kiểu long_text; ở đây cần: choice"),
    ("fields: [loai, dip, dien_tich]", "fields: [loai, ten_chu_the, dien_tich]", "quick.fields: “Tên chủ thể” là dữ liệu cá nhân"),
    ("fields: [loai, dip, dien_tich]", "fields: [loai, loai, dien_tich]", "quick: “loai” được ghi hai lần."),
    ("quick: {photo: truoc, ", "quick: {photo: truocc, ", "quick.photo: Không có vai trò ảnh “truocc”; có phải là “truoc”?"),
    ("quick: {photo: truoc, ", "quick: {photo: sau, ", "quick.photo: “Ảnh sau” không phải là ảnh đầu tiên của người ghi"),
    ("quick: {photo: truoc, ", "quick: {photo: giay, ", "quick.photo: “Giấy tờ” không phải là ảnh đầu tiên của người ghi"),
    ("place: vi_tri, day: tu_ngay", "place: tu_ngay, day: vi_tri", "quick.place: “Từ ngày” kiểu day; ở đây cần: place."),
    ("place: vi_tri, day: tu_ngay", "place: tu_ngay, day: vi_tri", "quick.day: “Vị trí” kiểu place; ở đây cần: day."),
    ("{loai}, {dien_tich} m²", "{loai}, {dien_tich m²", "quick.fills: “{loai}, {dien_tich m²” viết sai"),
    ("{loai}, {dien_tich} m²", "{loai}, {so_nguoi} m²", "quick.fills: “ten” ghép từ “so_nguoi”, mà fields không hỏi trường ấy."),
    ("{loai}, {dien_tich} m²", "{loai!r}", "quick.fills: “ten” ghép từ tên trường trong ngoặc nhọn"),
    ("{loai}, {dien_tich} m²", "Hồ sơ", "quick.fills: “ten” ghép từ tên trường trong ngoặc nhọn"),
    (", fills: {ten: \"{loai}, {dien_tich} m²\"}", "", "quick: “Tên” bắt buộc ngay từ đầu mà ghi tại chỗ không hỏi"),
    ("asks: [ket_qua]", "asks: [ketqua]", "acts[4].asks: Không có trường “ketqua”; có phải là “ket_qua”?"),
    ("asks: [ket_qua]", "sets: {ketqua: 1}", "acts[4].sets: Không có trường “ketqua”"),
    ("asks: [ket_qua]", "sets: {ket_qua: nhiều}", "acts[4].sets: Trường “ket_qua” là số; “nhiều” không phải là số."),
    ("asks: [ket_qua]", "sets: {loai: XX}", "acts[4].sets: Danh mục “kinds” không có mã “XX”"),
    ("asks: [ket_qua]", "asks: [ket_qua], sets: {ket_qua: 1}", "acts[4].asks: “ket_qua” do thao tác ghi (sets), không hỏi thêm"),
    ("working_days: 5, started_by", "working_days: 5, days: 5, started_by", "cần đúng một trong: working_days, days, until, repeats."),
    ("met_by: [duyet, bac]", "met_by: [duyet, bo]", "clocks[0].met_by: Không có thao tác “bo”"),
    ("sources: sources, amount", "sources: nguon, amount", "lines[0].sources: Không có danh mục “nguon”"),
    ("list_names: {kinds: Loại, sources: Nguồn}", "list_names: {kinds: Loại}", "lists.sources: Danh mục “sources” chưa có tên gọi"),
    ("column: subject_name, personal: true", "column: subject_name", "Tên có thể là của một người: cần personal: true."),
    ("subject_name, personal: true", "subject_name, personal: true, filter: true", "Dữ liệu cá nhân không lọc"),
    ("type: text, column: title", "type: text, at_most: 400, column: title", "nhận tối đa 250 ký tự"),
    ("shown_if: [{field: loai, equals: MH}]", "shown_if: [{field: so_nguoi, equals: nhiều}]", "“nhiều” không phải là số"),
    ("label: Kết quả,", "label: Tôn giáo của người tham gia,", "Khéo không lưu tôn giáo, tín ngưỡng; hãy bỏ “Tôn giáo”."),
    ("name: Công trình}", "name: Điểm nóng}", "Khéo không lưu điểm nóng, lực lượng nòng cốt; hãy bỏ “Điểm nóng”."),
    ("{key: loai, label: Loại", "{key: trang_thai, label: Loại", "fields[1].key: “trang_thai” là chữ của địa chỉ trang danh sách"),
    ("prefix: SN", "prefix: sn", "prefix: “sn” không đúng dạng"),
    ("key: so_nguoi, label", "key: version, label", "fields[6].key: “version” là chữ Khéo dùng bên cạnh các trường"),
    ("key: tu_ngay, label", "key: han, label", "fields[5].key: “han” là chữ Khéo dùng bên cạnh các trường"),
    ("key: loai, label", "key: kind, label", "fields[1].key: “kind” là chữ Khéo dùng bên cạnh các trường"),
    ("{code: lam, name", "{code: create, name", "acts[8].code: “create” là việc có sẵn của mọi sổ"),
    ("register_code: so-nho", "register_code: viec", "register_code: “viec” là địa chỉ của một trang khác"),
    ("prefix: SN", 'prefix: SN\ntitle_from: "{tu_ngay} {"', "title_from: “{tu_ngay} {” viết sai"),
    ("{key: loai, label: Loại, type: choice, options: kinds, required_from: da_gui, filter: true}\n"
     "  - {key: linh_vuc, label: Lĩnh vực, type: choice, column: area, options: fields, required_from: da_gui, filter: true",
     "{key: loai, label: Loại, type: choice, options: kinds, required_from: da_gui, filter: true}\n"
     "  - {key: linh_vuc, label: Lĩnh vực, type: choice, column: area, options: fields, required_from: da_gui, personal: true",
     "figures[0].counts: “Lĩnh vực” là dữ liệu cá nhân: không đếm theo trường ấy"),
    ("options: kinds", "options: kinds, consent: true", "fields[1]: consent chỉ dùng cho trường yes_no."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[new[:40] for _, new, _ in WRONG])
def test_says_what_is_wrong_and_where(old: str, new: str, said: str) -> None:
    assert SMALL.count(old) >= 1, "the case must change the file"
    assert any(said in each for each in problems(SMALL.replace(old, new, 1))), problems(SMALL.replace(old, new, 1))


def test_says_everything_at_once() -> None:
    text = SMALL
    for old, new, _ in (WRONG[2], WRONG[8], WRONG[21], WRONG[23]):
        text = text.replace(old, new, 1)
    found = problems(text)
    assert len(found) == 4
    assert all(each.startswith("so.yaml:") for each in found)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("{key: ghi_chu, label: Ghi chú, type: text}", "không nhận chữ, vị trí"),
        ("{key: noi, label: Nơi, type: place}", "không nhận chữ, vị trí"),
        ("{key: ke, label: Kể lại, type: long_text}", "không nhận chữ, vị trí"),
        ("{key: ds, label: Danh sách, type: integer}", "từng người, từng vụ việc"),
    ],
)
def test_a_walled_register_takes_numbers_days_and_choices_only(field: str, said: str) -> None:
    assert problems(walled()) == []
    assert any(said in each for each in problems(walled(field)))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("attachments: [{role: before, name: Trước}]", "không nhận ảnh, tệp"),
        ("subjects: [individual]", "không có chủ thể"),
        ("lines: [{code: d, name: Dòng, text: Ghi}]", "không có cột chữ"),
    ],
)
def test_a_walled_register_has_no_place_for_one_person(part: str, said: str) -> None:
    assert any(said in each for each in problems(f"{walled()}\n{part}\n"))


OWN_DOER, ABOVE_DOER = "{scope: own, roles: [officer, head]}", "{scope: above, roles: [reviewer]}"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (f"to: xong, by: [{OWN_DOER}]", f"to: xong, by: [{OWN_DOER}, {ABOVE_DOER}]", "acts[0].by"),
        (f"edit: [{OWN_DOER}]", f"edit: [{OWN_DOER}, {ABOVE_DOER}]", "edit"),
        ("edit: ", f"lines: [{{code: d, name: Dòng, quantity: Số, by: [{ABOVE_DOER}]}}]\nedit: ", "lines[0].by"),
        (
            "edit: ",
            f"links: [{{code: l, name: Nối, back: Nối, to: doi-thoai, verified_by: [{ABOVE_DOER}]}}]\nedit: ",
            "links[0].verified_by",
        ),
    ],
)
def test_nobody_above_has_a_part_in_a_walled_entry(old: str, new: str, place: str) -> None:
    assert walled().count(old) == 1
    (found,) = problems(walled().replace(old, new))
    assert f"{place}: Hồ sơ của sổ được che (walled) chỉ đơn vị ghi và đơn vị được giao mở được" in found


def walled(field: str = "{key: so_luot, label: Số lượt, type: integer}") -> str:
    """A register of the fifth content, with one more field."""
    return f"""
schema_version: 1
register_code: doi-thoai
name: Sổ đối thoại
short: Đối thoại
one: cuộc
prefix: DT
campaign: mini
walled: true
title_from: "{{hinh_thuc}} ngày {{ngay}}"
list_names: {{forms: Hình thức}}
lists: {{forms: [{{code: DK, name: Định kỳ}}, {{code: DX, name: Đột xuất}}]}}
fields:
  - {{key: hinh_thuc, label: Hình thức, type: choice, options: forms, required_from: xong}}
  - {{key: ngay, label: Ngày, type: day, column: occurred_on, required_from: xong}}
  - {field}
states: [{{code: du_kien, name: Dự kiến, meaning: draft}}, {{code: xong, name: Đã họp, meaning: done_good}}]
edit: [{{scope: own, roles: [officer, head]}}]
acts: [{{code: xong, name: Đã họp, states: [du_kien], to: xong, by: [{{scope: own, roles: [officer, head]}}]}}]
"""


@pytest.mark.parametrize("text", ["", "- a\n- b", "a: &x 1\nb: *x", "x" * 2_000_000, "fields: [{", "schema_version: 2"])
def test_a_file_that_is_no_register_is_refused_with_a_reason(text: str) -> None:
    assert load_register(text, "so.yaml").definition is None
    assert problems(text) != []


def with_figure(counts: str) -> str:
    """The small register with this figure in place of its own."""
    before, after = SMALL.split("figures:")
    return f"{before}figures:\n  - {{code: x, name: Số, counts: {counts}}}\nfaces:{after.split('faces:')[1]}"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("{fact: entered, states: [xang]}", "không có trạng thái “xang”"),
        ("{fact: line, line: khong}", "không có loại dòng “khong”"),
        ("{fact: due, clock: khong}", "không có thời hạn “khong”"),
        ("{fact: entered, states: [xong], measure: sum, of: ten}", "Không cộng được trường “ten”"),
        ("{fact: entered, states: [xong], by: ten}", "Không chia phần theo “ten”"),
        ("{fact: entered, states: [xong], where: [{field: loai, equals: XX}]}", "không có mã “XX”"),
        ("{fact: entered, states: [xong], by: linh_vuc}, days: true", "không đi cùng among, measure hay by"),
        ("{fact: entered, states: [xong]}, among: {fact: in_state, states: [xang]}", "không có trạng thái “xang”"),
        ("{fact: entered, states: [xong], by: linh_vuc}, among: {fact: in_state, states: [xong]}", "không chia phần (by)"),
        ("{fact: in_state, states: [xong], measure: units_below}", "units_below chỉ dùng cho chỉ tiêu"),
        ("{fact: line, line: chi, measure: sum, of: people}", "Dòng chỉ cộng được quantity, amount"),
        ("{fact: entered, states: [xong], followed: {days: 9, states: [xang]}}", "không có trạng thái “xang”"),
        ("{fact: entered, states: [xong], followed: {days: 9, link: khong}}", "không có loại liên kết “khong”"),
        ("{fact: entered, states: [xong], followed: {days: 9}}", "followed cần đúng một trong: states, link."),
        ("{fact: entered, states: [xong], followed: {days: 9, states: [xong], link: hoc_theo}}", "followed cần đúng một trong"),
        ("{fact: entered, states: [xong], followed: {days: 9, states: [xong], from_register: a}}", "from_register đi cùng link"),
        ("{fact: in_state, states: [xong], followed: {days: 9, states: [xong]}}", "Khóa followed chỉ dùng với fact: entered."),
        ("{fact: entered, states: [xong], followed: {days: 9, states: [xong]}}, days: true", "không đi cùng followed"),
        ("{fact: entered, states: [xong], onward: true}", "Khóa onward chỉ dùng với fact: link."),
        ("{fact: entered, states: [xong]}, days: true, among: {fact: entered, states: [xong]}", "không đi cùng among, measure hay by"),
        ("{fact: in_state, states: [xong], measure: subjects}, age: true", "không đi cùng among, measure hay by"),
        ("{fact: entered, states: [xong]}, age: true", "age chỉ dùng với fact: in_state lúc chốt số liệu, không cùng days."),
        ("{fact: in_state, states: [xong], at: start}, age: true", "age chỉ dùng với fact: in_state lúc chốt số liệu, không cùng days."),
        ("{fact: in_state, states: [xong]}, age: true, days: true", "age chỉ dùng với fact: in_state lúc chốt số liệu, không cùng days."),
        ("{fact: entered, states: [xong]}, of_units: true", "of_units chỉ dùng với measure: any, không cùng among"),
        ("{fact: entered, states: [xong], measure: any}, of_units: true, among: {fact: entered, states: [xong]}",
         "of_units chỉ dùng với measure: any, không cùng among"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_counted_is_refused(figure: str, said: str) -> None:
    assert any(said in each for each in problems(with_figure(figure)))


def test_days_are_no_figure_where_small_numbers_are_hidden() -> None:
    text = with_figure("{fact: entered, states: [xong]}, days: true")
    assert problems(text) == []
    assert any("trung vị của vài hồ sơ" in each for each in problems(text.replace("fields:", "small_hidden: true\nfields:", 1)))


def test_units_that_have_something_are_no_share_where_small_numbers_are_hidden() -> None:
    text = with_figure("{fact: entered, states: [xong], measure: any}, of_units: true")
    assert problems(text) == []
    assert any("không ở sổ che số nhỏ" in each for each in problems(text.replace("fields:", "small_hidden: true\nfields:", 1)))


def test_how_long_what_is_open_waits_is_a_figure_of_what_is_in_a_state_at_the_last_of_the_days() -> None:
    assert problems(with_figure("{fact: in_state, states: [da_gui]}, age: true")) == []


MUON = "ready:\n  - {code: muon, name: Muộn, states: [nhap], out_of_season: gui}\nfaces:"
IM = "ready:\n  - {code: im, name: Im, states: [nhap], unsaid: [gui]}\nfaces:"
YEAR_END = [("2023-11-14", False), ("2023-11-15", True), ("2023-12-31", True), ("2024-02-29", True), ("2024-03-01", False)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Gửi,", "name: Gửi, links_if: [{field: loai, equals: CT}],", "không cần liên kết nào (links); bỏ links_if."),
        ("name: Gửi,", "name: Gửi, links: hoc_theo, links_if: [{field: loai, equals: XX}],", "không có mã “XX”"),
        ("name: Gửi,", "name: Gửi, season: {name: đợt, since: '02-30', until: '03-31'},", "Không có ngày 02-30 (viết tháng-ngày)."),
        ("faces:", MUON, "Thao tác “gui” không có thời gian nào (season)."),
        ("faces:", IM.replace("[gui]", "[guii]"), "Không có thao tác “guii”; có phải là “gui”?"),
    ],
)
def test_what_is_wanted_now_and_then_is_said_of_what_there_is(old: str, new: str, said: str) -> None:
    assert SMALL.count(old) == 1
    assert any(said in each for each in problems(SMALL.replace(old, new)))


WITHHELD = [
    ("yes_no, personal: true", "dữ liệu cá nhân, hoặc giấu người chấm"),
    ("yes_no, for_judges: false", "dữ liệu cá nhân, hoặc giấu người chấm"),
    ("integer, sealed_until: xong", "“co_anh” kín (sealed_until)"),
    ("long_text", "“co_anh” là lời văn dài"),
]


@pytest.mark.parametrize(("kind", "said"), WITHHELD, ids=["personal", "hidden from judges", "sealed", "long"])
@pytest.mark.parametrize("step", ["only_if: [{field: co_anh, filled: true}]", "links: hoc_theo, links_if: [{field: co_anh, filled: true}]"])
def test_no_step_depends_on_what_not_everybody_reads_who_sees_it(kind: str, said: str, step: str) -> None:
    """Whether the button is there, or the link is asked, would tell the value."""
    text = SMALL.replace("name: Gửi,", f"name: Gửi, {step},")
    if "links:" in step:  # a link that an act needs stays
        text = text.replace("other_unit: true,", "other_unit: true, kept_from: da_gui,")
    assert problems(text) == []
    key = "links_if" if "links_if" in step else "only_if"
    withheld = text.replace("label: Có ảnh, type: yes_no", f"label: Có ảnh, type: {kind}")
    assert any(f"acts[0].{key}: " in each and said in each for each in problems(withheld))


def test_rounds_are_those_of_a_campaign() -> None:
    text = SMALL.replace("faces:", IM)
    assert problems(text) == []
    alone = "\n".join(line for line in text.splitlines() if not line.startswith("campaign:"))
    assert any("Kỳ báo cáo là của phong trào" in each for each in problems(alone))


@pytest.mark.parametrize(("day", "is_in"), YEAR_END)
def test_a_season_may_go_on_into_the_next_year(day: str, is_in: bool) -> None:
    season = Season(name="đợt", since="11-15", until="02-29")
    assert (season.holds(date.fromisoformat(day)), season.words) == (is_in, "đợt (15/11 đến 29/2 hằng năm)")
