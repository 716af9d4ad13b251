import shutil
import subprocess
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.simulator.decoder import Decoder
from printers.simulator.pages import letter_of
from printers.text.tcvn import CAPITAL_PAGE, SMALL_PAGE, NotSayableError, choose, encode, plain

VOWELS = "aăâeêioôơuưy"
MARKS = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}",
         "\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
SMALL = [unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS] + ["đ"]
LETTERS = "".join(SMALL) + "".join(SMALL).upper()
"""All letters that Vietnamese has beyond ASCII's consonants."""

sentences = st.text(st.sampled_from(LETTERS + "bcdghklmnpqrstvx BCDGHKLMNPQRSTVX 0123456789.,:-/()"), max_size=60)


def printed(stream: bytes) -> tuple[str, ...]:
    decoder = Decoder(None)
    papers = decoder.feed(stream + b"\n\x1bi")
    assert decoder.problems == []
    return papers[0].text if papers else ()


def test_every_vietnamese_letter_comes_out_of_the_printer_as_itself() -> None:
    wrong = {letter for letter in LETTERS if printed(choose(SMALL_PAGE) + encode(letter)) != (letter,)}
    assert wrong == set()


@given(sentences)
def test_any_vietnamese_sentence_comes_out_as_it_was(text: str) -> None:
    assert "".join(printed(choose(SMALL_PAGE) + encode(text))) == text


def test_the_bytes_are_those_of_the_pages() -> None:
    assert encode("Giấy khai sinh") == b"Gi\xcay khai sinh"
    assert encode("số thứ tự") == b"s\xe8 th\xf8 t\xf9"
    assert encode("Đường ĐIỆN Ổn") == (b"\x1bt\x1f\xa7\x1bt\x1e\xad\xeang \x1bt\x1f\xa7I\xd6N \xe6n\x1bt\x1e")


def test_a_page_is_chosen_only_when_a_letter_needs_it() -> None:
    assert encode("PHUONG 1, tu 7 gio") == b"PHUONG 1, tu 7 gio"
    assert encode("ỦY BAN NHÂN DÂN").count(b"\x1bt") == 2


def test_letters_in_parts_are_put_together_and_signs_have_a_stand_in() -> None:
    assert encode(unicodedata.normalize("NFD", "ệ")) == b"\xd6"
    assert encode("10–20 phút… “được”") == b'10-20 ph\xf3t... "\xae\xad\xeec"'


@pytest.mark.parametrize("text", ["សូម", "中", "é\u0301", "☐", "a\tb"])
def test_what_the_pages_lack_is_never_printed_as_something_else(text: str) -> None:
    with pytest.raises(NotSayableError, match="no page of TCVN-3"):
        plain(text)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv here")
def test_the_small_letters_stand_where_the_standard_puts_them() -> None:
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", "TCVN"], input="".join(SMALL).encode(), capture_output=True)
    assert done.returncode == 0
    assert b"".join(map(encode, SMALL)) == done.stdout


@pytest.mark.parametrize(("page", "name"), [(SMALL_PAGE, "TCVN-3-1"), (CAPITAL_PAGE, "TCVN-3-2")])
def test_the_printers_pages_are_those_of_the_printer_list(page: int, name: str) -> None:
    spec = find_spec("escpos")
    assert spec is not None
    file = Path((spec.submodule_search_locations or [""])[0]) / "capabilities.json"
    chart = "".join(msgspec.json.decode(file.read_bytes())["encodings"][name]["data"])
    ours = "".join(letter_of(byte, page) for byte in range(0x80, 0x100))
    # The list writes the Icelandic capital, which looks the same.
    assert ours.replace("\N{REPLACEMENT CHARACTER}", " ") == chart.replace("Ð", "Đ")
