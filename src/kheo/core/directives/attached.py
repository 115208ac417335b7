"""What a decision issues stands below its signature, and orders as the decision does (NĐ 30/2020, điều 8, khoản 3).

A plan; rules as well (`Quy chế`, `Quy định`), whose reports are owed like any other. Forms and lists ask for nothing: not read for limits.
"""

import re

from kheo.core.directives.body import Body
from kheo.core.directives.paper import Paper, rule

_TITLE = re.compile(r"^[^\S\n]*(?:QUY\s+CHẾ|QUY\s+ĐỊNH|KẾ\s+HOẠCH|PHƯƠNG\s+ÁN|CHƯƠNG\s+TRÌNH|HƯỚNG\s+DẪN)\b[^\n]{0,80}$", re.MULTILINE)
_ISSUED_WITH = rule(r"\((?:ban hanh )?kem theo [^()]{5,240}\)")
_BEFORE, _AFTER, _SUBJECT = 500, 300, 500  # letters around where an annex was found, in which its title stands; of its subject


def plan_issued(paper: Paper, foot: int, annex: int) -> Body | None:
    """The body of such a paper, up to the end of the paper. `annex`: where what is attached was found, below the `foot`."""
    for title in _TITLE.finditer(paper.clean, max(foot, annex - _BEFORE), min(len(paper.clean), annex + _AFTER)):
        issued = _ISSUED_WITH.search(paper.bare, title.end(), min(len(paper.bare), title.end() + _SUBJECT))
        if issued:
            return Body(paper, issued.end(), len(paper.text))
    return None
