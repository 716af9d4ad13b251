"""Receipts in letters, as they come out of the simulated printer."""

import re
from collections.abc import Callable

import pytest
import qrcode

from kiosk.domain.paper import QR_LEVELS
from kiosk.domain.receipt import (
    Align,
    CutBlock,
    GridBlock,
    NumberBlock,
    QrBlock,
    Receipt,
    Size,
    SpaceBlock,
    TextBlock,
    WidthBlock,
    WriteBlock,
)
from printers.drawing.raster import pieces
from printers.job import as_picture, as_text
from printers.simulator.decoder import Decoder
from printers.simulator.qr import QrCode
from printers.simulator.roll import Paper
from printers.text.layout import LINE_DOTS, native_qr, say
from tests.printers import samples


def paper_of(receipt: Receipt, width: int) -> Paper:
    decoder = Decoder(width)
    (paper,) = decoder.feed(as_text(receipt, width).data)
    assert decoder.problems == []
    return paper


def test_a_ticket_says_all_that_its_picture_says() -> None:
    assert paper_of(samples.ticket(), 576).text == (
        "Trung tâm Phục vụ hành chính công",
        "xã Vàm Đước, tỉnh Cà Mau",
        "Số thứ tự",
        "A027",
        "[A] Đăng ký khai sinh",
        "    Hộ tịch",
        "-" * 48,
        "Mời tới: Quầy 1 hoặc 2",
        "  khu A, bên phải cửa",
        "Phía trước: 3 người",
        "  chờ 10-20 phút",
        "-" * 48,
        "Còn thiếu: Giấy chứng sinh.",
        "Hỏi cán bộ ở quầy cách bổ sung.",
        "-" * 48,
        "Quét mã này",
        "để xem lượt, xem giấy tờ, đánh giá sau",
        "8:42, Thứ Hai 23/11/2026" + " " * 19 + "Máy 1",
    )
    assert paper_of(samples.ticket(), 576).codes == (samples.ADDRESS,)


def test_a_checklist_shows_what_is_there_what_is_missing_and_what_is_not_needed() -> None:
    text = paper_of(samples.checklist(), 576).text
    assert "[x] Tờ khai đăng ký khai sinh" in text
    assert "[ ] Giấy chứng sinh" in text
    assert " -  Giấy tờ chứng minh cư trú" in text
    assert "    Khỏi mang: cơ quan tự tra dữ liệu dân cư" in text


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("make", [samples.ticket, samples.ticket_in_english, samples.checklist])
def test_no_line_is_longer_than_the_paper(make: Callable[[], Receipt], width: int) -> None:
    paper = paper_of(make(), width)
    assert max(map(len, paper.text)) <= width // 12
    assert paper.image.width == width


def test_the_number_is_as_large_as_letters_can_be() -> None:
    said = bytes(say(samples.ticket(), 576).data)
    assert b"\x1d!\x33A027\n\x1d!\x00" in said
    narrow = bytes(say(Receipt((NumberBlock("A2-015B-77"), CutBlock())), 384).data)
    assert b"\x1d!\x22A2-015B-77\n" in narrow


def test_words_in_the_door_are_wrapped_and_not_blown_up() -> None:
    assert b"\x1d!" not in bytes(say(Receipt((NumberBlock("Đăng ký khai sinh"), CutBlock())), 576).data)


def test_what_stands_at_the_right_end_gets_a_line_of_its_own_where_there_is_no_room() -> None:
    receipt = Receipt((TextBlock("8:42, Thứ Hai 23/11/2026", Size.SMALL, right="Máy số 12, khu A"), CutBlock()))
    assert paper_of(receipt, 384).text == ("8:42, Thứ Hai 23/11/2026", "Máy số 12, khu A")
    assert paper_of(receipt, 576).text == ("8:42, Thứ Hai 23/11/2026        Máy số 12, khu A",)


def test_centred_bold_and_space_are_told_and_taken_back() -> None:
    said = bytes(say(Receipt((TextBlock("Mời", align=Align.CENTRE, bold=True), SpaceBlock(40), CutBlock())), 576).data)
    assert said == b"\x1b@\x1bt\x1e\x1ba\x01\x1bE\x01M\xeai\n\x1bE\x00\x1ba\x00" + b"\n" * 10 + b"\x1dVB\x00"


def test_a_receipt_without_a_cut_is_fed_out() -> None:
    assert bytes(say(Receipt((TextBlock("a"),)), 576).data).endswith(b"a\n\x1bd\x02")


