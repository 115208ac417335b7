"""Words that no definition may ask about, whatever the campaign: design.md, "What it will not do". Not configurable.

Khéo keeps no record about a person's opinions, religion, ethnicity, attendance at a gathering or behaviour online, no list of
persons or of hot spots, no monitoring of anybody. Source: Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP Điều 4; the design goes further.

A phrase is found however it is typed: in capitals, without tone marks, in decomposed letters, joined by hyphens or
underscores, run together as one code. A word that carries *other* marks is another word ("tự tập" is not "tụ tập").
"""

import re
import unicodedata
from dataclasses import dataclass

from kheo.core.text import fold

# What is refused → the phrases that ask for it. Phrases are written with their marks.
PHRASES: dict[str, tuple[str, ...]] = {
    "tôn giáo, tín ngưỡng": (
        "tôn giáo, tín ngưỡng, tín đồ, phật tử, giáo dân, giáo xứ, giáo phận, chức sắc, công giáo, phật giáo, tin lành, hồi giáo, cao đài",
        "hòa hảo, thiên chúa giáo, đạo phật, đạo thiên chúa, theo đạo, có đạo, không đạo, nhà thờ, nhà chùa, cơ sở thờ tự, linh mục, tu sĩ",
        "religion, religions, religious, faith, buddhist, catholic, christian, muslim, church, churches, worship, belief, beliefs",
    ),
    "dân tộc": (
        "dân tộc, sắc tộc, chủng tộc, người kinh, người hoa, người khmer, người chăm, khmer, ethnic, ethnicity, ethnicities, nationality",
    ),
    "quan điểm, tư tưởng, thái độ chính trị": (
        "quan điểm chính trị, quan điểm cá nhân, chính kiến, thái độ chính trị, xu hướng chính trị, khuynh hướng chính trị, bất mãn",
        "diễn biến tư tưởng, lập trường tư tưởng, dư luận xã hội, nắm dư luận, theo dõi dư luận, tâm trạng xã hội, người bức xúc",
        "công nhân bức xúc, phản động, chống đối, thù địch, phần tử cực đoan, tư tưởng cực đoan, người cực đoan",
        "political opinion, political opinions, political view, political views, political affiliation, opinion, opinions, ideology",
        "dissident, dissidents",
    ),
    "tụ tập, biểu tình, đình công": (
        "tụ tập, gây rối, biểu tình, tuần hành, đình công, lãn công, bãi công, ngừng việc tập thể, bạo loạn, bạo động, kích động, xúi giục",
        "khiếu kiện đông người, khiếu nại đông người, tập trung đông người, khiếu kiện vượt cấp, cầm đầu, quá khích, chủ mưu",
        "protest, protests, protester, protesters, protestor, protestors, riot, riots, gathering, gatherings, rally, strike, strikes",
        "demonstration, demonstrations, demonstrator, demonstrators, picket, pickets",
    ),
    "hành vi trên mạng": (
        "tài khoản mạng xã hội, tài khoản facebook, tài khoản zalo, tài khoản tiktok, tài khoản cá nhân, tài khoản trên mạng",
        "hành vi trên mạng, hành vi trên không gian mạng, hoạt động trên mạng, bình luận trên mạng, bình luận phản cảm, bình luận xấu",
        "phát ngôn trên mạng, sử dụng mạng xã hội, sử dụng trang mạng xã hội, sử dụng các trang mạng xã hội, theo dõi mạng xã hội",
        "giám sát mạng xã hội, theo dõi mạng, người dùng mạng, trang cá nhân, facebook cá nhân, zalo cá nhân, lịch sử truy cập",
        "social media account, social media accounts, online behaviour, online behavior, online activity, username",
    ),
    "thông tin nhận dạng cá nhân": (
        "họ tên, họ và tên, tên người, danh tính, ngày sinh, năm sinh, quê quán, cccd, cmnd, số căn cước, ảnh căn cước, căn cước của",
        "căn cước công dân của, số chứng minh nhân dân, số định danh, mã định danh, số hộ chiếu, số điện thoại, địa chỉ nhà",
        "địa chỉ nơi ở, địa chỉ cá nhân, địa chỉ thường trú, email cá nhân, số tài khoản ngân hàng, biển số xe, ảnh chân dung",
        "vân tay, sinh trắc, sơ yếu lý lịch, lý lịch cá nhân, lý lịch trích ngang, tiền án, tiền sự, nhiễm hiv, tình trạng bệnh",
        "xu hướng tính dục, full name, fullname, date of birth, birthday, identity card, id card, passport, phone number, home address",
        "bank account, fingerprint",
    ),
    "danh sách từng người": (
        "danh sách người, danh sách cá nhân, danh sách công nhân, danh sách đoàn viên, danh sách đảng viên, danh sách hội viên",
        "danh sách công dân, danh sách hộ, danh sách thành viên, danh sách đối tượng, danh sách những người, danh sách trích ngang",
        "danh sách đen, danh sách theo dõi, watchlist, watch list, blacklist, black list, list of persons, list of people, name list",
    ),
    "điểm nóng, lực lượng nòng cốt": ("điểm nóng, nòng cốt chính trị, hot spot, hot spots, hotspot, hotspots",),
    "theo dõi, giám sát con người": (
        "nắm tình hình, nắm bắt tình hình, trinh sát, theo dõi đối tượng, giám sát đối tượng, theo dõi cá nhân, giám sát cá nhân",
        "theo dõi người dân, giám sát người dân, theo dõi người lao động, giám sát người lao động, theo dõi công nhân, giám sát công nhân",
        "theo dõi đoàn viên, giám sát đoàn viên, người bị theo dõi, người bị giám sát, surveillance, suspect, suspects, informant",
    ),
}
# On a walled content also: anything that would let one person's case in, in words or as a file.
WALLED_PHRASES: dict[str, tuple[str, ...]] = {
    "từng người, từng vụ việc trong nội dung được che": (
        "nêu tên, ghi tên, ghi rõ tên, tên tuổi, từng người, từng cá nhân, người đứng đơn, người khiếu nại, người tố cáo, người kiến nghị",
        "người phản ánh, nội dung đơn, nội dung tố cáo, vụ việc cụ thể, trường hợp cụ thể, danh sách",
    ),
    "tệp, hình ảnh trong nội dung được che": (
        "đính kèm, tệp, tập tin, hình ảnh, ảnh chụp, kèm ảnh, chụp ảnh, video, clip, ghi âm, ghi hình, attachment, attachments, photo",
    ),
}
# Ordinary words that happen to hold a phrase above; they are set aside first.
_ORDINARY = (
    "đạo đức, đạo lý, toàn dân tộc, đoàn kết dân tộc, văn hóa dân tộc, bản sắc dân tộc, truyền thống dân tộc, kinh doanh, kinh tế",
    "kinh phí, kinh nghiệm, chăm sóc, chăm lo, tiêu biểu, đại biểu, phát biểu, biểu tình nguyện, biểu tình hình, chính kiến nghị",
    "công cộng, sinh hoạt, sinh viên, sinh kế, số điện thoại đường dây nóng",
)
# Phrases whose bare letters are everyday words ("tin do đơn vị đăng"): without marks they count only in a text without any marks.
_EVERYDAY_WHEN_BARE = frozenset({"tín đồ", "tin lành", "người hoa"})
# Names of peoples: refused as the whole name of a choice.
PEOPLES = "kinh, khmer, chăm, tày, nùng, mường, mông, h'mông, ê đê, gia rai, ba na, cơ ho, xơ đăng, sán dìu"

