"""What a printer receives from us: only published commands, and the very dots that were drawn."""

from contextlib import closing

import pytest
import zxingcpp
from PIL import ImageChops

from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load as load_catalogue
from kiosk.domain.paper import Template
from kiosk.domain.receipt import QrBlock, Receipt
from kiosk.ports import Printed
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import pieces
from printers.job import as_picture, as_text
from printers.simulator.decoder import Decoder
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.printers import samples
from tests.printers.published import PUBLISHED, commands_of
from tools.command_line import DEMO_CATALOGUE, DEMO_SITE
from tools.papers import paper_of, sample_of

TEMPLATES = tuple(Template)
CENTRE = load_site(DEMO_SITE)
PROCEDURES = load_catalogue(DEMO_CATALOGUE)
RECEIPTS = (samples.ticket, samples.ticket_in_english, samples.checklist, samples.long_names)


def receipts() -> list[Receipt]:
    return [make() for make in RECEIPTS]


@pytest.mark.parametrize("width", [576, 384])
def test_the_picture_received_is_the_picture_drawn_bit_for_bit(width: int) -> None:
    with Receiver(width_dots=width) as receiver:
        with closing(open_printer(PrinterSettings(receiver.address, width, 10.0))) as printer:
            for receipt in receipts():
                assert printer.print(receipt) == Printed()
        papers = receiver.papers
        assert receiver.problems == []
    drawn = [piece.image for receipt in receipts() for piece in pieces(receipt, width)]
    assert len(papers) == len(drawn)
    for paper, image in zip(papers, drawn, strict=True):
        assert paper.image.width == width
        assert paper.image.crop((0, 0, *image.size)).tobytes() == image.tobytes()
        below = paper.image.crop((0, image.height, width, paper.image.height))
        assert ImageChops.invert(below).getbbox() is None


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("shared", [False, True])
def test_every_byte_of_a_day_belongs_to_a_published_command(width: int, shared: bool) -> None:
    with Receiver(width_dots=width) as receiver:
        settings = PrinterSettings(receiver.address, width, 10.0, shared=shared)
        with closing(open_printer(settings)) as printer:
            for receipt in receipts():
                printer.print(receipt)
            receiver.begin(ReceiverState.PAPER_OUT)
            printer.print(samples.ticket())
            printer.status()
            receiver.end(ReceiverState.PAPER_OUT)
            printer.listen(0)
            printer.print(samples.ticket(), apart=True)
            printer.status()
        said = {title for title, _ in commands_of(receiver.raw)}
    assert said <= {command.title for command in PUBLISHED}
    assert len(said) >= 5


def papers_of_the_centre(width: int) -> list[Receipt]:
    """One of each kind of paper, in both languages, with the largest numbers and the longest procedure."""
    return [
        paper_of(template, sample_of(CENTRE, PROCEDURES, language, width, extreme=True))
        for template in TEMPLATES
        for language in ("vi", "en")
    ]


@pytest.mark.parametrize("width", [576, 384])
def test_every_paper_of_a_centre_arrives_bit_for_bit_in_published_commands_and_its_codes_can_be_read(
    width: int,
) -> None:
    for receipt in papers_of_the_centre(width):
        stream = as_picture(receipt, width).data
        assert {title for title, _ in commands_of(stream)} <= {command.title for command in PUBLISHED}
        decoder = Decoder(width)
        papers = [*decoder.feed(stream), *filter(None, [decoder.finish()])]
        drawn = pieces(receipt, width)
        assert [
            paper.image.crop((0, 0, *piece.image.size)).tobytes() for paper, piece in zip(papers, drawn, strict=True)
        ] == [piece.image.tobytes() for piece in drawn]
        read = [code.text for paper in papers for code in zxingcpp.read_barcodes(paper.image.convert("L"))]
        assert sorted(read) == sorted(block.data for block in receipt.blocks if isinstance(block, QrBlock))


@pytest.mark.parametrize("width", [576, 384])
def test_every_paper_of_a_centre_can_be_said_in_letters_too(width: int) -> None:
    for receipt in papers_of_the_centre(width):
        stream = as_text(receipt, width).data
        assert {title for title, _ in commands_of(stream)} <= {command.title for command in PUBLISHED}
        decoder = Decoder(width)
        papers = [*decoder.feed(stream), *filter(None, [decoder.finish()])]
        assert decoder.problems == []
        assert max(len(line) for paper in papers for line in paper.text) <= width // 12
        codes = [code for paper in papers for code in paper.codes]
        assert codes == [block.data for block in receipt.blocks if isinstance(block, QrBlock)]


@pytest.mark.parametrize("width", [576, 384])
def test_every_byte_of_a_receipt_in_letters_belongs_to_a_published_command(width: int) -> None:
    with Receiver(width_dots=width) as receiver:
        settings = PrinterSettings(receiver.address, width, 10.0, mode="text", model="TM-T20II")
        with closing(open_printer(settings)) as printer:
            for make in (samples.ticket, samples.ticket_in_english, samples.checklist):
                assert printer.print(make()) == Printed()
        said = {title.partition(":")[0] for title, _ in commands_of(receiver.raw)}
        assert receiver.problems == []
    assert {"ESC t", "GS ( k", "LF", "GS !", "ESC E"} <= said
    assert "GS v 0" not in said


@pytest.mark.parametrize(
    "stream", [b"\x1b\x7f", b"\xff", b"\x1dv1\x00\x01\x00\x01\x00\xff", b"\x10\x04\x09", b"\x1b@\x1bq"]
)
def test_the_table_refuses_what_is_not_in_it(stream: bytes) -> None:
    with pytest.raises(AssertionError, match="no command we may send"):
        list(commands_of(stream))


def test_the_table_refuses_half_a_command() -> None:
    with pytest.raises(AssertionError, match="lacks data"):
        list(commands_of(b"\x1dv0\x00\x01\x00\x02\x00\xff"))
