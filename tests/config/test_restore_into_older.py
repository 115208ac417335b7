"""A backup goes into every PostgreSQL that Khéo runs on, also one older than the programs that wrote it."""

from pathlib import Path

from kheo.config.backup.restoring import _without_newer_settings

SCRIPT = b"--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nSET transaction_timeout = 0;\nSET client_encoding = 'UTF8';\n"


def test_a_setting_that_postgresql_15_does_not_know_is_switched_off_and_nothing_else(tmp_path: Path) -> None:
    script = tmp_path / "restore.sql"
    script.write_bytes(SCRIPT)
    _without_newer_settings(script)
    assert script.read_bytes() == SCRIPT.replace(b"SET transaction_timeout", b"--T transaction_timeout")


def test_the_words_inside_somebodys_text_stay(tmp_path: Path) -> None:
    script = tmp_path / "restore.sql"
    words = b"COPY t FROM stdin;\n1\tghi: SET transaction_timeout\n\\.\n"
    script.write_bytes(words)
    _without_newer_settings(script)
    assert script.read_bytes() == words


def test_a_script_without_the_setting_stays_as_it_is(tmp_path: Path) -> None:
    script = tmp_path / "restore.sql"
    script.write_bytes(SCRIPT.replace(b"SET transaction_timeout = 0;\n", b""))
    before = script.read_bytes()
    _without_newer_settings(script)
    assert script.read_bytes() == before
