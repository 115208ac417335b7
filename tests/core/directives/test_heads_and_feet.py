"""Heads and feet of bodies of all kinds: who issues a paper and who signs it, however the columns came.

Written by hand after how ministries, provinces, communes of 2025, the Party, the Front, unions, schools, hospitals and courts print them.
"""

import pytest

from kheo.core.text import name_key
from tests.core.directives.papers import answer

BODY = (
    "\n\nKính gửi: Các cơ quan, đơn vị.\n\nĐề nghị các đơn vị:\n\n1. Triển khai nghiêm túc.\n\n2. Gửi báo cáo trước ngày 20/9/2025./.\n\n"
)
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
HEAD = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\nV/v báo cáo"
NN = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
HEADS = [
    (
        "CHỦ TỊCH                       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nỦY BAN NHÂN DÂN          Độc lập - Tự do - Hạnh phúc\n"
        "TỈNH BẮC KẠN\nSố: 11/CĐ-UBND      Bắc Kạn, ngày 12 tháng 9 năm 2024",
        "Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn",
    ),
    (
        "TỈNH ỦY THANH HÓA\n*\nSố 1234-CV/TU\nV/v tăng cường công tác\nĐẢNG CỘNG SẢN VIỆT NAM\nThanh Hóa, ngày 05 tháng 8 năm 2025",
        "Tỉnh ủy Thanh Hóa",
    ),
    (
        "ĐẢNG BỘ TỈNH BẮC NINH ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY PHƯỜNG KINH BẮC\n* Kinh Bắc, ngày 05 tháng 8 năm 2025\n"
        "Số 12-CV/ĐU\nV/v học tập nghị quyết",
        "Đảng ủy phường Kinh Bắc",
    ),
    (
        "ĐẢNG ỦY XÃ ĐẠI ĐỒNG                     ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "BAN TUYÊN GIÁO VÀ DÂN VẬN          Đại Đồng, ngày 5 tháng 8 năm 2025\n*\nSố 12-CV/BTGDV",
        "Ban Tuyên giáo và Dân vận",
    ),
    (
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ ĐẠI ĐỒNG              Độc lập - Tự do - Hạnh phúc\n"
        "Số:     /UBND-VX          Đại Đồng, ngày     tháng 8 năm 2025\nV/v phòng chống dịch",
        "Ủy ban nhân dân xã Đại Đồng",
    ),
    (
        "UBND TỈNH KHÁNH HÒA\nUBND ĐẶC KHU TRƯỜNG SA\nSố: 45/UBND-KT\nV/v rà soát quy hoạch\n"
        + NN
        + "\nTrường Sa, ngày 05 tháng 8 năm 2025",
        "UBND đặc khu Trường Sa",
    ),
    (
        "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH LÀO CAI\nBAN THƯỜNG TRỰC\nSố: 45/MTTQ-BTT\nV/v vận động ủng hộ\n"
        + NN
        + "\nLào Cai, ngày 05 tháng 8 năm 2025",
        "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai",
    ),
    (
        "MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH GIA LAI\nHỘI LIÊN HIỆP PHỤ NỮ\nSố: 45/BTV-PT\nV/v vận động ủng hộ\n"
        + NN
        + "\nGia Lai, ngày 05 tháng 8 năm 2025",
        "Hội Liên hiệp Phụ nữ",
    ),
    (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO NAM ĐỊNH\nTRƯỜNG THPT CHUYÊN LÊ HỒNG PHONG\nSố: 45/THPTLHP\nV/v vận động ủng hộ\n"
        + NN
        + "\nNam Định, ngày 05 tháng 8 năm 2024",
        "Trường THPT chuyên Lê Hồng Phong",
    ),
    (
        "SỞ Y TẾ TỈNH PHÚ THỌ\nBỆNH VIỆN ĐA KHOA\nKHU VỰC CẨM KHÊ\nSố: 45/BVĐK-TCHC\n" + NN + "\nCẩm Khê, ngày 05 tháng 8 năm 2024",
        "Bệnh viện đa khoa khu vực Cẩm Khê",
    ),
    ("BỘ NỘI VỤ\nCỤC VIỆC LÀM\nSố: 45/CVL-TT\nV/v báo cáo\n" + NN + "\nHà Nội, ngày 05 tháng 8 năm 2025", "Cục Việc làm"),
    (
        "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 4511/BNNMT-CNTY\n"
        "V/v phòng chống dịch tả lợn Châu Phi Hà Nội, ngày 15 tháng 7 năm 2025",
        "Bộ Nông nghiệp và Môi trường",
    ),
    (
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO\n_______\nSố: 4511/BGDĐT-GDPT\nV/v hướng dẫn thực hiện\nnhiệm vụ năm học 2025 - 2026\n"
        + NN
        + "\n____________\nHà Nội, ngày 15 tháng 7 năm 2025",
        "Bộ Giáo dục và Đào tạo",
    ),
    (
        "TÒA ÁN NHÂN DÂN TỐI CAO\nTÒA ÁN NHÂN DÂN TỈNH NGHỆ AN\nSố: 45/TA-VP\n" + NN + "\nNghệ An, ngày 15 tháng 7 năm 2025",
        "Tòa án nhân dân tỉnh Nghệ An",
    ),
    ("VĂN PHÒNG CHÍNH PHỦ\nSố: 4511/VPCP-KGVX\nV/v triển khai\n" + NN + "\nHà Nội, ngày 15 tháng 7 năm 2025", "Văn phòng Chính phủ"),
    (
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 20/CT-TTg\n" + NN + "\nHà Nội, ngày 12 tháng 7 năm 2025\n\nCHỈ THỊ\nVề một số nhiệm vụ cấp bách",
        "Thủ tướng Chính phủ",
    ),
    ("CHÍNH PHỦ\nSố: 66/NQ-CP\n" + NN + "\nHà Nội, ngày 12 tháng 7 năm 2025\n\nNGHỊ QUYẾT\nVề Chương trình cắt giảm thủ tục", "Chính phủ"),
    (
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ HẢI PHÒNG Độc lập – Tự do – Hạnh phúc\n"
        "Số: 12/NQ-HĐND Hải Phòng, ngày 12 tháng 7 năm 2025\n\nNGHỊ QUYẾT\nVề kế hoạch đầu tư công",
        "Hội đồng nhân dân thành phố Hải Phòng",
    ),
    (
        "UBND TỈNH NGHỆ AN\nBAN CHỈ ĐẠO 389\nSố: 12/KH-BCĐ389\n"
        + NN
        + "\nNghệ An, ngày 12 tháng 7 năm 2025\n\nKẾ HOẠCH\nCao điểm chống buôn lậu",
        "Ban Chỉ đạo 389",
    ),
    (
        "BAN CHỈ ĐẠO\nPHONG TRÀO TOÀN DÂN\nBẢO VỆ AN NINH TỔ QUỐC\nTỈNH HÀ TĨNH\nSố: 12/KH-BCĐ\n"
        + NN
        + "\nHà Tĩnh, ngày 12 tháng 7 năm 2025\n\nKẾ HOẠCH\nTổ chức Ngày hội",
        "Ban Chỉ đạo phong trào toàn dân bảo vệ an ninh Tổ quốc tỉnh Hà Tĩnh",
    ),
    (
        "TRUNG ƯƠNG ĐOÀN\nTNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH ĐOÀN TỈNH LONG AN\n***\nSố: 12-KH/TĐTN-TTN\n"
        "ĐOÀN TNCS HỒ CHÍ MINH\nLong An, ngày 12 tháng 7 năm 2023\n\nKẾ HOẠCH\nTổ chức Tháng Thanh niên",
        "Ban Chấp hành Đoàn tỉnh Long An",
    ),
    ("HỘI NÔNG DÂN VIỆT NAM\nBCH TỈNH VĨNH LONG\nSố: 45-CV/HNDT\n" + NN + "\nVĩnh Long, ngày 12 tháng 7 năm 2023", "BCH tỉnh Vĩnh Long"),
    (
        "HỘI LHPN VIỆT NAM\nBAN CHẤP HÀNH HỘI LHPN\nTỈNH QUẢNG BÌNH\nSố: 45/KH-BTV\n"
        + NN
        + "\nQuảng Bình, ngày 12 tháng 7 năm 2023\n\nKẾ HOẠCH\nTổ chức Hội thi",
        "Ban Chấp hành Hội LHPN tỉnh Quảng Bình",
    ),
    (
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nCÔNG ĐOÀN Y TẾ VIỆT NAM\nSố: 45/CĐYT\n" + NN + "\nHà Nội, ngày 12 tháng 7 năm 2023",
        "Công đoàn Y tế Việt Nam",
    ),
    (
        "LIÊN ĐOÀN LAO ĐỘNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ HÀ NỘI Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/LĐLĐ Hà Nội, ngày 12 tháng 7 năm 2023\nV/v thi đua",
        "Liên đoàn Lao động thành phố Hà Nội",
    ),
    (
        "UBND THÀNH PHỐ VINH\nPHÒNG GIÁO DỤC VÀ\nĐÀO TẠO\nSố: 45/PGDĐT\n" + NN + "\nTP. Vinh, ngày 12 tháng 7 năm 2023",
        "Phòng Giáo dục và Đào tạo",
    ),
    (
        "BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI KHU VỰC XXIV\nSố: 45/BHXH-QLT\n" + NN + "\nSóc Trăng, ngày 12 tháng 4 năm 2025",
        "Bảo hiểm xã hội khu vực XXIV",
    ),
    ("CỤC THUẾ\nCHI CỤC THUẾ KHU VỰC X\nSố: 45/CCTKV.X-NVDTPC\n" + NN + "\nNghệ An, ngày 12 tháng 4 năm 2025", "Chi cục Thuế khu vực X"),
    (
        "ĐẠI HỌC QUỐC GIA HÀ NỘI\nTRƯỜNG ĐẠI HỌC KHOA HỌC\nXÃ HỘI VÀ NHÂN VĂN\nSố: 45/XHNV-CT\n"
        + NN
        + "\nHà Nội, ngày 12 tháng 4 năm 2025",
        "Trường Đại học Khoa học Xã hội và Nhân văn",
    ),
    (
        "TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG\nCÔNG TY ĐIỆN LỰC QUẢNG TRỊ\nSố: 45/QTPC-KD\n" + NN + "\nQuảng Trị, ngày 12 tháng 4 năm 2024",
        "Công ty Điện lực Quảng Trị",
    ),
    (
        "QUỐC HỘI KHÓA XV\nĐOÀN ĐẠI BIỂU QUỐC HỘI TỈNH QUẢNG NAM\nSố: 45/ĐĐBQH-VP\n" + NN + "\nQuảng Nam, ngày 12 tháng 4 năm 2024",
        "Đoàn đại biểu Quốc hội tỉnh Quảng Nam",
    ),
    (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nỦY BAN NHÂN DÂN\nĐộc lập - Tự do - Hạnh phúc\nTỈNH CÀ MAU\n"
        "Cà Mau, ngày 12 tháng 4 năm 2024\nSố: 45/UBND-NC\nV/v cải cách hành chính",
        "Ủy ban nhân dân tỉnh Cà Mau",
    ),
    ("ỦY BAN DÂN TỘC\nSố: 45/UBDT-CSDT\n" + NN + "\nHà Nội, ngày 12 tháng 4 năm 2024", "Ủy ban Dân tộc"),
    (
        "BAN TỔ CHỨC TRUNG ƯƠNG\n*\nSố 45-HD/BTCTW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 12 tháng 4 năm 2024\n\nHƯỚNG DẪN\nmột số vấn đề",
        "Ban Tổ chức Trung ương",
    ),
    (
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 19-CT/TW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 12 tháng 4 năm 2024\n\nCHỈ THỊ\n"
        "CỦA BAN BÍ THƯ\nvề tăng cường sự lãnh đạo",
        "Ban Chấp hành Trung ương",
    ),
    (
        "NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM\nSố: 02/CT-NHNN\n" + NN + "\nHà Nội, ngày 12 tháng 4 năm 2024\n\nCHỈ THỊ\nVề tổ chức thực hiện",
        "Ngân hàng Nhà nước Việt Nam",
    ),
    (
        "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO\nVIỆN KIỂM SÁT NHÂN DÂN\nTỈNH ĐỒNG THÁP\nSố: 02/KH-VKS-VP\n"
        + NN
        + "\nĐồng Tháp, ngày 12 tháng 4 năm 2024\n\nKẾ HOẠCH\nCông tác năm",
        "Viện kiểm sát nhân dân tỉnh Đồng Tháp",
    ),
    (
        "UBND TỈNH TÂY NINH\nBAN QUẢN LÝ\nKHU KINH TẾ\nSố: 02/BQLKKT-VP\n" + NN + "\nTây Ninh, ngày 12 tháng 4 năm 2024",
        "Ban Quản lý Khu kinh tế",
    ),
    (
        "ỦY\nBAN NHÂN DÂN\nTỈNH NAM ĐỊNH\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---\n|\n"
        "Số:\n88/UBND-TH\n|\nNam\nĐịnh, ngày 14 tháng 12 năm 2015\n|\n",
        "Ủy ban nhân dân tỉnh Nam Định",
    ),
    (
        "VĂN PHÒNG HỘI ĐỒNG\nSố:\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n/VPHĐ-TH\n\n"
        "Hà Nội, ngày     tháng 4\n\nnăm 2016\n\nDỰ THẢO\n",
        "Văn phòng Hội đồng",
    ),
    (
        "Trang 1UBND TỈNH BÌNH THUẬN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG Độc lập – Tự do – Hạnh phúc\n"
        "Số: 327/SXD-VP Phan Thiết, ngày 29 tháng 4 năm 2021",
        "Sở Xây dựng",
    ),
    ("CÔNG AN TỈNH HÒA BÌNH\nCÔNG AN THÀNH PHỐ\nSố: 02/CATP-XDPT\n" + NN + "\nHòa Bình, ngày 12 tháng 4 năm 2024", "Công an thành phố"),
]
FEET = [
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, VX.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nTS. Nguyễn Văn Dũng",
        "Nguyễn Văn Dũng",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ),
    (
        "Nơi nhận:- Như trên;- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHồ Thị Nguyên Thảo",
        "Hồ Thị Nguyên Thảo",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ),
    ("Nơi nhận: TUQ. CHỦ TỊCH\n- Như trên; CHÁNH VĂN PHÒNG\n- Lưu: VT.\nLê Quang Đạo", "Lê Quang Đạo", "TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"),
    ("Nơi nhận: Q. GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\nPGS.TS. Lê Thị Hồng Vân", "Lê Thị Hồng Vân", "Q. GIÁM ĐỐC"),
    (
        "Nơi nhận:              KT. BỘ TRƯỞNG\n- Như trên;             THỨ TRƯỞNG\n- Bộ trưởng (để b/c);\n- Lưu: VT, CNTY.\n"
        "                        Phùng Đức Tiến",
        "Phùng Đức Tiến",
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    ),
    (
        "Nơi nhận\n- Như trên,\n- Lưu VT.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n(Đã ký)\nPhan Thị Thúy Vân",
        "Phan Thị Thúy Vân",
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC",
    ),
    ("TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\nĐã ký: Võ Kim Thoa\nNơi nhận:\n- Như trên;\n- Lưu VT.", "Võ Kim Thoa", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, TH (3b).\nTL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\n[daky]\n\nNgô Hạnh Phúc",
        "Ngô Hạnh Phúc",
        "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nHIỆU TRƯỞNG\n\nThS. NGUYỄN THỊ LAN", "Nguyễn Thị Lan", "HIỆU TRƯỞNG"),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\n\n(Đã ký)\n\nY Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm", "CHỦ TỊCH"),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nPHÓ THỦ TƯỚNG\n\nNguyễn Hòa Bình", "Nguyễn Hòa Bình", "PHÓ THỦ TƯỚNG"),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHÁNH ÁN\nPHÓ CHÁNH ÁN\n\nA Lăng Mai", "A Lăng Mai", "KT. CHÁNH ÁN\nPHÓ CHÁNH ÁN"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\n\nVương Quốc Tuấn",
        "Vương Quốc Tuấn",
        "TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH",
    ),
    ("TRƯỞNG PHÒNG\n\nĐỗ Thị Hà\n", "Đỗ Thị Hà", "TRƯỞNG PHÒNG"),
    (
        "Nơi nhận:\n- Thường trực Tỉnh ủy;\n- Như trên;\n- Lưu: VT. TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Phương",
        "Lò Văn Phương",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    ),
    (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- TT Tỉnh ủy (b/c); PHÓ CHỦ TỊCH\n- Lưu: VT.\n\nNguyễn Văn Hùng",
        "Nguyễn Văn Hùng",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ),
    (
        "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Giám đốc (b/c);\n- Lưu: VT, NV Nguyễn Thị Kim Chi",
        "Nguyễn Thị Kim Chi",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, NV.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nKý bởi: Sở Nội vụ\n"
        "Thời gian ký: 05/03/2024 16:30:12 +07:00\nPhạm Thị Thanh",
        "Phạm Thị Thanh",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    ),
    (
        "Nơi nhận:                                                TM. BAN THƯỜNG VỤ\n"
        "- Như trên;                                                  CHỦ TỊCH\n- TT LĐLĐ tỉnh;\n- Lưu: VP.\n"
        "                                                          Đã ký\n\n"
        "                                                        Lê Thị Sương Mai",
        "Lê Thị Sương Mai",
        "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH",
    ),
    (
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\n\nPhạm Ngọc Thưởng\n\nNơi nhận:\n- Như trên;\n- Bộ trưởng (để b/c);\n- Lưu: VT, Vụ GDTrH.",
        "Phạm Ngọc Thưởng",
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nHIỆU TRƯỞNG\n(Ký, ghi rõ họ tên)\nĐặng Quốc Bảo", "Đặng Quốc Bảo", "HIỆU TRƯỞNG"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTL. GIÁM ĐỐC\nTRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ\nNguyễn Hồng Ánh Nguyệt",
        "Nguyễn Hồng Ánh Nguyệt",
        "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nBSCKII. Trịnh Xuân Đức", "Trịnh Xuân Đức", "GIÁM ĐỐC"),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nVIỆN TRƯỞNG\nGS.TS.BS. Lê Minh Tú", "Lê Minh Tú", "VIỆN TRƯỞNG"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH\nLê Hồng Sơn",
        "Lê Hồng Sơn",
        "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH",
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\n\nHoàng Đăng Quang",
        "Hoàng Đăng Quang",
        "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ĐẢNG ỦY\nBÍ THƯ\n\nVàng A Dình", "Vàng A Dình", "TM. ĐẢNG ỦY\nBÍ THƯ"),
    ("Nơi nhận:\n- Như trên;\n- Lưu VT.\n\nTUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nÊ Ban Y Phu", "Ê Ban Y Phu", "TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG"),
    ("Nơi nhận:\n- Như trên;\n- Lưu VT.\n\nTHỦ TƯỚNG\n\n\n\nPhạm Minh Chính", "Phạm Minh Chính", "THỦ TƯỚNG"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu VT.\n\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\n(đã ký)\n\nTrần Hồng Hà",
        "Trần Hồng Hà",
        "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG",
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu VT.\n\nTM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH\n\nBùi Thị Thơm",
        "Bùi Thị Thơm",
        "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT, KTTH.\nCHỦ TỊCH\nPhạm S", "Phạm S", "CHỦ TỊCH"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, KTTH.\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\n#signature#\nVõ Văn Hoan",
        "Võ Văn Hoan",
        "KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT\nTRƯỞNG BAN TỔ CHỨC\n\nĐại tá Nguyễn Văn Long", "Nguyễn Văn Long", "TRƯỞNG BAN TỔ CHỨC"),
    (
        "Nơi nhận:\n- Như trên;\n- Thường trực HĐND xã;\n- Lưu: VT.\nCHỦ TỊCH\n\n\n\nNguyễn Thị\nPhương Thảo",
        "Nguyễn Thị Phương Thảo",
        "CHỦ TỊCH",
    ),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nPHÓ GIÁM ĐỐC PHỤ TRÁCH\n\n\nTôn Nữ Thị Ninh", "Tôn Nữ Thị Ninh", "PHÓ GIÁM ĐỐC PHỤ TRÁCH"),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC\n\n\nChu Mạnh Sinh",
        "Chu Mạnh Sinh",
        "KT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC",
    ),
]


