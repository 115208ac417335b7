"""Makes .venv for `make run` and `make test`: only when something changed, only packages whose hash is written down.

Runs under the system's own Python, so it uses nothing but the standard library and says clearly what the system lacks; it must be
readable for old versions of Python too, which are told that they are too old.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(PROJECT, ".venv")
LISTS = {"run": "requirements.txt", "test": "requirements-dev.txt"}


def main():
    """Bring .venv up to date for the purpose named on the command line: `run` or `test`."""
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in LISTS:
        sys.exit("usage: environment.py run|test")
    if os.name == "nt":
        sys.exit("Khéo chạy trên Linux, macOS hoặc WSL 2 của Windows.")
    if sys.version_info < OLDEST:
        run_under_newer_python()
    python = os.path.join(VENV, "bin", "python")
    if not is_usable(python):
        make_venv()
    mark = fingerprint(purpose, python)
    stamp = os.path.join(VENV, "kheo-%s.installed" % purpose)
    if read(stamp) != mark:
        install(purpose, python)
        write(stamp, mark)
        if purpose == "test":
            # The tests' list holds everything of the product's list, in the same versions (tests/architecture/test_packaging.py).
            write(os.path.join(VENV, "kheo-run.installed"), fingerprint("run", python))


def run_under_newer_python():
    """Start again under a newer Python of this machine, or say what to install."""
    for name in NEWER_NAMES:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "Khéo cần Python 3.11 trở lên; máy này có %d.%d.\n"
        "  Debian 12, Ubuntu 24.04 trở lên: sudo apt install python3 python3-venv\n"
        "  macOS: brew install python@3.12" % sys.version_info[:2]
    )


def is_usable(python):
    """Whether .venv holds a Python that still runs (a system upgrade may have taken it away) and is new enough."""
    if not os.path.exists(python):
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (%d, %d))" % OLDEST
    try:
        return subprocess.run([python, "-c", question], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_venv():
    """Make .venv anew, or say which package of the system is missing."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        sys.exit(
            "Python của máy này thiếu phần tạo môi trường riêng (venv). Hãy cài rồi chạy lại:\n"
            "  sudo apt install python%d.%d-venv" % sys.version_info[:2]
        )
    say("Đang tạo môi trường Python riêng trong .venv …")
    import venv

    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True, symlinks=True)


def install(purpose, python):
    """Install the pinned packages and, in place, our own."""
    say("Đang cài thư viện (lần đầu có thể mất vài phút, cần mạng) …")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    steps = (
        [*pip, "--require-hashes", "--only-binary=:all:", "--requirement", LISTS[purpose]],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
    )
    for step in steps:
        done = subprocess.run(step, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
        if done.returncode != 0:
            print(done.stdout, file=sys.stderr)
            sys.exit("Không cài được thư viện (lý do ở trên). Kiểm tra mạng rồi chạy lại; phần đã tải được giữ trong bộ nhớ đệm của pip.")


def fingerprint(purpose, python):
    """What .venv must have been made from: the pinned list, our own package's description, this folder and this Python."""
    digest = hashlib.sha256()
    for name in (LISTS[purpose], "pyproject.toml"):
        digest.update(read(os.path.join(PROJECT, name)).encode("utf-8"))
    digest.update(PROJECT.encode("utf-8", "surrogateescape"))
    digest.update(os.path.realpath(python).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def read(path):
    """The text of a file, empty where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(path, text):
    """Put the text into a file."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def say(line):
    """Tell the person at the terminal what goes on."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
