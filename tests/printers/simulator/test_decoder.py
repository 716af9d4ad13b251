import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printers.drawing.raster import draw, pieces
from printers.escpos_stream import encode, load_escpos
from printers.simulator.decoder import Decoder, Request
from printers.simulator.roll import Paper
from tests.printers import samples
from tests.printers.simulator import stock_escpos


def decode(stream: bytes, *, width: int | None = None) -> list[Paper]:
    """The paper of a whole stream that must be understood completely."""
    decoder = Decoder(width)
    papers = decoder.feed(stream)
    assert decoder.problems == []
    return papers


def escpos():
    printer = load_escpos().Dummy()
    printer.hw("INIT")
    return printer


@pytest.mark.parametrize("implementation", ["bitImageRaster", "graphics", "bitImageColumn"])
@pytest.mark.parametrize("width", [576, 384])
def test_pictures_of_python_escpos_come_out_dot_by_dot(implementation: str, width: int) -> None:
    picture = draw(samples.ticket(), width)
    printer = escpos()
    # GS ( L has a length of two bytes; python-escpos does not look at it, so its portions must stay small.
    printer.image(picture, impl=implementation, fragment_height=240)
    printer.cut()
    (paper,) = decode(printer.output, width=width)
    assert paper.image.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()
    below = paper.image.crop((0, picture.height, width, paper.image.height))
    assert ImageChops.invert(below).getbbox() is None


def test_a_picture_of_odd_width_and_several_fragments_comes_out_whole() -> None:
    picture = draw(samples.ticket(), 384).crop((0, 0, 301, 700))
    printer = escpos()
    printer.image(picture, fragment_height=97, impl="graphics")
    printer.cut()
    (paper,) = decode(printer.output, width=384)
    assert paper.image.crop((0, 0, 301, 700)).tobytes() == picture.tobytes()


@pytest.mark.parametrize(
    ("high", "wide", "size"), [(False, True, (1, 2)), (True, False, (2, 1)), (False, False, (2, 2))]
)
def test_low_density_stretches_a_raster(high: bool, wide: bool, size: tuple[int, int]) -> None:
    picture = draw(samples.ticket(), 288)
    printer = escpos()
    printer.image(picture, high_density_vertical=high, high_density_horizontal=wide)
    printer._raw(b"\x1dV\x00")
    (paper,) = decode(printer.output)
    stretched = picture.resize((288 * size[0], picture.height * size[1]))
    assert paper.image.tobytes() == stretched.tobytes()


