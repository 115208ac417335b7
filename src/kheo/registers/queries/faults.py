"""What `kheo verify` looks at in registers: editions, entries and deeds against the journal, states without gaps, limits."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.db import connection
from pydantic import ValidationError

from kheo.core.chain import START
from kheo.core.definition import definition_hash
from kheo.core.registers.models import RegisterDefinition
from kheo.journal.queries import details_about
from kheo.registers.models import Deed, Entry, EntryMessage, RegisterEdition
from kheo.registers.queries.seals import deed_seal, seals_of

BATCH = 1000
MOST_PLACES = 5  # named of what cannot be read

# Of each entry its spans in order: they follow each other day by day, the last one is open and is the state of the entry.
_SPANS = """
WITH spans AS (
  SELECT entry_id, ordinal, state, meaning, came_from, starts, ends, row_number() OVER way AS place,
    lag(state) OVER way AS before, lag(ends) OVER way AS ended, lead(ordinal) OVER way IS NULL AS is_last
  FROM registers_state_span WHERE known_to IS NULL WINDOW way AS (PARTITION BY entry_id ORDER BY ordinal)
), wrong AS (
  SELECT DISTINCT s.entry_id FROM spans AS s JOIN registers_entry AS e ON e.id = s.entry_id
  WHERE s.ordinal <> s.place OR s.came_from <> coalesce(s.before, '') OR (s.place > 1 AND s.starts IS DISTINCT FROM s.ended)
    OR (s.ends IS NULL) <> s.is_last
    OR (s.is_last AND (s.state, s.meaning, s.starts) IS DISTINCT FROM (e.state, e.meaning, e.in_state_since))
)
SELECT e.code FROM registers_entry AS e
WHERE e.id IN (SELECT entry_id FROM wrong) OR NOT EXISTS (SELECT FROM spans AS s WHERE s.entry_id = e.id) ORDER BY e.id
"""
_LIMITS = """
SELECT e.code FROM registers_entry AS e
LEFT JOIN (
  SELECT entry_id, min(due_on) AS first FROM registers_deadline
  WHERE known_to IS NULL AND met_on IS NULL AND paused_on IS NULL GROUP BY entry_id
) AS running ON running.entry_id = e.id
WHERE e.due_on IS DISTINCT FROM running.first ORDER BY e.id
"""
_GONE = """
SELECT DISTINCT ON (j.object_id) j.detail ->> 'entry' FROM journal_entry AS j
WHERE j.object_type = 'entry' AND j.detail ? 'seals' AND NOT EXISTS (SELECT FROM registers_entry AS e WHERE e.id = j.object_id)
ORDER BY j.object_id
"""
_BESIDE = {
    "spans": "Ngày vào, ra các trạng thái",
    "limits": "Các thời hạn",
    "links": "Liên kết",
    "files": "Ảnh, tệp",
    "facts": "Ngày ghi, ngày xong, nơi hoặc nguồn",
}


def register_faults() -> Iterator[str]:
    """Every disagreement in registers, each naming its entry."""
    for edition in RegisterEdition.objects.select_related("register").order_by("pk"):
        name = f"ản {edition.number} của sổ {edition.register.code} (register_edition {edition.pk})"
        try:
            definition = RegisterDefinition.model_validate(edition.definition)
        except ValidationError as unread:
            places = ", ".join(".".join(map(str, each["loc"])) or "cả bản" for each in unread.errors()[:MOST_PLACES])
            yield f"Không đọc được b{name}: sai ở {places}. Hồ sơ của sổ chưa mở được đến khi bản ấy được khôi phục."
            continue
        if definition_hash(definition) != edition.hash:
            yield f"B{name} đã bị sửa sau khi công bố."
    yield from (f"Các trạng thái của hồ sơ {code} không nối nhau, hoặc khác trạng thái hồ sơ đang ghi." for code in _codes(_SPANS))
    yield from (f"Hạn gần nhất của hồ sơ {code} khác hạn đang chạy." for code in _codes(_LIMITS))
    yield from (f"Hồ sơ {code} có trong nhật ký mà không còn trong sổ." for code in _codes(_GONE))
    last = 0
    while entries := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from _told(entries)
        last = entries[-1].pk


def _codes(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [code for (code,) in cursor.fetchall()]


def _told(entries: Sequence[Entry]) -> Iterator[str]:
    """Entries and their deeds against what the journal was told of them: the same few queries for a batch."""
    numbers = [entry.pk for entry in entries]
    kept, sealed = dict.fromkeys(numbers, START), dict[int, dict[str, str]]()
    deeds: dict[int, dict[int, str]] = {number: {} for number in numbers}
    for number, detail in details_about("entry", numbers):
        if "seals" in detail:
            deeds[number][detail["deed"]], kept[number] = detail["seals"]
            sealed[number] = detail.get("beside", {})  # what was done before these were kept is held by the next deed
    now, done = seals_of(entries), dict[int, list[Deed]]()
    for deed in Deed.objects.filter(entry__in=numbers).order_by("pk"):
        done.setdefault(deed.entry_id, []).append(deed)
    words = {each.deed_id: (each.kind, each.text) for each in EntryMessage.objects.filter(entry__in=numbers)}
    for entry in entries:
        if now[entry.pk].said != kept[entry.pk]:
            yield f"Hồ sơ {entry.code} khác điều nhật ký đã ghi: có chỗ bị sửa ngoài các thao tác."
        for kind, seal in sealed.get(entry.pk, {}).items():
            if now[entry.pk].beside[kind] != seal:
                yield f"{_BESIDE[kind]} của hồ sơ {entry.code} khác điều nhật ký đã ghi."
        yield from _deed_faults(entry, done.get(entry.pk, []), deeds[entry.pk], words)


def _deed_faults(entry: Entry, done: Sequence[Deed], told: dict[int, str], words: Mapping[int, tuple[str, str]]) -> Iterator[str]:
    for deed in done:
        if told.pop(deed.pk, START) != deed_seal(deed, words.get(deed.pk)):
            yield f"Việc “{deed.act}” của hồ sơ {entry.code} (deed {deed.pk}) khác điều nhật ký đã ghi."
    yield from (f"Việc (deed {number}) của hồ sơ {entry.code} có trong nhật ký mà không còn." for number in told)
    if any(before.state_after != after.state_before for before, after in pairwise(done)) or (done and done[-1].state_after != entry.state):
        yield f"Các việc của hồ sơ {entry.code} không nối nhau: có việc bị thêm hoặc bị bỏ."
