"""Names of offices: which lines of a head belong together, and how a name in capitals is written in running text."""

import re

from kheo.core.directives.paper import any_of, bare, listed, rule

# What the name of an office begins with. A line that begins otherwise goes on with the line above (`TỈNH QUẢNG NGÃI`).
_BEGINS = rule(
    "^"
    + any_of(
        """ubkt|uy ban|ubnd|hoi dong|hdnd|ubmttq|so|bo|ban|lien doan|tong lien doan|cong doan|van phong|dang uy|tinh uy|thanh uy|huyen uy
        |quan uy|thi uy|dang bo|dang doan|mat tran|hoi|doan|tinh doan|thanh doan|huyen doan|quan doan|thi doan|truong|phong|cuc|chi cuc
        |tong cuc|vien|benh vien|trung tam|cong ty|tong cong ty|tap doan|ngan hang|kho bac|bao hiem|toa an|vien kiem sat|thanh tra|bch
        |btv|quoc hoi|chinh phu|thu tuong|chu tich|dai hoc|hoc vien|bao(?! (?:ve|dam|ton|cao))|dai|nha xuat ban|bo tu lenh|bo chi huy
        |cong an|quan khu|chi nhanh|phong giao dich|chi hoi|ban thuong truc
        |hop tac xa|to chuc|thuong truc|trung uong|lien hiep|lien minh|nghiep doan|vu|kiem toan|chi bo|dang bo|bo chinh tri|hiep hoi|quy
        |khoa|xi nghiep|ldld|bhxh|cap uy|giam doc|chanh van phong|bi thu|hat kiem lam|mttq|pho thu tuong|pho chu tich|co quan|to truong
        |chu nhiem|hieu truong|tnxp|btgdvtu|bql|hdnd|nha may|vuon quoc gia|to cong tac|ubkt"""
    )
    + r"\b"
)
# Names that say nothing without what follows them.
_UNFINISHED = rule(
    "^"
    + any_of(
        """van phong|ban quan ly|ban chi dao|phong|hoi dong|cong ty|cong ty tnhh|ban|cuc|chi cuc|vien|trung tam|truong|hoi|doan|vu|to
        |to cong tac
        |ban to chuc|lien hiep|ban chap hanh|uy ban|uy ban trung uong|trung uong"""
    )
    + "$"
)
_LEVEL = re.compile(r"(?:tinh|thanh pho|huyen|xa|phuong|trung uong)\b")  # `gửi về tỉnh`
_GOES_ON = re.compile(r"(?:\b(?:va|cua|thuoc|tai)|[-–,&])\s*$")
_AREA = re.compile(r"^(?:va|tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|dac khu|khu vuc|viet nam|va)\b(?! (?:uy|doan)\b)")
# Written with capitals in running text wherever they stand: abbreviations of offices and firms.
_SHORT = listed(
    """
    ubnd hdnd mttq ubmttq ubmttqvn tp tphcm hcm tnhh mtv cp tncs lhpn ccb bch btv tw qh ldld cd cdcs vpcp ubkt bhxh
    ii iii iv vi vii viii ix xi
    """
)


def names_of(lines: list[str]) -> list[list[int]]:
    """Which lines of a head make up each name, in order: [["TỔNG LIÊN ĐOÀN …"], ["LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ …"]] as indexes."""
    names: list[list[int]] = []
    for index, line in enumerate(lines):
        said = " ".join(bare(line).split()).strip(" -–*.")
        before = " ".join(" ".join(bare(lines[each]).split()) for each in names[-1]) if names else ""
        joins = bool(names) and bool(
            " " not in before or _GOES_ON.search(before) or _UNFINISHED.match(before) or _AREA.match(said) or not _BEGINS.match(said)
        )
        if joins:
            names[-1].append(index)
        else:
            names.append([index])
    return names


def begins_like_an_office(text: str) -> bool:
    """Whether a text begins as the name of an office does."""
    said = " ".join(bare(text).split())
    return bool(_BEGINS.match(said) or _LEVEL.match(said))


def in_running_text(name: str) -> str:
    """A name in capitals as running text writes it: `SỞ GIÁO DỤC VÀ ĐÀO TẠO` -> `Sở Giáo dục và Đào tạo`.

    Vietnamese capitalises an office's name by its parts (NĐ 30/2020 phụ lục II mục IV); that cannot be told from capitals alone, so
    this is a proposal: the first syllable, names of places whole, the first syllable of each field of work.
    """
    if not any(char.islower() for char in name if char.isalpha()):
        return _lowered(name)
    return name


_PLACE = re.compile(
    r"\b((?:thành phố|tỉnh|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu) )([^,;()\-]+?)(?=\s*(?:$|[,;()\-])"
    r"|\s(?:giai đoạn|năm|đến|về|và|trên|trong|từ|lần|khóa|khoá|cho|theo|tại|tháng|quý|nhiệm kỳ|tổ chức|thực hiện|triển khai)\s)",
    re.IGNORECASE,
)
_FIELDS = any_of(
    """ủy ban|hội đồng|nhân dân|lao động|giáo dục|đào tạo|tài chính|nội vụ|tư pháp|xây dựng|y tế|công thương|văn hóa|thể thao|du lịch
    |thông tin|truyền thông|khoa học|công nghệ|nông nghiệp|môi trường|tài nguyên|kế hoạch|đầu tư|giao thông|ngoại vụ|dân tộc|tôn giáo
    |thương binh|xã hội|phát triển|thanh tra|dân vận|tuyên giáo|tổ chức|kiểm tra|thành ủy|tỉnh ủy|tổ quốc|mặt trận|việt nam|phụ nữ
    |thanh niên|nông dân|cựu chiến binh|đảng|quốc phòng|công an|ngoại giao|chính phủ|quốc hội|hàng hải|quản lý"""
)
_FIELD = re.compile(rf"(?<=[\s])({_FIELDS})\b")


def _lowered(name: str) -> str:
    low = name.lower()
    low = _FIELD.sub(lambda match: match[1] if match[1] == "nhân dân" else match[1][0].upper() + match[1][1:], low)
    low = re.sub("việt nam|hồ chí minh", lambda match: match[0].title(), low, flags=re.IGNORECASE)
    low = _PLACE.sub(lambda match: match[1].lower() + _each_capital(match[2]), low)
    low = " ".join(word.upper() if bare(word).strip(".,") in _SHORT else word for word in low.split(" "))
    return low[:1].upper() + low[1:]


def _each_capital(place: str) -> str:
    words = place.strip().split()
    return " ".join(word[:1].upper() + word[1:] for word in words)
