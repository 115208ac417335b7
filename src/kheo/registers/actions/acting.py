"""Doing to an entry what its register's table of acts allows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_of
from datetime import date, datetime, timedelta

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.definition.conditions import holds
from kheo.core.registers.beginning import begins_with_act, day_of_act, wrong_day
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.moves import PUBLIC, refusal
from kheo.core.registers.unasked import not_asked, told_gone
from kheo.core.registers.values import FieldProblem, Kept, Values, as_compared, shown_fields
from kheo.core.text import written
from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import lines_standing
from kheo.registers.access import ReachedEntry, reached_entry, stands_beside
from kheo.registers.actions.answering_letters import answer_letters
from kheo.registers.actions.effects import Taking, effect_problem, locked_pair, take_effect
from kheo.registers.actions.following_days import begin_on, follow_days, new_day_problems
from kheo.registers.actions.handing import given_to, handing_problem
from kheo.registers.actions.keeping import Doing, extend_clock, lock_entry, move, run_clocks, tell
from kheo.registers.actions.leading_on import standing_of, tell_invited, tell_who_leads_on
from kheo.registers.actions.outcomes import REASON, Made, Refused, refuses_unknown_days, told_together, unasked_reason, wrong_words
from kheo.registers.actions.recording import STALE, changed_fields, checked, gone_units, replace, words_of_the_sender
from kheo.registers.models import Entry
from kheo.registers.queries.beside import Beside, beside, round_problems
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.proofs import missing_photos

NO_MORE_TIME = "Thời hạn này không gia hạn được nữa: đã gia hạn một lần, đã qua hạn, đang dừng hoặc đã xong."


@dataclass(frozen=True)
class Move:
    """An act as somebody wants it done. `values`: of the fields that the act asks; `handler`: the unit it is given to.

    `other`: the code of the entry that it is one with (effects merge, join_place). `quietly`: one of many at once, of which the digest
    of the next morning tells in one line.
    """

    act: str
    version: int
    values: Mapping[str, Kept | None] = field(default_factory=dict)
    reason: str = ""
    reply: str = ""
    handler: int | None = None
    other: str = ""
    on: date | None = None
    quietly: bool = False


@refuses_unknown_days
@transaction.atomic
def act_on_entry(entry_id: int, wanted: Move, *, by: Person, at: datetime, unread: Sequence[FieldProblem] = ()) -> Made | Refused:
    """The entry after the act, or every reason why it cannot be done. Raises Unreachable for who may not read it.

    `unread`: what of the form could not be read, told together with all that is wrong with the rest.
    """
    other = locked_pair(entry_id, wanted.other)
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    reason, reply = written(wanted.reason).strip(), written(wanted.reply).strip()
    doing = Doing(wanted.act, by, wanted.on or local_day(at), max(at, entry.known_from), reason, reply)
    return carry_out(entry, reached, wanted, doing, other, lambda taking: effect_problem(taking, by), unread)


def _no_effect(_: Taking) -> FieldProblem | None:
    """Of an act that an asker may do (core.registers.rules.public)."""


def carry_out(
    entry: Entry,
    reached: ReachedEntry,
    wanted: Move,
    doing: Doing,
    other: Entry | None = None,
    effect: Callable[[Taking], FieldProblem | None] = _no_effect,
    unread: Sequence[FieldProblem] = (),
) -> Made | Refused:
    """The act on an entry that is locked, as somebody reached it, or every reason why not; `effect`: why its effect cannot be."""
    book = reached.book
    act = book.definition.by_act.get(wanted.act)
    if act is None:
        return Refused("Sổ này không có thao tác ấy.")
    if entry.version != wanted.version:
        return Refused(STALE, tuple(unread))
    texts = texts_of(entry)
    before = values_of(book.definition, entry, texts)
    after = asked_for(book.definition, act, before, wanted)
    doing = replace_of(doing, on=day_of_act(act, after) or doing.on)
    taking, today = Taking(act, entry, book, other), local_day(doing.at)
    trial = Trial(act, reached, before, after, beside([entry.pk], act, book.definition, today)[entry.pk])
    unit = given_to(act, reached, wanted.handler, today)
    stops = [lambda: handing_problem(act, reached, wanted.handler, unit, doing.by, today), lambda: effect(taking)]
    refused = refuse(trial, wanted, doing.on, today, unread, stops)
    wanted = replace_of(wanted, handler=unit)
    if refused is not None:
        return refused
    outcome = _done(taking, texts, before, after, wanted, doing)
    if isinstance(outcome, Refused):
        return outcome
    told = (_out_of_season_told(act, reached, doing.on), told_gone(book.definition, before, after))
    return replace_of(outcome, told=" ".join(each for each in told if each))


def _out_of_season_told(act: ActDef, reached: ReachedEntry, on: date) -> str:
    """What was done outside of its season; the list that asks for it keeps what was so when it was done first."""
    if act.season is None:
        return ""
    lists = (each.name for each in reached.book.definition.ready if each.out_of_season == act.code)
    return act.season.told(on, next(lists, "") if act.code not in reached.history.doers else "")


def _done(taking: Taking, texts: Mapping[str, str], before: Values, after: Values, wanted: Move, doing: Doing) -> Made | Refused:
    act, entry, book = taking.act, taking.entry, taking.book
    state_before, stood = entry.state, standing_of(entry)
    if act.effect == "extend" and not any(extend_clock(entry, clock, doing) for clock in book.definition.clocks if clock.extension):
        return Refused(NO_MORE_TIME)
    replace(entry, book, texts, after, doing)
    if act.corrects:
        follow_days(entry, book.definition, before, after, doing, judged_stay=True)
    if doing.on < entry.in_state_since:
        begin_on(entry, book.definition, doing.on, doing)
    changes = changed_fields(book.definition, before, after)
    if act.handing is not None:
        changes["handler"] = [entry.handler_id, wanted.handler]
        entry.handler_id = wanted.handler
    if act.to is not None and act.to != entry.state:
        move(entry, book.definition, act.to, doing)
    further = take_effect(taking, after, doing)
    run_clocks(entry, book.definition, state_before, doing, after)
    entry.save()
    answer_letters(entry, book, doing, came=entry.state != state_before, changed=changes)
    named = {"other": [taking.other.code]} if taking.other else {"next": [further.code]} if further else {}
    tell(entry, state_before, {**changes, **named}, doing)
    if not wanted.quietly and standing_of(entry) != stood:
        tell_who_leads_on(entry, book, doing)
    if isinstance(invited := after.get(act.invites or ""), int):
        tell_invited(entry, book, invited, doing)
    return Made(entry, further)


def asked_for(definition: RegisterDefinition, act: ActDef, before: Values, wanted: Move) -> dict[str, Kept]:
    """What the entry would hold: its values with those of the fields that the act asks, an emptied one gone, and what the act sets.

    What hangs on a field that the act takes is gone where such an entry is not asked it: it would be counted, and frozen, nobody could
    empty it afterwards. What was typed there stays, to be named (`entry_problems`).
    """
    given = {key: value for key, value in wanted.values.items() if key in definition.asked_by(act)}
    merged = {key: value for key, value in {**before, **given, **act.sets}.items() if value is not None}
    typed = {key for key, value in given.items() if value is not None}
    lost = definition.hanging_on(act) - typed - {field.key for field in shown_fields(definition, merged)}
    return {key: value for key, value in merged.items() if key not in lost}


@dataclass(frozen=True)
class Trial:
    """An act on an entry before it is done: what the entry held and would hold, and what stands beside it.

    `there`: those of the units that its values name that are there today; None: still to be asked.
    """

    act: ActDef
    reached: ReachedEntry
    before: Values
    after: Values
    beside: Beside
    there: Collection[int] | None = None

    @property
    def entry(self) -> Entry:
        """On which it is done."""
        return self.reached.entry

    @property
    def book(self) -> Book:
        """As the entry's edition has it."""
        return self.reached.book


