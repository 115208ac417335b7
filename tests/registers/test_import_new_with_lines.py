"""One file brings new entries and their lines: a number of the file's own ties them, in the place of a code that is not there yet."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from kheo.core.registers.table_heads import temporary_code
from kheo.documents.register_workbook import write_wrong_rows
from kheo.registers.actions.exporting import about_file
from kheo.registers.actions.importing import confirm_import
from kheo.registers.actions.importing import writing as importing
from kheo.registers.models import Entry, EntryImport, EntryLine, ImportRow
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.importing import counts_of, unwritten
from kheo.web.registers.import_page import wrong_rows
from tests.registers.entries import made
from tests.registers.tables import at, edited, exported, of_lines, plans, problems, rows_in, sent, written
from tests.world import World, later

ONE = {"Mã hồ sơ": "mới 1", "Tên": "Vườn rau", "Lĩnh vực": "Kinh tế"}
TWO = {"Mã hồ sơ": "Mới  02", "Tên": "Tủ sách", "Lĩnh vực": "Văn hóa"}


def spent(whose: str, amount: object, **cells: object) -> dict[str, object]:
    said = {"Mã hồ sơ": whose, "Loại dòng": "Khoản chi", "Ngày": "01/04/2023", "Nguồn": "Ngân sách", "Số tiền (đồng)": amount}
    return {**said, **{label.replace("_", " "): cell for label, cell in cells.items()}}


def of_both(entries: Sequence[Mapping[str, object]], lines: Sequence[Mapping[str, object]]) -> bytes:
    """A workbook that somebody made: entries, and their lines in a sheet of their own."""
    workbook = openpyxl.Workbook()
    for sheet, rows in ((workbook.active, entries), (workbook.create_sheet("Dòng"), lines)):
        heads = list(dict.fromkeys([*(["Dòng số"] if rows is lines else []), *(label for row in rows for label in row)]))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(label) for label in heads])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def lines_by_title() -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for title, amount in EntryLine.objects.filter(known_to=None).order_by("entry", "number").values_list("entry__title", "amount_vnd"):
        found.setdefault(title, []).append(amount)
    return found


def test_new_entries_and_their_lines_are_looked_at_and_written_at_once(world: World, small_book: Book) -> None:
    file = of_both([ONE, TWO], [spent("MỚI 2", 2_000), spent("mới 1", 1_000), spent("moi 1", 1_500)])
    table = sent(small_book, world, file)
    assert (plans(table), problems(table)) == (["new"] * 5, [])
    assert [row.title for row in rows_in(table)] == ["Vườn rau", "Tủ sách", "mới 2 Khoản chi", "mới 1 Khoản chi", "mới 1 Khoản chi"]
    assert (counts_of(table).new, counts_of(table).new_lines) == (5, 3)
    assert not Entry.objects.exists(), "nothing is written before it is confirmed"
    assert [row.result for row in written(table, world)] == ["written"] * 5
    assert lines_by_title() == {"Vườn rau": [1_000, 1_500], "Tủ sách": [2_000]}
    assert all(row.entry_id for row in rows_in(table)), "each line leads to its entry"
    written(table, world)
    assert EntryLine.objects.count() == 3
    again = sent(small_book, world, exported(small_book, world))
    assert (set(plans(again)), len(plans(again))) == ({"same"}, 5), "what was written leaves and comes back unchanged"


def test_everything_that_is_wrong_with_an_entry_and_its_lines_is_told_at_once_by_cell(world: World, small_book: Book) -> None:
    lines = [spent("mới 1", "ba"), spent("mới 1", 5, Nguồn="ZZ"), spent("mới 9", 1), spent("mới 2", 1, Dòng_số=1)]
    table = sent(small_book, world, of_both([{**ONE, "Lĩnh vực": "Không có"}, TWO], lines))
    assert plans(table) == ["refused", "new", *["refused"] * 4]
    wrong = "Hồ sơ “mới 1” (dòng 2 của trang hồ sơ) chưa đúng, nên dòng này cũng chưa ghi được."
    told = problems(table)
    assert told[0].startswith("C2 Không có lựa chọn “Không có”")
    assert told[1].startswith("F2 “ba” không phải là một con số")
    assert {f"B2 {wrong}", f"B3 {wrong}"} < set(told)
    assert "E3 Không có “ZZ”; chọn một trong: Ngân sách; Xã hội hóa." in told
    assert "B4 Không có hồ sơ mới “mới 9” ở trang hồ sơ của tệp này; hồ sơ đã có thì ghi mã của nó." in told
    assert "A5 Dòng của hồ sơ mới thì để trống ô này; Khéo đặt số." in told


def test_two_entries_of_one_number_are_both_refused_with_their_lines(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_both([ONE, {**TWO, "Mã hồ sơ": "mới 1"}], [spent("mới 1", 1)]))
    assert plans(table) == ["refused"] * 3
    assert problems(table)[:2] == [f"A{row} Số tạm “mới 1” có ở 2 dòng; mỗi hồ sơ mới một số tạm." for row in (2, 3)]


def test_lines_of_an_entry_that_may_be_there_already_are_left_with_it(world: World, small_book: Book) -> None:
    written(sent(small_book, world, of_both([ONE], [spent("mới 1", 1)])), world)
    table = sent(small_book, world, of_both([ONE, TWO], [spent("mới 1", 1), spent("mới 2", 2)]))
    assert [row.is_doubtful for row in rows_in(table)] == [True, False, True, False]
    assert [row.result for row in written(table, world)] == ["left", "written", "left", "written"]
    assert lines_by_title() == {"Vườn rau": [1], "Tủ sách": [2]}


def test_a_line_whose_new_entry_could_not_be_written_when_it_was_its_turn_is_not_written_either(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = sent(small_book, world, of_both([ONE, TWO], [spent("mới 1", 1), spent("mới 2", 2)]))
    monkeypatch.setattr(importing, "create_entry", refusing_the_first(importing.create_entry))
    rows = written(table, world)
    assert [row.result for row in rows] == ["failed", "written", "failed", "written"]
    assert rows[2].message == "Hồ sơ mới ở dòng 2 của trang hồ sơ chưa ghi được, nên dòng này cũng chưa."
    assert lines_by_title() == {"Tủ sách": [2]}


def refusing_the_first(create: Callable[..., Any]) -> Callable[..., Any]:
    def created(found: Book, owner: int, values: Mapping[str, Any], **rest: Any) -> Any:
        return importing.Refused("Không ghi được.") if values["ten"] == "Vườn rau" else create(found, owner, values, **rest)

    return created


def test_a_line_waits_for_its_entry_whoever_writes_first(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_both([ONE], [spent("mới 1", 1)]))
    an = world.person("an", later(days=1))
    assert isinstance(confirm_import(table.pk, only_good=False, takes_doubtful=False, by=an, at=later(days=1)), EntryImport)
    entry, line = rows_in(table)
    importing.write_row(small_book, line.pk, by=an, at=later(days=1))
    assert ImportRow.objects.get(pk=line.pk).result == ""
    importing.write_row(small_book, entry.pk, by=an, at=later(days=1))
    importing.write_row(small_book, line.pk, by=an, at=later(days=1))
    assert lines_by_title() == {"Vườn rau": [1]}


def test_wrong_lines_come_back_mended_under_the_code_that_their_entry_has_by_now(world: World, small_book: Book) -> None:
    before = [{**ONE, "Tên": "Hàng cây", "Mã hồ sơ": ""}, {**TWO, "Tên": "Ao cá", "Mã hồ sơ": ""}]  # other entries of the same rows
    written(sent(small_book, world, of_both(before, [])), world)
    lines = [spent("mới 1", "ba"), spent("mới 1", 1), spent("mới 2", 2)]
    table = sent(small_book, world, of_both([ONE, {**TWO, "Lĩnh vực": "?"}], lines))
    written(table, world, only_good=True)
    code = Entry.objects.get(title="Vườn rau").code
    left = unwritten(table)
    assert [row.detail["cells"]["_ma"] for row in left] == ["Mới  02", code, "mới 2"]
    out, of = io.BytesIO(), [each for each in left if not each.of_lines]
    heads, about = heads_and_about(small_book)
    write_wrong_rows(about, heads[0], wrong_rows(of), out, (heads[1], wrong_rows([each for each in left if each.of_lines])))
    mended = edited(out.getvalue(), lambda sheet: setattr(at(sheet, "Lĩnh vực"), "value", "Văn hóa"))
    mended = edited(mended, lambda sheet: setattr(at(sheet, "Số tiền (đồng)"), "value", 3), "Dòng")
    assert [row.result for row in written(sent(small_book, world, mended), world)] == ["written"] * 3
    assert lines_by_title() == {"Vườn rau": [1, 3], "Tủ sách": [2]}


def heads_and_about(book: Book) -> tuple[Any, Any]:
    from kheo.core.registers.line_heads import line_heads
    from kheo.core.registers.table_heads import heads_of

    heads = heads_of(book.definition, book.options), line_heads(book.definition, book.options)
    return heads, about_file(book, "An", later(days=1))


def test_a_table_of_lines_alone_has_no_new_entries_to_name(world: World, small_book: Book) -> None:
    made(small_book, world)
    rows = [{"Mã hồ sơ": "mới 1", "Dòng số": "", "Loại dòng": "chi", "Ngày": "02/04/2023", "Nguồn": "NS", "Số tiền (đồng)": "5"}]
    table = sent(small_book, world, of_lines(rows), name="dong.csv")
    assert problems(table) == ["A2 Không có hồ sơ mới “mới 1” ở trang hồ sơ của tệp này; hồ sơ đã có thì ghi mã của nó."]


@pytest.mark.parametrize(
    ("text", "number"),
    [("mới 1", "mới 1"), (" MỚI 007 ", "mới 7"), ("moi 2", "mới 2"), ("mới", ""), ("1", ""), ("MOI-2023-0001", ""), ("mới 1a", "")],
)
def test_a_number_of_the_files_own_is_known_however_it_is_typed(text: str, number: str) -> None:
    assert temporary_code(text) == number
