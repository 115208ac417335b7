"""PostgreSQL's own programs, pointed at the database that Khéo uses."""

import os
from collections.abc import Mapping
from typing import Any

from django.db import connection

from kheo.config.embedded.cluster import server_environment

_VARIABLES = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "options": "PGOPTIONS",
}


def client_environment() -> dict[str, str]:
    """The environment that leads `pg_dump` and `psql` to our database: a password never stands on a command line."""
    settings: Mapping[str, Any] = connection.settings_dict
    target = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGAPPNAME": "kheo",
        "PGCLIENTENCODING": "UTF8",
        "HOME": os.environ.get("HOME", "/"),
    }
    options = {_VARIABLES[name]: str(value) for name, value in settings["OPTIONS"].items() if name in _VARIABLES}
    return {**server_environment(), **{name: str(value) for name, value in target.items() if value}, **options}