def refuse(
    trial: Trial, wanted: Move, on: date, today: date, unread: Sequence[FieldProblem], stops: Sequence[Callable[[], FieldProblem | None]]
) -> Refused | None:
    """Why the act cannot be done now, every reason at once, or None; `stops`: what else may stand in its way, asked of who may do it.

    `on`: the day on which it would happen; `today`: of the instant from which it would be known, never before what is known already.
    """
    act, reached = trial.act, trial.reached
    said = refusal(act, trial.entry.state, reached.stance, reached.history, reached.doers(act), trial.before)
    if said is not None:
        return Refused(said, tuple(unread))
    problems = told_together(unread, (*asked_problems(act, wanted, today), *entry_problems(trial, wanted, on, today, unread)))
    keys = {each.key for each in problems}
    unfit = [found for stop in stops if (found := stop()) is not None and found.key not in keys]
    if not problems and not unfit:
        return None
    if not problems and not unfit[0].key:
        return Refused(unfit[0].message)
    return Refused(f"Chưa “{act.name}” được.", (*problems, *unfit))


def asked_problems(act: ActDef, wanted: Move, today: date) -> list[FieldProblem]:
    """What is wrong with what was typed, whatever the entry."""
    to_come = [FieldProblem("on", "Ngày làm chưa tới.")] if act.day is None and (wanted.on or today) > today else []
    return [*_wrong_words(act, wanted), *to_come, *_wrong_handler(act, wanted, today), *_wrong_other(act, wanted)]


