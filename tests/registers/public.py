"""Short words for what somebody without an account sends, and does with the code that was shown once."""

from kheo.core.registers.values import Kept
from kheo.core.spoken_codes import spoken_code
from kheo.registers.access import entry_of_code
from kheo.registers.actions import AskedBack, Made, Move, Received, Refused, Sending, act_as_asker, receive_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import did
from tests.world import OPENING, World, later

SIGNED = {"values": {"chuc_vu_ky": "Chủ tịch"}, "reply": "Đèn đã được thay."}
WISH: dict[str, Kept] = {
    "tom_tat": "Đèn hẻm hỏng",
    "noi_dung": "Đèn đầu hẻm hỏng hai tuần, mong được sửa.",
    "linh_vuc": "GIAOTHONG",
    "nguoi_gui_la": "citizen",
}
HEAP: dict[str, Kept] = {"ten": "Chân cầu Số 3", "dia_chi": "Khu phố 2", "loai_rac": "SINHHOAT"}
CODE, OTHER = spoken_code(b"0123456789"), spoken_code(b"9876543210")


def sent(book: Book, world: World, values: dict[str, Kept] = WISH, *, unit: str = "G1", code: str = CODE, **more: object) -> Entry:
    """Sent on Saturday 1 April."""
    done = receive_entry(book, Sending(world.units[unit], values, code, **more), at=OPENING)  # type: ignore[arg-type]  # what a sending takes
    assert isinstance(done, Received), done
    return done.entry


def asked(code: str, act: str, at: int, words: str = "", **more: bool) -> Made | Refused | AskedBack:
    """What the asker's press gives, so many days later."""
    version = entry_of_code(code).entry.version
    return act_as_asker(code, Move(act, version, reason=words), at=later(days=at), **more)


def pressed(code: str, act: str, at: int, words: str = "") -> Entry:
    done = asked(code, act, at, words)
    assert isinstance(done, Made), done
    return done.entry


def offered(code: str) -> set[str]:
    return {act.code for act in entry_of_code(code).acts}


def answered(entry: Entry, world: World) -> Entry:
    did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    return did(entry, "tra_loi", world.person("hoa"), later(days=4), **SIGNED)
