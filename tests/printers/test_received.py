"""What a printer receives from us: only published commands, and the very dots that were drawn."""

from contextlib import closing

import pytest
from PIL import ImageChops

from kiosk.domain.receipt import Receipt
from kiosk.ports import Printed
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import pieces
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.printers import samples
from tests.printers.published import PUBLISHED, commands_of

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
            printer.status()
        said = {title for title, _ in commands_of(receiver.raw)}
    assert said <= {command.title for command in PUBLISHED}
    assert len(said) >= 5


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