def test_eight_dot_columns_are_three_rows_high() -> None:
    (paper,) = decode(b"\x1b*\x01\x02\x00\x80\x01\n\x1bi")
    black = [(x, y) for x in range(2) for y in range(24) if not paper.image.getpixel((x, y))]
    assert black == [(0, 0), (0, 1), (0, 2), (1, 21), (1, 22), (1, 23)]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Streams of python-escpos as installed, by name (see stock_escpos)."""
    path = tmp_path_factory.mktemp("escpos") / "streams.json"
    environment = {**os.environ, "TMPDIR": str(path.parent)}
    subprocess.run([sys.executable, stock_escpos.__file__, str(path)], check=True, capture_output=True, env=environment)
    return {name: bytes.fromhex(stream) for name, stream in json.loads(path.read_text()).items()}


def test_text_of_python_escpos_is_recorded_and_drawn(stock: dict[str, bytes]) -> None:
    (paper,) = decode(stock["text"], width=576)
    assert paper.text[0] == "Phieu so A027"
    assert paper.text[1].startswith("Qu")
    assert paper.text[2:4] == ("mot hai", "ba bon")
    box = ImageChops.invert(paper.image).getbbox()
    assert box is not None
    assert box[1] < 24


def test_native_codes_of_python_escpos_are_recorded(stock: dict[str, bytes]) -> None:
    (paper,) = decode(stock["codes"])
    assert paper.codes == (stock_escpos.ADDRESS, "4006381333931", "{B2026-11-23")


def test_the_other_things_python_escpos_says_are_understood(stock: dict[str, bytes]) -> None:
    (paper,) = decode(stock["machine"])
    assert paper.image.height > 34 * 3


def test_a_code_drawn_by_python_escpos_can_be_read(stock: dict[str, bytes]) -> None:
    (paper,) = decode(stock["drawn_code"], width=576)
    assert [found.text for found in zxingcpp.read_barcodes(paper.image.convert("L"))] == [stock_escpos.ADDRESS]


def test_our_own_job_comes_out_as_it_was_drawn_cut_by_cut() -> None:
    drawn = pieces(samples.ticket(), 576) + pieces(samples.checklist(), 576)
    papers = decode(encode(drawn), width=576)
    assert len(papers) == 2
    for paper, piece in zip(papers, drawn, strict=True):
        assert paper.image.crop((0, 0, *piece.image.size)).tobytes() == piece.image.tobytes()


STREAM_PARTS = (
    b"\x1b@",
    b"Xin moi\n",
    b"\x1ba\x01",
    b"\x1dv0\x00\x02\x00\x03\x00\x10\x04\x01\x1d\x56\x00",
    b"\x10\x04\x01",
    b"\x10\x14\x01\x00\x05",
    b"\x1b*\x21\x02\x00abcdef\n",
    b"\x1d(L\x0e\x000p0\x01\x011\x08\x00\x04\x00\xf0\x0f\xaa\x55",
    b"\x1d(L\x02\x0002",
    b"\x1d8L\x02\x00\x00\x0002",
    b"\x1d(k\x06\x001P0abc",
    b"\x1d(k\x03\x001Q0",
    b"\x1dk\x04ABC\x00",
    b"\x1dk\x49\x03xyz",
    b"\x1dr\x01",
    b"\x1bD\x08\x10\x00\t",
    b"\x1b\x01\x07\x1d\xff",
    b"\x1bd\x02\x1dVB\x03",
    b"\x1bi",
)


@given(
    st.lists(st.sampled_from(STREAM_PARTS) | st.binary(max_size=12), max_size=20).map(b"".join),
    st.data(),
)
def test_any_split_of_any_stream_gives_the_same_paper(stream: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=8)) | {0, len(stream)})
    at_once, in_parts = Decoder(64), Decoder(64)
    whole = at_once.feed(stream)
    parts = [paper for start, end in pairwise(cuts) for paper in in_parts.feed(stream[start:end])]
    assert facts(whole, at_once) == facts(parts, in_parts)


def facts(papers: list[Paper], decoder: Decoder) -> object:
    last = decoder.finish()
    return (
        [
            (paper.image.size, paper.image.tobytes(), paper.text, paper.codes)
            for paper in (*papers, *filter(None, [last]))
        ],
        decoder.problems,
        decoder.take_requests(),
    )


def test_a_stream_byte_by_byte_is_the_same_ticket() -> None:
    stream = encode(pieces(samples.ticket(), 384))
    decoder = Decoder(384)
    papers = [paper for index in range(len(stream)) for paper in decoder.feed(stream[index : index + 1])]
    assert [paper.image.tobytes() for paper in papers] == [paper.image.tobytes() for paper in decode(stream, width=384)]


def test_what_is_not_known_is_noted_with_its_place_and_skipped() -> None:
    decoder = Decoder(64)
    assert decoder.feed(b"ok\x1b\x7f\x1dv1\x00\x01\x00\x01\x00\xff\x10\x99\x00\x1dV\x00")
    assert decoder.problems == [
        "at byte 4: unknown command 1b 7f",
        "at byte 13: GS v 31",
        "at byte 16: unknown real-time command 10 99 00",
    ]


def test_problems_do_not_grow_without_end() -> None:
    decoder = Decoder()
    decoder.feed(b"\x1b\x7f" * 1000)
    assert len(decoder.problems) == 100


def test_real_time_requests_leave_no_trace_on_paper() -> None:
    plain = decode(b"abc\n\x1bi")
    asked = decode(
        b"\x10\x04\x01a\x10\x04\x07\x01b\x10\x05\x00c\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\n\x10\x04\x04\x1bi"
    )
    assert asked[0].text == plain[0].text == ("abc",)
    assert asked[0].image.tobytes() == plain[0].image.tobytes()


def test_status_requests_in_the_stream_are_met_in_order() -> None:
    decoder = Decoder()
    decoder.feed(b"\x1dv0\x00\x01\x00\x02\x00\xff")
    decoder.feed(b"\x1dr\x01"[:1])
    assert decoder.take_requests() == []
    decoder.feed(b"r\x01\x1dr\x01")
    assert decoder.take_requests() == [Request(b"\x1dr", b"\x01")]
    assert decoder.take_requests() == []


def test_a_cut_with_nothing_printed_gives_no_paper() -> None:
    assert decode(b"\x1dV\x00\x1bi") == []


def test_paper_left_uncut_can_be_torn_off_and_half_a_command_is_forgotten() -> None:
    decoder = Decoder(64)
    assert decoder.feed(b"\x1dv0\x00\x01\x00\x01\x00\xff\x1dv0\x00\x01") == []
    paper = decoder.finish()
    assert paper is not None
    assert paper.image.height == 1
    assert decoder.problems == ["at byte 9: 5 bytes of an unfinished command"]
    assert decoder.finish() is None


def test_initialising_forgets_the_line_and_the_settings_but_not_the_paper() -> None:
    decoder = Decoder(64)
    decoder.feed(b"\x1dv0\x00\x01\x00\x01\x00\xff\x1ba\x02half a line\x1b@\x1dv0\x00\x01\x00\x01\x00\xff")
    paper = decoder.finish()
    assert paper is not None
    assert paper.text == ()
    assert [paper.image.getpixel((0, y)) for y in range(2)] == [0, 0]


def test_alignment_moves_pictures() -> None:
    (paper,) = decode(b"\x1ba\x02\x1dv0\x00\x01\x00\x01\x00\xff\x1ba\x01\x1dv0\x00\x01\x00\x01\x00\xff\x1bi", width=24)
    assert ImageChops.invert(paper.image.crop((0, 0, 24, 1))).getbbox() == (16, 0, 24, 1)
    assert ImageChops.invert(paper.image.crop((0, 1, 24, 2))).getbbox() == (8, 0, 16, 1)


def test_black_is_black() -> None:
    (paper,) = decode(b"\x1dv0\x00\x01\x00\x01\x00\xf0\x1bi")
    assert paper.image.tobytes() == Image.frombytes("1", (8, 1), b"\x0f").tobytes()
