"""How many items the highest level of a body has, in the ways papers number them; a scan reads `I` as `l`."""

import pytest

from kheo.core.directives import outline
from tests.core.directives.papers import FOURTH, HARD, INVENTED, THIRD, answer, pairs

HEAD = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\nV/v báo cáo\n\nKính gửi: Các sở."
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
BODIES = [
    (
        "I. MỤC ĐÍCH, YÊU CẦU / 1. Mục đích / - Nâng cao. / 2. Yêu cầu / - Kịp thời. / II. NỘI DUNG / 1. Tuyên truyền / 2. "
        "Kiểm tra / III. TỔ CHỨC THỰC HIỆN / 1. Sở A / 2. Sở B",
        3,
    ),
    (
        "l. MỤC ĐÍCH, YÊU CẦU / 1. Mục đích / - Nâng cao. / 2. Yêu cầu / - Kịp thời. / Il. NỘI DUNG / 1. Tuyên truyền / 2. "
        "Kiểm tra / Ill. TỔ CHỨC THỰC HIỆN / 1. Sở A / 2. Sở B",
        3,
    ),
    ("I- MỤC ĐÍCH / 1- Mục đích / 2- Yêu cầu / II- NỘI DUNG / 1- Tuyên truyền", 2),
    ("1. Sở Nội vụ: / a) Chủ trì; / b) Phối hợp. / 2. Sở Y tế: / - Kiểm tra. / 3. Các huyện / 4. Báo cáo trước ngày 20/9/2024", 4),
    ("1/ Sở Nội vụ: chủ trì. / 2/ Sở Y tế: kiểm tra. / 3/ Các huyện", 3),
    (
        "Điều 1. Ban hành kèm theo. / Điều 2. Quyết định này có hiệu lực kể từ ngày ký. / Điều 3. Chánh Văn phòng chịu trách "
        "nhiệm thi hành./.",
        3,
    ),
    (
        "Chương I / QUY ĐỊNH CHUNG / Điều 1. Phạm vi / 1. Một / 2. Hai / Điều 2. Đối tượng / Chương II / NỘI DUNG / Điều 3. "
        "Trách nhiệm / Điều 4. Thi hành",
        4,
    ),
    ("A. KẾT QUẢ / I. THUẬN LỢI / 1. Một / 2. Hai / II. KHÓ KHĂN / B. NHIỆM VỤ / I. MỤC TIÊU / II. GIẢI PHÁP", 2),
    ("Phần I / KẾT QUẢ NĂM 2023 / I. Một / II. Hai / Phần II / NHIỆM VỤ NĂM 2024 / I. Ba / II. Bốn", 2),
    ("PHẦN THỨ NHẤT / KẾT QUẢ / I. MỘT / II. HAI / PHẦN THỨ HAI / NHIỆM VỤ / I. BA", 2),
    ("Một là, tăng cường. / ¶ / Hai là, đẩy mạnh. / ¶ / Ba là, báo cáo.", None),
    ("- Tăng cường. / - Đẩy mạnh. / - Báo cáo.", None),
    ("1. Sở Nội vụ chủ trì. / 2. Sở Y tế / 2.1. Kiểm tra. / 2.2. Báo cáo. / 3. Sở Công Thương / 3.1. Rà soát / 4. Hết", 4),
    (
        "I. Mục đích / 1. a / 2. b / II. Nội dung thi đua / 1. Nội dung 1 / 2. Nội dung 2 / 3. Nội dung 3 / III. Thời gian / "
        "IV. Tổ chức thực hiện / 1. Công đoàn cơ sở / 2. LĐLĐ huyện",
        4,
    ),
    (
        "1. Về công tác tuyên truyền / Tiếp tục tuyên truyền. / ¶ / 2. Về công tác kiểm tra / Kiểm tra 3 lần. / ¶ / 3. Tổ "
        "chức thực hiện / 3.1 Các sở / 3.2 Các huyện",
        3,
    ),
    ("a) Sở Nội vụ: chủ trì; / b) Sở Y tế: kiểm tra; / c) Các huyện: báo cáo.", None),
    ("1. Yêu cầu các sở: / a. Tăng cường; / b. Đẩy mạnh. / 2. Yêu cầu các huyện: / a. Báo cáo.", 2),
    ("I. TÌNH HÌNH / Năm 2023 / 1. Kết quả / 2.500 hộ nghèo được hỗ trợ; / 2. Hạn chế / II. NHIỆM VỤ / 1. Một / 2. Hai", 2),
]


@pytest.mark.parametrize(("lines", "items"), BODIES)
def test_the_items_of_the_highest_level_are_counted(lines: str, items: int | None) -> None:
    body = lines.replace(" / ", "\n").replace("¶\n", "\n")
    told = answer(f"{HEAD}\n\nThực hiện kế hoạch, Sở Nội vụ đề nghị:\n\n{body}\n\n{FOOT}")
    assert told["top_level_items"] == items


def test_a_line_is_tried_with_the_kinds_of_its_first_sign_and_no_other_could_hold() -> None:
    """Against all lines of the papers, and one of each sign that begins an item."""
    lines = {
        line for folder in (INVENTED, HARD, THIRD, FOURTH) for _, text, _ in pairs(folder) for line in text.split("\n") if line.strip()
    }
    made = (
        f"{sign}{rest}"
        for sign in outline._KINDS_BY_SIGN
        for rest in ("", ". Một", ") Một", "/ MỘT", "- MỘT", " MỘT", "ỤC LỤC I", "1.2 Một")
    )
    for line in [*lines, *made]:
        tried = outline._KINDS_BY_SIGN.get(line.lstrip()[:1], outline._KINDS)
        assert [(line, kind) for kind, rule in tried if rule.match(line)] == [
            (line, kind) for kind, rule in outline._KINDS if rule.match(line)
        ]
