"""`kheo verify`: green on an honest database, red with the row's name on one that was changed behind its back."""

import psycopg
import pytest

from kheo.config.embedded import embedded_database
from kheo.config.embedded.address import cluster_dir, socket_dir, url_at
from kheo.config.embedded.cluster import SUPERUSER
from tests.cli.running import Kheo


def test_an_honest_database_is_green(office: Kheo) -> None:
    answer = office.json("verify")
    assert (answer["ok"], answer["faults"]) == (True, [])
    number, digest = answer["journal"]["number"], answer["journal"]["hash"]
    assert f"{number}:{digest}" in office.does("verify", "--head", f"{number}:{digest}")


def test_another_published_head_is_red(office: Kheo) -> None:
    refused = office("verify", "--head", f"1:{'0' * 64}")
    assert refused.returncode == 1
    assert "Nhật ký đã bị viết lại" in refused.stdout


@pytest.mark.parametrize("head", ["1", "một:" + "0" * 64, "1:abc"])
def test_a_head_that_is_none_is_a_wrong_use(office: Kheo, head: str) -> None:
    assert office("verify", "--head", head).returncode == 2


def test_a_figure_changed_behind_its_back_is_red_and_named(office: Kheo) -> None:
    with embedded_database(office.data) as database, psycopg.connect(database.url, autocommit=True) as connection:
        row = connection.execute(
            "UPDATE reports_rollup SET tally[1] = tally[1] + 7 WHERE id = (SELECT min(id) FROM reports_rollup) RETURNING id"
        )
        (rollup,) = row.fetchone() or (None,)
        try:
            refused = office("verify")
        finally:
            connection.execute("UPDATE reports_rollup SET tally[1] = tally[1] - 7 WHERE id = %s", [rollup])
    assert refused.returncode == 1
    assert f"(rollup {rollup})" in refused.stdout
    assert refused.stderr.splitlines()[-1] == "Lỗi: có 1 chỗ không khớp"
    assert office("verify").returncode == 0


def test_a_journal_row_changed_with_force_is_red(office: Kheo) -> None:
    """The trigger refuses to change a row; even its removal by the server's superuser is found."""
    with embedded_database(office.data) as database:
        with psycopg.connect(database.url) as connection, pytest.raises(psycopg.Error):
            connection.execute("UPDATE journal_entry SET act = 'khác' WHERE number = 1")
        superuser = url_at(socket_dir(cluster_dir(office.data)), SUPERUSER)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE journal_entry SET act = 'khác' WHERE number = 1")
        refused = office("verify")
    assert refused.returncode == 1
    assert "1" in refused.stdout.splitlines()[0]
