"""Lives of entries as the definitions of their registers let them run: which acts, on which days, what limits they started and met.

Walks are drawn at random through the acts of a definition, most of them onward, so that the states, spans, runs of clocks and deeds that
come out are those that the actions would have written; only what nobody waits for (journal, photographs) is left out.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from kheo.core.days import WorkingCalendar
from kheo.core.registers import clock as clocks
from kheo.core.registers.models import ActDef, ClockDef, RegisterDefinition
from kheo.core.registers.values import Options, shown_fields
from kheo.core.registers.words import StateClass

OLDEST = 675  # days before today on which the first entries were written down
ONWARD, DELAY = 0.93, 25.0
STUCK, DONE = 0.1, 0.75  # the chance that nothing more happens, before and after it is done


@dataclass(frozen=True)
class Span:
    """A state on the days from `starts` to `ends`."""

    state: str
    came_from: str
    starts: date
    ends: date | None


@dataclass
class Run:
    """One run of a clock, as it stands at last; `known_from` is the day of what was last said of it."""

    clock: str
    turn: int
    round: int
    stands: clocks.Deadline
    known_from: date


@dataclass
class Story:
    """One life: everything about an entry but whose it is and what it is called."""

    began: date
    spans: list[Span]
    deeds: list[tuple[str, date, str, str]]
    runs: list[Run] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    assigned: bool = False

    @property
    def state(self) -> str:
        """Where it stands today."""
        return self.spans[-1].state

    @property
    def due_on(self) -> date | None:
        """Of the running limit that ends first."""
        return min((run.stands.due_on for run in self.runs if run.stands.met_on is None and run.stands.paused_on is None), default=None)


@dataclass(frozen=True)
class Teller:
    """Tells lives of one register that began in the past `OLDEST` days and have come to where they stand on `today`."""

    definition: RegisterDefinition
    options: Options
    calendar: WorkingCalendar
    today: date
    chance: Random

    def tell(self) -> Story:
        """One more."""
        began = self.today - timedelta(days=self.chance.randrange(OLDEST))
        first = self.definition.first_state.code
        story = Story(began, [Span(first, "", began, None)], [("create", began, "", first)])
        story.values = {each.key: self._value(each, began) for each in self.definition.fields}
        self._clocks(story, "create", "", began)
        day = began
        while (act := self._next(story)) and self.chance.random() > (DONE if self._is_done(story) else STUCK):
            day += timedelta(days=1 + int(self.chance.expovariate(1 / DELAY)))
            if day > self.today:
                break
            self._do(story, act, day)
        self._forget(story)
        return story

    def _is_done(self, story: Story) -> bool:
        return self.definition.by_state[story.state].meaning is StateClass.DONE_GOOD

    def _next(self, story: Story) -> ActDef | None:
        possible = [each for each in self.definition.acts if story.state in each.states and each.effect not in ("extend", "join_place")]
        order, meaning = self.definition.order, self.definition.by_state
        onward = [
            each for each in possible
            if each.to and order[each.to] > order[story.state] and meaning[each.to].meaning not in (StateClass.VOID, StateClass.DONE_BAD)
        ]  # fmt: skip
        if not possible or len(story.deeds) > 12:
            return None
        return self.chance.choice(onward if onward and self.chance.random() < ONWARD else possible)

    def _do(self, story: Story, act: ActDef, day: date) -> None:
        before = story.state
        if act.to is not None:
            story.spans[-1] = replace(story.spans[-1], ends=day)
            story.spans.append(Span(act.to, before, day, None))
        story.deeds.append((act.code, day, before, story.state))
        story.values |= act.sets
        story.assigned |= act.assigns
        self._clocks(story, act.code, before, day)

    def _clocks(self, story: Story, act: str, before: str, day: date) -> None:
        for clock in self.definition.clocks:
            runs = [run for run in story.runs if run.clock == clock.code and run.stands.met_on is None]
            if act in clock.ended_by:
                story.runs = [run for run in story.runs if run not in runs]
            elif act in clock.met_by:
                for run in runs[: 1 if clock.repeats else None]:
                    run.stands, run.known_from = clocks.meet(run.stands, day), day
            else:
                self._stand_still(clock, runs, story, before, day)
            if act in clock.started_by:
                self._start(clock, story, day)

    def _stand_still(self, clock: ClockDef, runs: list[Run], story: Story, before: str, day: date) -> None:
        for run in runs:
            if story.state in clock.paused_in and before not in clock.paused_in:
                run.stands, run.known_from = clocks.pause(clock, run.stands, day, self.calendar), day
            elif before in clock.paused_in and story.state not in clock.paused_in:
                run.stands, run.known_from = clocks.resume(clock, run.stands, day, self.calendar), day

    def _start(self, clock: ClockDef, story: Story, day: date) -> None:
        number = 1 + max((run.round for run in story.runs if run.clock == clock.code), default=0)
        until = story.values.get(clock.until or "")
        for turn in range(len(clock.repeats) or 1):
            begun = clocks.start(clock, day, self.calendar, until=date.fromisoformat(until) if until else None, turn=turn)
            if begun is not None:
                story.runs.append(Run(clock.code, turn, number, begun, day))

    def _value(self, one: Any, began: date) -> Any:
        chance = self.chance
        if one.type == "day":
            after = chance.randrange(30, 240) if one.column == "planned_until" or one.required_from is None else -chance.randrange(20)
            return (began + timedelta(days=after)).isoformat()
        if one.type in ("choice", "choices"):
            codes = list(self.options.of(one))
            found = codes[min(int(chance.expovariate(3 / max(len(codes), 1))), len(codes) - 1)] if codes else None
            return ([found] if found else []) if one.type == "choices" else found
        if one.type == "yes_no":
            return chance.random() < 0.7
        return {"text": "QĐ 12/2023", "unit": None}.get(one.type, 0)  # numbers, places: each entry's own

    def _forget(self, story: Story) -> None:
        """What is asked from a later state on, or by an act that was not done, is not filled in; what nobody must say, mostly."""
        reached = max(self.definition.order[span.state] for span in story.spans)
        done = {act for act, *_ in story.deeds}
        for each in self.definition.fields:
            late = each.required_from is not None and self.definition.order[each.required_from] > reached
            acts = self.definition.set_by_acts.get(each.key, ())
            unsaid = each.required_from is None and not acts and self.chance.random() < 0.3
            if late or unsaid or (acts and not done.intersection(act.code for act in acts)):
                story.values.pop(each.key, None)
        story.values = {key: value for key, value in story.values.items() if value is not None}
        shown = {each.key for each in shown_fields(self.definition, story.values)}
        story.values = {key: value for key, value in story.values.items() if key in shown}
