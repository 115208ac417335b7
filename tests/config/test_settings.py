"""What the settings make of an environment, in a process of their own."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.config.test_environment import PRODUCTION, SECRET

ASKED = (
    "SECRET_KEY",
    "DEBUG",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "ALLOWED_HOSTS",
)


def settings_of(environ: dict[str, str]) -> dict[str, Any]:
    """The asked settings as a process with exactly these variables has them."""
    code = f"import json; from django.conf import settings as s; print(json.dumps({{name: getattr(s, name) for name in {ASKED}}}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KHEO_", "DATABASE_URL", "DJANGO_"))}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "kheo.config.settings", **environ}
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, env=environment, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_production_is_closed_on_all_sides() -> None:
    assert settings_of(PRODUCTION) == {
        "SECRET_KEY": SECRET,
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-kheo-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["thidua.example.vn", "10.0.0.5"],
    }


def test_a_development_secret_is_random_and_stays(tmp_path: Any) -> None:
    first, again = (settings_of({"KHEO_DATA": str(tmp_path / "a")}) for _ in range(2))
    other = settings_of({"KHEO_DATA": str(tmp_path / "b")})
    assert first == again
    assert first["SECRET_KEY"] != other["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) > 50
    assert (tmp_path / "a" / "development-secret").stat().st_mode & 0o777 == 0o600
