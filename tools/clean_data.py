"""`make clean-data`: removes the embedded database and what else Khéo made in its data folder; nothing that a person put there."""

import shutil
import sys

from kheo.config.embedded import embedded_database
from kheo.config.embedded.sharing import Use
from kheo.config.environment import data_dir
from kheo.config.refusals import Refused

MADE_BY_KHEO = (
    "postgres",
    "postgres.new",
    "postgres.log",
    "postgres.log.1",
    "postgres.starting",
    "postgres.in-use",
    "static",
    "development-secret",
)


def main() -> None:
    """Stop a server that was left behind, refuse while one is in use, then remove."""
    folder = data_dir()
    if not (folder / "postgres").is_dir():
        print(f"Không có gì để xoá trong {folder}.")
        return
    use = Use(folder / "postgres.in-use")
    if not use.was_last():
        sys.exit("Khéo đang chạy trên dữ liệu này: hãy tắt nó trước (Ctrl-C ở cửa sổ đang chạy).")
    try:
        with embedded_database(folder):
            pass
    except Refused:
        pass  # a database that does not even start may go all the same
    for name in MADE_BY_KHEO:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    print(f"Đã xoá dữ liệu trong {folder}. Lần sau make run sẽ tạo lại từ đầu.")


if __name__ == "__main__":
    main()
