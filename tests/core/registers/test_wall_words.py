"""The wall of a register's file (design.md, "What it will not do"): every text in it is read, wherever it stands."""

import pytest

from tests.core.registers.test_load_register import SMALL, problems, walled

REFUSED = "Khéo không lưu tôn giáo, tín ngưỡng; hãy bỏ “"
ACT, DONE = "{code: gui, name: Gửi,", "{code: xong, name: Đã xong, meaning: done_good}"
SPENT, LEARNT = "{code: chi, name: Khoản chi, sources: sources, amount: Số tiền}", "name: Học theo, back: Được học theo,"
FIGURE = "{code: moi, name: Mới gửi,"
READY = "ready: [{code: moi, name: Mới, where: [{field: loai, equals: MH}]}]\nfaces: "


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("key: co_anh, ", "key: ton_giao, ", "fields[8].key"),
        ("label: Có ảnh,", "label: Theo đạo,", "fields[8].label"),
        ("label: Có ảnh,", "label: Có ảnh, help: Ghi tôn giáo,", "fields[8].help"),
        ("label: Có ảnh,", "label: Có ảnh, section: Tôn giáo,", "fields[8].section"),
        ("label: Có ảnh,", "label: Có ảnh, concept: ton_giao,", "fields[8].concept"),
        ("{code: khong_dat, name: Không đạt,", "{code: theo_dao, name: Không đạt,", "states[4].code"),
        (DONE, "{code: xong, name: Theo đạo, meaning: done_good}", "states[3].name"),
        (DONE, "{code: xong, name: Đã xong, meaning: done_good, hint: Tôn giáo}", "states[3].hint"),
        (DONE, "{code: xong, name: Đã xong, meaning: done_good, told: Tôn giáo}", "states[3].told"),
        ("{code: lam, name:", "{code: theo_dao, name:", "acts[8].code"),
        (ACT, "{code: gui, name: Gửi tôn giáo,", "acts[0].name"),
        (ACT, f"{ACT} asker_name: Theo đạo,", "acts[0].asker_name"),
        (SPENT, "{code: chi, name: Theo đạo, amount: Số tiền}", "lines[0].name"),
        (SPENT, "{code: chi, name: Khoản chi, quantity: Số tín đồ}", "lines[0].quantity"),
        (SPENT, "{code: chi, name: Khoản chi, amount: Tiền nhà thờ}", "lines[0].amount"),
        (SPENT, "{code: chi, name: Khoản chi, amount: Số tiền, text: Tôn giáo}", "lines[0].text"),
        (LEARNT, "name: Theo đạo, back: Được học theo,", "links[0].name"),
        (LEARNT, "name: Học theo, back: Theo đạo,", "links[0].back"),
        ("{role: giay, name: Giấy tờ,", "{role: ton_giao, name: Giấy tờ,", "attachments[2].role"),
        ("{role: giay, name: Giấy tờ,", "{role: giay, name: Giấy nhà thờ,", "attachments[2].name"),
        ("faces: ", READY.replace("name: Mới,", "name: Tín đồ,"), "ready[0].name"),
        ("faces: ", READY.replace("name: Mới,", "name: Mới, hint: Tín đồ,"), "ready[0].hint"),
        (FIGURE, "{code: moi, name: Tín đồ,", "figures[0].name"),
        (FIGURE, f"{FIGURE} hint: Tín đồ,", "figures[0].hint"),
        ("{code: CT, name: Công trình}", "{code: TONGIAO, name: Công trình}", "lists.kinds[1].code"),
        ("{code: CT, name: Công trình}", "{code: CT, name: Nhà thờ}", "lists.kinds[1].name"),
        ("name: Sổ nhỏ\nshort", "name: Sổ tín đồ\nshort", "name"),
        ("short: Sổ nhỏ", "short: Tín đồ", "short"),
        ("one: hồ sơ", "one: tín đồ", "one"),
        ("campaign: mini", 'campaign: mini\ntitle_from: "Tín đồ {loai}"', "title_from"),
    ],
)
def test_no_text_of_a_register_asks_about_what_is_not_kept(old: str, new: str, place: str) -> None:
    found = problems(changed(SMALL, old, new))
    assert any(f"{place}: {REFUSED}" in each for each in found), found


def test_no_list_of_a_register_names_peoples() -> None:
    found = problems(changed(SMALL, "{code: CT, name: Công trình}", "{code: CT, name: Khmer}"))
    assert any("lists.kinds[1].name: Khéo không thu thập số liệu về dân tộc; hãy bỏ “Khmer”." in each for each in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Sổ đối thoại", "name: Danh sách đối thoại", "name: Khéo không lưu từng người"),
        ("one: cuộc", "one: vụ việc cụ thể", "one: Khéo không lưu từng người"),
        ("name: Đã họp, states", "name: Nêu tên, states", "acts[0].name: Khéo không lưu từng người"),
        ("to: xong, by", "to: xong, reason: optional, by", "acts[0].reason: Sổ được che không ghi lý do bằng lời"),
        ("to: xong, by", "to: xong, reply: true, by", "acts[0].reply: Sổ được che không ghi lời trả lời."),
        ("edit: ", "public_page: {name: Đối thoại}\nedit: ", "public_page: Sổ được che không có trang công khai."),
    ],
)
def test_behind_the_wall_no_text_asks_for_one_case_and_nobody_writes_or_shows_one(old: str, new: str, said: str) -> None:
    assert problems(walled()) == []
    assert any(said in each for each in problems(changed(walled(), old, new)))


@pytest.mark.parametrize("kind", ["individual", "household", "citizen"])
def test_what_may_be_the_name_of_somebody_is_personal(kind: str) -> None:
    text = changed(SMALL, "subjects: [collective, individual]", f"subjects: [collective, {kind}]")
    found = problems(changed(text, "column: subject_name, personal: true", "column: subject_name"))
    assert any("Tên có thể là của một người: cần personal: true." in each for each in found)
