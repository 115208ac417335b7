"""What was counted is corrected by an act that says why and keeps both values; lines and proof that an act rested on stay."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from kheo.core.registers import loading
from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Line, Made, Refused, detach_file, edit_entry, publish_register, write_line
from kheo.registers.models import Deed, Entry, EntryAttachment, EntryLine, EntryVersion
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of
from tests.api.asking import program
from tests.registers.books import CAMPAIGNS, completed, did, photographed, recorded, said, shipped, tried
from tests.registers.entries import put
from tests.web.visits import day, enter, text_of
from tests.world import OPENING, World, later

MET: Mapping[str, Kept] = {"chu_tri": "TRUONG", "so_du": 30, "so_y_kien": 6, "tra_loi_ngay": 4}
PLAN: Mapping[str, Kept] = {"ten": "Kế hoạch năm", "so_ky_hieu": "01/KH", "ngay_ban_hanh": "2023-04-01", "co_tieu_chi": False}


def held(world: World, at: datetime = OPENING) -> tuple[Book, Entry]:
    found = shipped("doi-thoai")
    entry = recorded(found, world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"}, at=at)
    return found, did(entry, "da_hop", world.person("an"), at, values={**MET, "ngay": "2023-04-01"})


def edited(found: Book, entry: Entry, world: World, at: datetime, **values: Kept) -> Made | Refused:
    entry.refresh_from_db()
    now = values_of(found.definition, entry, texts_of(entry))
    return edit_entry(entry.pk, {**now, **values}, version=entry.version, by=world.person("hoa"), at=at)


def test_a_counted_field_is_no_more_edited_and_the_refusal_names_the_button(world: World) -> None:
    found, entry = held(world)
    assert said(edited(found, entry, world, later(1), hinh_thuc="TIEPDAN")).endswith(
        "“Hình thức” không sửa được nữa ở trạng thái “Đã họp, còn việc”. Ghi sai thì dùng nút “Đính chính” ở trang hồ sơ."
    )


def test_a_correction_needs_its_reason_and_keeps_both_values(world: World) -> None:
    found, entry = held(world)
    slip = {"hinh_thuc": "MOITRUONG", "so_du": 20}
    assert "Chưa điền “Lý do đính chính”." in said(tried(entry, "dinh_chinh", world.person("hoa"), later(1), values=slip))
    entry = did(entry, "dinh_chinh", world.person("hoa"), later(1), values={**slip, "ly_do_dinh_chinh": "CHONNHAM"})
    assert entry.state == "da_hop"
    now = values_of(found.definition, entry, texts_of(entry))
    assert (now["hinh_thuc"], now["so_du"], now["so_y_kien"]) == ("MOITRUONG", 20, 6)
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert (deed.act, deed.changes["hinh_thuc"], deed.changes["so_du"]) == ("dinh_chinh", ["DINHKY", "MOITRUONG"], [30, 20])
    assert deed.changes["ly_do_dinh_chinh"] == [None, "CHONNHAM"]
    assert EntryVersion.objects.filter(entry=entry).latest("pk").people_count == 30
    assert "Anh/chị không có quyền" in said(tried(entry, "dinh_chinh", world.person("an"), later(2), values=slip))


def test_entries_of_an_edition_without_corrections_go_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published before there was the rule: open ones come over to the new edition, closed ones stay in theirs and are still read."""
    shipped("giam-sat")  # and with it the campaign
    now = (CAMPAIGNS / "registers/doi-thoai.yaml").read_text(encoding="utf-8")
    act = now[now.index("  - {code: dinh_chinh") : now.index("  - {code: huy, name: Không tổ chức, states")]
    before = now.replace(act, "").replace(", frozen_from: da_hop", "")
    with monkeypatch.context() as patched:
        patched.setattr(loading, "REGISTER_RULES", ())
        assert publish_register(before, "doi-thoai.yaml", by=SYSTEM, at=later(1)).problems == ()
    found = shipped_again("doi-thoai")
    entries = []
    for _ in range(2):
        entry = recorded(found, world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"}, at=later(2))
        entries.append(did(entry, "da_hop", world.person("an"), later(2), values={**MET, "ngay": "2023-04-01"}))
    opened, closed = entries
    closed = completed(closed, world, later(3), answered=6)
    assert isinstance(edited(found, opened, world, later(4), hinh_thuc="DOTXUAT"), Made)
    assert publish_register(now, "doi-thoai.yaml", by=SYSTEM, at=later(5)).problems == ()
    found = shipped_again("doi-thoai")
    opened.refresh_from_db()
    closed.refresh_from_db()
    assert opened.edition_id != closed.edition_id
    assert "không sửa được nữa" in said(edited(found, opened, world, later(6), hinh_thuc="TIEPDAN"))
    corrected = {"hinh_thuc": "TIEPDAN", "ly_do_dinh_chinh": "CHONNHAM"}
    opened = did(opened, "dinh_chinh", world.person("hoa"), later(6), values=corrected)
    opened = did(opened, "tiep_xong", world.person("hoa"), later(7), values={"da_giai_quyet": 6})
    assert opened.extra["hinh_thuc"] == "TIEPDAN"
    assert enter(world, "hoa").get(f"/so/ho-so/{closed.pk}/").status_code == 200


def shipped_again(code: str) -> Book:
    """The newest edition of a book."""
    found = book(code)
    assert found is not None
    return found


def plan(world: World) -> Entry:
    found = shipped("ke-hoach")
    entry = recorded(found, world, {**PLAN, "noi_dung": sorted(found.options.of(found.definition.by_key["noi_dung"]))[:1]})
    target = Line("chi_tieu", OPENING.date(), kind="MOHINH", quantity=3, text="Mô hình mới")
    assert isinstance(write_line(entry.pk, target, by=world.person("an"), at=OPENING), Made)
    put(entry, found.definition, "ban_hanh")
    return entry


def test_targets_of_an_issued_plan_are_changed_only_under_its_correction_with_a_reason(world: World) -> None:
    entry, at = plan(world), later(5)
    more = Line("chi_tieu", OPENING.date(), kind="NGUOI", quantity=9, text="Người dự")
    frozen = "“Chỉ tiêu phấn đấu” không thêm, sửa, bỏ được nữa ở trạng thái “Đã ban hành”."
    assert said(write_line(entry.pk, more, by=world.person("an"), at=at)) == frozen
    assert "Cần ghi lý do “Ghi điều chỉnh”." in said(write_line(entry.pk, more, by=world.person("hoa"), at=at))
    standing = EntryLine.objects.get(entry=entry)
    mended = Line("chi_tieu", OPENING.date(), kind="MOHINH", quantity=5, text="Mô hình mới", number=standing.number,
                  seen=standing.known_from, reason="Ghi sai số")  # fmt: skip
    assert isinstance(write_line(entry.pk, mended, by=world.person("hoa"), at=at), Made)
    assert list(EntryLine.objects.filter(entry=entry).order_by("pk").values_list("quantity", "known_to")) == [(3, at), (5, None)]
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert (deed.act, deed.reason) == ("line", "Ghi sai số")


def test_the_page_and_a_program_ask_the_reason_too(world: World) -> None:
    entry = plan(world)
    address = f"/so/ho-so/{entry.pk}/dong/chi_tieu/"
    with day(later(5)):
        page = enter(world, "hoa").get(f"/so/ho-so/{entry.pk}/").content.decode()
        assert "Dòng đã khóa: thêm, bỏ là “Ghi điều chỉnh”, phải ghi lý do." in text_of(page.encode())
        assert "Lý do bỏ dòng" in page
        assert "Lý do bỏ dòng" not in enter(world, "an").get(f"/so/ho-so/{entry.pk}/").content.decode()
        typed = {"kind": "NGUOI", "quantity": "9", "text": "Người dự"}
        back = enter(world, "hoa").post(address, typed)
        assert (back.status_code, "Cần ghi lý do “Ghi điều chỉnh”." in text_of(back.content)) == (409, True)
        line = {"line": "chi_tieu", "kind": "NGUOI", "quantity": 9, "text": "Người dự"}
        refused = program(world, "hoa").send("POST", f"/entries/{entry.pk}/lines", line)
        assert (refused.status_code, "Cần ghi lý do" in refused.content.decode()) == (409, True)
        assert program(world, "hoa").send("POST", f"/entries/{entry.pk}/lines", {**line, "reason": "Bổ sung"}).status_code == 201
    assert EntryLine.objects.filter(entry=entry, known_to=None).count() == 2


def test_the_summary_of_what_is_wrong_with_a_frozen_line_leads_to_the_box_of_its_reason(world: World) -> None:
    entry = plan(world)
    with day(later(5)):
        back = enter(world, "hoa").post(f"/so/ho-so/{entry.pk}/dong/chi_tieu/", {"kind": "NGUOI", "quantity": "9", "text": "Người dự"})
    assert '<a href="#o-reason">Cần ghi lý do “Ghi điều chỉnh”.</a>' in back.content.decode()
    assert 'id="o-reason"' in back.content.decode()


def test_a_reason_that_nobody_asks_for_is_refused_and_not_dropped(world: World) -> None:
    found = shipped("ke-hoach")
    entry = recorded(found, world, {**PLAN, "noi_dung": sorted(found.options.of(found.definition.by_key["noi_dung"]))[:1]})
    target = {"line": "chi_tieu", "kind": "MOHINH", "quantity": 3, "text": "Mô hình mới"}
    with day(later(1)):
        an = program(world, "an")
        answer = an.send("POST", f"/entries/{entry.pk}/lines", {**target, "reason": "Bổ sung"})
        assert (answer.status_code, answer.json()["problems"]) == (409, [{"place": "reason", "message": "Thao tác này không ghi lý do."}])
        assert an.send("POST", f"/entries/{entry.pk}/lines", target).status_code == 201
        seen = EntryLine.objects.get(entry=entry).known_from.isoformat().replace("+", "%2B")
        dropped = f"/entries/{entry.pk}/lines/1?seen={seen}"
        assert an.send("DELETE", f"{dropped}&reason=Sai", {}).status_code == 409
        assert an.send("DELETE", dropped, {}).status_code == 200


def test_whoever_may_not_do_the_correction_writes_no_frozen_line_either(world: World) -> None:
    """An act that rules out who did another one rules them out of its lines as well."""
    shipped("ke-hoach")
    text = (CAMPAIGNS / "registers/ke-hoach.yaml").read_text(encoding="utf-8")
    amended = "by: [{scope: own, roles: [head]}], corrects: true,"
    assert publish_register(text.replace(amended, f"not_by: [create], {amended}"), "ke-hoach.yaml", by=SYSTEM, at=later(1)).problems == ()
    found = shipped_again("ke-hoach")
    values = {**PLAN, "noi_dung": sorted(found.options.of(found.definition.by_key["noi_dung"]))[:1]}
    entries = [recorded(found, world, values, who, at=later(2)) for who in ("hoa", "an")]
    more, outcomes = Line("chi_tieu", OPENING.date(), kind="NGUOI", quantity=9, text="Người dự", reason="Bổ sung"), []
    for entry in entries:
        put(entry, found.definition, "ban_hanh")
        outcomes.append(write_line(entry.pk, more, by=world.person("hoa"), at=later(3)))
    assert said(outcomes[0]) == "“Chỉ tiêu phấn đấu” không thêm, sửa, bỏ được nữa ở trạng thái “Đã ban hành”."
    assert isinstance(outcomes[1], Made)
    with day(later(3)):
        pages = [text_of(enter(world, "hoa").get(f"/so/ho-so/{entry.pk}/").content) for entry in entries]
    assert ["Dòng đã khóa: thêm, bỏ là “Ghi điều chỉnh”" in page for page in pages] == [False, True]


def test_the_page_of_a_correction_marks_what_it_cannot_do_without(world: World) -> None:
    """It leads to no other state: what the entry must hold where it stands is marked, and the reason that it needs."""
    _, entry = held(world)
    with day(later(1)):
        page = enter(world, "hoa").get(f"/so/ho-so/{entry.pk}/viec/dinh_chinh/").content.decode()
    assert 'Hình thức <span class="need">(bắt buộc)</span>' in page
    assert 'Lý do đính chính <span class="need">(bắt buộc)</span>' in page


def test_proof_of_what_was_done_is_not_taken_back_and_more_may_be_added(world: World) -> None:
    found = shipped("mo-hinh")
    entry = recorded(found, world, {"ten": "Vườn rau"})
    photographed(entry, "after", OPENING, taken=OPENING - timedelta(days=1))
    proof = EntryAttachment.objects.get(entry=entry)
    put(entry, found.definition, "tu_bao_xong")
    kept = "“Ảnh sau” không bỏ được nữa ở trạng thái “Tự báo hoàn thành”: việc đã làm dựa vào đó. Thêm thì vẫn được."
    assert said(detach_file(proof.pk, by=world.person("an"), at=later(1))) == kept
    with day(later(1)):
        page = enter(world, "an").get(f"/so/ho-so/{entry.pk}/").content.decode()
        assert kept in text_of(page.encode())
        assert 'aria-label="Bỏ anh.jpg"' not in page
        answer = program(world, "an").send("DELETE", f"/attachments/{proof.pk}", {})
        assert answer.status_code == 409
    put(entry, found.definition, "thuc_hien")
    assert isinstance(detach_file(proof.pk, by=world.person("an"), at=later(2)), Made)
