"""How entries come into the demo: at desks, by telephone, from people without an account, from a table."""

from kheo.core.spoken_codes import hash_of
from kheo.demo.plan.books import book_steps
from kheo.demo.plan.books.coming import FOLLOWED, code_shown
from kheo.demo.plan.cast import BOOKS_UNIT

OTHER = "CS-760-0009"
KEEPERS, PARENTS = {BOOKS_UNIT: OTHER, OTHER: BOOKS_UNIT}, dict.fromkeys((BOOKS_UNIT, OTHER), "LDLD-760")
STEPS = [each for each in book_steps(KEEPERS, PARENTS, {}, 7) if each.unit == BOOKS_UNIT]


def test_entries_come_by_every_way_there_is() -> None:
    """One waited in the telephone for longer than half a day, as it does where there is no network."""
    acts = [each.act for each in STEPS]
    assert {act: acts.count(act) for act in ("file", "send", "ask", "import")} == {"file": 3, "send": 5, "ask": 2, "import": 1}
    assert max(each.values["hours"] for each in STEPS if each.act == "file") > 12
    assert "create" in acts


def test_the_code_that_everybody_may_try_leads_to_something_that_was_answered() -> None:
    of_it = [each.act for each in STEPS if each.title == FOLLOWED]
    assert of_it == ["send", "giao", "tra_loi", "ask"]
    assert hash_of(code_shown(BOOKS_UNIT, FOLLOWED))
    assert code_shown(BOOKS_UNIT, FOLLOWED) != code_shown(OTHER, FOLLOWED)
