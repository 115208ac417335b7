"""Codes of eighty bits in letters that can be read out over the telephone and written on paper. Pure."""

import hashlib
import re

# Crockford's base 32: no I, L, O or U; what looks like a one or a zero is read as one.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS, GROUP, BYTES = 16, 4, 10
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})
_CODE = re.compile(f"[{ALPHABET}]{{{LETTERS}}}")


def spoken_code(digest: bytes) -> str:
    """`7K2M-9QRT-41XZ-8HBC`: the first ten bytes, which must be random to whoever does not know them."""
    number = int.from_bytes(digest[:BYTES], "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LETTERS - 1), -1, -5))
    return "-".join(letters[first : first + GROUP] for first in range(0, LETTERS, GROUP))


def hash_of(code: str) -> str:
    """What is kept of a code that is read as people write it: case, hyphens and blanks do not matter. Empty for what cannot be one."""
    letters = re.sub(r"[\s\-–]", "", code[:80]).upper().translate(_MEANT)
    return hashlib.sha256(letters.encode()).hexdigest() if _CODE.fullmatch(letters) else ""