@pytest.mark.parametrize(("head", "issuer"), HEADS, ids=[issuer for _, issuer in HEADS])
def test_the_issuer_is_told_from_any_head(head: str, issuer: str) -> None:
    told = answer(head + BODY + FOOT)
    assert (name_key(told["issuer"] or ""), bool(told["symbol"])) == (name_key(issuer), True)
    assert told["date"] or "ngày     " in head


@pytest.mark.parametrize(("foot", "name", "title"), FEET, ids=[f"{name}, {title.splitlines()[0]}" for _, name, title in FEET])
def test_the_signer_is_told_from_any_foot(foot: str, name: str, title: str) -> None:
    told = answer(f"{HEAD}{BODY}{foot}\n")
    assert (name_key(told["signer_name"] or ""), told["signer_title"]) == (name_key(name), title)
    assert len(told["distribution"]) >= 2 or "Nơi" not in foot


@pytest.mark.parametrize(
    "addressed",
    [
        "Kính gửi: Sở Y tế các tỉnh, thành phố; các Viện Vệ sinh dịch tễ, Viện Pasteur.",
        "Kính gửi:\nỦy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương; các Viện Vệ sinh dịch tễ, Viện Pasteur.",
        "Kính gửi:\nChủ tịch Ủy ban nhân dân các xã, phường, đặc khu thuộc tỉnh; các Viện Vệ sinh dịch tễ, Viện Pasteur.",
    ],
)
def test_a_long_line_that_begins_with_an_office_after_kinh_gui_is_who_the_paper_is_for(addressed: str) -> None:
    told = answer(f"{HEAD}\n{NN}\n\n{addressed}\n\nThực hiện chỉ đạo của cấp trên, đề nghị:\n\n1. Triển khai.\n\n{FOOT}")["recipients"]
    assert told == [addressed.split(":", 1)[1].split(";")[0].strip(), "các Viện Vệ sinh dịch tễ, Viện Pasteur"]


