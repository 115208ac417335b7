"""What papers of all kinds are about: under `V/v` beside another column, under a title, over several lines, in capitals."""

import pytest

from kheo.core.text import name_key
from tests.core.directives.papers import answer

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
BODY = "\nThực hiện Kế hoạch số 5/KH-UBND ngày 01/01/2024 của UBND tỉnh, đề nghị:\n\n1. Triển khai.\n\n2. Báo cáo./.\n\n"
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
HEADS = [
    (
        (
            "UBND TỈNH LONG AN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "SỞ Y TẾ                      Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/SYT-NVY               Long An, ngày 02 tháng 3 năm 2024\n"
            "V/v tăng cường công tác phòng,\n"
            "chống dịch bệnh mùa mưa\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "tăng cường công tác phòng, chống dịch bệnh mùa mưa",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/SYT-NVY Long An, ngày 02 tháng 3 năm 2024\n"
            "V/v tăng cường công tác phòng,\n"
            "chống dịch bệnh mùa mưa năm 2024\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "tăng cường công tác phòng, chống dịch bệnh mùa mưa năm 2024",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/SYT-NVY\n"
            "V/v tăng cường công tác phòng, Long An, ngày 02 tháng 3 năm 2024\n"
            "chống dịch bệnh\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "tăng cường công tác phòng, chống dịch bệnh",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ Y TẾ\n"
            "Số: 12/SYT-NVY\n"
            "(V/v tăng cường phòng, chống dịch)\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "tăng cường phòng, chống dịch",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ Y TẾ\n"
            "Số: 12/SYT-NVY\n"
            "V/v: Báo cáo kết quả 6 tháng\n"
            "đầu năm 2024\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "Báo cáo kết quả 6 tháng đầu năm 2024",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ Y TẾ\n"
            "Số: 12/SYT-NVY\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "Về việc rà soát danh mục thuốc\n"
            "năm 2024\n"
            "\n"
            "Kính gửi: Các sở, ban, ngành.\n"
        ),
        "rà soát danh mục thuốc năm 2024",
        "Công văn",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "Số: 12/QĐ-UBND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "QUYẾT ĐỊNH\n"
            "Về việc ban hành Quy chế phối hợp\n"
            "-----\n"
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
            "\n"
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n"
        ),
        "ban hành Quy chế phối hợp",
        "Quyết định",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "Số: 12/KH-UBND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "KẾ HOẠCH\n"
            "thực hiện Chỉ thị số 05/CT-TTg ngày 15/02/2024\n"
            "của Thủ tướng Chính phủ trên địa bàn tỉnh\n"
            "________\n"
        ),
        "thực hiện Chỉ thị số 05/CT-TTg ngày 15/02/2024 của Thủ tướng Chính phủ trên địa bàn tỉnh",
        "Kế hoạch",
    ),
    (
        (
            "TỈNH ỦY LONG AN\n"
            "*\n"
            "Số 12-CT/TU\n"
            "ĐẢNG CỘNG SẢN VIỆT NAM\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "CHỈ THỊ\n"
            "CỦA BAN THƯỜNG VỤ TỈNH ỦY\n"
            "về tăng cường sự lãnh đạo của Đảng\n"
            "đối với công tác dân vận\n"
            "-----\n"
        ),
        "tăng cường sự lãnh đạo của Đảng đối với công tác dân vận",
        "Chỉ thị",
    ),
    (
        (
            "TỈNH ỦY LONG AN\n"
            "*\n"
            "Số 12-KL/TU\n"
            "ĐẢNG CỘNG SẢN VIỆT NAM\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "KẾT LUẬN\n"
            "CỦA BAN THƯỜNG VỤ TỈNH ỦY\n"
            "về tình hình kinh tế - xã hội quý I\n"
            "-----\n"
        ),
        "tình hình kinh tế - xã hội quý I",
        "Kết luận",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "VĂN PHÒNG\n"
            "Số: 12/TB-VPUBND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "THÔNG BÁO\n"
            "Kết luận của Chủ tịch UBND tỉnh Nguyễn Văn A\n"
            "tại cuộc họp giao ban tháng 3 năm 2024\n"
            "\n"
        ),
        "Kết luận của Chủ tịch UBND tỉnh Nguyễn Văn A tại cuộc họp giao ban tháng 3 năm 2024",
        "Thông báo",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "Số: 12/CĐ-UBND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "CÔNG ĐIỆN\n"
            "Về việc chủ động ứng phó với mưa lũ\n"
            "\n"
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n"
            "- Các sở, ban, ngành;\n"
            "- UBND các huyện.\n"
            "\n"
        ),
        "chủ động ứng phó với mưa lũ",
        "Công điện",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ NỘI VỤ\n"
            "Số: 12/GM-SNV\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "GIẤY MỜI\n"
            "Dự Hội nghị tổng kết phong trào thi đua\n"
            "\n"
            "Kính gửi: Các sở.\n"
        ),
        "Dự Hội nghị tổng kết phong trào thi đua",
        "Giấy mời",
    ),
    (
        (
            "HỘI ĐỒNG NHÂN DÂN\n"
            "TỈNH LONG AN\n"
            "Số: 12/NQ-HĐND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "NGHỊ QUYẾT\n"
            "Về mục tiêu, nhiệm vụ năm 2024\n"
            "\n"
            "HỘI ĐỒNG NHÂN DÂN TỈNH LONG AN\n"
            "KHÓA X, KỲ HỌP THỨ 12\n"
            "\n"
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n"
        ),
        "mục tiêu, nhiệm vụ năm 2024",
        "Nghị quyết",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ NỘI VỤ\n"
            "Số: 12/BC-SNV\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "BÁO CÁO\n"
            "KẾT QUẢ CÔNG TÁC CẢI CÁCH HÀNH CHÍNH\n"
            "QUÝ I NĂM 2024\n"
            "(Từ ngày 15/12/2023 đến ngày 14/3/2024)\n"
            "\n"
        ),
        "KẾT QUẢ CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2024",
        "Báo cáo",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ NỘI VỤ\n"
            "Số: 12/TTr-SNV\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "TỜ TRÌNH\n"
            "V/v đề nghị ban hành Nghị quyết quy định mức chi\n"
            "\n"
            "Kính gửi: Ủy ban nhân dân tỉnh.\n"
        ),
        "đề nghị ban hành Nghị quyết quy định mức chi",
        "Tờ trình",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "BAN CHỈ ĐẠO CCHC\n"
            "Số: 12/CTr-BCĐ\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "CHƯƠNG TRÌNH CÔNG TÁC\n"
            "NĂM 2024\n"
            "\n"
        ),
        "công tác năm 2024",
        "Chương trình",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "SỞ NỘI VỤ\n"
            "Số: 12/HD-SNV\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "HƯỚNG DẪN\n"
            "Tổng kết phong trào thi đua và bình xét khen thưởng năm 2024.\n"
            "\n"
        ),
        "Tổng kết phong trào thi đua và bình xét khen thưởng năm 2024",
        "Hướng dẫn",
    ),
    (
        (
            "UBND TỈNH LONG AN\n"
            "Số: 12/CT-UBND\n"
            "{STATE}\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "CHỈ THỊ\n"
            "Về việc tăng cường công tác quản lý đất đai\n"
            "\n"
            "Thời gian qua, công tác quản lý đất đai có chuyển biến.\n"
            "\n"
            "Để khắc phục, Chủ tịch UBND tỉnh yêu cầu:\n"
            "\n"
        ),
        "tăng cường công tác quản lý đất đai",
        "Chỉ thị",
    ),
    (
        (
            "UBND TỈNH LONG AN {STATE}\n"
            "Số: 12/ĐA-UBND\n"
            "Long An, ngày 02 tháng 3 năm 2024\n"
            "\n"
            "ĐỀ ÁN\n"
            "Phát triển nguồn nhân lực tỉnh Long An\n"
            "giai đoạn 2024 - 2030\n"
            "\n"
            "Phần thứ nhất\n"
            "SỰ CẦN THIẾT\n"
            "\n"
        ),
        "Phát triển nguồn nhân lực tỉnh Long An giai đoạn 2024 - 2030",
        "Đề án",
    ),
    (
        (
            "ĐẢNG ỦY XÃ AN BÌNH\n"
            "*\n"
            "Số 12-TB/ĐU\n"
            "ĐẢNG CỘNG SẢN VIỆT NAM\n"
            "An Bình, ngày 02 tháng 8 năm 2025\n"
            "\n"
            "THÔNG BÁO\n"
            "phân công nhiệm vụ các đồng chí ủy viên Ban Thường vụ\n"
            "-----\n"
        ),
        "phân công nhiệm vụ các đồng chí ủy viên Ban Thường vụ",
        "Thông báo",
    ),
    (
        (
            "TỈNH ỦY LONG AN\n"
            "BAN TỔ CHỨC\n"
            "*\n"
            "Số 12-CV/BTCTU\n"
            "V/v rà soát hồ sơ đảng viên\n"
            "ĐẢNG CỘNG SẢN VIỆT NAM\n"
            "Long An, ngày 02 tháng 8 năm 2024\n"
            "\n"
            "Kính gửi: - Các huyện ủy, thành ủy;\n"
            "- Các đảng ủy trực thuộc.\n"
        ),
        "rà soát hồ sơ đảng viên",
        "Công văn",
    ),
]


