import logging
import unicodedata

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    GridBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    SpaceBlock,
    TableBlock,
    TextBlock,
    WidthBlock,
    WriteBlock,
)
from printers.drawing.fonts import Face, Weight
from printers.drawing.raster import draw, pieces
from tests.printers import samples

WIDTHS = (576, 384)
SAMPLES = (samples.ticket, samples.ticket_in_english, samples.checklist, samples.long_names)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The rectangle around all that is black."""
    box = ImageChops.invert(image.convert("L")).getbbox()
    assert box is not None
    return box


def drawn(block: AnyBlock, width: int = 576) -> Image.Image:
    return draw(Receipt((block,)), width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_receipt_is_one_bit_as_wide_as_the_paper_with_its_margins_white(sample, width: int) -> None:
    image = draw(sample(), width)
    assert image.mode == "1"
    assert image.width == width
    left, _, right, _ = ink(image)
    assert left >= 14
    assert right <= width - 12


VIETNAMESE = sorted(
    unicodedata.normalize("NFC", letter + marks)
    for letters, shapes in (("AaEeOo", "\u0302"), ("Aa", "\u0306"), ("OoUu", "\u031b"), ("AaEeIiOoUuYy", ""))
    for letter in letters
    for shape in (shapes,)
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for marks in (shape + tone,)
)


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("size", [24, 25, 27, 30, 34, 38, 44])
def test_every_vietnamese_letter_keeps_its_marks_inside_its_line(size: int, weight: Weight) -> None:
    face = Face(size, weight)
    for letter in [*VIETNAMESE, "Đ", "đ", "g", "q", "j", "(", "Q", ","]:
        paper = Image.new("L", (120, 200), 255)
        face.draw(ImageDraw.Draw(paper), 20, 100, letter)
        _, top, _, bottom = ink(paper.point(lambda grey: 255 * (grey >= 140)))
        line_top = 100 - face.baseline(letter)
        assert line_top <= top, letter
        assert bottom <= line_top + face.line_height(letter), letter


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("bold", [False, True])
def test_the_highest_and_deepest_marks_are_printed_whole(size: Size, bold: bool) -> None:
    left, top, right, bottom = ink(drawn(TextBlock("ẤỄỘỮẲ Ặg", size=size, bold=bold)))
    free = ink(drawn(TextBlock("\nẤỄỘỮẲ Ặg\n", size=size, bold=bold)))
    assert (right - left, bottom - top) == (free[2] - free[0], free[3] - free[1])


def test_marks_of_one_line_never_touch_the_line_above() -> None:
    above, below = drawn(TextBlock("ỘẶỰỵg")), drawn(TextBlock("ỄẤỮ"))
    both = drawn(TextBlock("ỘẶỰỵg\nỄẤỮ"))
    stacked = Image.new("1", both.size, 255)
    stacked.paste(above, (0, 0))
    stacked.paste(below, (0, above.height))
    assert both.tobytes() == stacked.tobytes()
    white_rows = [y for y in range(both.height) if not ImageChops.invert(both.crop((0, y, 576, y + 1))).getbbox()]
    assert any(ink(above)[1] < y < above.height + ink(below)[1] for y in white_rows)


def test_khmer_is_drawn_with_its_own_typeface() -> None:
    face = Face(27)
    khmer, latin = drawn(TextBlock("សូមរង់ចាំ")), drawn(TextBlock("Xin chờ"))
    assert khmer.height > latin.height
    # With the Latin typeface every letter is the same empty box; with its own, letters differ.
    assert drawn(TextBlock("ក")).tobytes() != drawn(TextBlock("ខ")).tobytes()
    assert face.width("ស្រី") < sum(face.width(letter) for letter in "សរី") + face.width("ស")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["A027", "A2-015", "K9-999", "Đ1"])
def test_a_number_stands_large_inside_its_door(number: str, width: int) -> None:
    block = drawn(NumberBlock(number, "Số thứ tự"), width)
    left, top, right, bottom = ink(block)
    margin = 28 if width == 576 else 16
    assert (left, right, top) == (margin, width - margin, 0)
    # The foot: 14 dots of black from wall to wall (LOOK, picture 07).
    foot = block.crop((left, bottom - 14, right, bottom))
    assert foot.getextrema() == (0, 0)
    walls = block.crop((left + 7, bottom - 60, right - 7, bottom - 15))
    inside = ink(block.crop((left + 8, bottom - 100, right - 8, bottom - 15)))
    assert inside[0] > 4
    assert inside[2] < right - left - 16 - 4
    assert walls.getextrema() == (0, 255) or walls.getextrema() == (0, 1)


def test_ones_take_as_much_room_as_fours() -> None:
    ones, fours = drawn(NumberBlock("A111")), drawn(NumberBlock("A444"))
    assert ones.size == fours.size


def test_words_in_the_door_wrap_and_are_all_there() -> None:
    low = drawn(NumberBlock("Đăng ký khai sinh", "Giấy tờ cần có"))
    tall = drawn(NumberBlock(samples.LONG_NAME, "Giấy tờ cần có"))
    assert low.height < drawn(NumberBlock("A027", "Số thứ tự")).height < tall.height


def test_the_queue_shows_icon_and_letter_or_the_letter_alone() -> None:
    with_icon = drawn(QueueBlock("A", "Hộ tịch", icon="baby-carriage"))
    without = drawn(QueueBlock("A", "Hộ tịch"))
    unknown = drawn(QueueBlock("A", "Hộ tịch", icon="no-such-icon"))
    assert with_icon.tobytes() != without.tobytes()
    assert unknown.tobytes() == without.tobytes()


def test_facts_stand_side_by_side_on_wide_paper_and_under_each_other_on_narrow() -> None:
    block = TableBlock((("Mời tới", "Quầy 1\nkhu A"), ("Phía trước", "3 người\nchờ 10 phút")))
    assert drawn(block, 384).height > 1.8 * drawn(block, 576).height


def test_three_long_facts_keep_their_columns_apart() -> None:
    block = TableBlock(tuple((f"Nhãn {n}", samples.LONG_NAME[:120]) for n in range(3)))
    image = drawn(block)
    assert ink(image)[2] <= 548


def test_a_fact_that_needs_little_leaves_its_room_to_the_others() -> None:
    shared = drawn(TableBlock((("Phí", "0"), ("Trả kết quả", "Trong ngày làm việc kế"))))
    alone = drawn(TableBlock((("Trả kết quả", "Trong ngày làm việc kế"),)))
    assert shared.height == alone.height


def test_boxes_are_ticked_empty_or_absent() -> None:
    ticked, empty, none = (drawn(ChecklistBlock((("Giấy tờ", has),))) for has in (True, False, None))
    boxes = [image.crop((28, 0, 76, image.height)).convert("L").histogram()[0] for image in (ticked, empty, none)]
    assert boxes[0] > boxes[1] > boxes[2] > 0


def test_the_right_end_stands_beside_the_text_or_below_it() -> None:
    beside = drawn(TextBlock("8:42, Thứ Hai 23/11/2026", size=Size.SMALL, right="Máy 1"))
    below = drawn(TextBlock("8:42, Thứ Hai 23/11/2026", size=Size.SMALL, right="Máy 1"), 384)
    assert beside.height * 2 == below.height
    assert ink(beside)[2] >= 544
    assert drawn(TextBlock("", right="Máy 1")).height == drawn(TextBlock("Máy 1")).height


def test_centred_text_is_in_the_middle() -> None:
    left, _, right, _ = ink(drawn(TextBlock("Trung tâm", align=Align.CENTRE)))
    assert abs((576 - right) - left) <= 3


def test_a_dashed_line_has_gaps_and_a_plain_one_has_none() -> None:
    plain, dashed = drawn(RuleBlock()), drawn(RuleBlock(dashed=True))
    assert plain.crop((28, 0, 548, 3)).getextrema() == (0, 0)
    assert dashed.crop((28, 0, 548, 3)).getextrema()[1] > 0


def test_empty_paper_is_measured_in_millimetres() -> None:
    assert drawn(SpaceBlock(5)).height == 40


def test_a_receipt_is_drawn_in_as_many_pieces_as_it_is_cut_into() -> None:
    receipt = Receipt((TextBlock("một"), CutBlock(), TextBlock("hai\nhai"), CutBlock(), TextBlock("ba")))
    made = pieces(receipt, 576)
    assert [piece.cut for piece in made] == [True, True, False]
    assert draw(receipt, 576).height == sum(piece.image.height for piece in made)
    assert pieces(Receipt(()), 576) == []
    assert draw(Receipt(()), 576).width == 576


def test_the_same_receipt_is_the_same_dots_though_parts_of_it_are_kept() -> None:
    first, second = draw(samples.ticket(), 576), draw(samples.ticket(), 576)
    other = draw(samples.ticket("A028"), 576)
    assert first.tobytes() == second.tobytes() != other.tobytes()


@pytest.mark.parametrize("width", [0, -8, 575])
def test_a_width_no_printer_takes_is_refused_with_advice(width: int) -> None:
    with pytest.raises(ValueError, match="576"):
        pieces(samples.ticket(), width)


def module_dots(image: Image.Image) -> int:
    """Dots a module, from the finder: its black bar is seven modules long."""
    left, top, _, _ = ink(image)
    row = image.crop((left, top + 1, image.width, top + 2)).convert("L").tobytes()
    return (row.index(b"\xff")) // 7


def test_modules_are_seven_dots_and_the_quiet_zone_is_kept() -> None:
    image = drawn(QrBlock(samples.ADDRESS, "Quét mã này", samples.LONG_NAME[:80]))
    left, top, _, _ = ink(image.crop((0, 0, 300, image.height)))
    assert module_dots(image.crop((0, 0, 280, image.height))) == 7
    assert (left, top) == (28, 28)
    code_right = left + 33 * 7
    assert image.crop((code_right, 0, code_right + 28, image.height)).getextrema()[0] > 0


@pytest.mark.parametrize(("length", "least"), [(60, 6), (150, 4), (400, 4)])
def test_longer_addresses_shrink_the_modules_never_below_four_dots(length: int, least: int) -> None:
    data = (samples.ADDRESS * 10)[:length]
    image = drawn(QrBlock(data), 384)
    assert module_dots(image) >= least
    assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [data]


LONGEST_ADDRESS = (
    "https://dichvucong.trungtamphucvuhanhchinhcong.vamduoc.camau.gov.vn/tra-cuu/so-thu-tu/t/7q4kz2m9xt3hb6wd"
)
"""Longer than any a centre will publish: a public address of 85 letters before the token."""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("level", ["", "L", "M", "Q", "H"])
@pytest.mark.parametrize("address", [samples.ADDRESS, LONGEST_ADDRESS])
def test_at_every_level_modules_and_quiet_zone_are_kept_with_the_longest_address(
    address: str, level: str, width: int
) -> None:
    image = drawn(QrBlock(address, level=level), width)
    [found] = zxingcpp.read_barcodes(image.convert("L"))
    assert found.text == address
    assert found.ec_level == level if level else found.ec_level in "LMQ"
    dots = module_dots(image)
    assert dots >= 4
    left, top, right, bottom = ink(image)
    assert min(left, top, width - right, image.height - bottom) >= 4 * dots


def test_a_level_that_would_make_modules_too_small_gives_way_to_the_next_one() -> None:
    data = (samples.ADDRESS * 10)[:400]
    image = drawn(QrBlock(data, level="H"), 384)
    [found] = zxingcpp.read_barcodes(image.convert("L"))
    assert found.text == data
    assert found.ec_level != "H"
    assert module_dots(image) >= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_of_the_width_reach_the_first_and_the_last_dot(width: int) -> None:
    image = drawn(WidthBlock(), width)
    assert ink(image)[::2] == (0, width)
    ends = [image.crop((x, 0, x + 3, 40)).getextrema() for x in (0, width - 3)]
    assert ends == [(0, 0), (0, 0)]


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_of_values_keep_their_names_apart_and_inside_the_paper(width: int) -> None:
    block = GridBlock(
        ("Giấy", "Bản chính", "Bản chứng thực", "Bản photo"),
        ((samples.LONG_NAME, "99", "99", "99"), ("Tờ khai", "1", "0", "0")),
    )
    image = drawn(block, width)
    margin = 28 if width == 576 else 16
    assert ink(image)[0] >= margin - 2
    assert ink(image)[2] <= width - margin + 2


def test_a_place_to_sign_is_empty_paper_over_a_dotted_line() -> None:
    image = drawn(WriteBlock(("Người nộp", "Người nhận"), 20))
    line = image.crop((28, image.height - 3, 548, image.height))
    assert line.getextrema() == (0, 255)
    empty = image.crop((0, image.height - 3 - 20 * 8, 576, image.height - 3))
    assert empty.getextrema() == (255, 255)


@pytest.mark.parametrize("length", [1000, 5000])
def test_an_address_too_long_for_the_paper_is_left_out_and_logged(
    length: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        image = draw(Receipt((TextBlock("Mời"), QrBlock("x" * length, "Quét mã này"), TextBlock("tới"))), 384)
    assert f"{length} characters" in caplog.text
    assert image.tobytes() == draw(Receipt((TextBlock("Mời"), TextBlock("tới"))), 384).tobytes()
