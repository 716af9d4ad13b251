"""What the citizen's phone reads from paper that came out of a printer (here: from the receiver's decoder)."""

import random
from collections.abc import Callable
from contextlib import closing
from functools import cache

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kiosk.domain.paper import PaperSetup, Template
from kiosk.domain.receipt import QrBlock
from kiosk.ports import Printed
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.job import as_picture
from printers.simulator.decoder import Decoder
from printers.simulator.receiver import Receiver
from tests.printers import samples
from tests.receipts.parts import CATALOGUE, SITE, all_of
from tools.papers import paper_of, sample_of

Damage = Callable[[Image.Image], Image.Image]


RECEIPTS = {"ticket": samples.ticket, "English": samples.ticket_in_english, "checklist": samples.checklist}


@cache
def received(name: str, width: int) -> Image.Image:
    with Receiver(width_dots=width) as receiver:
        with closing(open_printer(PrinterSettings(receiver.address, width, 5.0))) as printer:
            assert printer.print(RECEIPTS[name]()) == Printed()
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


def light(image: Image.Image) -> Image.Image:
    """A head near its end of life: grey dots on paper that is no longer white."""
    return image.point(lambda value: 225 if value else 160)


def patchy(image: Image.Image) -> Image.Image:
    """A dirty head: every eighth dot stays white, the rest is grey; a phone's lens blurs single dots (0.2 mm)."""
    chance = random.Random(7)  # the same dirt each time
    missing = bytes(255 * (chance.random() < 1 / 8) for _ in range(image.width * image.height))
    dirty = ImageChops.lighter(light(image), Image.frombytes("L", image.size, missing))
    return dirty.filter(ImageFilter.GaussianBlur(1.5))


def worn(image: Image.Image) -> Image.Image:
    """All of it at once: dead columns, weak dots, lost rows."""
    return dropped_rows(light(dead_columns(image)))


DAMAGES: dict[str, Damage] = {
    "as printed": lambda image: image,
    "dead columns": dead_columns,
    "dropped rows": dropped_rows,
    "half": half_resolution,
    "tilted": tilted,
    "light": light,
    "patchy": patchy,
    "worn": worn,
}


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", RECEIPTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_code_on_received_paper_is_the_one_that_was_asked_for(damage: str, name: str, width: int) -> None:
    found = zxingcpp.read_barcodes(DAMAGES[damage](received(name, width).copy()))
    asked = [block.data for block in RECEIPTS[name]().blocks if isinstance(block, QrBlock)]
    assert asked
    assert [code.text for code in found] == asked


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("level", ["", "H"])
@pytest.mark.parametrize("template", [template for template in Template if template is not Template.DAY])
def test_every_papers_code_survives_a_worn_head_and_a_dirty_one(template: Template, level: str, width: int) -> None:
    site = replace(SITE, paper=PaperSetup(qr_level=level))
    receipt = paper_of(template, sample_of(site, CATALOGUE, "vi", width))
    papers = Decoder(width).feed(as_picture(receipt, width).data)
    asked = [block.data for block in all_of(receipt, QrBlock)]
    for damage in (worn, patchy, half_resolution):
        read = [code.text for paper in papers for code in zxingcpp.read_barcodes(damage(paper.image.convert("L")))]
        assert read == asked, damage.__name__
