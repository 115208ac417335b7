"""Production as a keeper runs it: a database of its own, a proxy in front, nothing of the workshop left open."""

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kheo.config.embedded import embedded_database
from tests.cli.running import Kheo, prepared
from tests.cli.test_up import Served, served
from tests.config.test_environment import PRODUCTION

THROUGH_THE_PROXY = {"Host": "thidua.example.vn", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("production")
    with embedded_database(prepared(folder / "server").data) as server:
        kheo = Kheo(folder / "data", **{**PRODUCTION, "DATABASE_URL": server.url})
        with served(kheo) as web:
            yield web


def ask(web: Served, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("localhost", urlsplit(web.address).port or 80, timeout=60)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read().decode("utf-8", errors="replace")
    finally:
        connection.close()


def test_who_comes_without_https_is_sent_there(production: Served) -> None:
    answer, _ = ask(production, "/tai-khoan/dang-nhap/", Host="thidua.example.vn")
    assert (answer.status, answer.headers["Location"]) == (301, "https://thidua.example.vn/tai-khoan/dang-nhap/")


def test_cookies_are_bound_to_the_host_and_to_https(production: Served) -> None:
    answer, _ = ask(production, "/tai-khoan/dang-nhap/", **THROUGH_THE_PROXY)
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kheo-csrf=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Server" not in answer.headers


def test_a_foreign_host_is_refused(production: Served) -> None:
    assert ask(production, "/", **{**THROUGH_THE_PROXY, "Host": "evil.example"})[0].status == 400


def test_static_files_are_named_by_content_and_kept_for_ever(production: Served) -> None:
    _, page = ask(production, "/tai-khoan/dang-nhap/", **THROUGH_THE_PROXY)
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)))
    assert files
    for file in files:
        answer, _ = ask(production, file, **THROUGH_THE_PROXY)
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable"), file


def test_a_script_imports_modules_of_its_own_version(production: Served) -> None:
    scripts = [path for path in (Path(__file__).parents[2] / "src/kheo/web/static").rglob("*.js") if "import {" in path.read_text("utf-8")]
    if not scripts:
        pytest.skip("no script imports another")
    collected = {path.name for path in collected_folder(production).rglob("*.js")}
    hashed = [name for name in collected if re.fullmatch(rf"{scripts[0].stem}\.[0-9a-f]{{12}}\.js", name)]
    assert len(hashed) == 1
    text = next(collected_folder(production).rglob(hashed[0])).read_text(encoding="utf-8")
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", module) for module in re.findall(r'from "(\./[^"]+)"', text))


def collected_folder(web: Served) -> Path:
    return web.kheo.data / "static"


def test_health_is_told_to_the_machine_beside_it_without_https(production: Served) -> None:
    answer, body = ask(production, "/healthz", Host="thidua.example.vn")
    assert (answer.status, body) == (200, "ok\n")