# Letters of other alphabets, and odd Latin ones, that look like one of ours: a word written with them is meant to be read as ours.
_LOOK_ALIKES = str.maketrans(
    "аАвВсСеЕԁһНіІјЈкКӏмМоОпрРԛѕЅтТихХуУνοΟαΑΒΕΗΙιΚΜΝρΡΤυΥΧıɩɑɡ",
    "aAbBcCeEdhHiIjJkKlmMoOnpPqsStTuxXyYvoOaABEHIiKMNpPTuYXiiag",
)
# Blank letters: a gap to the eye, but to a program no blank.
_BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
# The marks of Vietnamese letters: circumflex, breve, horn. With the tones, all that its writing has.
_QUALITIES = frozenset("\u0302\u0306\u031b")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s'’-]")
# What joins two words that are written without a blank: `tôn_giáo`, `tôn.giáo`, `tôn/giáo`.
_JOINT = re.compile(r"_|(?<=[^\W\d_])[./|+*~=·•](?=[^\W\d_])")


@dataclass(frozen=True)
class Hit:
    """A refused phrase: what it asks about, and how the text puts it."""

    about: str
    written: str


@dataclass(frozen=True)
class _Word:
    """A word by its bare letters, the quality marks of each (ă, â, đ, ơ …) and its tone."""

    bare: str
    qualities: tuple[str, ...]
    tone: str
    start: int = 0
    end: int = 0

    @property
    def is_bare(self) -> bool:
        return not self.tone and not any(self.qualities)

    def may_be(self, other: "_Word") -> bool:
        """Whether this word as typed can be the other: the same letters, and no mark that the other lacks."""
        return (
            self.bare == other.bare
            and self.tone in ("", other.tone)
            and all(mine in ("", its) for mine, its in zip(self.qualities, other.qualities, strict=True))
        )


