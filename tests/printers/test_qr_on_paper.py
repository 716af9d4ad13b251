"""What the citizen's phone reads from paper that came out of a printer (here: from the receiver's decoder)."""

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kiosk.ports import Printed
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.simulator.receiver import Receiver
from tests.printers import samples

Damage = Callable[[Image.Image], Image.Image]


def received(width: int) -> Image.Image:
    with Receiver(width_dots=width) as receiver:
        printer = open_printer(PrinterSettings(receiver.address, width, 5.0))
        assert printer.print(samples.ticket()) == Printed()
        printer.close()
        return receiver.papers[0].image.convert("L")


def dead_columns(image: Image.Image) -> Image.Image:
    """Four dead elements of the head leave white lines down the whole paper."""
    draw = ImageDraw.Draw(image)
    for x in range(image.width // 9, image.width, image.width // 4):
        draw.line((x, 0, x, image.height), fill=255)
    return image


def dropped_rows(image: Image.Image) -> Image.Image:
    """A slipping roll prints every fortieth row on the one before it."""
    rows = [image.crop((0, y, image.width, y + 1)) for y in range(image.height) if y % 40]
    paper = Image.new("L", (image.width, len(rows)), 255)
    for y, row in enumerate(rows):
        paper.paste(row, (0, y))
    return paper


def half_resolution(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.BILINEAR)


def tilted(image: Image.Image) -> Image.Image:
    return image.rotate(7, Image.Resampling.BILINEAR, expand=True, fillcolor=255)


DAMAGES: list[Damage] = [lambda image: image, dead_columns, dropped_rows, half_resolution, tilted]


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("damage", DAMAGES, ids=["as printed", "dead columns", "dropped rows", "half", "tilted"])
def test_the_code_on_received_paper_is_the_tickets_address(damage: Damage, width: int) -> None:
    found = zxingcpp.read_barcodes(damage(received(width)))
    assert [code.text for code in found] == [samples.ADDRESS]
