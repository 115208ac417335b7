"""CSVs in one zip: everything that a workbook holds, its dictionary too, out and back in one file."""

import csv
import io
import zipfile

from kheo.core.registers.table_heads import DICTIONARY
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import made
from tests.registers.tables import exported, of_lines, plans, problems, refused, rows_in, sent, written, zipped
from tests.registers.test_import_new_with_lines import ONE, TWO, lines_by_title, spent
from tests.world import World, later


def files_in(file: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        texts = {each: archive.read(each).decode("utf-8-sig") for each in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_it_holds_the_entries_what_stands_beside_them_and_what_each_column_means(world: World, small_book: Book) -> None:
    entry = made(small_book, world, ten="Tổ tự quản")
    files = files_in(exported(small_book, world, kind="zip"))
    assert list(files) == ["tu-dien.csv", "ho-so.csv", "dong.csv", "lien-ket.csv", "anh-tep.csv"]
    dictionary = files["tu-dien.csv"]
    assert dictionary[1] == ["Mã sổ", "so-nho"]
    told = dictionary[dictionary.index(list(DICTIONARY)) + 1 :]
    said = {row[0]: row for row in told}
    assert [row[0] for row in told[: len(files["ho-so.csv"][0])]] == files["ho-so.csv"][0], "of every column, in their order"
    assert set(files["dong.csv"][0]) <= {*said}
    assert said["Loại"][4] == "MH: Mô hình; CT: Công trình"
    assert [row[0] for row in files["ho-so.csv"][1:]] == [entry.code]


def test_one_csv_sending_brings_new_entries_and_their_lines(world: World, small_book: Book) -> None:
    lines = [{"Dòng số": "", **each} for each in (spent("mới 2", "2.000"), spent("mới 1", "1.000"))]
    file = zipped({"ho-so.csv": of_lines([ONE, TWO]), "dong.csv": of_lines(lines)})  # type: ignore[arg-type]
    table = sent(small_book, world, file, name="so.zip")
    assert (plans(table), problems(table)) == (["new"] * 4, [])
    assert [row.title for row in rows_in(table)] == ["Vườn rau", "Tủ sách", "mới 2 Khoản chi", "mới 1 Khoản chi"]
    assert [row.result for row in written(table, world)] == ["written"] * 4
    assert lines_by_title() == {"Vườn rau": [1_000], "Tủ sách": [2_000]}


def test_it_is_known_by_its_dictionary_as_a_workbook_is(world: World, small_book: Book) -> None:
    made(small_book, world)
    files = {name: "\n".join(map(",".join, rows)) for name, rows in files_in(exported(small_book, world, kind="zip")).items()}
    other = {name: text.replace("so-nho", "so-khac").encode() for name, text in files.items()}
    assert "Tệp này là của sổ “so-khac”" in refused(small_book, world, zipped(other), name="so.zip")


ENTRIES = of_lines([ONE])  # type: ignore[list-item]


REFUSED = (
    ({"__MACOSX/a": b""}, "Tệp nén không có tệp CSV nào."),
    ({"ho-so.csv": ENTRIES, "anh.jpg": b"\xff\xd8\xff"}, "“anh.jpg” không phải CSV"),
    ({"1/ho-so.csv": ENTRIES, "2/ho-so.csv": ENTRIES}, "Tệp nén có hai tệp cùng là “Hồ sơ”"),
    ({"ho-so.csv": b'T\xc3\xaan,a\n"x'}, "Tệp “ho-so.csv”: dòng 2: Dấu nháy kép mở mà không đóng"),
    ({"ho-so.csv": b"Ten," * 100_000}, "nở ra quá nhiều khi giải nén"),
    ({f"{number}.csv": ENTRIES for number in range(11)}, "có hơn 10 tệp"),
)


def test_what_cannot_be_taken_is_told_and_nothing_is_kept(world: World, small_book: Book) -> None:
    for files, said in REFUSED:
        assert said in refused(small_book, world, zipped(files), name="so.zip")
    assert not Entry.objects.exists()


def test_a_zip_that_a_mac_or_a_folder_made_is_read_as_well(world: World, small_book: Book) -> None:
    file = zipped({"so/Ho-So.CSV": ENTRIES, "__MACOSX/so/._ho-so.csv": b"\0"})
    assert plans(sent(small_book, world, file, name="so.zip", at=later(days=2))) == ["new"]
