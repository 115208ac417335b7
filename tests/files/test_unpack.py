"""A zip is opened under limits: no name is a path, no claim is believed, nothing swells."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from kheo.files import unpacking
from kheo.files.unpacking import Allowance, Bounds, Unpacked, is_archive, unpack

SMALL = Bounds(files=3, each=1000, whole=2500, swelling=50)
WORKBOOK = "[Content_Types].xml"


def packed(files: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def opened(files: Mapping[str, bytes], bounds: Bounds = SMALL) -> list[Unpacked]:
    return list(unpack(packed(files), bounds))


def test_files_come_out_in_their_order_with_their_names() -> None:
    assert opened({"b.xlsx": b"hai", "thu muc/a.xlsx": b"mot"}) == [Unpacked("b.xlsx", b"hai"), Unpacked("thu muc/a.xlsx", b"mot")]


def test_what_a_computer_adds_by_itself_is_passed_over() -> None:
    beside = {"__MACOSX/._a.xlsx": b"x", ".DS_Store": b"x", "thu/Thumbs.db": b"x", "~$a.xlsx": b"x", "thu/": b""}
    assert [each.name for each in opened({**beside, "a.xlsx": b"mot"})] == ["a.xlsx"]


def test_a_zip_is_told_from_a_workbook_and_from_anything_else() -> None:
    assert is_archive(packed({"a.xlsx": b"mot"}))
    assert not is_archive(packed({WORKBOOK: b"x", "xl/workbook.xml": b"x"}))
    assert not is_archive(packed({"mimetype": b"x", "content.xml": b"x", "META-INF/manifest.xml": b"x"}))
    assert not any(is_archive(io.BytesIO(data)) for data in (b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"mot hai"))


def test_names_are_only_texts() -> None:
    names = ["../../etc/passwd", "/tmp/a", "C:\\a.xlsx", "a" * 400, "\u202exslx.exe"]
    assert [(each.name, each.data) for each in opened(dict.fromkeys(names[:3], b"x"))] == [(name, b"x") for name in names[:3]]
    assert [each.data for each in opened(dict.fromkeys(names[3:], b"x"))] == [b"x", b"x"]


def test_a_vietnamese_name_that_windows_wrote_is_read_as_it_was_meant() -> None:
    data = (
        packed({"x" * len("Báo cáo.xlsx".encode()): b"mot"})
        .getvalue()
        .replace(b"x" * len("Báo cáo.xlsx".encode()), "Báo cáo.xlsx".encode())
    )
    assert [each.name for each in unpack(io.BytesIO(data), SMALL)] == ["Báo cáo.xlsx"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.xlsx": bytes(range(256)) * 4}, "Tệp quá lớn"),
        ({"a.xlsx": b"\0" * 999}, "nở ra quá nhiều"),
        ({"a.zip": packed({"b.xlsx": b"mot"}).getvalue()}, "Tệp nén nằm trong tệp nén"),
    ],
)
def test_what_may_not_come_out_is_told_and_the_rest_goes_on(files: Mapping[str, bytes], words: str) -> None:
    first, last = opened({**files, "z.xlsx": b"mot"})
    assert (first.data, words in first.fault) == (None, True)
    assert last == Unpacked("z.xlsx", b"mot")


def test_a_size_that_lies_is_found_out_while_reading() -> None:
    """The directory says 10 bytes; 100,000 are packed."""
    data = bytearray(packed({"a.xlsx": bytes(range(256)) * 400}, zipfile.ZIP_STORED).getvalue())
    real = (256 * 400).to_bytes(4, "little")
    lie = data.replace(real, (10).to_bytes(4, "little"))
    (found,) = unpack(io.BytesIO(lie), SMALL)
    assert found.data is None or len(found.data) <= 10


def test_too_many_and_too_much_end_with_a_word() -> None:
    many = opened({f"{number}.xlsx": b"x" for number in range(9)})
    assert [each.data for each in many] == [b"x", b"x", b"x", None]
    assert "hơn 3 tệp" in many[-1].fault
    noise = [bytes((index * number) % 251 for index in range(990)) for number in (3, 7, 11)]
    much = opened({f"{number}.xlsx": data for number, data in enumerate(noise)})
    assert [each.data is None for each in much] == [False, False, True]
    assert "cộng lại quá lớn" in much[-1].fault


def test_many_zips_of_one_upload_have_no_more_room_than_one() -> None:
    left = Allowance.of(SMALL)
    zips = [packed({f"{number}.xlsx": b"x", f"{number}b.xlsx": b"y"}) for number in range(3)]
    found = [[each.data for each in unpack(source, SMALL, left)] for source in zips]
    assert found == [[b"x", b"y"], [b"x", None], [None]]
    apart = [[each.data for each in unpack(source, SMALL)] for source in zips]
    assert apart == [[b"x", b"y"]] * 3, "control: each by itself is within its bounds"


def test_a_directory_longer_than_any_honest_one_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = packed({f"{number:04d}{'x' * 200}.xlsx": b"" for number in range(50)}, zipfile.ZIP_STORED)
    with monkeypatch.context() as patch:
        patch.setattr(unpacking, "LARGEST_DIRECTORY", 10_000)
        assert is_archive(crowd)
        (found,) = unpack(crowd, SMALL)
        assert (found.data, "hơn 3 tệp" in found.fault) == (None, True)
    assert [each.data for each in unpack(crowd, SMALL)] == [b"", b"", b"", None], "control: with room it is looked into"


def test_a_locked_a_strangely_packed_and_a_broken_file_are_told() -> None:
    locked = bytearray(packed({"a.xlsx": b"mot"}).getvalue())
    for opening, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(opening) + place] |= 1
    strange = packed({"a.xlsx": b"mot" * 50}, zipfile.ZIP_LZMA)
    broken = bytearray(packed({"a.xlsx": b"mot hai ba bon nam"}, zipfile.ZIP_STORED).getvalue())
    broken[40] ^= 0xFF
    for source, words in ((io.BytesIO(locked), "có mật khẩu"), (strange, "nén thành .zip thường"), (io.BytesIO(broken), "bị hỏng")):
        (found,) = unpack(source, SMALL)
        assert (found.data, words in found.fault) == (None, True), words


def test_what_is_no_zip_at_all_is_told() -> None:
    (found,) = unpack(io.BytesIO(b"PK\x03\x04 khong phai"), SMALL)
    assert "bị hỏng" in found.fault


def test_without_its_limits_the_same_files_would_come_out() -> None:
    """Control: it is the limits that keep them in."""
    wide = Bounds(files=100, each=10**6, whole=10**7, swelling=10**6)
    assert all(each.data is not None for each in opened({"a.xlsx": b"\0" * 999, "b.xlsx": bytes(range(256)) * 4}, wide))