def entry_problems(trial: Trial, wanted: Move, on: date, today: date, unread: Sequence[FieldProblem] = ()) -> list[FieldProblem]:
    """What of the entry stands in the way. No query beside those of `beside`, unless units are named. `unread`: what could not be."""
    act, book, entry = trial.act, trial.book, trial.entry
    since = None if begins_with_act(book.definition, act, entry.state) else entry.in_state_since
    return [
        *wrong_day(book.definition, act, trial.after, on, today, since, wanted.on),
        *_out_of_season(act, on),
        *_too_soon_for_the_asker(act, trial.entry, on),
        *round_problems(act, book.definition, trial.beside.rounds, on),
        *_filled_in_vain(trial, wanted, unread),
        *needed(act, book.definition, trial.after),
        *checked(book, trial.before, trial.after, act.to or trial.entry.state, act=act, was=trial.entry.state),
        *(gone_units(book.definition, trial.after, today, trial.there) or _wrongly_invited(trial, today)),
        *(_wrongly_corrected(trial, today) if act.corrects else ()),
        *_lacking(act, book.definition, trial.beside, trial.after),
    ]


def _filled_in_vain(trial: Trial, wanted: Move, unread: Sequence[FieldProblem]) -> list[FieldProblem]:
    """What was typed for the act though such an entry is not asked it: named, as in the form of an entry, never dropped."""
    typed = {key for key, value in wanted.values.items() if value is not None}
    return [each for each in not_asked(trial.book.definition, trial.book.options, trial.after, unread) if each.key in typed]


def _wrongly_invited(trial: Trial, today: date) -> list[FieldProblem]:
    """Whoever is invited has to be able to come: a unit beside, that has no part in the entry (`Scope.OTHER`)."""
    unit = trial.after.get(trial.act.invites or "")
    if not isinstance(unit, int) or stands_beside(unit, trial.entry, today):
        return []
    label = trial.book.definition.by_key[trial.act.invites or ""].label
    told = f"{label}: chọn một đơn vị cùng cấp trên trực tiếp với đơn vị ghi, và không phải đơn vị ấy."
    return [FieldProblem(trial.act.invites or "", told)]


