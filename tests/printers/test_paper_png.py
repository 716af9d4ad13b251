from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageChops

from printers.drawing.raster import draw
from printers.paper_png import to_png
from tests.printers import samples


@pytest.mark.parametrize(("width", "paper"), [(576, 640), (384, 464), (400, 464)])
def test_paper_has_white_around_it_and_still_reads(width: int, paper: int) -> None:
    image = Image.open(BytesIO(to_png(draw(samples.ticket(), width))))
    assert (image.mode, image.width) == ("1", paper)
    box = ImageChops.invert(image.convert("L")).getbbox()
    assert box is not None
    assert box[0] >= 32
    assert box[1] >= 40
    assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [samples.ADDRESS]
