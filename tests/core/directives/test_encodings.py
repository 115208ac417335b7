"""Old encodings of Vietnamese, in bytes and pasted into Unicode."""

import pytest

from kheo.core.directives.encodings import TCVN3, NotText, decode, from_text, tcvn3, vni

SAID = "Căn cứ Hướng dẫn số 11-HD/BDVTU của Ban Dân vận, đề nghị các đơn vị báo cáo về việc thực hiện trước ngày 10 tháng 5 để tổng hợp"
VNI = (
    "Caên cöù Höôùng daãn soá 11-HD/BDVTU cuûa Ban Daân vaän, ñeà nghò caùc ñôn vò baùo caùo veà vieäc thöïc hieän tröôùc ngaøy 10 thaùng 5"
    " ñeå toång hôïp"
)


def in_tcvn3(text: str) -> str:
    back = {letter: chr(code) for code, letter in TCVN3.items()}
    return "".join(back.get(char, char) for char in text)


def test_bytes_of_an_abc_font_are_recognised_and_converted() -> None:
    found = decode(in_tcvn3(SAID).encode("latin-1"))
    assert (found.text, found.encoding) == (SAID, "tcvn3")


def test_bytes_of_a_vni_font_are_recognised_and_converted() -> None:
    found = decode(VNI.encode("cp1252"))
    assert (found.text, found.encoding) == (SAID, "vni")


def test_words_pasted_from_an_old_font_are_recognised_in_a_unicode_text() -> None:
    assert from_text(in_tcvn3(SAID)).text == from_text(VNI).text == SAID


def test_a_text_in_unicode_is_left_alone() -> None:
    assert (from_text(SAID).text, from_text(SAID).encoding) == (SAID, "utf-8")
    assert decode(SAID.encode("utf-16")).text == SAID
    assert decode(b"\xef\xbb\xbf" + SAID.encode()).text == SAID


def test_another_latin_language_is_left_alone() -> None:
    french = "Le préfet a déjà adressé le décret à l'évêque ; où êtes-vous, à côté ?"
    assert from_text(french).text == french


def test_letters_of_both_fonts_are_all_known() -> None:
    assert tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert (
        vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ÑAÛNG, ñöôïc, lyù, kyõ, yeáu")
        == "Cộng hòa xã hội chủ nghĩa Việt Nam, ĐẢNG, được, lý, kỹ, yếu"
    )


def test_what_is_no_text_is_said_to_be_none() -> None:
    with pytest.raises(NotText):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
