"""Which kinds of units a paper's words name: `CĐCS trực thuộc Liên đoàn Lao động TP` -> grassroots unions directly below the city's."""

import re

from kheo.core.directives.paper import bare
from kheo.core.unit_kinds import KINDS, Line

_BELOW_CITY = r"(?:quan|huyen|tp\.? thu duc|thanh pho thu duc|thi xa|cap huyen)"
# The first rules that fit name the kinds; a name may say several.
_RULES = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(?:lien doan lao dong|ldld)\b.*\b{_BELOW_CITY}\b", "district_federation"),
        (r"^(?:lien doan lao dong|ldld) (?:cac )?(?:thanh pho|tp\.?|tinh)(?! thu duc)", "provincial_federation"),
        (r"\b(?:cd|cong doan) nganh\b|\bcong doan (?:cap tren truc tiep|tong cong ty)\b", "sector_union"),
        (r"\b(?:cdcs|cong doan co so) truc thuoc (?:lien doan|ldld)", "direct_union"),
        (r"\bdon vi kinh te\b|\bdon vi su nghiep truc thuoc\b", "affiliated_body"),
        (r"^(?:cac )?(?:cdcs|cong doan co so)(?! truc thuoc (?:lien doan|ldld))", "grassroots_union"),
        (r"\b(?:cong doan|cd) (?:cac )?(?:xa|phuong)\b", "ward_union"),
        (r"\b(?:quan uy|huyen uy|thanh uy|dang uy|tinh uy|cap uy)\b(?<!van thanh uy)", "party_committee"),
        (r"^(?:cac )?ban dan van\b", "party_board"),
    )
)
_OFFICES = re.compile(r"\b(?:uy ban nhan dan|ubnd)\b(.*)")
_PLACES = (("quan", "urban_district"), ("huyen", "rural_district"), ("phuong", "ward"), ("xa", "commune"), ("thi tran", "township"))
_PARTY = re.compile(r"\b(?:ban dan van|thanh uy|tinh uy|quan uy|huyen uy|dang uy|ban to chuc|ban tuyen giao|ban thuong vu)\b")


def kinds_named(name: str) -> list[str]:
    """The kinds of units that a name of addressees says; none where no rule knows it."""
    plain = " ".join(bare(name).split())
    found = [kind for pattern, kind in _RULES if pattern.search(plain)]
    offices = _OFFICES.search(plain)
    if offices:
        found += [kind for word, kind in _PLACES if re.search(rf"\b{word}\b", offices[1])]
    return list(dict.fromkeys(found))


def line_to(recipient: str | None, kinds: list[str]) -> str:
    """The line on which units of kinds report to a recipient: the Party's where it is a body of the Party, else their own."""
    union = recipient is not None and re.search(r"\b(?:lien doan lao dong|ldld|cong doan)\b", bare(recipient))
    if recipient and not union and _PARTY.search(bare(recipient)):
        return Line.PARTY.value
    lines = {KINDS[kind].line for kind in kinds if kind in KINDS}
    return lines.pop().value if len(lines) == 1 else Line.UNION.value
