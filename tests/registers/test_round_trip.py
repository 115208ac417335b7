"""Every book that comes with Khéo leaves as a file and comes back: untouched it changes nothing, copied it is the same again."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

import pytest

from kheo.campaigns.actions import publish
from kheo.core.registers.checking import failed_checks
from kheo.core.registers.columns import form_columns
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.unasked import not_asked
from kheo.core.registers.values import Kept, Options
from kheo.journal.actions import SYSTEM
from kheo.registers.access import entry_to_read
from kheo.registers.actions import Line, Made, publish_register, write_line, writes_lines
from kheo.registers.models import Deed, Entry, EntryLine, EntryText, EntryVersion
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, recorded
from tests.registers.tables import Sheet, at, edited, exported, plans, problems, rows_in, sent, written
from tests.world import OPENING, World, later

ENTRIES = 4
WORDS = (
    "Tổ", "=1+1", "'-hẻm 12", "a;b, c", "Đường số 3", "“ngoặc”", "<b>đậm</b>", "1.250", "15/11/2023", "  thừa  ", "co", "+84", "@ai",
)  # fmt: skip
FILES = sorted((CAMPAIGNS / "registers").glob("*.yaml"))


def of_field(field: FieldDef, options: Options, luck: Random) -> Kept | None:
    """Something that a field takes."""
    least, most = field.at_least or 0, field.at_most if field.at_most is not None else 10**9
    if field.type in ("integer", "decimal", "money"):
        return luck.choice((least, most, luck.randint(least, most)))
    if field.web:
        return f"https://bao.example.vn/{luck.randrange(10**6)}"
    if field.parts_of is not None:
        first = luck.randrange(1, field.parts_of)
        return f"{first} + {field.parts_of - first}"
    if field.type in ("text", "long_text"):
        lines = "\n\n".join(" ".join(luck.sample(WORDS, 3)) for _ in range(1 if field.type == "text" else 3))
        return " ".join(lines.split())[: field.longest].strip() if field.type == "text" else lines[: field.longest].strip()
    chosen = list(options.of(field))
    made: Mapping[str, object] = {
        "day": (date(2022, 1, 1) + timedelta(days=luck.randint(0, 400))).isoformat(),
        "yes_no": luck.random() < 0.5,
        "choice": luck.choice(chosen) if chosen else None,
        "choices": [code for code in chosen if luck.random() < 0.5] or chosen[:1] or None,
        "place": (10_700_000 + luck.randint(0, 99_999), 106_600_000 + luck.randint(0, 99_999)),
        "unit": None,
    }
    return made[field.type]  # type: ignore[return-value]  # by type


def drawn(book: Book, luck: Random) -> dict[str, Kept]:
    """Values of an entry in its first state: only what is asked of it."""
    definition, first = book.definition, book.definition.first_state.code
    values: dict[str, Kept] = {}
    for column in form_columns(definition, book.options):
        value = of_field(column.field, book.options, luck)
        if value is not None and (column.field.required_from == first or luck.random() < 0.8):
            values[column.key] = value
    while problems := not_asked(definition, book.options, values):
        for each in problems:
            values.pop(each.key, None)
    while failed := failed_checks(definition, {}, values, first, book.options):
        for each in failed:
            values.pop(each.key, None)
    return values


@pytest.fixture
def shelf(world: World) -> list[Book]:
    publish((CAMPAIGNS / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=OPENING)
    for file in FILES:
        assert publish_register(file.read_text(encoding="utf-8"), file.name, by=SYSTEM, at=OPENING).problems == ()
    found = books()
    assert len(found) == len(FILES) >= 13
    return found


def whole() -> tuple[object, ...]:
    return (
        list(Entry.objects.order_by("pk").values()),
        list(EntryText.objects.order_by("pk").values()),
        list(EntryLine.objects.order_by("pk").values()),
        EntryVersion.objects.count(),
        Deed.objects.count(),
    )


def lined(entry: Entry, book: Book, world: World, luck: Random) -> int:
    """Two lines of each kind that the first officer of the unit writes; how many."""
    by, written_lines = world.person("an"), 0
    for kind in book.definition.lines:
        if not writes_lines(kind, entry_to_read(by, entry.pk)):
            continue
        lists = book.options.names
        for _ in range(2):
            line = Line(
                kind.code,
                date(2023, 4, 1),
                kind=luck.choice(list(lists[kind.kinds])) if kind.kinds else "",
                source=luck.choice(list(lists[kind.sources])) if kind.sources else "",
                quantity=luck.choice((0, 10**9, luck.randint(0, 10**6))) if kind.quantity else None,
                amount_vnd=luck.randint(0, 10**12) if kind.amount else None,
                text=" ".join(luck.sample(WORDS, 3)) if kind.text else "",
            )
            assert isinstance(write_line(entry.pk, line, by=by, at=OPENING), Made), kind.code
            written_lines += 1
    return written_lines


def held(entry: Entry, book: Book) -> dict[str, Kept]:
    return values_of(book.definition, entry, texts_of(entry))


def test_every_book_comes_back_as_it_left(world: World, shelf: list[Book]) -> None:
    luck, has_lines = Random(7), set[str]()  # the same on every machine
    for book in shelf:
        written_lines = sum(lined(recorded(book, world, drawn(book, luck)), book, world, luck) for _ in range(ENTRIES))
        has_lines |= {book.register.code} if written_lines else set()
        before = whole()
        file = exported(book, world, kind="lines") if written_lines else b""
        table = sent(book, world, file, name="dong.csv") if written_lines else None
        assert table is None or (plans(table), problems(table), table.notes) == (["same"] * written_lines, [], []), book.register.code
        for kind in ("xlsx", "csv"):
            file = exported(book, world, kind=kind)
            rows = ["same"] * (ENTRIES + (written_lines if kind == "xlsx" else 0))
            table = sent(book, world, file, name=f"so.{kind}")
            assert (plans(table), problems(table), table.notes) == (rows, [], []), (book.register.code, kind)
            # Without the marks the cells alone have to say it.
            bare = file.replace("Mốc tải về".encode(), "Cột của tôi".encode()) if kind == "csv" else edited(file, without_marks)
            table = sent(book, world, bare, name=f"so.{kind}")
            assert (plans(table), problems(table)) == (rows, []), (book.register.code, kind)
        table = sent(book, world, exported(book, world, kind="zip"), name="so.zip")
        assert (plans(table), problems(table), table.notes) == (["same"] * (ENTRIES + written_lines), [], []), book.register.code
        assert whole() == before, book.register.code
    assert has_lines == {"cham-lo", "kiem-tra", "ke-hoach", "tuyen-duong", "doi-hinh", "mo-hinh"}


def test_entries_copied_from_a_file_hold_the_same(world: World, shelf: list[Book]) -> None:
    luck = Random(11)  # the same on every machine
    for book in shelf:
        originals = [recorded(book, world, drawn(book, luck)) for _ in range(ENTRIES)]
        table = sent(book, world, edited(exported(book, world), without_codes))
        assert (plans(table), problems(table)) == (["new"] * ENTRIES, []), book.register.code
        made = [row.entry for row in written(table, world, takes_doubtful=True)]
        # A file is the newest first.
        for original, copy in zip(reversed(originals), made, strict=True):
            assert copy is not None, [row.message for row in rows_in(table)]
            assert (held(copy, book), copy.title, copy.search.split()[1:]) == (
                held(original, book), original.title, original.search.split()[1:],
            ), book.register.code  # fmt: skip
            assert (copy.owner_id, copy.state, copy.registered_on) == (original.owner_id, original.state, original.registered_on)
            assert copy.code != original.code


def without_marks(sheet: Sheet) -> None:
    sheet.delete_cols(at(sheet, "Mốc tải về").column)


def without_codes(sheet: Sheet) -> None:
    for row in range(2, sheet.max_row + 1):
        at(sheet, "Mã hồ sơ", row).value = at(sheet, "Mốc tải về", row).value = at(sheet, "Hạn", row).value = None


def test_what_a_program_must_not_change_is_noticed(world: World, shelf: list[Book]) -> None:
    """The negative control of the two above: one cell of one entry is another, and the table says so."""
    book = next(each for each in shelf if each.register.code == "mo-hinh")
    recorded(book, world, drawn(book, Random(3)), at=later())  # the same on every machine
    file = edited(exported(book, world), lambda sheet: setattr(at(sheet, "Tên mô hình"), "value", "Tên khác"))
    assert plans(sent(book, world, file)) == ["changed"]
