"""What an act on the books gives back when nothing was written."""

from dataclasses import dataclass

from kheo.core.problems import Problem


@dataclass(frozen=True)
class Refused:
    """Why nothing was written: every problem with the field it is about, in Vietnamese."""

    problems: tuple[Problem, ...]

    @property
    def message(self) -> str:
        """All of it in one text."""
        return " ".join(problem.message for problem in self.problems)


def refused(message: str, key: str = "") -> Refused:
    """One problem."""
    return Refused((Problem(message, key=key),))


MOVED_ON = refused("Người khác vừa ghi vào mục này. Mở lại trang để xem bản mới rồi ghi tiếp; chưa có gì bị ghi đè.")
CANCELLED = refused("Số này đã huỷ; số đã huỷ không dùng lại.")
RESERVED = refused("Số này mới giữ chỗ, chưa có văn bản.")
