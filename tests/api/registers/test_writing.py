"""Writing registers over the API: once, over what was read, every problem at once with its field; the actions of the pages."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kheo.core.evidence import MEGABYTE
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Deed, Entry, EntryLine, EntryLink, EntryVersion
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from tests.api.asking import Program, program
from tests.api.registers.words import got
from tests.registers.books import WISH, did, recorded, shipped
from tests.registers.entries import done, made, put
from tests.registers.test_attachments import photo
from tests.world import FILES, World, later

WHOLE: Mapping[str, Any] = {
    "ten": "Vườn rau sân thượng",
    "loai": "MH",
    "linh_vuc": "KT",
    "chu_the": "collective",
    "ten_chu_the": "Tổ 5",
    "tu_ngay": "2023-04-01",
    "so_nguoi": 40,
    "dien_tich": "12.5",
    "co_anh": False,
    "dip": ["XHH", "NS"],
    "cach_lam": "Trồng trong thùng xốp.",
    "vi_tri": "10.776889, 106.700806",
}


def create(asker: Program, world: World, values: Mapping[str, Any], *, key: str = "khoa-thu-1", unit: str = "G1", **more: Any) -> Any:
    body = {"unit": world.units[unit], "values": dict(values), **more}
    return asker.send("POST", "/registers/so-nho/entries", body, **{"Idempotency-Key": key})


def told(answer: Any) -> dict[str, str]:
    """By place, what is wrong."""
    return {each["place"]: each["message"] for each in answer.json()["problems"]}


def test_an_entry_is_written_as_it_is_read(small_book: Book, world: World) -> None:
    an = program(world, "an")
    answer = create(an, world, WHOLE)
    assert answer.status_code == 201
    entry = Entry.objects.get(pk=answer.json()["id"])
    assert answer.json() == {
        "id": entry.pk,
        "code": "SN-2023-0001",
        "version": 1,
        "state": "nhap",
        "meaning": "draft",
        "further": None,
        "told": "",
    }
    assert values_of(small_book.definition, entry, texts_of(entry)) == {
        **WHOLE,
        "dien_tich": 1250,
        "dip": ["NS", "XHH"],
        "vi_tri": (10_776_889, 106_700_806),
    }
    assert (entry.owner_id, entry.source) == (world.units["G1"], "api")
    back = got(an, f"/entries/{entry.pk}")["values"]
    assert back == {**WHOLE, "dien_tich": "12.50", "dip": ["NS", "XHH"]}


def test_sent_again_under_the_same_key_makes_no_second_entry(small_book: Book, world: World) -> None:
    an = program(world, "an")
    first, again = create(an, world, WHOLE), create(an, world, WHOLE)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = create(an, world, {**WHOLE, "ten": "Tên khác"})
    assert other.status_code == 409
    assert "nội dung khác" in other.json()["title"]
    assert Entry.objects.count() == 1
    assert create(an, world, WHOLE, key="khoa-thu-2").status_code == 201
    assert create(program(world, "hoa"), world, WHOLE).status_code == 201
    assert Entry.objects.count() == 3


def test_what_was_refused_leaves_its_key_free(small_book: Book, world: World) -> None:
    an = program(world, "an")
    assert create(an, world, {"loai": "MH"}).status_code == 409
    assert create(an, world, WHOLE).status_code == 201


@pytest.mark.parametrize("key", [None, "ngan", "x" * 65, "có dấu tiếng Việt", "hai chu cach"])
def test_without_a_fit_key_nothing_is_written(small_book: Book, world: World, key: str | None) -> None:
    body = {"unit": world.units["G1"], "values": dict(WHOLE)}
    headers = {"Idempotency-Key": key} if key is not None else {}
    answer = program(world, "an").send("POST", "/registers/so-nho/entries", body, **headers)
    assert answer.status_code == 422
    assert Entry.objects.count() == 0


def test_every_problem_is_told_at_once_with_its_field(small_book: Book, world: World) -> None:
    wrong = {
        "ten": 5,
        "loai": "Mô hình",
        "dip": "NS",
        "tu_ngay": "01/04/2023",
        "so_nguoi": 1.5,
        "dien_tich": "12.555",
        "co_anh": "có",
        "vi_tri": "106.7, 10.7",
        "mau": "đỏ",
    }
    answer = create(program(world, "an"), world, wrong, unit="G4")
    assert answer.status_code == 422
    problems = told(answer)
    assert set(problems) == {*(f"values.{key}" for key in wrong), "unit"}
    assert problems["values.loai"] == "“Loại” không có mã “Mô hình”."
    assert problems["values.tu_ngay"] == '“Từ ngày” nhận ngày viết như "2023-11-15".'
    assert problems["values.vi_tri"] == "Vĩ độ và kinh độ bị đổi chỗ cho nhau."
    assert problems["values.mau"] == "sổ này không hỏi trường này"
    assert Entry.objects.count() == 0


def test_what_cannot_be_read_is_told_with_what_is_missing(small_book: Book, world: World) -> None:
    answer = create(program(world, "an"), world, {"so_nguoi": 1.5, "cach_lam": "Trồng rau."}, unit="G4")
    assert answer.status_code == 422
    assert set(told(answer)) == {"values.so_nguoi", "values.ten", "values.cach_lam", "unit"}
    # Whether a field is asked that depends on one that cannot be read, nobody can say.
    assert set(told(create(program(world, "an"), world, {"loai": "XX", "cach_lam": "Trồng rau."}))) == {"values.loai", "values.ten"}
    assert Entry.objects.count() == 0


def test_an_act_tells_what_cannot_be_read_with_what_else_is_wrong(small_book: Book, world: World) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    sent = {"version": 2, "values": {"ket_qua": "mười"}, "reason": "Tốt", "reply": "Cảm ơn", "other": "SN-2023-0009"}
    answer = program(world, "binh").send("POST", f"/entries/{entry.pk}/acts/duyet", sent)
    assert answer.status_code == 422
    assert set(told(answer)) == {"values.ket_qua", "reason", "reply", "other"}
    assert "Chưa điền" not in told(answer)["values.ket_qua"]


def test_a_field_that_is_asked_of_other_entries_only_is_named(small_book: Book, world: World) -> None:
    answer = create(program(world, "an"), world, {**WHOLE, "loai": "CT"})
    assert told(answer) == {"values.cach_lam": "“Cách làm” chỉ điền khi Loại là Mô hình; hãy để trống ô này."}


def test_an_edit_changes_what_it_names_and_keeps_the_rest(small_book: Book, world: World) -> None:
    an = program(world, "an")
    entry = create(an, world, WHOLE).json()["id"]
    answer = an.send("PATCH", f"/entries/{entry}", {"version": 1, "values": {"so_nguoi": 41, "co_anh": None}})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    values = got(an, f"/entries/{entry}")["values"]
    assert values == {
        key: value for key, value in (WHOLE | {"so_nguoi": 41, "dien_tich": "12.50", "dip": ["NS", "XHH"]}).items() if key != "co_anh"
    }


def test_where_somebody_was_quicker_nothing_is_stored_and_their_fields_are_named(small_book: Book, world: World) -> None:
    an, hoa = program(world, "an"), program(world, "hoa")
    entry = create(an, world, WHOLE).json()["id"]
    theirs = {"so_nguoi": 50, "cach_lam": "Trồng dưới đất."}
    assert hoa.send("PATCH", f"/entries/{entry}", {"version": 1, "values": theirs}).status_code == 200
    answer = an.send("PATCH", f"/entries/{entry}", {"version": 1, "values": {"so_nguoi": 60}})
    assert answer.status_code == 409
    assert told(answer) == {
        "values.so_nguoi": "“Số người” đã được người khác sửa.",
        "values.cach_lam": "“Cách làm” đã được người khác sửa.",
    }
    assert "bản hiện nay là 2" in answer.json()["title"]
    assert got(an, f"/entries/{entry}")["values"]["so_nguoi"] == 50
    assert EntryVersion.objects.filter(entry=entry).count() == 1


def test_an_edit_is_checked_as_on_the_page(small_book: Book, world: World) -> None:
    an = program(world, "an")
    entry = create(an, world, WHOLE).json()["id"]
    answer = an.send("PATCH", f"/entries/{entry}", {"version": 1, "values": {"ten": None, "so_nguoi": 999_999}})
    assert (answer.status_code, set(told(answer))) == (422, {"values.so_nguoi", "values.ten"})
    answer = an.send("PATCH", f"/entries/{entry}", {"version": 1, "values": {"ten": None}})
    assert (answer.status_code, told(answer)) == (409, {"values.ten": "Chưa điền “Tên”."})
    assert program(world, "binh").send("PATCH", f"/entries/{entry}", {"version": 1, "values": {}}).status_code == 404


def test_an_act_with_its_values_and_reason(small_book: Book, world: World) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    binh, path = program(world, "binh"), f"/entries/{entry.pk}/acts"
    version = got(binh, f"/entries/{entry.pk}")["version"]
    asked = binh.send("POST", f"{path}/hoi_lai", {"version": version})
    assert (asked.status_code, told(asked)) == (409, {"reason": "Cần ghi lý do."})
    needs = binh.send("POST", f"{path}/duyet", {"version": version, "reason": "Tốt"})
    assert needs.status_code == 409
    assert set(told(needs)) == {"values.ket_qua", "reason"}
    answer = binh.send("POST", f"{path}/duyet", {"version": version, "values": {"ket_qua": 12}})
    assert (answer.status_code, answer.json()["state"], answer.json()["meaning"]) == (200, "xong", "done_good")
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert (deed.act, deed.changes) == ("duyet", {"ket_qua": [None, 12]})


@pytest.mark.parametrize(
    ("body", "status", "place"),
    [
        ({"values": {"ket_qua": 12, "ten": "Khác"}}, 422, "values.ten"),
        ({"values": {"ket_qua": 12}, "handler": 1}, 422, "handler"),
        ({"values": {"ket_qua": 12}, "reply": "Đã xong."}, 422, "reply"),
        ({"values": {"ket_qua": 12}, "other": "SN-2023-0009"}, 409, "other"),
        ({"values": {"ket_qua": 12}, "on": "2033-01-01"}, 409, "on"),
    ],
)
def test_what_an_act_has_no_use_for_is_named(small_book: Book, world: World, body: dict[str, Any], status: int, place: str) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    answer = program(world, "binh").send("POST", f"/entries/{entry.pk}/acts/duyet", {"version": 2, **body})
    assert (answer.status_code, list(told(answer))) == (status, [place])
    assert Entry.objects.get(pk=entry.pk).state == "da_gui"


def test_an_act_over_an_older_version_or_in_another_state_is_refused_and_not_theirs_is_not_there(small_book: Book, world: World) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    binh, path = program(world, "binh"), f"/entries/{entry.pk}/acts"
    old = binh.send("POST", f"{path}/duyet", {"version": 1, "values": {"ket_qua": 1}})
    assert (old.status_code, "bản hiện nay là 2" in old.json()["title"]) == (409, True)
    assert program(world, "an").send("POST", f"{path}/duyet", {"version": 2, "values": {"ket_qua": 1}}).status_code == 404
    assert binh.send("POST", f"{path}/bay", {"version": 2}).status_code == 404
    assert binh.send("POST", f"{path}/duyet", {"version": 2, "values": {"ket_qua": 1}}).status_code == 200
    again = binh.send("POST", f"{path}/bac", {"version": 3, "reason": "Muộn"})
    assert (again.status_code, "đang ở trạng thái khác" in again.json()["title"]) == (409, True)


def test_a_line_is_written_changed_and_taken_back(small_book: Book, world: World) -> None:
    entry = made(small_book, world)
    an, path = program(world, "an"), f"/entries/{entry.pk}/lines"
    assert told(an.send("POST", path, {"line": "chi", "source": "KHAC"})).keys() == {"source", "amount_vnd"}
    assert an.send("POST", path, {"line": "chi", "source": "NS", "amount_vnd": 5_000_000}).status_code == 201
    (line,) = got(an, f"/entries/{entry.pk}")["lines"]
    change = {"line": "chi", "source": "XHH", "amount_vnd": 6_000_000, "seen": line["seen"]}
    assert an.send("PUT", f"{path}/{line['number']}", change).status_code == 200
    late = an.send("PUT", f"{path}/{line['number']}", {**change, "seen": later(days=-1).isoformat()})
    assert (late.status_code, "đã được sửa" in late.json()["title"]) == (409, True)
    (line,) = got(an, f"/entries/{entry.pk}")["lines"]
    assert (line["source"], line["amount_vnd"]) == ("XHH", 6_000_000)
    seen = line["seen"].replace("+", "%2B")
    assert an.send("DELETE", f"{path}/{line['number']}?seen={seen}", None).status_code == 200
    assert got(an, f"/entries/{entry.pk}")["lines"] == []
    assert EntryLine.objects.filter(entry=entry).count() == 2


def test_a_link_is_written_verified_by_another_and_taken_back(small_book: Book, world: World) -> None:
    entry, other = made(small_book, world), made(small_book, world, "chi", "G4")
    an, path = program(world, "an"), f"/entries/{entry.pk}/links"
    wrong = an.send("POST", path, {"link": "hoc_theo", "code": "SN-2023-9999"})
    assert (wrong.status_code, wrong.json()["title"]) == (409, "Không có hồ sơ mã ấy trong sổ được liên kết.")
    assert an.send("POST", path, {"link": "hoc_theo", "code": other.code.lower()}).status_code == 201
    (link,) = got(an, f"/entries/{entry.pk}")["links"]
    assert an.send("POST", f"{path}/{link['id']}/verify", None).status_code == 409
    assert program(world, "binh").send("POST", f"{path}/{link['id']}/verify", None).status_code == 200
    (link,) = got(an, f"/entries/{entry.pk}")["links"]
    assert link["verified_on"] is not None
    silent = an.send("DELETE", f"{path}/{link['id']}", None)
    assert (silent.status_code, [each["place"] for each in silent.json()["problems"]]) == (409, ["reason"])
    assert an.send("DELETE", f"{path}/{link['id']}?reason=Nham+noi", None).status_code == 200
    assert got(an, f"/entries/{entry.pk}")["links"] == []
    assert EntryLink.objects.filter(entry=entry, known_to=None).count() == 0


def test_a_photograph_is_added_and_taken_back(small_book: Book, world: World) -> None:
    entry = made(small_book, world)
    an, path = program(world, "an"), f"/entries/{entry.pk}/attachments"
    good, bad = SimpleUploadedFile("a.jpg", photo(), "image/jpeg"), SimpleUploadedFile("b.txt", b"khong", "text/plain")
    answer = an.upload(path, good, bad, role="truoc", caption="Trước")
    assert answer.status_code == 201
    assert len(answer.json()["added"]) == len(answer.json()["problems"]) == 1
    assert "b.txt" in answer.json()["problems"][0]
    (file,) = got(an, f"/entries/{entry.pk}")["attachments"]
    assert (file["role"], file["caption"], file["id"]) == ("truoc", "Trước", answer.json()["added"][0])
    bad.seek(0)
    none = an.upload(path, bad, role="truoc")
    assert (none.status_code, len(told(none))) == (409, 1)
    assert an.upload(path, good, role="khac").status_code == 404
    many = [SimpleUploadedFile(f"{each}.jpg", b"x", "image/jpeg") for each in range(21)]
    assert told(an.upload(path, *many, role="truoc")) == {"files": "Mỗi lần gửi tối đa 20 tệp."}
    large = SimpleUploadedFile("to.jpg", b"x" * (25 * MEGABYTE + 1), "image/jpeg")
    answer = an.upload(path, large, role="truoc")
    assert (answer.status_code, told(answer)) == (413, {"files": "“to.jpg” lớn quá 25 MB."})
    assert an.send("DELETE", f"/attachments/{file['id']}", None).status_code == 200
    assert got(an, f"/entries/{entry.pk}")["attachments"] == []
    assert an.send("DELETE", f"/attachments/{file['id']}", None).status_code == 404


def test_a_retired_field_is_read_where_it_was_filled_in_and_asked_nowhere(small_book: Book, world: World) -> None:
    an = program(world, "an")
    entry = create(an, world, WHOLE).json()["id"]
    asked = "label: Có ảnh, type: yes_no"
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace(asked, f"{asked}, status: retired")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(1)).is_new
    fields = {each["key"]: each for each in got(an, "/registers/so-nho")["fields"]}
    assert (fields["co_anh"]["status"], fields["co_anh"]["asked"]) == ("retired", False)
    version = got(an, f"/entries/{entry}")["version"]
    wrong = an.send("PATCH", f"/entries/{entry}", {"version": version, "values": {"co_anh": True}})
    assert (wrong.status_code, told(wrong)) == (422, {"values.co_anh": "sổ này không hỏi trường này"})
    assert an.send("PATCH", f"/entries/{entry}", {"version": version, "values": {"so_nguoi": 41}}).status_code == 200
    assert got(an, f"/entries/{entry}")["values"]["co_anh"] is False
    new = create(an, world, {key: value for key, value in WHOLE.items() if key != "co_anh"}, key="khoa-thu-2")
    assert new.status_code == 201
    assert "co_anh" not in got(an, f"/entries/{new.json()['id']}")["values"]


def test_an_act_that_names_its_day_takes_no_other_beside_it(world: World) -> None:
    entry = recorded(shipped("doi-thoai"), world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"})
    an, path = program(world, "an"), f"/entries/{entry.pk}/acts/da_hop"
    values = {"ngay": "2023-03-31", "chu_tri": "TRUONG", "so_du": 30, "so_y_kien": 6, "tra_loi_ngay": 4}
    assert set(told(an.send("POST", path, {"version": 1, "values": values, "on": "2023-03-30"}))) == {"on"}
    assert an.send("POST", path, {"version": 1, "values": values}).status_code == 200
    entry.refresh_from_db()
    assert entry.in_state_since.isoformat() == "2023-03-31"


def test_a_program_hands_on_to_those_near_and_up_to_the_unit_above_alone(world: World) -> None:
    petitions = shipped("phan-anh")
    entry = did(recorded(petitions, world, WISH), "giao", world.person("an"), later(1), handler=world.units["G1"])
    put(entry, petitions.definition, "dang_giai_quyet")
    hoa, an, path = program(world, "hoa"), program(world, "an"), f"/entries/{entry.pk}/acts"
    stranger = hoa.send("POST", f"{path}/chuyen", {"version": 2, "reason": "Việc của họ", "handler": world.units["G4"]})
    assert (stranger.status_code, list(told(stranger))) == (409, ["handler"])
    put(entry, petitions.definition, "da_tra_loi_lai")
    chosen = an.send("POST", f"{path}/len_cap_tren", {"version": 2, "reason": "Vẫn tắt", "handler": world.units["G1"]})
    assert (chosen.status_code, list(told(chosen))) == (422, ["handler"])
    assert an.send("POST", f"{path}/len_cap_tren", {"version": 2, "reason": "Vẫn tắt"}).status_code == 200
    assert Entry.objects.get(pk=entry.pk).handler_id == world.units["D1"]
    acts = {each["code"]: each["assigns"] for each in got(an, "/registers/phan-anh")["acts"]}
    assert (acts["giao"], acts["chuyen"], acts["len_cap_tren"]) == (True, True, False)
