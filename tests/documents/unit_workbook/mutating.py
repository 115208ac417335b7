"""Good workbooks damaged by chance, as disks, mail servers, odd programs and ill will damage them. The same seed, the same damage."""

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.documents.unit_workbook.editing import zipped

Chance = random.Random
_TAG = re.compile(rb"<[^<>]*>")
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)
_CELL = re.compile(rb"<c [^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_WORTH = ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")
_CONTENTS = (
    b"<v>12</v>", b"<v>-3</v>", b"<v>1.5</v>", b"<v></v>", b"<v/>", b"<v>1e300</v>", b"<v>99999999999999999999</v>", b"<f>1+1</f>",
    b"<f>1+1</f><v>2</v>", b"<is><t>1.000</t></is>", b"<is><t></t></is>", b"<is><r><t>1</t></r><r><t>2</t></r></is>", b"",
    b"<v> 7 </v>", b"<v>&#49;</v>", b"<f t=\"shared\" si=\"0\"/><v>4</v>",
)  # fmt: skip
_KINDS = (b"", b' t="s"', b' t="str"', b' t="inlineStr"', b' t="b"', b' t="e"', b' t="n"', b' t="d"')


def mutated(data: bytes, chance: Chance) -> bytes:
    """One to three damages of one kind."""
    damage = chance.choice(_DAMAGES)
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = damage(data, chance) if data else data
    return data


def _flip(data: bytes, chance: Chance) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _truncate(data: bytes, chance: Chance) -> bytes:
    return data[: chance.randrange(len(data))]


def _insert(data: bytes, chance: Chance) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.randbytes(chance.choice((1, 10, 1000))) + data[place:]


def _inside(change: Callable[[bytes, Chance], bytes]) -> Callable[[bytes, Chance], bytes]:
    """A damage of one part, in a package that is put together again."""

    def damage(data: bytes, chance: Chance) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError):
            return data
        name = chance.choice([each for each in _WORTH if each in parts] or list(parts))
        parts[name] = change(parts[name], chance)
        return zipped(parts)

    return damage


def _members(data: bytes, chance: Chance) -> bytes:
    """A part lost, renamed, emptied, or put in the place of another."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    one, other = chance.sample(sorted(parts), 2)
    kind = chance.randrange(4)
    if kind == 0:
        del parts[one]
    elif kind == 1:
        parts[one + "x"] = parts.pop(one)
    elif kind == 2:
        parts[one] = b""
    else:
        parts[one], parts[other] = parts[other], parts[one]
    return zipped(parts)


def _tags(xml: bytes, chance: Chance) -> bytes:
    """A tag lost, doubled, or moved."""
    tags = list(_TAG.finditer(xml))
    if len(tags) < 3:
        return xml
    one, other = chance.sample(tags, 2)
    if chance.random() < 0.5:
        return xml[: one.start()] + xml[one.end() :]
    return xml[: other.start()] + one[0] + xml[other.start() :]


def _rows(xml: bytes, chance: Chance) -> bytes:
    """A row lost, doubled, renumbered, hidden, or put elsewhere."""
    rows = list(_ROW.finditer(xml))
    if len(rows) < 3:
        return xml
    one, other = chance.sample(rows, 2)
    kind = chance.randrange(5)
    if kind == 0:
        return xml[: one.start()] + xml[one.end() :]
    if kind == 1:
        return xml[: other.start()] + one[0] + xml[other.start() :]
    if kind == 2:
        number = str(chance.choice((0, 3, 12, 40, 99_999, 1_048_576))).encode()
        return xml[: one.start()] + re.sub(rb'r="([A-Z]*)[0-9]+"', rb'r="\g<1>' + number + b'"', one[0]) + xml[one.end() :]
    if kind == 3:
        return xml[: one.start()] + one[0].replace(b"<row ", b'<row hidden="1" ', 1) + xml[one.end() :]
    return xml.replace(one[0], b"\0").replace(other[0], one[0]).replace(b"\0", other[0])


def _cells(xml: bytes, chance: Chance) -> bytes:
    """A cell lost, doubled, moved, of another kind or with another content."""
    cells = list(_CELL.finditer(xml))
    if not cells:
        return xml
    one = chance.choice(cells)
    kind = chance.randrange(4)
    name = re.search(rb'r="[A-Z]+[0-9]+"', one[0])
    if kind == 0 or not name:
        return xml[: one.start()] + xml[one.end() :]
    if kind == 1:
        return xml[: one.end()] + one[0] + xml[one.end() :]
    if kind == 2:
        other = chance.choice((b"E12", b"F12", b"A11", b"XFD9", b"E1048576", b"AAA1", b"E", b"12"))
        return xml[: one.start()] + one[0].replace(name[0], b'r="%s"' % other, 1) + xml[one.end() :]
    made = b"<c %s%s>%s</c>" % (name[0], chance.choice(_KINDS), chance.choice(_CONTENTS))
    return xml[: one.start()] + made + xml[one.end() :]


def _letters(xml: bytes, chance: Chance) -> bytes:
    """Some letters of the XML changed."""
    found = bytearray(xml)
    for _ in range(chance.choice((1, 3))):
        found[chance.randrange(len(found))] = chance.choice(b'<>/"=&; 0159AEcrvt')
    return bytes(found)


_DAMAGES: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _flip, _truncate, _insert, _members, *(_inside(change) for change in (_tags, _rows, _rows, _cells, _cells, _cells, _letters, _letters)),
)  # fmt: skip