@dataclass(frozen=True)
class _Phrase:
    about: str
    words: tuple[_Word, ...]
    everyday_when_bare: bool

    @property
    def code(self) -> str:
        return "".join(word.bare for word in self.words)


def find_forbidden(text: str, *, walled: bool = False) -> tuple[Hit, ...]:
    """Every refused phrase of a text, from left to right, none inside another. A walled content is held to more."""
    clean = _clean(text)
    words = _without_ordinary(_words(clean))
    marked = any(not word.is_bare for word in words)
    hits: list[Hit] = []
    reached = -1
    for phrase, start, end in _matches(words, _INDEX_WALLED if walled else _INDEX, marked):
        if start > reached:
            hits.append(Hit(phrase.about, clean[words[start].start : words[end].end]))
            reached = end
    return tuple(dict.fromkeys(hits))


def is_people(name: str) -> bool:
    """Whether the whole name is that of a people, as a choice of an ethnic list would be."""
    words = _words(_clean(name))
    return any(len(words) == len(people) and all(map(_Word.may_be, words, people)) for people in _PEOPLES)


def _matches(words: list[_Word], index: dict[str, list[_Phrase]], marked: bool) -> list[tuple[_Phrase, int, int]]:
    found = []
    for start, word in enumerate(words):
        for phrase in index.get(word.bare, ()):
            length = len(phrase.words)
            span = words[start : start + length]
            is_code = word.bare == phrase.code and length > 1
            if is_code:
                found.append((phrase, start, start))
            elif len(span) == length and all(map(_Word.may_be, span, phrase.words)):
                everyday = phrase.everyday_when_bare and marked and all(typed.is_bare for typed in span)
                if not everyday:
                    found.append((phrase, start, start + length - 1))
    return found


def _clean(text: str) -> str:
    """Compatibility forms (full-width, styled letters) and look-alikes as plain letters, camel case taken apart.

    Invisible characters go, and marks that no Vietnamese letter has: they are there to be overlooked.
    """
    letters = unicodedata.normalize("NFKD", text.translate(_BLANK_LETTERS)).translate(_LOOK_ALIKES)
    plain = unicodedata.normalize("NFC", "".join(char for char in letters if _is_meant(char))).replace("’", "'")
    before = " " + plain
    return "".join(f" {char}" if earlier.islower() and char.isupper() else char for earlier, char in zip(before, plain, strict=False))


def _is_meant(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind != "Cf" and (kind != "Mn" or char in _TONES or char in _QUALITIES)


def _words(text: str) -> list[_Word]:
    return [_word(match[0], match.start(), match.end()) for match in _WORD.finditer(_JOINT.sub(" ", text))]


def _word(typed: str, start: int = 0, end: int = 0) -> _Word:
    qualities: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", typed.lower()):
        if char in _TONES:
            tone = char
        elif unicodedata.combining(char) and qualities:
            qualities[-1] = char
        else:
            qualities.append("đ" if char == "đ" else "")
    return _Word(fold(typed), tuple(qualities), tone, start, end)


def _listed(texts: tuple[str, ...]) -> list[str]:
    return [phrase for text in texts for phrase in text.split(", ")]


def _phrases(about: str, texts: tuple[str, ...]) -> list[_Phrase]:
    return [_Phrase(about, tuple(_words(text)), text in _EVERYDAY_WHEN_BARE) for text in _listed(texts)]


def _index(*vocabularies: dict[str, tuple[str, ...]]) -> dict[str, list[_Phrase]]:
    """Phrases by their first word, and by all their words run together; the longest first."""
    index: dict[str, list[_Phrase]] = {}
    for vocabulary in vocabularies:
        for about, texts in vocabulary.items():
            for phrase in _phrases(about, texts):
                for key in {phrase.words[0].bare, phrase.code}:
                    index.setdefault(key, []).append(phrase)
    for phrases in index.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
    return index


def _without_ordinary(words: list[_Word]) -> list[_Word]:
    """The words with every ordinary phrase replaced by a break that no phrase spans."""
    kept = list(words)
    for start in range(len(words)):
        for ordinary in _ORDINARY_INDEX.get(words[start].bare, ()):
            span = words[start : start + len(ordinary)]
            if len(span) == len(ordinary) and all(map(_Word.may_be, span, ordinary)):
                for offset, word in enumerate(span):
                    kept[start + offset] = _Word("·", ("",), "", word.start, word.end)
    return kept


_INDEX = _index(PHRASES)
_INDEX_WALLED = _index(PHRASES, WALLED_PHRASES)
_PEOPLES = [_words(people) for people in PEOPLES.split(", ")]
_ORDINARY_INDEX: dict[str, list[list[_Word]]] = {}
for _text in _listed(_ORDINARY):
    _ORDINARY_INDEX.setdefault(_words(_text)[0].bare, []).append(_words(_text))