@pytest.mark.parametrize(("head", "subject", "kind"), HEADS, ids=[f"{kind}: {subject}" for _, subject, kind in HEADS])
def test_the_kind_and_the_subject_are_told(head: str, subject: str, kind: str) -> None:
    told = answer(head.replace("{STATE}", STATE) + BODY + FOOT)
    assert (told["doc_type"], name_key(told["subject"] or "")) == (kind, name_key(subject))
    assert (told["date"] is not None, told["full_number"] is not None, told["signer_name"]) == (True, True, "Trần Văn Ba")


@pytest.mark.parametrize("under", ["\n\n", "\n-----\n\n"])
def test_a_subject_may_break_before_an_office_and_a_body_may_begin_with_one(under: str) -> None:
    head = "ĐẢNG ỦY XÃ KHÁNH HƯNG\n*\nSố 21-TB/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nKhánh Hưng, ngày 28 tháng 7 năm 2025\n\nTHÔNG BÁO\n"
    about = "Phân công nhiệm vụ các đồng chí Ủy viên"
    broken = f"{head}{about}\nBan Thường vụ Đảng ủy xã{under}Ban Thường vụ thông báo để biết.\n"
    begun = f"{head}{about}\nBan Thường vụ Đảng ủy xã thông báo để các chi bộ biết,\nnhư sau:{under}1. Bí thư phụ trách chung.\n"
    assert answer(broken)["subject"] == f"{about} Ban Thường vụ Đảng ủy xã"
    assert answer(begun)["subject"] == about


def test_a_subject_goes_on_with_quoted_titles_in_a_paragraph_of_their_own() -> None:
    head = "LĐLĐ TỈNH LONG AN\nSố: 12/KH-LĐLĐ\nLong An, ngày 02 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
    about = "Thực hiện phong trào thi đua “Công đoàn khéo vận động” với hai nội dung"
    titles = "“Khu trọ không rác; Nhà máy không tai nạn”"
    assert answer(f"{head}{about}\n\n{titles}\n\ngiai đoạn 2024 - 2025\n{BODY}")["subject"] == f"{about} {titles} giai đoạn 2024 - 2025"
    quoted = f"{head}Báo cáo kết quả.\n\n{titles} là bốn nội dung được giao.\n{BODY}"
    assert answer(quoted)["subject"] == "Báo cáo kết quả"
