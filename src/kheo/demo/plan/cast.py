"""The people with whom a visitor of the demo signs in (design.md §1), and those who act for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.core.workflow import Role
from kheo.demo.plan.chance import stream
from kheo.demo.plan.naming import invent_person
from kheo.demo.plan.tree import DemoTree, PlannedUnit

# Everybody knows it: `kheo up` prints it. The demo refuses to be built in production.
PASSWORD = "thi-dua-2023"  # noqa: S105

AN_UNIT, AN_DISTRICT, CHI_UNIT, CITY, BOARD = "CS-760-0001", "LDLD-760", "CS-765-0001", "LDLD-79", "BDV-79"
BOOKS_UNIT = "CS-760-0003"  # keeps every standing book, and has not begun the year's report yet: its registers fill it in
DISTRICT_BOARD, PARTY_TAKER = "BDV-760", "phuong"


@dataclass(frozen=True)
class Member:
    """Somebody of the cast: posts as (unit code, role), and what is worth trying with this login."""

    username: str
    full_name: str
    posts: tuple[tuple[str, Role], ...]
    what_to_try: str


CAST = (
    Member("an", "Nguyễn Thị An", ((AN_UNIT, Role.OFFICER),), "nhập báo cáo của công đoàn cơ sở"),
    Member("hoa", "Trần Thị Hoa", ((AN_UNIT, Role.HEAD),), "ký, nộp báo cáo của đơn vị An"),
    Member("binh", "Lê Văn Bình", ((AN_DISTRICT, Role.REVIEWER),), "duyệt, trả lại, chấp nhận báo cáo của quận 1"),
    Member("nga", "Phan Thị Nga", ((BOOKS_UNIT, Role.HEAD), (BOOKS_UNIT, Role.OFFICER)), "đã ghi đủ các sổ cả năm: báo cáo lấy số từ sổ"),
    Member("dung", "Phạm Văn Dũng", ((AN_DISTRICT, Role.HEAD), (AN_DISTRICT, Role.OFFICER)), "nhập, ký và nộp báo cáo của quận 1"),
    Member("bich", "Võ Ngọc Bích", ((CITY, Role.REVIEWER),), "duyệt báo cáo của 22 quận, huyện, thành phố và các ngành"),
    Member("lan", "Đỗ Thị Lan", ((CITY, Role.OFFICE),), "xem tổng hợp toàn Thành phố, đôn đốc, tải báo cáo Word và Excel"),
    Member("minh", "Hồ Văn Minh", ((CITY, Role.HEAD), (CITY, Role.OFFICER)), "nhập, ký và nộp báo cáo của Thành phố"),
    Member("phuc", "Bùi Hữu Phúc", ((BOARD, Role.REVIEWER),), "nhận báo cáo của Thành phố tại Ban Dân vận"),
    Member(PARTY_TAKER, "Lý Thị Phượng", ((DISTRICT_BOARD, Role.REVIEWER),), "nhận báo cáo của quận 1 tại Ban Dân vận Quận ủy"),
    Member("kien", "Đinh Trung Kiên", ((CITY, Role.AUDITOR),), "xem mọi số liệu của Thành phố, không sửa được gì"),
    Member("chi", "Mai Linh Chi", ((CHI_UNIT, Role.HEAD), (CHI_UNIT, Role.OFFICER)), "người của quận khác: không thấy gì của quận 1"),
    Member("quan", "Tạ Minh Quân", ((CITY, Role.KEEPER),), "quản trị hệ thống: không xem và không sửa được số liệu"),
)


# Whoever keeps every book is two people: some things are confirmed by somebody else than who wrote them down.
DEPUTY = Role.OFFICER


@dataclass(frozen=True)
class Extra:
    """Somebody who acts for one unit in the demo and cannot sign in."""

    username: str
    full_name: str
    unit: PlannedUnit
    role: Role


def extras(units: Sequence[PlannedUnit], seed: int) -> list[Extra]:
    """A head for every unit, a reviewer for every unit that receives reports, where the cast has none; and who else keeps books."""
    held = {post for member in CAST for post in member.posts}
    needed = ((unit, role) for unit in units for role in ((Role.HEAD, Role.REVIEWER) if unit.is_inner else (Role.HEAD,)))
    wanted = [post for post in needed if (post[0].code, post[1]) not in held]
    wanted += [(unit, DEPUTY) for unit in units if unit.code == BOOKS_UNIT]
    return [Extra(_username(unit.code, role), invent_person(stream(seed, "person", role, unit.code)), unit, role) for unit, role in wanted]


def _username(unit: str, role: Role) -> str:
    return f"{role}-{unit}".lower()


@dataclass(frozen=True)
class Hands:
    """Who acts for a unit, by username."""

    tree: DemoTree

    def writer(self, unit: str) -> str:
        """Who fills in its report."""
        return self._holder(unit, Role.OFFICER) or self.signer(unit)

    def signer(self, unit: str) -> str:
        """Who signs it."""
        return self._holder(unit, Role.HEAD) or _username(unit, Role.HEAD)

    def deputy(self, unit: str) -> str:
        """Who else keeps its books, where there is somebody; else who signs."""
        return _username(unit, DEPUTY) if unit == BOOKS_UNIT else self.signer(unit)

    def reviewer(self, unit: str) -> str:
        """Who reviews it at its recipient."""
        recipient = self.recipient(unit)
        return self._holder(recipient, Role.REVIEWER) or _username(recipient, Role.REVIEWER)

    def recipient(self, unit: str) -> str:
        """Code of the unit that receives its reports."""
        return self.tree.recipient(self.tree.by_code[unit])

    def answering(self, unit: str) -> str:
        """Who reviews at the unit what those below it send; for a unit without any, a name that nobody has."""
        return self._holder(unit, Role.REVIEWER) or _username(unit, Role.REVIEWER)

    def _holder(self, unit: str, role: Role) -> str | None:
        return _CAST_POSTS.get((unit, role))


_CAST_POSTS = {post: member.username for member in CAST for post in member.posts}
