"""The life of a report is the table, cell by cell."""

from kheo.core.workflow import STEPS, Act, Role, Side, State, acts_of, allowed_acts, step

# (state, act): (next state, who). Every pair that is not here is not possible.
TABLE = {
    ("not_started", "save"): ("draft", "unit", {"officer", "head"}),
    ("not_started", "enter"): ("draft", "recipient", {"reviewer", "office"}),
    ("draft", "enter"): ("draft", "recipient", {"reviewer", "office"}),
    ("draft", "save"): ("draft", "unit", {"officer", "head"}),
    ("draft", "submit"): ("submitted", "unit", {"head"}),
    ("submitted", "recall"): ("draft", "unit", {"head"}),
    ("submitted", "remark"): ("submitted", "recipient", {"reviewer", "office"}),
    ("submitted", "return"): ("returned", "recipient", {"reviewer", "office"}),
    ("submitted", "accept"): ("accepted", "recipient", {"reviewer", "office"}),
    ("submitted", "settle"): ("submitted", "recipient", {"reviewer", "office"}),
    ("submitted", "keep"): ("submitted", "unit", {"head"}),
    ("accepted", "keep"): ("accepted", "unit", {"head"}),
    ("draft", "answer"): ("draft", "unit", {"officer", "head"}),
    ("returned", "answer"): ("returned", "unit", {"officer", "head"}),
    ("returned", "enter"): ("returned", "recipient", {"reviewer", "office"}),
    ("returned", "save"): ("returned", "unit", {"officer", "head"}),
    ("returned", "submit"): ("submitted", "unit", {"head"}),
    ("accepted", "revise"): ("draft", "unit", {"head"}),
    ("not_started", "ask_extension"): ("not_started", "unit", {"officer", "head"}),
    ("draft", "ask_extension"): ("draft", "unit", {"officer", "head"}),
    ("not_started", "extend"): ("not_started", "recipient", {"reviewer", "office"}),
    ("draft", "extend"): ("draft", "recipient", {"reviewer", "office"}),
    ("submitted", "extend"): ("submitted", "recipient", {"reviewer", "office"}),
    ("returned", "extend"): ("returned", "recipient", {"reviewer", "office"}),
    ("accepted", "extend"): ("accepted", "recipient", {"reviewer", "office"}),
    ("not_started", "hand_over"): ("not_started", "recipient", {"reviewer", "office"}),
    ("draft", "hand_over"): ("draft", "recipient", {"reviewer", "office"}),
    ("submitted", "hand_over"): ("submitted", "recipient", {"reviewer", "office"}),
    ("returned", "hand_over"): ("returned", "recipient", {"reviewer", "office"}),
    ("accepted", "hand_over"): ("accepted", "recipient", {"reviewer", "office"}),
    ("not_started", "reroute"): ("not_started", "recipient", {"reviewer", "office"}),
    ("draft", "reroute"): ("draft", "recipient", {"reviewer", "office"}),
    ("submitted", "reroute"): ("submitted", "recipient", {"reviewer", "office"}),
    ("returned", "reroute"): ("returned", "recipient", {"reviewer", "office"}),
    ("accepted", "reroute"): ("accepted", "recipient", {"reviewer", "office"}),
    ("not_started", "close"): ("closed", "recipient", {"reviewer", "office"}),
    ("draft", "close"): ("closed", "recipient", {"reviewer", "office"}),
    ("returned", "close"): ("closed", "recipient", {"reviewer", "office"}),
    ("closed", "reopen"): ("not_started", "recipient", {"reviewer", "office"}),
}


def test_every_pair_of_state_and_act_leads_where_the_table_says_or_nowhere() -> None:
    for state in State:
        for act in Act:
            found = step(state, act)
            expected = TABLE.get((state.value, act.value))
            assert (found is None) == (expected is None), (state, act)
            if found and expected:
                assert (found.to.value, found.side.value, {role.value for role in found.roles}) == expected


def test_a_role_on_the_wrong_side_may_do_nothing() -> None:
    for state in State:
        assert allowed_acts(state, Side.RECIPIENT, frozenset({Role.OFFICER, Role.HEAD})) == frozenset()
        assert allowed_acts(state, Side.UNIT, frozenset({Role.REVIEWER, Role.OFFICE})) == frozenset()


def test_auditor_and_keeper_change_nothing() -> None:
    for state in State:
        for side in Side:
            assert allowed_acts(state, side, frozenset({Role.AUDITOR, Role.KEEPER})) == frozenset()


def test_no_state_is_a_dead_end() -> None:
    assert {state for state, _ in STEPS} == set(State)


def test_what_a_role_may_do_is_what_the_table_lets_it_do_in_some_state() -> None:
    assert acts_of(Role.OFFICER) == (Act.SAVE, Act.ANSWER, Act.ASK_EXTENSION)
    assert Act.SUBMIT in acts_of(Role.HEAD)
    assert (acts_of(Role.AUDITOR), acts_of(Role.KEEPER)) == ((), ())
    for role in Role:
        found = {act for state in State for side in Side for act in allowed_acts(state, side, frozenset({role}))}
        assert set(acts_of(role)) == found
