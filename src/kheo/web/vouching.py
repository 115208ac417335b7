"""What looks like personal data in a text is asked about before the text goes to others: the tick of its writer, in every form alike."""

from html import escape

from django.http import QueryDict

from kheo.core.personal_data import Vouched, personal_words

VOUCH = "da-xem-lai"  # the tick of `_vouch.html`
WORDS = "Tôi đã xem lại: dữ liệu này được phép ghi ở đây"


def said(form: QueryDict, text: str, place: str = "") -> str:
    """The text as its writer sends it: vouched for where the form is ticked (`place`: the one of several texts)."""
    return Vouched(text) if (f"{VOUCH}.{place}" if place else VOUCH) in form else text


def vouching_tick(typed: str, place: str, form: str = "") -> str:
    """The tick for one of several texts of a page, where a typed text that was not taken holds what looks like personal data."""
    if not personal_words(typed):
        return ""
    name, belongs = escape(f"{VOUCH}.{place}"), f' form="{form}"' if form else ""
    return f'<label class="choice"><input type="checkbox" name="{name}" value="1"{belongs}>{WORDS}</label>'
