"""House laws 1, 2 and 17: a face reaches through `access` and `queries`; it never touches the tables, and nothing it shows is raw."""

import ast
import re

from tests.architecture.sources import PROJECT, files_under, parsed, place

TABLE_WORDS = {"objects", "_default_manager", "_base_manager", "select_for_update", "cursor", "bulk_create"}
# Getting the database ready is the program's own work, not a question to a room.
READIES_THE_DATABASE = {"src/kheo/cli/readying.py"}
# Templates that show text as HTML: which, and why it cannot come from a user.
RAW_TEMPLATES = {
    "src/kheo/web/templates/_field.html": "help texts are written by us and by Django",
}
RAW = re.compile(r"\|\s*safe\b|\bmark_safe\b|\bSafeString\(|autoescape\s+off|\bsafeseq\b|__html__")
# Long tables are joined strings (design.md, section 5). Each says on its line why it is safe, and its file escapes what it puts in.
REASON = re.compile(r"# noqa: S308  # [a-z ,]*(escaped|of ours)")


def table_accesses(tree: ast.Module) -> list[int]:
    """Lines that reach for a table instead of asking a room."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in TABLE_WORDS]


def test_faces_do_not_touch_the_tables() -> None:
    wrong = [
        place(path, line)
        for path in files_under("src/kheo/web", "src/kheo/api", "src/kheo/cli")
        if place(path) not in READIES_THE_DATABASE
        for line in table_accesses(parsed(path))
    ]
    assert wrong == []


def test_a_touched_table_would_be_found() -> None:
    """Control."""
    assert table_accesses(ast.parse("from x import Report\nrows = Report.objects.all()\n")) == [2]


def test_no_template_shows_raw_text_outside_the_list() -> None:
    found = {place(path) for path in files_under("src", suffixes=(".html",)) if RAW.search(path.read_text(encoding="utf-8"))}
    assert found == set(RAW_TEMPLATES)


def unreasoned(text: str) -> list[int]:
    """Lines that mark text as HTML without a reason, and 0 for a file that does so and escapes nothing."""
    raw = [(number, line) for number, line in enumerate(text.splitlines(), 1) if RAW.search(line) and "import" not in line]
    missing = [number for number, line in raw if not REASON.search(line)]
    return missing + ([0] if raw and "escape(" not in text and "of ours" not in text else [])


def test_joined_tables_say_why_they_are_safe() -> None:
    wrong = [place(path, line) for path in files_under("src") for line in unreasoned(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_an_unreasoned_table_would_be_found() -> None:
    """Control."""
    reasoned = "return mark_safe(text)  # noqa: S308  # every text in it is escaped"
    assert unreasoned(f"x = escape(name)\n{reasoned}\n") == []
    assert unreasoned(f"x = name\n{reasoned}\n") == [0]
    assert unreasoned("x = escape(name)\nreturn mark_safe(x)\n") == [2]


def test_raw_text_would_be_found() -> None:
    """Control."""
    assert all(RAW.search(text) for text in ("{{ name|safe }}", "{{ name | safe }}", "mark_safe(name)", "{% autoescape off %}"))
    assert not RAW.search("{{ name|safely }} unsafe")


def test_pages_hold_no_script_or_style_of_their_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    wrong = [
        place(path, number)
        for path in files_under("src", suffixes=(".html",))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert wrong == []


def test_no_asset_comes_from_another_host() -> None:
    foreign = re.compile(r"""(?:src|href|url|@import|from)\s*[=(]?\s*["'(]*\s*(?:https?:)?//""", re.IGNORECASE)
    wrong = [
        place(path, number)
        for path in files_under("src/kheo/web", suffixes=(".html", ".css", ".js", ".svg"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if foreign.search(line)
    ]
    assert wrong == []


def test_templates_lie_in_the_folder_of_their_job() -> None:
    templates = PROJECT / "src" / "kheo" / "web" / "templates"
    assert all(path.is_relative_to(templates) for path in files_under("src", suffixes=(".html",)))


NATIVE_DAY = re.compile(r"""type=["']?(?:date|datetime-local|month)\b""")


def test_days_are_typed_as_people_write_them() -> None:
    """A browser's own field of days shows the month first where the machine is set to English: `_day_input.html` is the one field."""
    found = [
        place(path) for path in files_under("src/kheo/web/templates", suffixes=(".html",)) if NATIVE_DAY.search(path.read_text("utf-8"))
    ]
    assert found == []
    assert NATIVE_DAY.search('<input type="date" name="ngay">')
