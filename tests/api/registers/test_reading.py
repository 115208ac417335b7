"""Reading registers over the API: the same lists as the pages, read on without gaps, and nothing that is not the reader's."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.values import Kept
from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import attach_files, link_entries, publish_register, write_line
from kheo.registers.actions.lining import Line
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import Book
from tests.api.asking import Program, program
from tests.api.registers.words import got, listed, told
from tests.registers.books import did, helped, recorded, shipped
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import done, made
from tests.registers.test_attachments import photo
from tests.registers.test_places import cleared
from tests.web.visits import day, enter, text_of
from tests.world import OPENING, World, later


def test_the_registers_and_where_one_writes(small_book: Book, world: World) -> None:
    assert got(program(world, "an"), "/registers") == [
        {
            "code": "so-nho",
            "name": "Sổ nhỏ",
            "one": "hồ sơ",
            "prefix": "SN",
            "campaign": "mini",
            "walled": False,
            "edition": 1,
            "writes": [world.units["G1"]],
        }
    ]
    assert got(program(world, "kien"), "/registers")[0]["writes"] == []


def test_a_definition_is_a_dictionary(small_book: Book, world: World) -> None:
    found = got(program(world, "an"), "/registers/so-nho")
    fields = {each["key"]: each for each in found["fields"]}
    assert list(fields) == [each.key for each in small_book.definition.fields]
    assert fields["dien_tich"] == {
        "key": "dien_tich", "label": "Diện tích", "type": "decimal", "concept": None, "help": "", "section": None, "unit": None, "scale": 2,
        "at_least": 0, "at_most": None, "choices": [], "required_from": None, "frozen_from": None, "shown_if": [], "filter": True,
        "sort": True, "export": True, "public": False, "personal": False, "for_judges": True, "status": "active", "asked": True,
    }  # fmt: skip
    assert fields["loai"]["choices"] == [
        {"code": "MH", "name": "Mô hình", "offered": True},
        {"code": "CT", "name": "Công trình", "offered": True},
    ]
    assert fields["cach_lam"]["shown_if"] == [{"field": "loai", "equals": "MH"}]
    assert [each["code"] for each in found["states"]] == ["nhap", "da_gui", "cho", "xong", "khong_dat", "huy"]
    acts = {each["code"]: each for each in found["acts"]}
    assert (acts["duyet"]["asks"], acts["duyet"]["needs"], acts["giao"]["assigns"]) == (["ket_qua"], ["ket_qua"], True)
    assert found["links"] == [
        {"code": "hoc_theo", "name": "Học theo", "back": "Được học theo", "to": "so-nho", "verified": True, "at_most": None,
         "frozen_from": None, "kept_from": None}
    ]  # fmt: skip
    assert len(found["hash"]) == 64
    assert found["edition"] == 1


def test_an_entry_of_a_list_says_all_its_fields_exactly(small_book: Book, world: World) -> None:
    values: dict[str, Kept] = {
        "dien_tich": 1250,
        "tu_ngay": "2023-04-01",
        "co_anh": False,
        "dip": ["NS", "XHH"],
        "vi_tri": (10_776_889, 106_700_806),
        "loai": "MH",
        "cach_lam": "Dài dòng",
        "ten_chu_the": "Nguyễn Văn A",
    }
    entry = made(small_book, world, **values)
    (row,) = listed(program(world, "an"))
    assert row == {
        "id": entry.pk, "code": entry.code, "register_code": "so-nho", "version": 1, "title": "Tổ tự quản hẻm 12", "state": "nhap",
        "meaning": "draft", "in_state_since": OPENING.date().isoformat(), "unit": world.units["G1"], "unit_name": row["unit_name"],
        "handler": None, "handler_name": "", "registered_on": OPENING.date().isoformat(), "due_on": None, "closed_on": None,
        "changed_at": row["changed_at"], "hidden": [],
        "values": {
            "ten": "Tổ tự quản hẻm 12", "loai": "MH", "linh_vuc": "KT", "ten_chu_the": "Nguyễn Văn A", "tu_ngay": "2023-04-01",
            "so_nguoi": 40, "dien_tich": "12.50", "co_anh": False, "dip": ["NS", "XHH"], "cach_lam": "Dài dòng",
            "vi_tri": "10.776889, 106.700806",
        },
    }  # fmt: skip
    assert row["unit_name"]


def test_what_is_personal_is_named_and_not_told_to_who_does_not_work_near(small_book: Book, world: World) -> None:
    entry = made(small_book, world, ten_chu_the="Nguyễn Văn A")
    for path in (f"/entries/{entry.pk}", "/registers/so-nho/entries"):
        whole = told(program(world, "kien"), path)
        assert "ten_chu_the" in whole
        assert "Nguyễn Văn A" not in whole
    assert "Nguyễn Văn A" in told(program(world, "binh"), f"/entries/{entry.pk}")


@pytest.mark.parametrize("order", ["", "ma", "-sua", "han", "dien_tich", "-dien_tich", "tu_ngay", "-tu_ngay"])
def test_reading_on_gives_the_order_of_the_page_whole(small_book: Book, world: World, order: str) -> None:
    areas = [300, None, 100, 200, 100, None, 300]
    for place, area in enumerate(areas):
        more: dict[str, Kept] = {} if area is None else {"dien_tich": area}
        day: dict[str, Kept] = {} if place % 3 == 0 else {"tu_ngay": f"2023-04-0{1 + place % 2}"}
        entry = made(small_book, world, **more, **day)
        if place % 2:
            done(entry, "gui", world.person("an"), later())
    asked = f"xep={order}&" if order else ""
    page = enter(world, "an").get(f"/so/so-nho/?{asked}").content
    shown = [code for code in text_of(page).split() if code.startswith("SN-")]
    for most in (1, 2, 3, 7, 200):
        assert [each["code"] for each in listed(program(world, "an"), asked, most=most)] == list(dict.fromkeys(shown)), most
    assert len(set(shown)) == len(areas)


def test_filters_and_search_are_those_of_the_page(small_book: Book, world: World) -> None:
    small, large = made(small_book, world, dien_tich=500), made(small_book, world, dien_tich=150_000, ten="Vườn rau")
    done(large, "gui", world.person("an"), later())
    an = program(world, "an")
    assert [each["id"] for each in listed(an, "dien_tich.tu=1.000&")] == [large.pk]
    assert [each["id"] for each in listed(an, "trang_thai=nhap&")] == [small.pk]
    assert [each["id"] for each in listed(an, "tim=vuon&")] == [large.pk]
    assert [each["id"] for each in listed(an, f"don_vi={world.units['G1']}&xep=ma&")] == [small.pk, large.pk]
    first = got(an, "/registers/so-nho/entries?loai=CT&most=1")
    assert (first["total"], len(first["entries"])) == (2, 1)
    assert got(an, f"/registers/so-nho/entries?loai=CT&most=1&after={first['after']}")["total"] is None


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("mau=do", "mau"),
        ("ten=a", "ten"),
        ("dien_tich.tu=mot", "dien_tich"),
        ("loai=KHAC", "loai"),
        ("trang_thai=troi", "trang_thai"),
        ("xep=ten", "xep"),
        ("co_san=gi", "co_san"),
        ("after=bay", "after"),
        ("most=0", "most"),
        ("most=201", "most"),
        ("copy=mine", "copy"),
        ("xep=ma&xep=sua", "xep"),
        ("copy=judges&copy=whole", "copy"),
        ("changed_since=hom-qua", "changed_since"),
        ("changed_since=2023-04-01T00:00:00", "changed_since"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(small_book: Book, world: World, query: str, place: str) -> None:
    answer = program(world, "an").get(f"/registers/so-nho/entries?{query}")
    assert answer.status_code == 422
    assert [each["place"].removeprefix("asking.") for each in answer.json()["problems"]] == [place]


def test_a_place_to_read_on_is_of_one_list_alone(small_book: Book, world: World) -> None:
    for _ in range(3):
        made(small_book, world)
    an = program(world, "an")
    after = got(an, "/registers/so-nho/entries?most=1")["after"]
    assert an.get(f"/registers/so-nho/entries?most=1&after={after}").status_code == 200
    assert an.get(f"/registers/so-nho/entries?most=1&xep=ma&after={after}").status_code == 422
    assert an.get(f"/registers/so-nho/entries?most=1&after={after}x").status_code == 422


def test_what_was_changed_since_an_instant(small_book: Book, world: World) -> None:
    """Whatever was done to it: its fields, a state, a line, a link; also what does not count any more."""
    old, lined, voided, linked = (made(small_book, world) for _ in range(4))
    other, at = made(small_book, world, "chi", "G4"), later(days=0) + timedelta(hours=1)
    write_line(lined.pk, Line("chi", at.date(), source="NS", amount_vnd=1), by=world.person("an"), at=at)
    done(voided, "huy", world.person("hoa"), at, reason="Ghi nhầm.")
    link_entries(linked.pk, "hoc_theo", other.code, on=at.date(), by=world.person("an"), at=at)
    since = (at - timedelta(minutes=5)).isoformat().replace("+", "%2B")
    an = program(world, "an")
    assert [each["id"] for each in listed(an, f"changed_since={since}&", most=1)] == [linked.pk, voided.pk, lined.pk]
    assert [each["id"] for each in listed(an)] == [linked.pk, lined.pk, old.pk]
    first = got(an, f"/registers/so-nho/entries?most=1&changed_since={since}")
    onward = got(an, f"/registers/so-nho/entries?most=1&changed_since={since}&after={first['after']}")
    assert first["next_since"] == onward["next_since"]
    assert got(an, f"/registers/so-nho/entries?changed_since={first['next_since'].replace('+', '%2B')}")["entries"] == []


def test_every_deed_can_be_asked_for(small_book: Book, world: World) -> None:
    """Control of the above: what is changed without a deed would never be told."""
    entry = made(small_book, world)
    attach_files(entry.pk, "truoc", [SentFile("a.jpg", photo())], by=world.person("an"), at=later())
    assert list(Deed.objects.filter(entry=entry).order_by("pk").values_list("act", flat=True)) == ["create", "attach"]


def test_one_entry_with_all_that_stands_beside_it(small_book: Book, world: World) -> None:
    other = made(small_book, world, "chi", "G4", ten="Của người khác")
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    write_line(entry.pk, Line("chi", later().date(), source="NS", amount_vnd=5), by=world.person("an"), at=later())
    link_entries(entry.pk, "hoc_theo", other.code, on=later().date(), by=world.person("an"), at=later())
    attach_files(entry.pk, "sau", [SentFile("a.jpg", photo())], by=world.person("an"), at=later())
    found = got(program(world, "binh"), f"/entries/{entry.pk}")
    assert [each["state"] for each in found["spans"]] == ["nhap", "da_gui"]
    assert found["spans"][0]["ends"] == found["spans"][1]["starts"]
    assert [each["act"] for each in found["deeds"]] == ["attach", "link", "line", "gui", "create"]
    assert [(each["line"], each["source"], each["amount_vnd"], each["quantity"]) for each in found["lines"]] == [("chi", "NS", 5, None)]
    assert found["links"] == [
        {
            "id": found["links"][0]["id"], "link": "hoc_theo", "back": False, "code": other.code, "other": None,
            "title": f"Hồ sơ {other.code}", "on": later().date().isoformat(), "verified_on": None,
        }
    ]  # fmt: skip
    assert [(each["clock"], each["met_on"]) for each in found["deadlines"]] == [("tra_loi", None)]
    assert [(each["role"], each["photo"]) for each in found["attachments"]] == [("sau", True)]
    assert {each["code"] for each in found["acts"]} == {"hoi_lai", "gia_han", "duyet", "bac", "giao"}
    assert (found["edits"], found["edition"], found["look_again"]) == (False, 1, [])
    assert got(program(world, "an"), f"/entries/{entry.pk}")["edits"] is True


def test_an_act_whose_time_has_not_come_is_not_among_those_that_one_may_do_now(world: World) -> None:
    entry = did(cleared(shipped("diem-o-nhiem"), world), "kiem_lai", world.person("binh"), later(days=39))
    with day(later(days=40)):
        offered = {each["code"] for each in got(program(world, "binh"), f"/entries/{entry.pk}")["acts"]}
    assert offered == {"tai_phat", "chuyen_hoa", "dinh_chinh_bao"}


def test_a_deed_tells_of_what_is_personal_only_that_it_changed(small_book: Book, world: World) -> None:
    entry = made(small_book, world, ten_chu_the="Nguyễn Văn A")
    found = got(program(world, "an"), f"/entries/{entry.pk}")
    changes = {each["field"]: each for each in found["deeds"][0]["changes"]}
    assert changes["ten_chu_the"] == {"field": "ten_chu_the", "before": None, "after": None, "told": False}
    assert changes["so_nguoi"] == {"field": "so_nguoi", "before": None, "after": 40, "told": True}


@pytest.mark.parametrize(("who", "said"), [("an", (None, 40, True)), ("binh", (None, 40, True)), ("kien", (None, None, False))])
def test_what_became_personal_after_it_was_written_is_not_told_of_an_old_deed_to_who_is_not_near(
    small_book: Book, world: World, who: str, said: tuple[object, ...]
) -> None:
    """The deed holds the number in the open; the edition of the entry now says that it is personal."""
    entry = made(small_book, world, so_nguoi=40)
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace("column: people_count,", "column: people_count, personal: true,")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(1)).problems == ()
    found = got(program(world, who), f"/entries/{entry.pk}")
    (change,) = [each for each in found["deeds"][-1]["changes"] if each["field"] == "so_nguoi"]
    assert (change["before"], change["after"], change["told"]) == said


def test_a_photograph_comes_out_as_it_is_kept(small_book: Book, world: World) -> None:
    entry = made(small_book, world)
    attach_files(entry.pk, "truoc", [SentFile("a.jpg", photo())], by=world.person("an"), at=later())
    an = program(world, "an")
    (file,) = got(an, f"/entries/{entry.pk}")["attachments"]
    whole = an.get(f"/attachments/{file['id']}")
    digest = Entry.objects.values_list("attachments__file__blob__sha256", flat=True).get(pk=entry.pk)
    assert (whole["Content-Type"], hashlib.sha256(whole.content).hexdigest(), len(whole.content)) == ("image/jpeg", digest, file["size"])
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert len(an.get(f"/attachments/{file['id']}?small=true").content) <= file["size"]


def test_the_copy_for_judges_tells_neither_names_nor_units(world: World) -> None:
    ideas = shipped("hien-ke")
    entry = idea(ideas, world)
    (row,) = listed(program(world, "binh"), "copy=judges&", code="hien-ke")
    assert (row["unit"], row["unit_name"], row["handler"], row["hidden"]) == (None, "", None, [])
    assert row["code"] == entry.code
    whole = told(program(world, "binh"), "/registers/hien-ke/entries?copy=judges")
    assert "Nguyễn Thị Tác Giả" not in whole
    assert "tac_gia" not in row["values"]
    assert row["values"]["van_de"] == "Nhà dân thiếu chỗ bỏ rác."
    (judged,) = listed(program(world, "binh"), code="hien-ke")
    assert "tac_gia" not in judged["values"], "who may still judge it is not told, in whatever copy"
    (whole_row,) = listed(program(world, "an"), code="hien-ke")
    assert whole_row["values"]["tac_gia"] == "Nguyễn Thị Tác Giả"


def test_the_public_copy_has_public_fields_of_public_states_alone(world: World) -> None:
    ideas = shipped("hien-ke")
    entry = idea(ideas, world)
    assert listed(program(world, "binh"), "copy=public&", code="hien-ke") == []
    Entry.objects.filter(pk=entry.pk).update(state="ap_dung", meaning="done_good")
    (row,) = listed(program(world, "binh"), "copy=public&", code="hien-ke")
    public = {each.key for each in ideas.definition.fields if each.public}
    assert set(row["values"]) == public & set(listed(program(world, "binh"), code="hien-ke")[0]["values"])
    assert (row["title"], row["unit"], row["hidden"]) == ("Thùng rác có nắp", world.units["G1"], [])
    Entry.objects.filter(pk=entry.pk).update(extra={**Entry.objects.get(pk=entry.pk).extra, "dong_y": False})
    assert listed(program(world, "binh"), "copy=public&", code="hien-ke") == [], "the author did not agree"


def test_behind_the_wall_single_entries_are_read_at_their_unit_alone_and_never_public(world: World) -> None:
    petitions = shipped("don-thu")
    entry = recorded(petitions, world, {"loai": next(iter(petitions.options.names["kinds"])), "ngay_nhan": "2023-04-01"})
    assert petitions.definition.walled
    assert [each["id"] for each in listed(program(world, "an"), code="don-thu")] == [entry.pk]
    assert (
        listed(program(world, "an"), "copy=public&", code="don-thu") == listed(program(world, "an"), "copy=judges&", code="don-thu") == []
    )
    assert listed(program(world, "binh"), code="don-thu") == []
    assert program(world, "binh").get(f"/entries/{entry.pk}").status_code == 404


def idea(ideas: Book, world: World) -> Entry:
    values: dict[str, Kept] = {
        "ten": "Thùng rác có nắp",
        "chu_de": next(iter(ideas.options.of(ideas.definition.by_key["chu_de"]))),
        "noi_dung": [next(iter(ideas.options.of(ideas.definition.by_key["noi_dung"])))],
        "tac_gia_la": ideas.definition.subjects[0],
        "tac_gia": "Nguyễn Thị Tác Giả",
        "dong_y": True,
        "ngay_gui": "2023-04-01",
        "van_de": "Nhà dân thiếu chỗ bỏ rác.",
        "giai_phap": "Đặt thùng có nắp ở đầu hẻm.",
    }
    return recorded(ideas, world, values)


def test_a_list_asks_the_same_whatever_its_length(small_book: Book, world: World) -> None:
    an = program(world, "an")
    made(small_book, world)
    queries(an, "/registers/so-nho/entries")  # definitions are read once
    counts = list[int]()
    for more in (0, 2, 9):
        for _ in range(more):
            made(small_book, world)
        counts.append(queries(an, "/registers/so-nho/entries"))
    assert counts[0] == counts[1] == counts[2]


def queries(an: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert an.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("who", "lines"), [("an", [(3, 1_000_000, "Ba người")]), ("binh", [])])
def test_lines_about_few_are_told_in_their_unit_alone(world: World, who: str, lines: list[tuple[object, ...]]) -> None:
    whole = got(program(world, who), f"/entries/{helped(world, 3).pk}")
    assert [(line["quantity"], line["amount_vnd"], line["text"]) for line in whole["lines"]] == lines
    assert whole["lines_told"] is bool(lines)
