"""Which database Khéo trusts with an office's figures."""

from django.db import DatabaseError, connection

from kheo.config.refusals import Refused

OLDEST_SERVER = 15
# Each of these, switched off, lets the server confirm what a power cut then takes away.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def refuse_unsafe_database() -> None:
    """Raises Refused, naming every reason, when the database cannot be trusted or cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE, "server_version_num", "server_encoding"]]
            )
            found = dict(cursor.fetchall())
    except DatabaseError as fault:
        reason = str(fault).strip().splitlines()[0]
        raise Refused(f"Không nối được tới cơ sở dữ liệu: {reason}", f"The database cannot be reached: {reason}") from fault
    problems = database_problems(found)
    if problems:
        raise Refused(
            "Cơ sở dữ liệu không an toàn cho số liệu, Khéo không khởi động:\n" + "\n".join(f"  - {vi}" for vi, _ in problems),
            "The database is not safe for figures, Kheo does not start:\n" + "\n".join(f"  - {en}" for _, en in problems),
        )


def database_problems(found: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a server's settings (name to value), in Vietnamese and English; an empty list for a safe one."""
    problems = [
        (f"{name} đang tắt: mất điện là mất số liệu đã báo nhận. Hãy bật {name}.", f"{name} is off: turn it on.")
        for name in DURABLE
        if found.get(name) == "off"
    ]
    version = int(found["server_version_num"]) // 10_000
    if version < OLDEST_SERVER:
        problems.append(
            (
                f"PostgreSQL {version} quá cũ: cần bản {OLDEST_SERVER} trở lên.",
                f"PostgreSQL {version} is too old: {OLDEST_SERVER} or newer.",
            )
        )
    if found["server_encoding"] != "UTF8":
        encoding = found["server_encoding"]
        problems.append((f"Bảng mã là {encoding}: cần UTF8 để giữ đúng tiếng Việt.", f"The encoding is {encoding}: UTF8 is needed."))
    return problems
