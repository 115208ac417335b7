"""What a register declares whose entries carry out directives: where they name the directive, and the number and day of the answer."""

from pydantic import Field

from kheo.core.definition.words import Frozen
from kheo.core.registers.words import FieldKey


class CarriesOut(Frozen):
    """An entry in force (state class done_good) carries out the directive that it names; the paper that answers it is the entry's own."""

    letter: FieldKey = Field(description="Trường chữ ghi số, ngày của văn bản chỉ đạo mà hồ sơ thực hiện.")
    number: FieldKey = Field(description="Trường chữ: số, ký hiệu của chính văn bản trả lời (ví dụ kế hoạch).")
    issued: FieldKey = Field(description="Trường ngày: ngày của chính văn bản trả lời.")
