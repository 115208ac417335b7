"""One change of the tree at a time: what one checks must still be so when it writes."""

from django.db import connection

BATCH = 2000


def lock_tree() -> None:
    """Let no other change of units pass until this transaction ends; readers are not held up."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE org_relation IN SHARE ROW EXCLUSIVE MODE")