@pytest.mark.parametrize("number", ["1562/CT-TTHT", "305/PB-KT", "77/HĐ-TĐKT"])
def test_a_letter_whose_notation_begins_like_a_kind_is_told_by_what_it_is_about(number: str) -> None:
    head = f"BỘ Y TẾ\nCỤC PHÒNG BỆNH\nSố: {number}\nV/v báo cáo định kỳ\n{NN}\nHà Nội, ngày 02 tháng 3 năm 2026"
    assert answer(head + BODY + FOOT)["doc_type"] == "Công văn"
    assert answer(head.replace("V/v báo cáo định kỳ\n", "") + BODY + FOOT)["doc_type"] != "Công văn"


@pytest.mark.parametrize(
    ("copies", "signer"),
    [
        ("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nVà Bá Cha\n", "Và Bá Cha"),
        ("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nMoong Văn Phia\n", "Moong Văn Phia"),
        ("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNeáng Kim Sa\n", "Neáng Kim Sa"),
        ("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nKa Thị Dung\n", "Ka Thị Dung"),
        ("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nAlăng Văn Mai\n", "Alăng Văn Mai"),
        ("K/T TRƯỞNG BAN\n- Như trên, PHÓ TRƯỞNG BAN\n- Lãnh đạo Ban, Tôn Thất Khuê\n- Lưu VT, DV.\n", "Tôn Thất Khuê"),
    ],
)
def test_a_signer_of_a_rare_name_or_after_the_comma_of_an_entry_is_told(copies: str, signer: str) -> None:
    told = answer(HEAD + BODY + "Nơi nhận: " + copies)
    assert told["signer_name"] == signer
    assert not any(signer in each for each in told["distribution"])


