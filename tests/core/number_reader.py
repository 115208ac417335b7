"""Vietnamese number words read back, written on its own: by the words' places, not by the way in which they are made."""

DIGITS = {word: value for value, word in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}


class NotANumber(ValueError):
    """The words are no number that anybody would say."""


def read_back(text: str) -> int:
    """The number that the words say."""
    words = text.split()
    if words[:1] == ["âm"]:
        return -read_back(" ".join(words[1:]))
    return _large(words)


def _large(words: list[str]) -> int:
    """What stands before the last "tỷ" counts them."""
    if "tỷ" in words:
        place = len(words) - 1 - words[::-1].index("tỷ")
        return _large(words[:place]) * 10**9 + (_below(words[place + 1 :]) if words[place + 1 :] else 0)
    return _below(words)


def _below(words: list[str]) -> int:
    total, left = 0, words
    for name, size in (("triệu", 10**6), ("nghìn", 10**3)):
        if name in left:
            place = left.index(name)
            total += _three(left[:place]) * size
            left = left[place + 1 :]
    return total + (_three(left) if left else 0)


def _three(words: list[str]) -> int:
    """`[x trăm] [y mươi | mười | linh] [z]`."""
    if not words:
        raise NotANumber("an empty group")
    value, left = 0, list(words)
    if len(left) > 1 and left[1] == "trăm":
        value, left = DIGITS[left[0]] * 100, left[2:]
    if left[:1] == ["mười"]:
        value, left = value + 10, left[1:]
    elif len(left) > 1 and left[1] == "mươi":
        value, left = value + DIGITS[left[0]] * 10, left[2:]
    elif left[:1] in (["linh"], ["lẻ"]):
        left = left[1:]
    if len(left) > 1:
        raise NotANumber(" ".join(words))
    return value + (DIGITS[left[0]] if left else 0)
