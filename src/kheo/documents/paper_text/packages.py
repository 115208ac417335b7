"""What kind of zip a file is that begins like a Word file: it says so in the list of its parts, whatever its name."""

import zipfile

_PARTS = "[Content_Types].xml"
_WORD = b"wordprocessingml.document.main+xml"
_KINDS = (
    (b"ms-word.document.macroenabled", "macro"),
    (b"wordprocessingml.template", "macro"),
    (b"ms-word.template", "macro"),
)
_STRICT = b"purl.oclc.org/ooxml"
_MOST = 1 << 20  # bytes of a list of parts that are looked at


def why_no_word_file(package: zipfile.ZipFile) -> str:
    """Why a zip is no Word file that can be read here; empty where it is one, or is so broken that nothing can be told of it."""
    if any(part.flag_bits & 1 for part in package.infolist()):
        return "locked"
    names = package.NameToInfo
    if _PARTS not in names:
        return "other_office" if "mimetype" in names else "archive"
    parts = _beginning(package, _PARTS).lower()
    if _WORD in parts:
        return "strict" if _STRICT in _beginning(package, "_rels/.rels") else ""
    return next((kind for told, kind in _KINDS if told in parts), "other_office" if b"<types" in parts else "")


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    if name not in package.NameToInfo:
        return b""
    with package.open(name) as part:
        return part.read(_MOST)
