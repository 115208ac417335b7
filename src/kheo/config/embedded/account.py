"""Under which system account the server runs. PostgreSQL refuses to run as root, so root lends it an account without rights."""

import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from kheo.config.refusals import Refused

# A keeper who wants an account of its own for the database makes a user `kheo`; `nobody` is on every system.
CANDIDATES = ("kheo", "nobody")
CAPABILITY_BITS = {"dac_override": 1, "dac_read_search": 2, "setpcap": 8}


@dataclass(frozen=True)
class Account:
    """How to start a program of the server, and whose its files must be."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, folder: Path) -> None:
        """Make the folder this account's, for nobody else. The folders above it are left as they are."""
        folder.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)


def account_for(cluster: Path, programs: Path) -> Account:
    """The account for this data folder: our own, or, for root, the owner of the data or one without rights."""
    if os.geteuid() != 0:
        _refuse_foreign(cluster)
        return Account(os.geteuid(), os.getegid())
    uid, gid = _lent_account(cluster)
    blocked = next((folder for folder in _folders_to_pass(cluster, programs) if not _can_pass(folder, uid, gid)), None)
    return Account(uid, gid, _prefix(uid, gid, blocked))


def _refuse_foreign(cluster: Path) -> None:
    if cluster.exists() and cluster.stat().st_uid != os.geteuid():
        owner = cluster.stat().st_uid
        raise Refused(
            f"Thư mục dữ liệu {cluster} thuộc về người dùng khác (số {owner}): hãy chạy bằng người dùng đã tạo ra nó (có thể là root).",
            f"The data folder {cluster} belongs to another user (number {owner}): run as the user who made it (maybe root).",
        )


def _lent_account(cluster: Path) -> tuple[int, int]:
    if cluster.exists() and cluster.stat().st_uid != 0:
        return cluster.stat().st_uid, cluster.stat().st_gid
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Refused(
        "PostgreSQL không chạy bằng root và máy không có người dùng nobody: hãy tạo người dùng kheo, hoặc chạy bằng người dùng thường.",
        "PostgreSQL does not run as root and there is no user nobody: make a user kheo, or run as an ordinary user.",
    )


def _folders_to_pass(cluster: Path, programs: Path) -> list[Path]:
    # The libraries lie in a folder beside the wheel's package.
    wheel = programs.resolve().parents[1]
    libraries = [folder for folder in wheel.parent.glob(f"{wheel.name}*") if folder.is_dir()]
    ends = [cluster.parent, programs.resolve(), *libraries]
    return sorted({folder for end in ends for folder in (end, *end.parents)}, key=lambda folder: len(folder.parts))


def _can_pass(folder: Path, uid: int, gid: int) -> bool:
    status = folder.stat()
    if status.st_uid == uid:
        return bool(status.st_mode & 0o100)
    return bool(status.st_mode & (0o010 if status.st_gid == gid else 0o001))


def _prefix(uid: int, gid: int, blocked: Path | None) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None or sys.platform != "linux":
        raise Refused(
            "Để chạy cơ sở dữ liệu kèm theo dưới quyền root cần chương trình setpriv (gói util-linux); hoặc chạy bằng người dùng thường.",
            "Running the embedded database as root needs the program setpriv (package util-linux); or run as an ordinary user.",
        )
    plain = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs")
    if blocked is None:
        return (*plain, "--inh-caps=-all", "--bounding-set=-all", "--")
    capability = _passing_capability(blocked)
    # The one right to pass closed folders, and no other, instead of opening the folders to everybody. `no_setuid_fixup` keeps that
    # right in access(2), with which PostgreSQL looks for its own programs; `noroot` and the bounding set keep all others away.
    return (
        *plain,
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
        f"--bounding-set=-all,+{capability}",
        "--securebits=+no_setuid_fixup,+noroot",
        "--",
    )


def _passing_capability(blocked: Path) -> str:
    held = _effective_capabilities()
    if held >> CAPABILITY_BITS["setpcap"] & 1:
        for capability in ("dac_read_search", "dac_override"):
            if held >> CAPABILITY_BITS[capability] & 1:
                return capability
    raise Refused(
        f"Máy chủ dữ liệu không chạy bằng root, mà người dùng thay thế không qua được thư mục {blocked}. "
        "Hãy đặt dự án và KHEO_DATA ở nơi khác (ví dụ /srv/kheo), hoặc chạy bằng người dùng thường.",
        f"The database server does not run as root, and its stand-in cannot pass the folder {blocked}. "
        "Put the project and KHEO_DATA elsewhere (for example /srv/kheo), or run as an ordinary user.",
    )


def _effective_capabilities() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0
