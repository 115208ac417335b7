"""How well copied descriptions are found: precision and recall over a made corpus of descriptions of models, and what one costs.

    python -m bench.likeness

A description is made of what every form says (the same in all), of sentences of its subject, and of what is its own (names, numbers,
places). Pairs that are known: copied as it is; copied with names, places and numbers changed; copied in part and gone on with; told in
other words; the same form and subject with other sentences; the same form and another subject.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from kheo.core.likeness import bands, degree, runs

FORM = (
    "Thực hiện phong trào thi đua Dân vận khéo, Ban Chấp hành công đoàn cơ sở đã xây dựng kế hoạch, phân công từng đồng chí.",
    "Ban chỉ đạo tổ chức tuyên truyền, vận động đoàn viên, người lao động và nhân dân trên địa bàn tích cực hưởng ứng.",
    "Định kỳ hằng quý sơ kết, rút kinh nghiệm, biểu dương kịp thời các tập thể, cá nhân làm tốt.",
    "Phát huy vai trò nêu gương của cán bộ, đảng viên, nói đi đôi với làm, lắng nghe tâm tư, nguyện vọng của nhân dân.",
    "Phối hợp chặt chẽ giữa chính quyền, Mặt trận Tổ quốc và các đoàn thể chính trị xã hội trong quá trình triển khai.",
)
# By subject, sentences; each told twice, in the words of two people.
SUBJECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "rác": (
        (
            "Mỗi hộ ở {noi} tự phân loại rác tại nguồn thành ba nhóm: hữu cơ, tái chế và còn lại.",
            "Rác ở {noi} được người dân chia sẵn làm ba loại ngay trong bếp trước khi đem bỏ.",
        ),
        (
            "Tổ tự quản {so} người trực theo ca, nhắc nhở hộ đổ rác sai giờ và chụp ảnh gửi nhóm chung.",
            "{so} thành viên của tổ thay nhau đi kiểm tra, ai bỏ rác sai giờ thì được nhắc riêng.",
        ),
        (
            "Tiền bán ve chai được gom thành quỹ, mua {so} thẻ bảo hiểm y tế cho hộ khó khăn.",
            "Nhờ gom phế liệu đem bán, tổ có kinh phí tặng {so} thẻ khám bệnh cho bà con nghèo.",
        ),
        (
            "Bãi đất trống bên {noi} được dọn sạch, trồng hoa và đặt ghế đá cho trẻ em vui chơi.",
            "Chỗ từng là bãi rác cạnh {noi} nay thành vườn hoa, có ghế ngồi và chỗ cho các cháu chơi.",
        ),
        (
            "Camera gắn ở hai đầu hẻm giúp phát hiện người đổ trộm, công an khu vực xử lý ngay trong ngày.",
            "Hai máy quay đặt đầu hẻm ghi lại việc đổ trộm để công an khu vực xử phạt sớm.",
        ),
    ),
    "nhà trọ": (
        (
            "Công đoàn vận động {so} chủ nhà trọ ở {noi} không tăng giá thuê trong năm.",
            "{so} chủ trọ quanh {noi} ký cam kết giữ nguyên tiền phòng cho công nhân.",
        ),
        (
            "Khu trọ có góc học tập, tủ sách và mạng miễn phí cho con công nhân mỗi tối.",
            "Con em công nhân được học thêm miễn phí buổi tối ngay tại khu trọ, có sách và internet.",
        ),
        (
            "Điện, nước tính đúng giá nhà nước, niêm yết công khai ở cổng từng dãy trọ.",
            "Người thuê trả tiền điện nước theo giá quy định, bảng giá dán ở đầu dãy.",
        ),
        (
            "Tổ công nhân tự quản gặp nhau ngày chủ nhật đầu tháng để nghe ý kiến và giải quyết mâu thuẫn.",
            "Mỗi tháng một lần, tổ tự quản họp để tháo gỡ chuyện khúc mắc giữa người thuê với nhau.",
        ),
        (
            "Ngày Tết có {so} phần quà và chuyến xe đưa công nhân về quê đoàn tụ.",
            "Dịp cuối năm tổ chức xe miễn phí và trao {so} suất quà cho người không có điều kiện về quê.",
        ),
    ),
    "thủ tục": (
        (
            "Bộ phận một cửa của {noi} nhắn tin báo kết quả, người dân không phải đi lại nhiều lần.",
            "Hồ sơ xong thì {noi} gửi tin nhắn, bà con khỏi phải chạy tới chạy lui hỏi thăm.",
        ),
        (
            "Cán bộ trẻ hướng dẫn nộp hồ sơ trực tuyến tại nhà cho {so} người cao tuổi.",
            "{so} cụ già được đoàn viên đến tận nhà giúp làm giấy tờ qua mạng.",
        ),
        (
            "Thư xin lỗi được gửi kèm lý do khi trả kết quả trễ hẹn dù chỉ một ngày.",
            "Trễ một ngày cũng phải viết thư xin lỗi và giải thích vì sao.",
        ),
        (
            "Chiều thứ sáu hằng tuần là ngày không hẹn: thủ tục đơn giản giải quyết ngay trong buổi.",
            "Việc đơn giản nộp vào chiều thứ sáu thì nhận kết quả luôn, không cần giấy hẹn.",
        ),
        (
            "Mức độ hài lòng đo bằng phiếu không ghi tên, kết quả công khai ở phòng chờ.",
            "Người dân chấm điểm ẩn danh, bảng điểm treo ngay nơi ngồi đợi.",
        ),
    ),
    "an toàn": (
        (
            "Công nhân tổ {noi} dừng máy mười phút đầu ca để cùng chỉ ra mối nguy tại chỗ làm.",
            "Đầu giờ, cả tổ {noi} dành mười phút nói với nhau hôm nay chỗ nào dễ xảy ra tai nạn.",
        ),
        (
            "Mỗi sáng kiến an toàn được thưởng ngay {so} nghìn đồng từ quỹ công đoàn.",
            "Ai nghĩ ra cách làm an toàn hơn thì công đoàn trao liền {so} nghìn đồng.",
        ),
        (
            "Sơ đồ thoát hiểm vẽ lại bằng hình, dán ở cửa xưởng, diễn tập hai lần một năm.",
            "Lối thoát nạn được vẽ thành tranh dễ hiểu và cả xưởng tập chạy nửa năm một lần.",
        ),
        ("Tủ thuốc và cáng cứu thương đặt cách chỗ làm không quá ba mươi mét.", "Đi chưa tới ba chục mét là có túi cứu thương và cáng."),
        ("Số vụ tai nạn nhẹ giảm từ {so} vụ xuống còn bốn vụ sau một năm.", "Năm nay chỉ còn bốn lần trầy xước, năm ngoái là {so}."),
    ),
    "nghĩa tình": (
        (
            "Quỹ tương trợ {noi} cho đoàn viên vay không lãi tối đa mười triệu đồng khi ốm đau.",
            "Đoàn viên {noi} gặp bệnh tật được mượn đến mười triệu mà không phải trả lãi.",
        ),
        (
            "Mỗi người góp một ngày lương tự nguyện, sổ quỹ mở cho mọi người xem bất cứ lúc nào.",
            "Tiền do anh chị em tự góp, mỗi năm một ngày công, thu chi ai cũng xem được.",
        ),
        (
            "Mái ấm công đoàn sửa chữa {so} căn nhà dột nát trước mùa mưa.",
            "Trước khi mưa xuống, {so} ngôi nhà xuống cấp của đoàn viên đã được lợp lại.",
        ),
        (
            "Bữa cơm công đoàn hằng tháng là dịp lãnh đạo ngồi cùng công nhân và trả lời tại chỗ.",
            "Giám đốc ăn trưa với công nhân mỗi tháng, ai hỏi gì trả lời nấy.",
        ),
        (
            "Con đoàn viên vượt khó học giỏi nhận học bổng cho đến khi tốt nghiệp.",
            "Các cháu nhà nghèo học khá được đỡ đầu tới lúc ra trường.",
        ),
    ),
    "xanh": (
        (
            "Mỗi phòng ban của {noi} nhận chăm sóc một đoạn bờ kênh, trồng {so} cây xanh.",
            "Bờ kênh được chia cho từng phòng của {noi}, đã có {so} gốc cây lên xanh.",
        ),
        (
            "Văn phòng không dùng chai nhựa, thay bằng bình nước lớn và ly cá nhân.",
            "Họp hành không còn nước đóng chai, ai cũng mang theo ly của mình.",
        ),
        (
            "Điện mặt trời trên mái xưởng giúp giảm một phần ba hóa đơn điện mỗi tháng.",
            "Nhờ tấm pin trên mái, tiền điện của xưởng nhẹ đi khoảng một phần ba.",
        ),
        (
            "Ngày thứ bảy tình nguyện có {so} đoàn viên vớt lục bình và nạo vét mương.",
            "{so} người tham gia dọn bèo, khơi thông dòng chảy vào các thứ bảy.",
        ),
        (
            "Giấy in hai mặt và hồ sơ điện tử giúp tiết kiệm mười hai thùng giấy một quý.",
            "Chuyển sang văn bản điện tử, mỗi quý bớt được mười hai thùng giấy.",
        ),
    ),
}
PLACES = (
    "hẻm 12 đường Lê Lợi",
    "khu phố 3",
    "ấp Bình Hòa",
    "chung cư Nguyễn Thiện Thuật",
    "phân xưởng may 2",
    "phường An Lạc",
    "tổ dân phố 45",
    "xã Tân Thông Hội",
)
KINDS = (
    "chép nguyên",
    "chép, đổi tên và số",
    "chép từ nửa trở lên, viết tiếp",
    "kể lại bằng lời khác",
    "cùng mẫu, cùng việc, câu khác",
    "cùng mẫu, việc khác",
)
TRUE = KINDS[:3]


def told(chosen: Sequence[str], chance: random.Random, form: int) -> str:
    """Sentences with a place and numbers of their own, after so many of the form's."""
    body = " ".join(each.format(noi=chance.choice(PLACES), so=chance.randint(5, 400)) for each in chosen)
    return " ".join((*FORM[:form], body))


