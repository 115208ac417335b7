"""The checker: opens a Word file and measures it against a profile. It reads what the file says, nothing that our layout left for it."""

from kheo.documents.checker.deviation import Deviation, NotAPaper
from kheo.documents.checker.lines import parts_of
from kheo.documents.checker.measuring import Paper
from kheo.documents.checker.package import open_package
from kheo.documents.checker.rules import RULES
from kheo.documents.checker.sheet import sheet_of
from kheo.documents.profiles import PaperProfile

__all__ = ["Deviation", "NotAPaper", "check_paper"]


def check_paper(content: bytes, profile: PaperProfile, *, exactly: bool = True) -> tuple[Deviation, ...]:
    """Everything in a .docx that departs from the profile; empty for a paper that follows it.

    `exactly`: every number as our own papers have it, so that a change by hand shows; otherwise any number that the rule allows.
    Raises NotAPaper for a file that cannot be measured.
    """
    parts = parts_of(open_package(content))
    if not parts:
        raise NotAPaper("Tệp Word không có trang nào.")
    paper = Paper(parts, sheet_of(parts[0], profile), profile, exactly)
    return tuple(deviation for rule in RULES for deviation in rule(paper))