def _wrongly_corrected(trial: Trial, today: date) -> list[FieldProblem]:
    """As of an edit: the day on which the entry began has its bounds, and what somebody sent stays theirs."""
    definition = trial.book.definition
    return [
        *new_day_problems(trial.entry, definition, trial.before, trial.after, today),
        *words_of_the_sender(trial.entry, definition, trial.before, trial.after),
    ]


def needed(act: ActDef, definition: RegisterDefinition, values: Values) -> tuple[FieldProblem, ...]:
    """Fields that the act needs and the entry lacks, and the consent without which it is not done."""
    of_others = {field.key for field in definition.asked} - {field.key for field in shown_fields(definition, values)}
    wanted = (key for key in act.needs if key not in values and key not in of_others)
    lacking = (FieldProblem(key, f"Chưa điền “{definition.by_key[key].label}”.") for key in wanted)
    asked = (field for field in definition.asked if field.consent and act.consented and values.get(field.key) is not True)
    return (*lacking, *(FieldProblem(field.key, f"“{field.label}” phải là Có mới “{act.name}” được.") for field in asked))


def _wrong_words(act: ActDef, wanted: Move) -> list[FieldProblem]:
    asks = act.reason != "none"
    reason = wrong_words(REASON, wanted.reason, "Cần ghi lý do." * (act.reason == "required")) if asks else unasked_reason(wanted.reason)
    return [*reason, *wrong_words("reply", wanted.reply, "Cần ghi lời trả lời." * act.reply)]


def _out_of_season(act: ActDef, on: date) -> list[FieldProblem]:
    """What its register takes at another time of the year; most only tell it (`season.outside`)."""
    if act.season is None or act.season.outside == "told" or act.season.holds(on):
        return []
    return [FieldProblem("on", f"Ngày {format_day(on)} ở ngoài {act.season.words}; ngoài thời gian ấy không “{act.name}”.")]


def _too_soon_for_the_asker(act: ActDef, entry: Entry, on: date) -> list[FieldProblem]:
    """An asker who can come back is given the time to: what was answered is not closed over their head the day after."""
    if act.asker_days is None or entry.source != PUBLIC:
        return []
    since = entry.in_state_since + timedelta(days=act.asker_days)
    return (
        [FieldProblem("on", f"Người gửi có đến hết ngày {format_day(since)} để nói ý kiến; sau ngày ấy mới “{act.name}”.")]
        if on <= since
        else []
    )


def _wrong_handler(act: ActDef, wanted: Move, today: date) -> list[FieldProblem]:
    if act.chooses_unit and (wanted.handler is None or Line.UNION not in lines_standing([wanted.handler], today)):
        return [FieldProblem("handler", "Hãy chọn đơn vị được giao.")]
    return []


def _wrong_other(act: ActDef, wanted: Move) -> list[FieldProblem]:
    if act.names_another and not wanted.other.strip():
        return [FieldProblem("other", "Hãy ghi mã hồ sơ kia.")]
    if not act.names_another and wanted.other.strip():
        return [FieldProblem("other", "Thao tác này không nối với hồ sơ khác.")]
    return []


def _lacking(act: ActDef, definition: RegisterDefinition, beside: Beside, values: Values) -> list[FieldProblem]:
    """Photographs, lines and links that the act needs."""
    found = missing_photos(act.photos, definition, beside.photos, values)
    needs_link = act.links is not None and act.effect != "merge" and holds(act.links_if, as_compared(values))
    if act.links is not None and needs_link and act.links not in beside.links:
        found.append(FieldProblem(act.links, f"Chưa ghi liên kết “{definition.by_link[act.links].name}”."))
    if act.all_done is not None and beside.waiting:
        found.append(FieldProblem("on", f"Còn {len(beside.waiting)} hồ sơ nối tới chưa xong: {', '.join(beside.waiting)}."))
    found += [
        FieldProblem(code, f"Cần ít nhất một dòng “{definition.by_line[code].name}”.") for code in act.lines if code not in beside.lines
    ]
    return found
