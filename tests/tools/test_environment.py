"""`make run` and `make test` prepare .venv: only when something changed, only by hash, and they say what the system lacks."""

import runpy
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "environment.py"
# Stands in the place of .venv/bin/python, writes down what it was asked to do, and fails when told to.
RECORDING_PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit 0
echo "$@" >> "{record}"
[ ! -e "{failure}" ]
"""


class Checkout:
    """A project folder with lists of packages and a .venv whose Python only keeps a record."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record, self.failure = folder / "record", folder / "failure"
        (folder / "tools").mkdir()
        (folder / ".venv" / "bin").mkdir(parents=True)
        shutil.copy(TOOL, folder / "tools")
        for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
            (folder / name).write_text(name, encoding="utf-8")
        python = folder / ".venv" / "bin" / "python"
        python.write_text(RECORDING_PYTHON.format(record=self.record, failure=self.failure), encoding="utf-8")
        python.chmod(0o755)

    def prepare(self, purpose: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.folder / "tools" / "environment.py"), purpose]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def installs(self) -> list[str]:
        """What pip was asked for since the last question."""
        lines = self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []
        self.record.unlink(missing_ok=True)
        return [line.partition(" install ")[2] for line in lines]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_installs_once_and_only_by_hash(checkout: Checkout) -> None:
    assert checkout.prepare("run").returncode == 0
    assert checkout.installs() == [
        "--quiet --require-hashes --only-binary=:all: --requirement requirements.txt",
        "--quiet --no-deps --no-build-isolation --editable .",
    ]
    again = checkout.prepare("run")
    assert (again.returncode, again.stdout, checkout.installs()) == (0, "", [])


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_installs_again_when_the_list_changed(checkout: Checkout, changed: str) -> None:
    checkout.prepare("run")
    checkout.installs()
    (checkout.folder / changed).write_text("changed", encoding="utf-8")
    checkout.prepare("run")
    assert len(checkout.installs()) == 2


def test_what_the_tests_need_holds_what_the_product_needs(checkout: Checkout) -> None:
    checkout.prepare("test")
    assert "--requirement requirements-dev.txt" in checkout.installs()[0]
    checkout.prepare("run")
    assert checkout.installs() == []


def test_a_failed_install_is_told_and_tried_again(checkout: Checkout) -> None:
    checkout.failure.touch()
    failed = checkout.prepare("run")
    assert failed.returncode == 1
    assert "Không cài được thư viện" in failed.stderr
    checkout.failure.unlink()
    checkout.installs()
    assert checkout.prepare("run").returncode == 0
    assert len(checkout.installs()) == 2


def told_by(monkeypatch: pytest.MonkeyPatch, checkout: Checkout) -> str:
    """What the tool says before it gives up, in this process."""
    monkeypatch.setattr(sys, "argv", ["environment.py", "run"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(checkout.folder / "tools" / "environment.py"), run_name="__main__")
    return str(ended.value.code)


def test_a_python_without_venv_is_told_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch, checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / ".venv")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"sudo apt install python{version}-venv" in told_by(monkeypatch, checkout)


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, checkout: Checkout) -> None:
    version = namedtuple("version", "major minor micro")  # as sys has it
    monkeypatch.setattr(sys, "version_info", version(3, 9, 2))
    monkeypatch.setenv("PATH", "")
    assert "Khéo cần Python 3.11 trở lên; máy này có 3.9." in told_by(monkeypatch, checkout)


def test_a_venv_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    python = checkout.folder / ".venv" / "bin" / "python"
    python.write_text("#!/nowhere/python\n", encoding="utf-8")
    assert checkout.prepare("run").returncode == 1, "the lists of this checkout name no packages that could be installed"
    assert python.resolve() == Path(sys.executable).resolve()