def pair(kind: str, chance: random.Random) -> tuple[str, str]:
    """Two descriptions that stand to each other as `kind` says; of what every form says one to five sentences."""
    name, another = chance.sample(sorted(SUBJECTS), 2)
    chosen, form = chance.sample(SUBJECTS[name], 4), chance.randint(1, 5)
    first = [each[0] for each in chosen]
    one, others = told(first, chance, form), chance.sample(SUBJECTS[another], 4)
    if kind == KINDS[0]:
        return one, one
    if kind == KINDS[1]:
        return one, told(first, chance, form)
    if kind == KINDS[2]:
        kept = chance.choice((2, 3))
        return one, told([*first[:kept], *(each[0] for each in others[kept:])], chance, form)
    if kind == KINDS[3]:
        return one, told([each[1] for each in chosen], chance, form)
    if kind == KINDS[4]:
        left = [each for each in SUBJECTS[name] if each not in chosen]
        return one, told([each[1] for each in (*chosen[:2], *left)], chance, form)
    return one, told([each[0] for each in others], chance, form)


def corpus(many: int, seed: int = 7) -> Iterator[tuple[str, str, str]]:
    """So many pairs of each kind."""
    chance = random.Random(seed)
    for kind in KINDS:
        for _ in range(many):
            yield kind, *pair(kind, chance)


