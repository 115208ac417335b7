"""The columns of a register as a table that leaves and comes back: what each is called, what it holds, and which mark says what it was.

Keys that begin with `_` are no fields: code of the entry, units, state, days. A list field has a second column with its codes, for
programs; people read and write the words.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.numbers import format_scaled
from kheo.core.registers.columns import Column, columns_of_register
from kheo.core.registers.fields import NUMERIC, WRITTEN, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.unasked import only_if
from kheo.core.registers.values import Options
from kheo.core.text import fold

CODE, UNIT, UNIT_CODE, HANDLER = "_ma", "_don_vi", "_don_vi_ma", "_duoc_giao"
STATE, STATE_CODE, DAY, DUE, STAMP = "_trang_thai", "_trang_thai_ma", "_ghi_ngay", "_han", "_moc"
LINES, LINKS, PHOTOS = "Dòng", "Liên kết", "Ảnh, tệp"  # sheets beside that of the entries
_TEMPORARY = re.compile(r"moi\s*(\d{1,6})")
OF_CODES = "#ma"  # behind the key of a list field: its column of codes
HIDDEN = "không hiện (dữ liệu cá nhân)"
KINDS = {
    "integer": "số nguyên",
    "decimal": "số thập phân",
    "money": "số tiền (đồng)",
    "day": "ngày",
    "yes_no": "có/không",
    "choice": "một lựa chọn",
    "choices": "nhiều lựa chọn, cách nhau bằng dấu ;",
    "text": "chữ",
    "long_text": "văn bản",
    "place": "vị trí: vĩ độ, kinh độ",
    "unit": "đơn vị",
}


@dataclass(frozen=True)
class Head:
    """A column: its key, what stands above it, and what its dictionary says. `is_quiet`: for programs, folded away in a workbook."""

    key: str
    label: str
    kind: str
    column: Column | None = None
    choices: Mapping[str, str] | None = None
    is_quiet: bool = False
    help: str = ""
    comes_back: str = ""

    @property
    def type(self) -> str:
        """As what its cells are read: the type of its field, codes as texts."""
        if self.column is not None:
            return "text" if self.is_of_codes else self.column.field.type
        return {"ngày": "day", "số nguyên": "integer", "số tiền (đồng)": "money"}.get(self.kind, "text")

    @property
    def decimals(self) -> int:
        """By which its whole numbers are scaled."""
        return self.column.field.decimals if self.column else 0

    @property
    def field_key(self) -> str:
        """The field that the column is about, empty for what is no field."""
        return self.column.key if self.column else ""

    @property
    def is_of_codes(self) -> bool:
        """Whether it holds the codes of a list and not its words."""
        return self.key.endswith(OF_CODES)


def temporary_code(text: str) -> str:
    """`mới 1`, however it was typed: by what the lines of a file name an entry that is new in it. Nothing for any other text."""
    found = _TEMPORARY.fullmatch(fold(text))
    return f"mới {int(found[1])}" if found else ""


_BACK = "sửa được"
_KEPT = "không nhập lại"


def heads_of(definition: RegisterDefinition, options: Options, *, personal: bool = True, codes: bool = True) -> list[Head]:
    """Every column of the table of a register, in order; `personal`: also those of personal data, `codes`: also those for programs."""
    columns = [each for each in columns_of_register(definition, options) if each.field.export and (personal or not each.field.personal)]
    named = _labels([each.label for each in columns], [each.key for each in columns])
    heads = _standard(definition)
    for column, label in zip(columns, named, strict=True):
        heads.append(_field_head(definition, column, label))
        if column.field.type in ("choice", "choices"):
            words = f"Mã của cột “{label}”, cho phần mềm; người điền sửa cột chữ."
            heads.append(Head(f"{column.key}{OF_CODES}", f"{label} (mã)", "mã", column, column.choices, True, words, _BACK))
    heads.append(
        Head(
            STAMP, "Mốc tải về", "chữ", is_quiet=True, help="Cho biết dòng dựa trên bản nào của hồ sơ. Không sửa.", comes_back="giữ nguyên"
        )
    )
    return [each for each in heads if codes or not each.is_quiet]


def _standard(definition: RegisterDefinition) -> list[Head]:
    states = {state.code: state.name for state in definition.states}
    new = "Dòng mới: bỏ trống là trạng thái đầu."
    tied = " Dòng mới có dòng kèm theo ở trang “Dòng” thì ghi số tạm: mới 1, mới 2." if definition.lines else ""
    return [
        Head(CODE, "Mã hồ sơ", "chữ", help=f"Bỏ trống ở dòng mới; Khéo đặt mã.{tied}", comes_back="giữ nguyên"),
        Head(UNIT, "Đơn vị", "chữ", help="Dòng mới: đơn vị ghi; bỏ trống là đơn vị đã chọn khi gửi tệp.", comes_back="dòng mới"),
        Head(UNIT_CODE, "Đơn vị (mã)", "mã", is_quiet=True, comes_back="dòng mới"),
        Head(HANDLER, "Đơn vị được giao", "chữ", comes_back=_KEPT),
        Head(STATE, "Trạng thái", "một lựa chọn", None, states, help=new, comes_back="dòng mới"),
        Head(STATE_CODE, "Trạng thái (mã)", "mã", None, states, True, comes_back="dòng mới"),
        Head(DAY, "Ngày ghi", "ngày", help="Dòng mới: ngày vào sổ; bỏ trống là hôm nay.", comes_back="dòng mới"),
        Head(DUE, "Hạn", "ngày", comes_back=_KEPT),
    ]


def _labels(labels: Sequence[str], keys: Sequence[str]) -> list[str]:
    """No two columns have one name, nor that of a standard column: such a field has its key beside it."""
    taken = {"Mã hồ sơ", "Đơn vị", "Đơn vị được giao", "Trạng thái", "Ngày ghi", "Hạn", "Mốc tải về"}
    return [f"{label} [{key}]" if labels.count(label) > 1 or label in taken else label for label, key in zip(labels, keys, strict=True)]


def _field_head(definition: RegisterDefinition, column: Column, label: str) -> Head:
    choices = column.choices if column.field.type in ("choice", "choices") else None
    back = _KEPT if column.key in definition.set_by_acts else _BACK
    return Head(column.key, label, KINDS[column.field.type], column, choices, help=column.field.help, comes_back=back)


DICTIONARY = (
    "Cột",
    "Khóa",
    "Kiểu",
    "Giới hạn",
    "Các lựa chọn (mã: tên)",
    "Bắt buộc từ",
    "Không sửa từ",
    "Chỉ điền khi",
    "Dữ liệu cá nhân",
    "Khi nhập lại",
    "Giải thích",
)


def meaning(definition: RegisterDefinition, options: Options, head: Head) -> tuple[str, ...]:
    """A row of the dictionary: what `DICTIONARY` names, of one column."""
    field = head.column.field if head.column and not head.is_of_codes else None
    gone = options.retired_of(head.column.field) if head.column else frozenset()
    choices = "; ".join(f"{code}: {name}{' (thôi dùng)' if code in gone else ''}" for code, name in (head.choices or {}).items())
    state = {each.code: each.name for each in definition.states}
    return (
        head.label,
        head.key,
        head.kind,
        limits(field) if field else "",
        choices,
        state.get(field.required_from or "", "") if field else "",
        state.get(field.frozen_from or "", "") if field else "",
        only_if(definition, options, field.key) if field else "",
        "có" if head.column and head.column.field.personal else "",
        head.comes_back,
        head.help,
    )


def limits(field: FieldDef) -> str:
    """`từ 0 đến 100.000`, `tối đa 250 ký tự`; nothing where there is none."""
    if field.type in WRITTEN:
        return f"tối đa {format_scaled(field.longest, 0)} ký tự"
    if field.type not in NUMERIC:
        return ""
    least = f"từ {format_scaled(field.at_least or 0, field.decimals)}"
    most = f" đến {format_scaled(field.at_most, field.decimals)}" if field.at_most is not None else ""
    places = f", {field.decimals} chữ số sau dấu phẩy" if field.decimals else ""
    return f"{least}{most}{places}"


def stamp(code: str, version: int, cells: Mapping[str, str]) -> str:
    """What tells later which version of which entry a row was taken from, and whether anybody has changed its cells since.

    `cells`: the texts of its columns by key, as they stand in the file; the stamp itself does not count.
    """
    return f"{version}.{_digest(code, str(version))[:6]}.{_cells_digest(code, cells)}"


@dataclass(frozen=True)
class Stamped:
    """A stamp, read: `is_of`: whether it is of the entry beside which it stands; `is_untouched`: of these very cells."""

    version: int
    is_of: bool
    is_untouched: bool


def read_stamp(text: str, code: str, cells: Mapping[str, str]) -> Stamped | None:
    """What a stamp says of the row in which it stands; None for what is no stamp."""
    version, _, rest = text.strip().partition(".")
    mark, _, digest = rest.partition(".")
    if not (version.isascii() and version.isdigit() and len(version) < 19 and mark and digest):
        return None
    return Stamped(int(version), mark == _digest(code, str(int(version)))[:6], digest == _cells_digest(code, cells))


def _cells_digest(code: str, cells: Mapping[str, str]) -> str:
    said = [text for key in sorted(cells) if key != STAMP for text in (key, cells[key]) if cells[key]]
    return _digest(code, *said)[:12]


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