def test_the_printer_draws_the_code_of_model_2_at_the_level_and_with_the_dots_it_is_told() -> None:
    qr = QrCode()
    said = native_qr(samples.ADDRESS, "Q", 6)
    functions: list[bytes] = []
    while said:
        assert said[:3] == b"\x1d(k"
        length = int.from_bytes(said[3:5], "little")
        functions.append(said[5 : 5 + length])
        said = said[5 + length :]
    assert [qr.told(function) for function in functions] == ["", "", "", "", samples.ADDRESS]
    assert (qr.model, qr.module_dots, qr.level) == (2, 6, "Q")


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("level", ["", *QR_LEVELS])
@pytest.mark.parametrize("length", [len(samples.ADDRESS), 150])
def test_a_code_the_printer_draws_fits_the_paper_with_large_modules_and_white_around_it(
    length: int, level: str, width: int
) -> None:
    data = samples.ADDRESS.ljust(length, "a")
    said = bytes(say(Receipt((TextBlock("Mời"), QrBlock(data, "Quét", level=level), CutBlock())), width).data)
    found = re.search(
        rb"\n\n\x1ba\x01\x1d\(k..1A2\x00\x1d\(k..1C(?P<dots>.).*?1E(?P<level>.).*1Q0\x1ba\x00\n", said, re.DOTALL
    )
    assert found is not None, "a white line above it and one below"
    dots, used = found["dots"][0], {b"0": "L", b"1": "M", b"2": "Q", b"3": "H"}[found["level"]]
    assert used == level or length > 100 or not level
    assert 4 <= dots <= 7
    assert 4 * dots <= LINE_DOTS
    code = qrcode.QRCode(error_correction=getattr(qrcode.constants, f"ERROR_CORRECT_{used}"))
    code.add_data(data)
    assert (code.best_fit() * 4 + 17 + 8) * dots <= width
    assert dots * (code.best_fit() * 4 + 17) <= say(Receipt((QrBlock(data, level=level),)), width).rows


def test_a_code_too_long_for_the_paper_is_left_out_of_letters_too(caplog: pytest.LogCaptureFixture) -> None:
    paper = paper_of(Receipt((TextBlock("Mời"), QrBlock("x" * 5000, "Quét mã này"), CutBlock())), 384)
    assert (paper.codes, paper.text) == ((), ("Mời",))
    assert "5000 characters" in caplog.text


@pytest.mark.parametrize("function", [b"1Q0", b"1C\x11", b"1E\x01", b"1P0", b"2A1", b"1", b"1Z0"])
def test_the_printer_notes_what_it_cannot_draw(function: bytes) -> None:
    decoder = Decoder(576)
    decoder.feed(b"\x1d(k" + len(function).to_bytes(2, "little") + function)
    assert len(decoder.problems) == 1


def test_only_the_part_whose_letters_the_printer_lacks_becomes_a_picture() -> None:
    khmer = TextBlock("សូមរង់ចាំ")
    receipt = Receipt((TextBlock("Mời ngồi"), khmer, QrBlock(samples.ADDRESS, level="Q"), CutBlock()))
    paper = paper_of(receipt, 576)
    assert paper.text == ("Mời ngồi",)
    assert paper.codes == (samples.ADDRESS,)
    (drawn,) = pieces(Receipt((khmer,)), 576)
    below = paper.image.crop((0, LINE_DOTS, 576, LINE_DOTS + drawn.image.height))
    assert below.tobytes() == drawn.image.tobytes()


def test_figures_stand_under_their_names_and_places_to_sign_are_left_empty() -> None:
    blocks = (
        GridBlock(("Việc", "Sáng\nMorning", ""), (("Hộ tịch", "12", "3"),)),
        WriteBlock(("Ký tên",), mm=20),
        CutBlock(),
    )
    paper = paper_of(Receipt(blocks), 384)
    assert paper.text == ("Hộ tịch", "  Sáng / Morning: 12", "  3", "Ký tên", "." * 32)
    assert paper.image.height >= 5 * LINE_DOTS + 160


def test_the_marks_of_the_width_are_drawn() -> None:
    paper = paper_of(Receipt((WidthBlock(), CutBlock())), 384)
    assert paper.text == ()
    assert not paper.image.getpixel((0, 4))
    assert not paper.image.getpixel((383, 4))


@pytest.mark.parametrize("width", [576, 384])
def test_letters_are_a_fraction_of_a_picture(width: int) -> None:
    assert len(as_text(samples.ticket(), width).data) * 20 < len(as_picture(samples.ticket(), width).data)