def test_a_paper_is_of_the_day_that_stands_before_who_issued_it() -> None:
    said = "Ngày 10/11/2023, Ủy ban nhân dân tỉnh có Công văn số 7012/UBND-KSTTHC về cải cách."
    unsaid = "Ngày 10/11/2023, tỉnh họp; Sở có Công văn số 7013/SNV-CC về cải cách."
    told = answer(HEAD + f"\n\nKính gửi: Các sở.\n\n{said}\n\n{unsaid}\n\nĐề nghị triển khai./.\n\n" + FOOT)["cited_documents"]
    assert [(each["number"], each["date"]) for each in told] == [("7012/UBND-KSTTHC", "2023-11-10"), ("7013/SNV-CC", None)]


@pytest.mark.parametrize("between", [" ", "   ", "\n"])
def test_the_youth_union_in_the_other_column_is_no_part_of_the_office(between: str) -> None:
    head = f"TỈNH ĐOÀN QUẢNG TRỊ{between}ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 36-HD/TĐTN\n\nHƯỚNG DẪN\nCông tác Đoàn\n\n1. Làm.\n2. Báo cáo."
    assert answer(head)["issuer"] == "Tỉnh Đoàn Quảng Trị"


@pytest.mark.parametrize(
    ("symbol", "issuer", "superior"),
    [
        ("KHLT-LĐLĐ-SNV", "Liên đoàn Lao động tỉnh Nam Định - Sở Nội vụ", None),
        ("CTPH/LĐLĐ-SNV", "Liên đoàn Lao động tỉnh Nam Định - Sở Nội vụ", None),
        ("KHPH-SNV-CCHC", "Sở Nội vụ", "Liên đoàn Lao động tỉnh Nam Định"),
        ("KH-LĐLĐ-SNV", "Sở Nội vụ", "Liên đoàn Lao động tỉnh Nam Định"),
    ],
)
def test_two_offices_that_issue_one_paper_are_both_its_issuer(symbol: str, issuer: str, superior: str | None) -> None:
    told = answer(f"LIÊN ĐOÀN LAO ĐỘNG TỈNH NAM ĐỊNH\nSỞ NỘI VỤ\nSố: 12/{symbol}\n\nKẾ HOẠCH\nPhối hợp\n\n1. Làm.\n2. Báo cáo.")
    assert (told["issuer"], told["issuer_superior"]) == (issuer, superior)
