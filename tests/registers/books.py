"""The books that come with Khéo, in the small world: of the campaign whose lists they use."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kheo.campaigns.actions import publish
from kheo.core.registers.values import Kept
from kheo.files.actions import store_file
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person
from kheo.registers.actions import Line, Made, Move, Refused, act_on_entry, create_entry, publish_register, write_line
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book, book
from tests.world import FILES, OPENING, World

CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
POINT: Mapping[str, Kept] = {
    "ten": "Chân cầu Số 3",
    "vi_tri": (10_776_889, 106_700_806),
    "dia_chi": "Khu phố 2",
    "loai_rac": "SINHHOAT",
    "ngay_thay": "2023-04-01",
}
WISH: Mapping[str, Kept] = {
    "tom_tat": "Đèn hẻm hỏng",
    "noi_dung": "Đèn đầu hẻm hỏng hai tuần, mong được sửa.",
    "linh_vuc": "KHAC",
    "nguoi_gui_la": "citizen",
    "kenh": "TRUCTIEP",
    "ngay_nhan": "2023-04-01",
}
# What an extension of a petition says where nothing can be photographed.
DONE_SO_FAR: dict[str, Kept] = {"tien_do": "Đã đo, đã đặt mua."}


def shipped(*codes: str) -> Book:
    """The last of these books, published with the rest of them."""
    campaign = CAMPAIGNS / "5-khong.yaml"
    publish(campaign.read_text(encoding="utf-8"), campaign.name, by=SYSTEM, at=OPENING)
    for code in codes:
        file = CAMPAIGNS / "registers" / f"{code}.yaml"
        published = publish_register(file.read_text(encoding="utf-8"), file.name, by=SYSTEM, at=OPENING)
        assert published.problems == ()
    found = book(codes[-1])
    assert found is not None
    return found


def shipped_as(code: str, text: str) -> Book:
    """A book that comes with Khéo, with other words in its file: as it was before, or might have been."""
    campaign = CAMPAIGNS / "5-khong.yaml"
    publish(campaign.read_text(encoding="utf-8"), campaign.name, by=SYSTEM, at=OPENING)
    assert publish_register(text, f"{code}.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book(code)
    assert found is not None
    return found


def small() -> Book:
    """The small register of tests, in whose campaign the world is."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def recorded(found: Book, world: World, values: Mapping[str, Kept], who: str = "an", unit: str = "G1", *, at: datetime = OPENING) -> Entry:
    """A new entry of a unit by one of the cast."""
    result = create_entry(found, world.units[unit], values, by=world.person(who, at), at=at)
    assert isinstance(result, Made), result
    return result.entry


def helped(world: World, *quantities: int) -> Entry:
    """A round of help of the first union with so many lines, each in words as well: a book that hides small numbers elsewhere."""
    shipped("cham-lo")
    text = (
        (CAMPAIGNS / "registers" / "cham-lo.yaml")
        .read_text(encoding="utf-8")
        .replace("amount: Số tiền,", "amount: Số tiền, text: Ghi chú,")
    )
    assert publish_register(text, "cham-lo.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("cham-lo")
    assert found is not None
    entry = recorded(found, world, {"dip": "TET", "ngay": "2023-04-01"})
    for quantity in quantities:
        words = "Ba người" if quantity == 3 else "Nhiều người"
        line = Line("ho_tro", OPENING.date(), kind="MATVIEC", source="CD", quantity=quantity, amount_vnd=1_000_000, text=words)
        assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=OPENING), Made)
    return entry


def photographed(entry: Entry, role: str, at: datetime, *, taken: datetime | None = None, away: int | None = None) -> None:
    """A photograph as it stands once it was taken in (tests/registers/test_attachments.py); `away` in metres from the place."""
    shelf = store_file(f"{role} {taken} {away}".encode(), name="anh.jpg", media_type="image/jpeg", by=SYSTEM, at=at)
    EntryAttachment.objects.create(entry=entry, role=role, kind="photo", file=shelf, taken_at=taken, metres_off=away, added_at=at)


def tried(entry: Entry, act: str, by: Person, at: datetime, **move: Any) -> Made | Refused:
    """What an act gives; `move`: the rest of it, values under `values`."""
    version = Entry.objects.values_list("version", flat=True).get(pk=entry.pk)
    return act_on_entry(entry.pk, Move(act, version, **move), by=by, at=at)


def did(entry: Entry, act: str, by: Person, at: datetime, **move: Any) -> Entry:
    """The entry after an act that must be possible."""
    result = tried(entry, act, by, at, **move)
    assert isinstance(result, Made), result
    return result.entry


def said(result: Made | Refused) -> str:
    """Why it was refused, all of it."""
    assert isinstance(result, Refused), result
    return " ".join((result.message, *(each.message for each in result.problems)))


def completed(entry: Entry, world: World, at: datetime, *, answered: int) -> Entry:
    """A dialogue that was held, with its minutes and conclusions made known, and every question answered."""
    entry = did(entry, "bien_ban", world.person("an"), at, values={"so_xac_nhan": 3})
    entry = did(entry, "thong_bao", world.person("hoa"), at)
    return did(entry, "hoan_tat", world.person("hoa"), at, values={"da_giai_quyet": answered})
