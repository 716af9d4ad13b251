"""The rows are DOMAIN §7's; the properties hold for every number that can be said."""

import re

import pytest

from kiosk.voice.numbers import GREATEST, NumberStyle, UnspeakableError, number_words, spelled

SOUTH = NumberStyle()
NORTH = NumberStyle(zero_tens="linh", four_after_tens="bốn", thousand="nghìn")
EVERY_NUMBER = range(GREATEST + 1)


def vi(number: int, style: NumberStyle = SOUTH) -> str:
    return " ".join(number_words(number, "vi", style))


def en(number: int) -> str:
    return " ".join(number_words(number, "en", SOUTH))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (1, "một"),
        (11, "mười một"),
        (21, "hai mươi mốt"),
        (4, "bốn"),
        (14, "mười bốn"),
        (24, "hai mươi tư"),
        (5, "năm"),
        (15, "mười lăm"),
        (25, "hai mươi lăm"),
        (10, "mười"),
        (20, "hai mươi"),
        (99, "chín mươi chín"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (104, "một trăm lẻ bốn"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm lẻ một"),
        (1010, "một nghìn không trăm mười"),
        (1021, "một nghìn không trăm hai mươi mốt"),
        (1100, "một nghìn một trăm"),
        (5555, "năm nghìn năm trăm năm mươi lăm"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
    ],
)
def test_vietnamese_says_the_number_as_the_table_of_the_domain_does(number: int, said: str) -> None:
    assert vi(number) == said


def test_a_northern_hall_says_linh_and_bon() -> None:
    assert vi(101, NORTH) == "một trăm linh một"
    assert vi(24, NORTH) == "hai mươi bốn"
    assert vi(1004, NORTH) == "một nghìn không trăm linh bốn"


def test_thousand_can_be_ngan() -> None:
    assert vi(2026, NumberStyle(thousand="ngàn")) == "hai ngàn không trăm hai mươi sáu"


@pytest.mark.parametrize("style", [SOUTH, NORTH, NumberStyle(thousand="ngàn", four_after_tens="bốn")])
def test_no_two_vietnamese_numbers_sound_the_same(style: NumberStyle) -> None:
    assert len({number_words(n, "vi", style) for n in EVERY_NUMBER}) == len(EVERY_NUMBER)


def test_vietnamese_changes_a_digit_only_after_the_tens() -> None:
    for n in EVERY_NUMBER:
        tens, unit = n // 10 % 10, n % 10
        last = number_words(n, "vi", SOUTH)[-1]
        assert (last == "mốt") == (tens >= 2 and unit == 1), n
        assert (last == "tư") == (tens >= 2 and unit == 4), n
        assert (last == "lăm") == (tens >= 1 and unit == 5), n
        assert (last == "mười") == (tens == 1 and unit == 0), n
        assert (last == "mươi") == (tens >= 2 and unit == 0), n


def test_vietnamese_names_an_empty_place_exactly_when_something_follows_it() -> None:
    for n in EVERY_NUMBER:
        said = vi(n)
        assert (" lẻ " in said) == (n > 100 and n // 10 % 10 == 0 and n % 10 != 0), n
        assert ("không trăm" in said) == (n > 1000 and 0 < n % 1000 < 100), n
        assert said.count("không") <= 1, n


def test_vietnamese_can_be_read_back_to_the_number() -> None:
    digits = {vi(digit): digit for digit in range(10)} | {"mốt": 1, "tư": 4, "lăm": 5}
    for n in EVERY_NUMBER:
        total = pending = 0
        for word in vi(n).split():
            scale = {"mươi": 10, "trăm": 100, "nghìn": 1000}.get(word)
            if scale:
                total, pending = total + pending * scale, 0
            elif word == "mười":
                total += 10
            elif word != "lẻ":
                pending = digits[word]
        assert total + pending == n


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (3, "three"),
        (13, "thirteen"),
        (20, "twenty"),
        (42, "forty two"),
        (100, "one hundred"),
        (105, "one hundred and five"),
        (1000, "one thousand"),
        (1001, "one thousand and one"),
        (1100, "one thousand one hundred"),
        (9999, "nine thousand nine hundred and ninety nine"),
    ],
)
def test_english_says_the_number(number: int, said: str) -> None:
    assert en(number) == said


def test_no_two_english_numbers_sound_the_same() -> None:
    assert len({en(n) for n in EVERY_NUMBER}) == len(EVERY_NUMBER)


def test_a_ticket_is_read_digit_by_digit_in_base_forms() -> None:
    assert spelled("A015", "vi") == (("A", "không", "một", "năm"),)
    assert spelled("K121", "vi") == (("K", "một", "hai", "một"),)
    assert spelled("A015", "en") == (("A", "zero", "one", "five"),)


def test_an_offline_number_pauses_where_the_paper_has_a_hyphen() -> None:
    assert spelled("A2-015", "vi") == (("A", "hai"), ("không", "một", "năm"))
    assert spelled("A12-1004", "en") == (("A", "one", "two"), ("one", "zero", "zero", "four"))


@pytest.mark.parametrize("number", ["", "-015", "A--1", "A015-", "a015", "Đ015", "A 15", "A٣", "A1\n", "../A1"])
def test_a_ticket_number_that_cannot_be_said_is_named(number: str) -> None:
    with pytest.raises(UnspeakableError, match=re.escape(repr(number))):
        spelled(number, "vi")


@pytest.mark.parametrize("number", [-1, GREATEST + 1])
def test_a_number_out_of_range_is_named(number: int) -> None:
    with pytest.raises(UnspeakableError, match=str(number)):
        number_words(number, "vi", SOUTH)


def test_a_language_nobody_taught_us_is_named() -> None:
    with pytest.raises(UnspeakableError, match="'km'"):
        number_words(3, "km", SOUTH)
    with pytest.raises(UnspeakableError, match="'km'"):
        spelled("A015", "km")
