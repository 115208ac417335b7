"""What the program can do is in the README, and what the README says is there."""

import os
import re

import pytest
from django.conf import settings

from kheo.cli.program import COMMANDS
from kheo.config.environment import read_environment
from tests.architecture.sources import PACKAGE, PROJECT

STILL_TO_COME = "<!-- README: still to be written -->"


@pytest.fixture(scope="module")
def readme() -> str:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    if STILL_TO_COME in text and os.environ.get("CI") != "true":
        pytest.skip("the README is still to be written")
    return text


@pytest.mark.parametrize("words", [" ".join(command.words) for command in COMMANDS])
def test_every_command_is_documented(readme: str, words: str) -> None:
    assert re.search(rf"\bkheo {words}\b", readme)


def variables() -> list[str]:
    """Every variable that the settings read."""
    source = "".join((PACKAGE / "config" / name).read_text(encoding="utf-8") for name in ("environment.py", "messaging.py"))
    return sorted(set(re.findall(r'"((?:KHEO_[A-Z_]+|DATABASE_URL))"', source)))


@pytest.mark.parametrize("name", [name for name in variables() if name != "KHEO_SERVING"])
def test_every_setting_is_documented(readme: str, name: str) -> None:
    assert f"`{name}`" in readme or f"{name}=" in readme


def test_the_settings_are_found() -> None:
    """Control: the list above is not empty by accident."""
    assert read_environment({}).mode == "development"
    assert {"DATABASE_URL", "KHEO_DATA", "KHEO_MODE", "KHEO_SECRET_KEY", "KHEO_ALLOWED_HOSTS"} <= set(variables())


def test_the_proxy_that_the_keeper_is_told_to_set_up_lets_the_largest_upload_through() -> None:
    """Also the form around the files; not so much more that the proxy would keep what Khéo refuses anyway."""
    config = (PROJECT / "docs" / "production.md").read_text(encoding="utf-8")
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", config)
    assert settings.MOST_UPLOAD < int(megabytes) * 1024 * 1024 < settings.MOST_UPLOAD * 1.1


def test_every_make_target_is_in_the_menu() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"menu"}
    assert {target for target in targets if f"make {target} " not in makefile} == set()
