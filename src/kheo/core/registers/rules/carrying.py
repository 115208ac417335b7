"""What a register names by which its entries carry out directives is there and fits."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.paper_books.sameness import LONGEST_REFERENCE
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import StateClass

_AT = "carries_out"


def what_carries_out_fits(draft: RegisterDraft) -> Iterator[Finding]:
    """Two different texts and a day, none of them personal; and some state in which an entry is in force."""
    whole = draft.whole
    if whole is None or whole.carries_out is None:
        return
    named = whole.carries_out
    for place, key, kind in (("letter", named.letter, "text"), ("number", named.number, "text"), ("issued", named.issued, "day")):
        field = whole.by_key.get(key)
        if field is None:
            yield Finding((_AT, place), f"Không có trường “{key}”" + suggestion(key, whole.by_key))
            continue
        yield from (Finding((_AT, place), words) for words in _misfits(field, kind))
        if place == "letter":
            yield from (Finding((_AT, place), words) for words in _not_for_letters(whole, field))
    if named.letter == named.number:
        yield Finding((_AT, "number"), f"“{named.number}” đã là trường ghi văn bản chỉ đạo; số của văn bản trả lời là trường khác.")
    if not any(state.meaning is StateClass.DONE_GOOD for state in whole.states):
        yield Finding((_AT,), "Không trạng thái nào có meaning: done_good, nên hồ sơ không bao giờ có hiệu lực.")


def _misfits(field: FieldDef, kind: str) -> Iterator[str]:
    if field.type != kind:
        yield f"Trường “{field.key}” kiểu {field.type}; ở đây cần {kind}."
    if field.personal:
        yield f"Trường “{field.key}” là dữ liệu cá nhân; cấp trên đọc được ở sổ văn bản, nên phải bỏ personal."


def _not_for_letters(whole: RegisterDefinition, field: FieldDef) -> Iterator[str]:
    """A name that is chosen among letters is held as it is, by those who write the entry."""
    if field.column is not None:
        yield f"Trường “{field.key}” ghi văn bản chỉ đạo thì không có column."
    if field.type == "text" and field.longest < LONGEST_REFERENCE:
        yield f"Trường “{field.key}” nhận {field.longest} ký tự; số và ngày của một văn bản dài tới {LONGEST_REFERENCE} (at_most)."
    if field.key in whole.set_by_acts:
        yield f"Trường “{field.key}” do thao tác ghi; văn bản chỉ đạo thì người ghi hồ sơ chọn."


CARRYING_RULES: tuple[RegisterRule, ...] = (what_carries_out_fits,)