def main() -> None:
    """The degrees of each kind, the curve over thresholds, how many the bands find, and what one text costs."""
    rows = [(kind, runs(one), runs(other)) for kind, one, other in corpus(400)]
    degrees = [(kind, degree(one, other), bool(set(bands(one, 1)) & set(bands(other, 1)))) for kind, one, other in rows]
    for kind in KINDS:
        own = sorted(value for each, value, _ in degrees if each == kind)
        met = sum(is_met for each, _, is_met in degrees if each == kind) / len(own)
        low, middle, high = own[len(own) // 20], own[len(own) // 2], own[-len(own) // 20]
        print(f"{kind:34} 5% {low:3}  giữa {middle:3}  95% {high:3}  cùng dải {met:.3f}")
    for at_least in range(50, 96, 5):
        found = [kind for kind, value, is_met in degrees if value >= at_least and is_met]
        right = {kind: found.count(kind) / (len(degrees) / len(KINDS)) for kind in KINDS}
        precision = sum(kind in TRUE for kind in found) / max(1, len(found))
        print(f"từ {at_least}%: đúng {precision:.3f}; tìm ra {', '.join(f'{kind}: {share:.2f}' for kind, share in right.items())}")
    print(f"một bản (độ dài {len(rows[0][1])} cụm): {cost(lambda: bands(runs(pair(KINDS[0], random.Random(1))[0]), 1)):.2f} ms CPU")


def cost(work: Callable[[], object], times: int = 300) -> float:
    """CPU milliseconds of one."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times * 1000


if __name__ == "__main__":
    main()
