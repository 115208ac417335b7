"""Whose the pages of registers are, for the matrix of every address and everybody: an entry of G1 that waits above."""

from collections.abc import Mapping

from django.urls import reverse

from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Naming, attach_files, link_entries, publish_register, save_entries_list, write_line
from kheo.registers.actions.lining import Line
from kheo.registers.actions.ordering_exports import order_export
from kheo.registers.models import Entry, EntryAttachment, EntryImport, EntryLine, EntryLink, LikePair, SavedEntries
from kheo.registers.queries.definitions import book
from kheo.web.registers.export_file import write_ordered
from tests.registers.entries import done, made
from tests.registers.tables import of_rows, sent
from tests.registers.test_attachments import photo
from tests.world import FILES, OPENING, World, later

READERS = {"an", "hoa", "binh", "dung", "bich", "lan", "minh", "kien", "chi"}
OWN = {"an", "hoa"}
NEAR = OWN | {"binh", "dung", "bich", "lan", "minh", "kien"}
WRITERS = {"an", "hoa", "chi", "dung", "minh"}
GET, POST = "get", "post"

OF_REGISTERS: Mapping[tuple[str, str], Mapping[str, set[str]]] = {
    ("entries", GET): {"G1": READERS},
    ("register_work", GET): {"G1": READERS},
    ("entries_map", GET): {"G1": READERS},
    ("entries_spots", GET): {"G1": READERS},
    ("export_entries", GET): {"G1": READERS},
    ("take_entries", GET): {"G1": READERS},
    ("order_export", POST): {"G1": READERS},
    # A workbook on its way out is there for who ordered it alone.
    ("ordered_export", GET): {"G1": {"an"}},
    ("take_export", GET): {"G1": {"an"}},
    ("book_figures", GET): {"G1": READERS},
    ("book_figure", GET): {"G1": READERS},
    ("entries_board", GET): {"G1": READERS},
    # The small register has no calendar.
    ("entries_calendar", GET): {"G1": set()},
    ("send_entries", GET): {"G1": WRITERS},
    ("send_entries", POST): {"G1": WRITERS},
    ("empty_table", GET): {"G1": WRITERS},
    # A table on its way in is its sender's alone.
    ("import_entries", GET): {"G1": {"an"}},
    ("import_entries", POST): {"G1": {"an"}},
    ("write_entries_on", POST): {"G1": {"an"}},
    ("wrong_entries", GET): {"G1": {"an"}},
    ("new_entry", GET): {"G1": WRITERS},
    ("new_entry", POST): {"G1": WRITERS},
    ("file_quickly", GET): {"G1": WRITERS},
    ("file_quickly", POST): {"G1": WRITERS},
    ("send_filed", POST): {"G1": WRITERS},
    ("saved_entries_lists", GET): {"G1": READERS},
    ("save_entries_list", GET): {"G1": READERS},
    ("save_entries_list", POST): {"G1": READERS},
    ("act_on_many", POST): {"G1": READERS},
    # A list of An's own.
    ("saved_entries", GET): {"G1": {"an"}},
    ("change_entries_list", GET): {"G1": {"an"}},
    ("change_entries_list", POST): {"G1": {"an"}},
    ("replace_entries_list", POST): {"G1": {"an"}},
    ("drop_entries_list", POST): {"G1": {"an"}},
    ("entries_spread", GET): {"G1": READERS},
    ("alike_typed", POST): {"G1": WRITERS},
    # Both are of G1; who reads one of them for an act only does not read the other.
    ("like_pair", GET): {"G1": NEAR},
    ("like_pair", POST): {"G1": NEAR},
    # Heads of the units beside it may approve it; Chi's is under another district.
    ("entry", GET): {"G1": NEAR},
    ("edit_entry", GET): {"G1": OWN},
    ("edit_entry", POST): {"G1": OWN},
    ("act_on_entry", GET): {"G1": {"binh", "bich", "lan"}},
    ("act_on_entry", POST): {"G1": {"binh", "bich", "lan"}},
    # Their units are there: nothing is left to take over.
    ("take_over_entry", POST): {"G1": set()},
    ("confirm_answers", POST): {"G1": OWN},
    # A note: who works on it, the auditor does not.
    ("write_words", GET): {"G1": NEAR - {"kien"}},
    ("write_words", POST): {"G1": NEAR - {"kien"}},
    ("add_line", GET): {"G1": OWN},
    ("add_line", POST): {"G1": OWN},
    ("take_line_back", POST): {"G1": OWN},
    ("add_link", GET): {"G1": OWN},
    ("add_link", POST): {"G1": OWN},
    ("add_entry_files", GET): {"G1": {"an"}},
    ("add_entry_files", POST): {"G1": {"an"}},
    ("entry_file", GET): {"G1": NEAR},
    ("entry_thumbnail", GET): {"G1": NEAR},
    ("remove_entry_file", POST): {"G1": {"an"}},
    ("verify_link", POST): {"G1": OWN | {"binh", "bich"}},
    ("drop_link", POST): {"G1": OWN | {"binh", "bich"}},
}
REGISTER_PAGES = {name for name, _ in OF_REGISTERS}
OF_THE_BOOK = {"entries", "new_entry", "entries_map", "entries_spots", "export_entries", "take_entries", "entries_board", "order_export"}
OF_THE_BOOK |= {"send_entries", "empty_table"}
OF_THE_BOOK |= {"saved_entries_lists", "save_entries_list", "book_figures", "file_quickly", "send_filed"}
OF_THE_BOOK |= {"act_on_many", "entries_calendar", "alike_typed", "entries_spread"}
MORE = {"act_on_entry": "hoi_lai", "write_words": "ghi-chu", "add_line": "chi", "add_link": "hoc_theo", "add_entry_files": "sau"}


