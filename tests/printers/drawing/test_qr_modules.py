"""A code is drawn with the mask the standard asks for, whatever shortcut found it."""

import string

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printers.drawing.qr_modules import MASKS, _drawn, modules, penalty

TEXTS = st.text(string.ascii_letters + string.digits + ":/.-_", min_size=1, max_size=120)
LEVELS = st.sampled_from("LMQH")


def slow_penalty(rows: list[str]) -> int:
    """The four rules of ISO/IEC 18004, 7.8.3, as they are written there."""
    size, points = len(rows), 0
    for line in (*rows, *("".join(column) for column in zip(*rows, strict=True))):
        run = 1
        for before, now in zip(line, line[1:] + "x", strict=True):
            if before == now:
                run += 1
                continue
            points += 3 + run - 5 if run >= 5 else 0
            run = 1
        for at in range(size - 10):
            points += 40 * (line[at : at + 11] in ("10111010000", "00001011101"))
    for y in range(size - 1):
        for x in range(size - 1):
            points += 3 * (len({*rows[y][x : x + 2], *rows[y + 1][x : x + 2]}) == 1)
    share = 100 * "".join(rows).count("1") / size**2
    return points + 10 * int(abs(share - 50) / 5)


@settings(max_examples=25, deadline=None)
@given(TEXTS, LEVELS)
def test_the_mask_is_the_one_that_is_easiest_to_read(text: str, level: str) -> None:
    rows = modules(text, level)
    every = []
    for mask in range(MASKS):
        drawn = _drawn(text, level, mask)[1]
        as_text = [f"{row:0{len(rows)}b}" for row in drawn]
        assert penalty(drawn, len(drawn)) == slow_penalty(as_text)
        every.append(as_text)
    assert rows in every
    assert slow_penalty(rows) == min(map(slow_penalty, every))


@settings(max_examples=25, deadline=None)
@given(TEXTS, LEVELS)
def test_a_phone_reads_what_was_asked_for(text: str, level: str) -> None:
    rows = modules(text, level)
    side = len(rows) + 8
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if dark == "1" else 255)
    [found] = zxingcpp.read_barcodes(image.resize((side * 4, side * 4), Image.Resampling.NEAREST))
    assert (found.text, found.ec_level) == (text, level)


@pytest.mark.parametrize("level", "LMQH")
def test_what_no_code_holds_has_no_modules(level: str) -> None:
    assert modules("x" * 3000, level) == []
