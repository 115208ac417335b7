"""How long files are kept can be asked only where there are files."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.registers.draft import RegisterDraft, RegisterRule

_AT = "photos_kept"


def kept_where_there_are_files(draft: RegisterDraft) -> Iterator[Finding]:
    """A time without files would promise what nothing keeps; one for senders without a form, the same."""
    whole = draft.whole
    if whole is None or whole.photos_kept is None:
        return
    if not whole.attachments:
        yield Finding((_AT,), "Sổ không có loại ảnh, tệp nào (attachments): không có gì để giữ.")
    months = whole.photos_kept.public_months
    if months is not None and (whole.from_public is None or whole.from_public.photos is None):
        yield Finding((_AT, "public_months"), "Sổ không nhận ảnh qua biểu mẫu (from_public.photos).")
    if months is not None and months > 12 * whole.photos_kept.years:
        yield Finding((_AT, "public_months"), "Ảnh của người gửi không được giữ lâu hơn ảnh của đơn vị (years).")


KEEPING_RULES: tuple[RegisterRule, ...] = (kept_where_there_are_files,)