def _entry(world: World) -> Entry:
    """An entry of G1 that was sent up, with a line, linked to one of G4: made once for each world."""
    found = Entry.objects.filter(owner=world.units["G1"], register__code="so-nho", lines__line="chi").first()
    if found is not None:
        return found
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    kept = book("so-nho")
    assert kept is not None
    other = made(kept, world, "chi", "G4")
    entry = done(made(kept, world), "gui", world.person("an"), later())
    write_line(entry.pk, Line("chi", later().date(), source="NS", amount_vnd=1), by=world.person("an"), at=later())
    link_entries(entry.pk, "hoc_theo", other.code, on=later().date(), by=world.person("an"), at=later())
    attach_files(entry.pk, "sau", [SentFile("a.jpg", photo())], by=world.person("an"), at=later())
    return entry


def _link(world: World, entry: Entry) -> int:
    """The link that stands: there again when somebody has dropped it."""
    standing = EntryLink.objects.filter(entry=entry, known_to__isnull=True)
    if not standing.exists():
        other = Entry.objects.get(owner=world.units["G4"], register__code="so-nho")
        link_entries(entry.pk, "hoc_theo", other.code, on=later().date(), by=world.person("an"), at=later())
    return standing.get().pk


def _table(world: World) -> int:
    """A table that An sent, with one row that is wrong."""
    found, kept = EntryImport.objects.first(), book("so-nho")
    assert kept is not None
    return found.pk if found else sent(kept, world, of_rows([{"Tên": "a", "Số người": "nhiều"}]), at=later()).pk


def _export(world: World) -> int:
    """A workbook that An ordered, written."""
    kept, by = book("so-nho"), world.person("an", later())
    assert kept is not None
    made_one = order_export(kept, "", entries=1, name="so.xlsx", by=by, at=later())
    write_ordered(made_one.pk, at=later())
    return made_one.pk


def _pair(world: World, entry: Entry) -> int:
    """The entry, and a later one of its unit, as if their words were alike."""
    found = LikePair.objects.filter(other=entry).first()
    if found is None:
        kept = book("so-nho")
        assert kept is not None
        later_one = made(kept, world)
        found = LikePair.objects.create(register=kept.register, entry=later_one, other=entry, degree=90, found_at=OPENING)
    return found.pk


def _photo(entry: Entry) -> int:
    """The photograph that stands: there again when somebody has taken it back."""
    standing = EntryAttachment.objects.filter(entry=entry)
    standing.update(removed_at=None)
    return standing.get().pk


def _saved(world: World) -> int:
    """A list of An's: there again when it was forgotten."""
    kept = book("so-nho")
    assert kept is not None
    saved = save_entries_list(kept, {"qua_han": ["1"]}, Naming("Của An"), by=world.person("an"), at=later())
    assert isinstance(saved, SavedEntries)
    return saved.pk


def register_address(world: World, name: str, unit: str | None, absent: int) -> str:
    """The address for the unit's object, or for one that is not there."""
    entry = _entry(world)
    if name in {"saved_entries", "change_entries_list", "replace_entries_list", "drop_entries_list"}:
        return reverse(name, args=["so-nho", _saved(world) if unit else absent])
    if name in OF_THE_BOOK:
        return reverse(name, args=["so-nho" if unit else "khong-co", *(["so.csv"] if name == "export_entries" else [])])
    if name == "register_work":
        return reverse(name, args=[entry.register_id if unit else absent])
    if name == "book_figure":
        return reverse(name, args=["so-nho", "moi" if unit else "khong-co"])
    if name in {"import_entries", "write_entries_on", "wrong_entries"}:
        return reverse(name, args=[_table(world) if unit else absent])
    if name in {"ordered_export", "take_export"}:
        return reverse(name, args=[_export(world) if unit else absent])
    number = entry.pk if unit else absent
    if name in {"verify_link", "drop_link"}:
        return reverse(name, args=[number, _link(world, entry)])
    if name == "like_pair":
        return reverse(name, args=[_pair(world, entry) if unit else absent])
    if name in {"entry_file", "entry_thumbnail", "remove_entry_file"}:
        return reverse(name, args=[number, _photo(entry)])
    if name == "take_line_back":
        return reverse(name, args=[number, EntryLine.objects.filter(entry=entry).values_list("number", flat=True)[0]])
    return reverse(name, args=[number, *([MORE[name]] if name in MORE else [])])
