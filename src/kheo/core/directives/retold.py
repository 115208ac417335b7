"""What a paper tells of a law: the items of a letter that introduces new laws, each headed by the name and number of one.

What such a law asks of whom, and within how many days, is no order of this paper (design: what is not a deadline is not one).
"""

from kheo.core.directives.body import Body, Span
from kheo.core.directives.paper import rule

# `Luật Bảo hiểm xã hội số 41/2024/QH15`, `Nghị định số 118/2025/NĐ-CP ngày … của Chính phủ`: a heading that is nothing but a law's name.
_A_LAW = rule(
    r"\W*(?:bo luat|luat|phap lenh|nghi dinh|thong tu(?: lien tich)?|nghi quyet|quyet dinh)(?: [^\s.;:]+){0,16}? so:? "
    r"\d{1,3}/\d{4}/(?:qh|ubtvqh|nd-|tt|nq-|qd-)[^\n.;]{0,200}[.:]?$"
)
_LONGEST = 260  # letters of such a heading
_OF_THE_PAPER = rule(r"\b(?:de nghi|yeu cau|giao|(?:thoi gian|thoi han|tien do) (?:hoan thanh|trinh|thuc hien)|chu tri)\b")


def told_of_laws(body: Body) -> list[Span]:
    """Where laws are told, without their headings."""
    spans, until = list[Span](), body.start
    for item in body.outline:
        if item.start < until or item.heading_end >= item.end or item.heading_end - item.text_start > _LONGEST:
            continue
        if _A_LAW.match(body.bare[item.text_start : item.heading_end].strip()):
            spans.append(Span(item.heading_end, item.end))
            until = item.end
    return spans


def is_of_the_paper(body: Body, sentence: Span) -> bool:
    """Whether a sentence among what is told asks for something."""
    return bool(_OF_THE_PAPER.search(body.bare, sentence.start, sentence.end))


# `Điều 12 quy định báo cáo trước ngày 15/12 hằng năm`, `tại Điều 12 quy định …`, `Khoản 2 Điều 5 Luật này quy định …`
_A_LAW_SAYS = rule(
    r"\W*(?:(?:tai|theo|trong do|va)[, ]+)*(?:(?:khoan|diem|muc|chuong) [^\s.;,]{1,5},? )*(?:dieu \d{1,3}|luat|bo luat|phap lenh|nghi dinh"
    r"|thong tu(?: lien tich)?)(?! nay\b)"
    r"(?:(?! (?:quy che|quyet dinh|ke hoach|huong dan|quy dinh|chi thi|nghi quyet|de an) nay\b)[^;,:]"
    r"|,(?! (?:de nghi|yeu cau|cac|giao)\b)){0,160}? (?:co )?(?:quy dinh|neu ro)\b"
    r"(?! (?:cua|tai|tren|nay|nham|hien hanh)\b)"
)
_THEREFORE = rule(r"\W*theo do\b")
_ASKED_HERE = rule(r"\b(?:de nghi|yeu cau|giao)\b(?! cua\b)")
_BEFORE = 400  # letters


def follows(text: str, sentence: Span) -> bool:
    """Whether a sentence says what follows from the part before."""
    return bool(_THEREFORE.match(text, sentence.start, sentence.end))


def law_tells(text: str, sentence: Span, limit: int) -> bool:
    """Whether the limit at a place is one that a law sets, told of it in the same sentence or in the part before (`; theo đó, …`)."""
    says = bool(_A_LAW_SAYS.match(text, sentence.start, limit))
    if not says and follows(text, sentence):
        begin = max(0, sentence.start - _BEFORE)
        part = text[max(begin, text.rfind(". ", begin, sentence.start) + 1, text.rfind("\n\n", begin, sentence.start)) : sentence.start]
        says = bool(_A_LAW_SAYS.match(part)) and not _ASKED_HERE.search(part)
    return says and not _ASKED_HERE.search(text, sentence.start, limit)
