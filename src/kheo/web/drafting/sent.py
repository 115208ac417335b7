"""What the form of a draft sends."""

import re

from django.http import QueryDict

from kheo.directives.actions.drafting import Changes

SLIP = re.compile(r"(\d{1,3}):(\d{1,7}):([^:]{1,80}):([^:]{0,80})")
_LONGEST_VALUE = 2000
_MOST_SEEN = 500


def changes_in(sent: QueryDict) -> Changes:
    """What a form holds that differs from what the page showed: each field comes with what it was.

    Of a field with several choices the form has `m.<name>`, so that no tick at all is told from no field.
    """
    typed, chosen = {}, {}
    for name in sent:
        field = name.removeprefix("m.")
        text = ", ".join(sent.getlist(field))[:_LONGEST_VALUE]
        if field.startswith("f.") and text != sent.get(f"was.{field}"):
            typed[field[2:]] = text
        if field.startswith("t."):
            code = sent.get(f"o.{field}", "").strip() if text == "other" else text
            if code != sent.get(f"was.{field}"):
                chosen[field[2:]] = code
    slips = [(int(said[1]), int(said[2]), said[3], said[4]) for each in sent.getlist("slip") if (said := SLIP.fullmatch(each))]
    seen = [key for each in sent.getlist("seen")[:_MOST_SEEN] for key in each.split()]
    return Changes(typed, chosen, seen[:_MOST_SEEN], slips)
