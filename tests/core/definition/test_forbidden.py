"""What no definition may ask, however it is typed, and the ordinary words that must never be taken for it."""

import unicodedata

import pytest

from kheo.core.definition.forbidden import PHRASES, WALLED_PHRASES, find_forbidden, is_people
from kheo.core.text import fold

REFUSED = {
    "tôn giáo, tín ngưỡng": (
        "Số người theo tôn giáo",
        "Phân theo tín ngưỡng",
        "Số tín đồ tham gia",
        "Người có đạo",
        "Số hộ theo đạo",
        "Đoàn viên công giáo",
        "Cơ sở thờ tự",
        "religion",
        "Religious group",
    ),
    "dân tộc": ("Công nhân là người dân tộc", "Dân tộc", "Người Khmer", "Người Hoa", "ethnicity", "ETHNIC group"),
    "quan điểm, tư tưởng, thái độ chính trị": (
        "Thái độ chính trị của công nhân",
        "Số người bức xúc",
        "Quan điểm cá nhân về đình chỉ",
        "Số phần tử cực đoan",
        "political opinion",
        "OPINION",
    ),
    "tụ tập, biểu tình, đình công": (
        "Số người tham gia tụ tập",
        "Số vụ gây rối",
        "Số người biểu tình",
        "Số cuộc đình công",
        "Số vụ ngừng việc tập thể",
        "Khiếu kiện đông người",
        "Người cầm đầu",
        "protesters",
    ),
    "hành vi trên mạng": (
        "Số tài khoản mạng xã hội của đoàn viên",
        "Hành vi trên mạng",
        "Người sử dụng mạng xã hội",
        "Bình luận phản cảm",
        "Theo dõi mạng",
        "social media account",
    ),
    "thông tin nhận dạng cá nhân": (
        "Họ tên người được khen",
        "Họ và tên",
        "Ngày sinh",
        "Số CCCD",
        "Số điện thoại liên hệ",
        "Địa chỉ nhà",
        "Vân tay",
        "full name",
    ),
    "danh sách từng người": ("Danh sách người được chăm lo", "Danh sách công nhân", "Danh sách hộ nghèo", "blacklist"),
    "điểm nóng, lực lượng nòng cốt": ("Số điểm nóng", "Lực lượng nòng cốt chính trị", "hotspot"),
    "theo dõi, giám sát con người": ("Nắm tình hình công nhân", "Theo dõi đối tượng", "Giám sát người lao động", "surveillance"),
}
ALLOWED = (
    "Cuộc đối thoại với người dân, người lao động",
    "Tổ, nhóm tự quản",
    "Tin, bài đăng trên mạng xã hội",
    "Mạng xã hội",
    "Zalo",
    "Buổi tiếp công dân",
    "Đơn thuộc thẩm quyền giải quyết",
    "Cuộc giám sát, phản biện xã hội",
    "Giám sát chính sách giảm nghèo",
    "Phản ánh, kiến nghị đã tiếp nhận",
    "Thủ tục hành chính kiến nghị đơn giản hóa",
    "Học tập và làm theo đạo đức Hồ Chí Minh",
    "Công tác lãnh đạo, chỉ đạo",
    "Ngày hội Đại đoàn kết toàn dân tộc",
    "Gương tiêu biểu tình nguyện viên",
    "Đại biểu tỉnh, thành phố",
    "Buổi tự tập luyện thể thao",
    "Tin do đơn vị đăng",
    "Hội giao lưu văn nghệ",
    "Phần đông đoàn viên",
    "Sinh hoạt chuyên đề trong năm, sinh viên, sinh kế",
    "Giáo dục pháp luật",
    "Người kinh doanh nhỏ được vay vốn",
    "Người chăm sóc người bệnh",
    "Lần công bố thứ hai",
    "Báo động lũ",
    "Thời tiết cực đoan",
    "Điểm ô nhiễm, điểm đen rác",
    "Quản lý đoàn viên",
    "Danh sách mô hình tiêu biểu",
    "Ảnh hưởng an ninh trật tự",
    "Đường dây nóng, số điện thoại đường dây nóng",
    "Khu vực đình công cộng",
    "Xe đạp, bạo lực gia đình",
    "Kinh phí công đoàn",
    "Thiếu nhi, giới tính",
    "",
)
SENTENCES = [(about, text) for about, texts in REFUSED.items() for text in texts]


def abouts(text: str, *, walled: bool = False) -> set[str]:
    return {hit.about for hit in find_forbidden(text, walled=walled)}


