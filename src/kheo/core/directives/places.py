"""The place before the date: `Quảng Ngãi, ngày …`. The names of provinces and cities of 2023 and of July 2025, as bare words."""

import re

from kheo.core.text import CAPITALS, SMALL

_PROVINCES = """an giang|ba ria\\s*[-–]\\s*vung tau|bac giang|bac kan|bac lieu|bac ninh|ben tre|binh dinh|binh duong|binh phuoc
        |binh thuan|ca mau
|can tho|cao bang|da nang|dak lak|dak nong|dien bien|dong nai|dong thap|gia lai|ha giang|ha nam|ha noi|ha tinh|hai duong|hai phong
|hau giang|hoa binh|hue|hung yen|khanh hoa|kien giang|kon tum|lai chau|lam dong|lang son|lao cai|long an|nam dinh|nghe an|ninh binh
|ninh thuan|phu tho|phu yen|quang binh|quang nam|quang ngai|quang ninh|quang tri|soc trang|son la|tay ninh|thai binh|thai nguyen
|thanh hoa|thua thien\\s*[-–]?\\s*hue|tien giang|ho chi minh|tphcm|tp\\.?\\s?hcm|hcm|tra vinh|tuyen quang|vinh long|vinh phuc|yen bai"""
_BEFORE = r"(?:(?:thanh\s+pho|tp|t\.?p|tinh)\s*\.?\s*)?"
_KNOWN = re.compile(
    rf"(?<![a-z])({_BEFORE}(?:{_PROVINCES.replace(chr(10), '')}))\s*[,.]?\s*$".replace(" ", r"\s+").replace(r"\s+*", r"\s*")
)
_WORD = rf"(?:[{CAPITALS}][{SMALL}'’]+(?:[-–][{CAPITALS}][{SMALL}'’]+)?|TP\.?|Tp\.?|P\.|Q\.|\d{{1,2}}|-|–)"
_CAPITALISED = re.compile(rf"((?:(?:Thành phố|Thị xã|Thị trấn)\s+)?{_WORD}(?:\s+{_WORD}){{0,5}})\s*[,.]?\s*$")


def place_at_end(text: str, bared: str) -> tuple[int, int] | None:
    """Where in a piece of text the place stands that ends it: a known province, else the last capitalised words."""
    match = _KNOWN.search(bared) or _CAPITALISED.search(text)
    return (match.start(1), match.end(1)) if match else None


def known_at_end(bared: str) -> tuple[int, int] | None:
    """Where the name of a known province or city stands that ends a bare text."""
    match = _KNOWN.search(bared)
    return (match.start(1), match.end(1)) if match else None
