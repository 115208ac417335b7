"""What tells how it went orders nothing: `gửi đúng hạn`, `chậm 12 ngày`, `đã gửi báo cáo trước ngày …`. All on bare text.

Said of the limit, that is. What was sent before is told of something else in brackets (`ngày 20 (Sở đã gửi mẫu)`), after a form
(`theo mẫu đã gửi`), of those who are asked (`các xã đã hoàn thành đại hội gửi … trước ngày …`), or after the limit.
"""

import re

from kheo.core.directives.body import Span
from kheo.core.directives.paper import rule
from kheo.core.directives.point import Point

_TELLS = rule(
    r"\b(?:dung han(?!,? (?:truoc|cham nhat))|(?:qua|tre) han(?!,? (?:cham|muon) nhat)|cham so voi|con cham|chua duoc thuc hien"
    r"|chua (?:thuc hien )?nghiem"
    r"|(?:chua|khong) (?:gui |nop |bao cao )?(?:dung|bao dam|dam bao) (?:thoi )?(?:han|gian)\b|gui bao cao (?:con )?cham(?! nhat| hon)"
    r"|cham \d+ ngay|van (?:thuc hien|ap dung)(?! nghiem)|da (?:gui|nop|bao cao|ban hanh|hoan thanh))\b"
)
_OF_A_THING = rule(
    r"\b(?:mau|bieu(?: mau)?|de cuong|huong dan|noi dung|danh muc|chi tieu|nhiem vu|van ban|cong van|phu luc|thong tin|tai lieu"
    r"|ke hoach)(?: (?!da\b)\w+){0,2} $"
)
# `Các đơn vị đã hoàn thành đại hội gửi báo cáo …`, `… đã gửi báo cáo thì bổ sung …`
_OF_THOSE_ASKED = rule(r"^\W*(?:doi voi |rieng )?(?:cac|nhung) [^,.;\d]{2,60}$")
_ASKED = rule(r"(?<!va\s)(?<!hoac\s)\b(?:thi|gui|nop|bao cao|cap nhat|bo sung|tiep tuc)\b")
# `báo cáo danh sách hồ sơ quá hạn …`: what is listed is late, and not who is asked.
_LISTED = rule(r"\b(?:danh sach|thong ke|bao cao)\b[^.;,]{0,60}\b(?:ho so|no|nhiem vu|don|vu an|vu viec|van ban|kien nghi|phan anh) $")
# `xử lý dứt điểm nợ quá hạn … trước ngày …`
_DEALT_WITH = rule(r"\b(?:giai quyet|xu ly|thu hoi|truy thu|khac phuc|dut diem|tra loi|thu no|don doc|ra soat) [^.;,]{0,80}$")
# `… sau khi đã gửi phải giải trình trong …`; not `nếu đã nộp hồ sơ trước ngày … thì …`, where the day is that of the case
_ONCE_DONE = rule(r"\b(?:sau khi|khi|neu|truong hop) $")
_THEN_OWED = rule(r" (?:phai|thi|gui|nop|trinh)\b|,\s(?:[^,.;]{0,60} )?bao cao\b")
_NOT_TO_BE = rule(r"\b(?:khong|tranh|tuyet doi khong)(?: (?:de|duoc|xay ra|gui|nop|bao cao))* $")
# `quá hạn trên, đơn vị nào không gửi coi như thống nhất`
_IN_THAT_CASE = rule(r"[^.;]{0,120}\b(?:khong|se|coi nhu|coi la|phai)\b")


def tells_how_it_went(text: str, sentence: Span, limits: list[Point]) -> bool:
    """Whether a sentence tells of its limits that they were kept or not; without limits, whether it tells so at all."""
    tellings = _TELLS.finditer(text, sentence.start, sentence.end)
    return any(not limits or _is_of_a_limit(text, sentence, telling, limits[-1]) for telling in tellings)


def _is_of_a_limit(text: str, sentence: Span, telling: re.Match[str], last: Point) -> bool:
    start = sentence.start
    before = text[start : telling.start()]
    if not telling[0].startswith("da"):
        if telling[0].startswith(("qua", "tre")) and (
            _LISTED.search(before) or (telling.end() < last.start and _DEALT_WITH.search(before))
        ):
            return False
        after = telling.start() >= last.end and _IN_THAT_CASE.match(text, telling.end(), sentence.end)
        return not (after and telling[0].startswith("qua")) and not _NOT_TO_BE.search(before)
    if (
        telling.start() >= last.end
        or (_ONCE_DONE.search(before) and _THEN_OWED.search(text, telling.end(), last.start))
        or _OF_A_THING.search(before)
        or _in_brackets_before(text, telling.start(), last.start)
    ):
        return False
    return not (_OF_THOSE_ASKED.match(before) and _ASKED.search(text, telling.end(), last.start))


def _in_brackets_before(text: str, at: int, limit: int) -> bool:
    """Whether a place stands in brackets that close before the limit."""
    closes = text.find(")", at, limit)
    return closes >= 0 and text.find("(", at, closes) < 0