def bare(text: str) -> str:
    """Without marks, letter case kept."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")


@pytest.mark.parametrize(("about", "text"), SENTENCES)
def test_is_refused(about: str, text: str) -> None:
    assert about in abouts(text)


@pytest.mark.parametrize(("about", "text"), SENTENCES)
def test_is_refused_however_it_is_typed(about: str, text: str) -> None:
    for variant in (
        text.upper(),
        text.lower(),
        bare(text),
        fold(text),
        unicodedata.normalize("NFD", text),
        text.replace(" ", "-"),
        text.replace(" ", "_"),
        text.replace(" ", "\u00a0"),
        text.replace("i", "i\u200b"),
    ):
        assert about in abouts(variant), variant


@pytest.mark.parametrize(("about", "text"), SENTENCES)
def test_is_refused_whatever_hides_it_from_a_program_but_not_from_a_reader(about: str, text: str) -> None:
    for variant in (
        text.replace("o", "\u03bf"),  # Greek
        bare(text).translate(str.maketrans("aceopxy", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443")),  # Cyrillic
        text.replace("i", "\u0131"),  # i without its dot
        "".join(chr(ord(char) + 0xFEE0) if "a" <= char <= "z" else char for char in text),  # as wide as Chinese letters
        "".join(chr(ord(char) - ord("a") + 0x1D41A) if "a" <= char <= "z" else char for char in text),  # bold letters of mathematics
        text.replace("n", "n\u034f"),  # a joiner that is no format mark
        text.replace("t", "t\ufe0f"),  # a chooser of forms
        text.replace("n", "n\u0307"),  # a mark that no Vietnamese letter has
        text.replace(" ", "\u3164"),  # blank letters
        text.replace(" ", "\u2800"),
        text.replace(" ", "."),
        text.replace(" ", "/"),
    ):
        assert about in abouts(variant), variant


@pytest.mark.parametrize("word", ["Number of demonstrations", "Religions of members", "Church attendance", "Protestors"])
def test_english_words_are_refused_too(word: str) -> None:
    assert find_forbidden(word) != ()


@pytest.mark.parametrize("text", ALLOWED)
def test_ordinary_words_are_left_alone(text: str) -> None:
    for variant in (text, text.upper(), unicodedata.normalize("NFD", text)):
        assert find_forbidden(variant) == ()


@pytest.mark.parametrize(
    "code", ["TONGIAO", "DANTOC", "TUTAP", "DINHCONG", "HOTEN", "RELIGION", "ton_giao", "TonGiao", "MangXaHoiTaiKhoanCaNhan", "TUSI"]
)
def test_a_code_run_together_is_refused(code: str) -> None:
    assert find_forbidden(code) != ()


@pytest.mark.parametrize("text", ["Mức độ hòa hảo", "Mức độ hoà hảo", "Hoà Hảo"])
def test_old_and_new_places_of_the_tone_mark_are_the_same(text: str) -> None:
    assert abouts(text) == {"tôn giáo, tín ngưỡng"}


def test_words_of_a_phrase_must_stand_together() -> None:
    assert find_forbidden("Bảo tồn, giáo dục") == ()
    assert find_forbidden("Người dân, tộc họ") == ()


def test_every_phrase_of_a_text_is_told_and_none_inside_another() -> None:
    hits = find_forbidden("Tài khoản mạng xã hội của người theo đạo, số điện thoại")
    assert [hit.written for hit in hits] == ["Tài khoản mạng xã hội", "theo đạo", "số điện thoại"]
    assert [hit.written for hit in find_forbidden("Theo dõi mạng xã hội")] == ["Theo dõi mạng xã hội"], "not “theo dõi mạng” again"


@pytest.mark.parametrize(
    "text", ["Nêu tên người đứng đơn", "Ghi rõ tên", "Gửi kèm hình ảnh", "Tệp đính kèm", "Kèm danh sách", "Nội dung đơn"]
)
def test_a_walled_content_is_held_to_more(text: str) -> None:
    assert find_forbidden(text, walled=True) != ()
    assert find_forbidden(text) == () or "tên người" in text


@pytest.mark.parametrize(
    "phrase", [phrase for phrases in (*PHRASES.values(), *WALLED_PHRASES.values()) for text in phrases for phrase in text.split(", ")]
)
def test_no_phrase_is_hidden_by_an_ordinary_one(phrase: str) -> None:
    assert find_forbidden(f"Số {phrase} trong kỳ", walled=True) != ()


@pytest.mark.parametrize("name", ["Kinh", "KHMER", "Chăm", "cham", "H'Mông", "H’Mông", "Ê Đê", "Gia Rai"])
def test_the_name_of_a_people_is_known(name: str) -> None:
    assert is_people(name)


@pytest.mark.parametrize("name", ["Kinh tế", "Kinh phí", "Hoa, cây cảnh", "Khác", "Chăm lo", "Ngân sách", "Kính"])
def test_other_names_are_not(name: str) -> None:
    assert not is_people(name)
